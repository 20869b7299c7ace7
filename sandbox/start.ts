import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type AnthropicOptions, startAnthropic } from './anthropic/protocol.ts';
import { cast } from './cast.ts';
import { connect } from './connect.ts';
import { startDeepgram } from './deepgram/protocol.ts';
import { startGraph } from './graph/protocol.ts';
import { startWorker } from './host.ts';
import type { Rates } from './hubspot/limits.ts';
import { startHubspot } from './hubspot/protocol.ts';
import type { Exchange } from './kit/serve.ts';
import { graphConsentable, zoomInstallable } from './our-apps.ts';
import { startPostgres } from './postgres/endpoint.ts';
import { apexGateway } from './salesforce/apex.ts';
import { startSalesforce } from './salesforce/protocol.ts';
import { tellNews } from './tell-news.ts';
import { startTwilio } from './twilio/protocol.ts';
import { twinAddresses } from './twin-addresses.ts';
import { startZoom } from './zoom/protocol.ts';

export interface SandboxOptions {
  /** The Worker listens here, the twins behind it on the next ports; 0 picks free ones. */
  port: number;
  /** Everything that must survive a restart; absent means in memory. */
  stateDir?: string;
  /** How many times faster than life the sample call is played. */
  speed: number;
  /** Asks the model's twin too, as with a key. */
  model?: boolean;
  /** What the model's twin answers; without it, or where it gives nothing, the least that is valid. */
  reply?: AnthropicOptions['reply'];
  /** A real PostgreSQL instead of the embedded one. */
  pgUrl?: string;
  /** What `.dev.vars` says: a vendor whose keys are here is the real one. */
  keys?: Record<string, string>;
  /** How many portals and orgs there are; one of each unless given. Only the first ones are connected. */
  portals?: number;
  orgs?: number;
  /** False lets the vendors' twins forget: they live as long as this process. */
  keepTwins?: boolean;
  /** HubSpot's limits where calls run faster than life, and ask it as much faster; its own unless given. */
  hubspotRates?: Rates;
  /** As many live streams at once as the speech vendor gives. */
  streamsMax?: number;
  /** Is shown all audio that the speech vendor gets. */
  taste?: (audio: Uint8Array) => void;
  record?: (exchange: Exchange) => void;
  say?: (line: string) => void;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** The whole product on one machine: database, vendors' twins, the Worker, and both hosts connected to it. */
export async function startSandbox(options: SandboxOptions) {
  const { stateDir, speed, record, keys = {}, say = () => undefined } = options;
  if (stateDir) mkdirSync(stateDir, { recursive: true });
  const port = options.port === 0 ? await freePort() : options.port;
  const next = (n: number) => (options.port === 0 ? 0 : port + n);
  const file = (name: string) => (stateDir && options.keepTwins !== false ? { stateFile: join(stateDir, `${name}.json`) } : {});
  const publicUrl = keys['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`;
  const secrets = secretsOf(stateDir);
  const closing: (() => Promise<void>)[] = [];
  const opened = <T extends { close(): Promise<void> }>(it: T): T => {
    closing.push(() => it.close());
    return it;
  };

  say('database');
  const database = opened(
    await startPostgres({
      port: next(1),
      ...(stateDir ? { dataDir: join(stateDir, 'postgres') } : {}),
      ...(options.pgUrl ? { pgUrl: options.pgUrl } : {}),
    }),
  );
  say('twins');
  const recording = record ? { record } : {};
  const hubspot = opened(
    await startHubspot({
      port: next(2),
      ...file('hubspot'),
      ...recording,
      redirectUrls: [`${publicUrl}/oauth/hubspot/callback`],
      portals: options.portals ?? 1,
      ...(options.hubspotRates ? { rates: options.hubspotRates } : {}),
    }),
  );
  const salesforce = opened(
    await startSalesforce({
      port: next(3),
      ...file('salesforce'),
      ...recording,
      redirectUris: [`${publicUrl}/oauth/salesforce/callback`],
      publicKeyPem: secrets.salesforcePublicKey,
      orgs: options.orgs,
    }),
  );
  const deepgram = opened(
    await startDeepgram({
      port: next(4),
      apiKey: cast.deepgramKey,
      speed,
      ...recording,
      notice: say,
      ...(options.taste ? { taste: options.taste } : {}),
      streamsMax: options.streamsMax,
    }),
  );
  const twilio = opened(await startTwilio({ port: next(5), speed, ...recording }));
  const zoom = opened(await startZoom({ port: next(7), app: cast.zoom, installable: zoomInstallable(publicUrl), ...recording }));
  const graph = opened(await startGraph({ port: next(8), app: cast.graph, consentable: graphConsentable(publicUrl), ...recording }));
  const anthropic = opened(
    await startAnthropic({ port: next(6), apiKey: cast.anthropicKey, ...recording, ...(options.reply ? { reply: options.reply } : {}) }),
  );

  say('worker');
  const worker = opened(
    await startWorker({
      port,
      ...(stateDir ? { persist: join(stateDir, 'worker') } : {}),
      settings: {
        DATABASE_URL: database.url,
        SEAL_KEY: secrets.sealKey,
        HUBSPOT_CLIENT_ID: cast.hubspot.clientId,
        HUBSPOT_CLIENT_SECRET: cast.hubspot.clientSecret,
        HUBSPOT_APP_ID: String(cast.hubspot.appId),
        SALESFORCE_CONSUMER_KEY: cast.salesforce.consumerKey,
        SALESFORCE_CONSUMER_SECRET: cast.salesforce.consumerSecret,
        SALESFORCE_PRIVATE_KEY: secrets.salesforcePrivateKey,
        ZOOM_CLIENT_ID: cast.zoom.connect.clientId,
        ZOOM_CLIENT_SECRET: cast.zoom.connect.clientSecret,
        ZOOM_SECRET_TOKEN: cast.zoom.connect.secretToken,
        GRAPH_CLIENT_ID: cast.graph.connect.clientId,
        GRAPH_CLIENT_SECRET: cast.graph.connect.clientSecret,
        DEEPGRAM_API_KEY: cast.deepgramKey,
        ...twinAddresses(keys, {
          hubspot: hubspot.origin,
          salesforce: salesforce.origin,
          deepgram: deepgram.origin,
          twilio: twilio.origin,
          zoom: zoom.origin,
          graph: graph.origin,
        }),
        ...(options.model ? { ANTHROPIC_API_KEY: cast.anthropicKey, ANTHROPIC_API: anthropic.origin } : {}),
        ...keys,
        PUBLIC_URL: publicUrl,
      },
      ...(stateDir ? { log: (line) => appendFileSync(join(stateDir, 'worker.log'), line) } : {}),
    }),
  );

  const apex = apexGateway({
    worker: worker.origin,
    org: { orgId: cast.salesforce.orgId, installKey: salesforce.installKey },
    hasAccess: salesforce.hasAccess,
  });
  const sandbox = {
    publicUrl,
    speed,
    keys,
    database,
    hubspot,
    salesforce,
    deepgram,
    twilio,
    zoom,
    graph,
    anthropic,
    worker,
    apex,
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
  say('connecting both hosts');
  await connect(sandbox);
  tellNews(sandbox);
  return sandbox;
}

/** Keys of this sandbox alone, made on first use and kept with its state. */
function secretsOf(stateDir: string | undefined) {
  const path = stateDir && join(stateDir, 'secrets.json');
  if (path && existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof fresh>;
  const made = fresh();
  if (path) writeFileSync(path, JSON.stringify(made), { mode: 0o600 });
  return made;
}

function fresh() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { sealKey: randomBytes(32).toString('base64'), salesforcePublicKey: publicKey, salesforcePrivateKey: privateKey };
}

/** A free port below those the system hands out by itself, so that no twin started on port 0 can take it before the Worker does. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const isFree = await new Promise<boolean>((done) => {
      const probe = createServer();
      probe.once('error', () => done(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
    });
    if (isFree) return port;
  }
}
