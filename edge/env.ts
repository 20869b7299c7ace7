import * as z from 'zod/mini';
import type { Writer } from './act/crm-writer.ts';
import type { LiveCall } from './guide/live-call.ts';

const address = z.url();

/** Settings and secrets, parsed once at the door. A missing one is named; its value is never shown. */
const settings = z.object({
  DATABASE_URL: z.string().check(z.minLength(1)),
  /** How the world reaches this Worker, without a trailing slash. Signatures are checked against it, never against `Host`. */
  PUBLIC_URL: address,
  REGION: z._default(z.enum(['us', 'eu']), 'us'),
  /** 32 bytes, base64: wraps every stored token. `KEY_ID` names it. */
  SEAL_KEY: z.string().check(z.minLength(44)),
  SEAL_KEY_ID: z._default(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,20}$/)), 'k1'),

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

  DEEPGRAM_API_KEY: z.optional(z.string()),
  DEEPGRAM_API: z._default(address, 'https://api.deepgram.com'),
  SPEECH_MODEL: z._default(z.enum(['flux', 'nova3']), 'flux'),

  ANTHROPIC_API_KEY: z.optional(z.string()),
  ANTHROPIC_API: z._default(address, 'https://api.anthropic.com'),
});
export type Settings = z.infer<typeof settings>;

/** What Cloudflare binds; named in wrangler.toml. */
export interface Bindings {
  CALLS: DurableObjectNamespace<LiveCall>;
  WRITERS: DurableObjectNamespace<Writer>;
  AUDIO: R2Bucket;
  TRANSCRIPTION: Queue;
  EXTRACTION: Queue;
  KNOCKS: RateLimit;
}

export type Env = Bindings & Record<keyof Settings, string>;

export class BadEnvironment extends Error {
  override name = 'BadEnvironment';
}

export function readSettings(env: Env): Settings {
  const read = settings.safeParse(env);
  if (read.success) return read.data;
  const names = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))];
  throw new BadEnvironment(`Settings missing or malformed: ${names.join(', ')}. See docs/deploy.md.`);
}
