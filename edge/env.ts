import * as z from 'zod/mini';
import { pricesSaid } from '../shared/contracts/usage.ts';
import type { Writer } from './act/crm-writer.ts';
import type { Spool } from './capture/spool.ts';
import type { LiveCall } from './guide/live-call.ts';
import type { Relations } from './relate/graph/relationship-graph.ts';
import { type Masters, readMasters } from './tenants/keys/masters.ts';

const address = z.url();
const pricesText = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.issues.push({ code: 'custom', message: 'no JSON', input: text });
        return z.NEVER;
      }
    }),
  ),
  pricesSaid,
);

/** Settings and secrets, parsed once at the door. A missing one is named; its value is never shown. */
const settings = z.object({
  DATABASE_URL: z.string().check(z.minLength(1)),
  /** How the world reaches this Worker, without a trailing slash. Signatures are checked against it, never against `Host`. */
  PUBLIC_URL: address,
  REGION: z._default(z.enum(['us', 'eu']), 'us'),
  /** The master keys: `SEAL_KEYS` is a map of them, `SEAL_KEY` stands for a map of one. See edge/tenants/keys/masters.ts. */
  SEAL_KEYS: z.optional(z.string()),
  SEAL_KEY: z.optional(z.string()),
  SEAL_KEY_ID: z.optional(z.string()),

  HUBSPOT_CLIENT_ID: z.optional(z.string()),
  HUBSPOT_CLIENT_SECRET: z.optional(z.string()),
  HUBSPOT_APP_ID: z.optional(z.string()),
  HUBSPOT_API: z._default(address, 'https://api.hubapi.com'),
  HUBSPOT_AUTHORIZE: z._default(address, 'https://app.hubspot.com/oauth/authorize'),

  SALESFORCE_CONSUMER_KEY: z.optional(z.string()),
  SALESFORCE_CONSUMER_SECRET: z.optional(z.string()),
  /** PKCS #8 PEM; `\n` may be written as two characters. */
  SALESFORCE_PRIVATE_KEY: z.optional(z.string()),
  SALESFORCE_LOGIN: z._default(address, 'https://login.salesforce.com'),

  TWILIO_API: z._default(address, 'https://api.twilio.com'),

  /** Our own app at Zoom and at Microsoft, for customers who make none of their own. */
  ZOOM_CLIENT_ID: z.optional(z.string()),
  ZOOM_CLIENT_SECRET: z.optional(z.string()),
  ZOOM_SECRET_TOKEN: z.optional(z.string()),
  GRAPH_CLIENT_ID: z.optional(z.string()),
  GRAPH_CLIENT_SECRET: z.optional(z.string()),
  ZOOM_API: z._default(address, 'https://api.zoom.us'),
  ZOOM_LOGIN: z._default(address, 'https://zoom.us'),
  /** Where recordings of Zoom's hosts are asked for in the sandbox; never set in production. */
  ZOOM_FILES: z.optional(address),
  /** The same for running meetings' streams; never set in production. */
  ZOOM_RTMS: z.optional(address),
  GRAPH_API: z._default(address, 'https://graph.microsoft.com'),
  GRAPH_LOGIN: z._default(address, 'https://login.microsoftonline.com'),

  DEEPGRAM_API_KEY: z.optional(z.string()),
  DEEPGRAM_API: z._default(address, 'https://api.deepgram.com'),
  SPEECH_MODEL: z._default(z.enum(['flux', 'nova3']), 'flux'),

  /** What vendors ask of us where it is not their list price: JSON, see shared/contracts/usage.ts. */
  PRICES: z._default(pricesText, {}),

  ANTHROPIC_API_KEY: z.optional(z.string()),
  ANTHROPIC_API: z._default(address, 'https://api.anthropic.com'),

  /** Where alerts are told, one POST each: the incoming webhook of a chat or a pager. Without it they are log lines only. */
  ALERT_WEBHOOK_URL: z.optional(z.url({ protocol: /^https$/ })),
});
type Read = z.infer<typeof settings>;
export type Settings = Omit<Read, 'SEAL_KEYS' | 'SEAL_KEY' | 'SEAL_KEY_ID'> & { masters: Masters };

/** What Cloudflare binds; named in wrangler.toml. */
export interface Bindings {
  CALLS: DurableObjectNamespace<LiveCall>;
  WRITERS: DurableObjectNamespace<Writer>;
  SPOOLS: DurableObjectNamespace<Spool>;
  GRAPHS: DurableObjectNamespace<Relations>;
  AUDIO: R2Bucket;
  /** Workers AI; a deployment may have none. */
  AI?: { run(model: string, input: Record<string, unknown>): Promise<unknown> };
  TRANSCRIPTION: Queue;
  EXTRACTION: Queue;
  KNOCKS: RateLimit;
  HOOKS: RateLimit;
}

export type Env = Bindings & Record<keyof Read, string>;

export class BadEnvironment extends Error {
  override name = 'BadEnvironment';
}

export function readSettings(env: Env): Settings {
  const read = settings.safeParse(env);
  const masters = readMasters(env);
  if (read.success && masters.ok) {
    const { SEAL_KEYS: _keys, SEAL_KEY: _key, SEAL_KEY_ID: _id, ...rest } = read.data;
    return { ...rest, masters: masters.value };
  }
  const wrong = read.error?.issues.map((issue) => issue.path.join('.')) ?? [];
  const names = [...new Set(masters.ok ? wrong : [...wrong, masters.fault])];
  throw new BadEnvironment(`Settings missing or malformed: ${names.join(', ')}. See docs/deploy.md.`);
}
