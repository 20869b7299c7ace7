import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import { cast } from '../sandbox/cast.ts';
import { startHubspot } from '../sandbox/hubspot/protocol.ts';
import { serve } from '../sandbox/kit/serve.ts';
import { startPostgres } from '../sandbox/postgres/endpoint.ts';

// Loaded by Node itself: in this project `ws` would mean its browser stub.
const load = createRequire(import.meta.url);
const { startDeepgram } = load('../sandbox/deepgram/protocol.ts') as typeof import('../sandbox/deepgram/protocol.ts');
const { startTwilio } = load('../sandbox/twilio/protocol.ts') as typeof import('../sandbox/twilio/protocol.ts');

declare module 'vitest' {
  interface ProvidedContext {
    /** Settings of the Worker under test. */
    worker: Record<string, string>;
    /** The first half minute of the sample call, base64 mu-law. */
    tracks: { rep: string; customer: string };
    /** `GET` here says how often speech recognition was opened, `POST` cuts every open socket. */
    speechSwitch: string;
  }
}

const PUBLIC_URL = 'https://ros.test';
const HALF_MINUTE = 30 * 8_000;

/** For the `workerd` project: the Worker as it ships, on an embedded database, beside the twins it speaks to. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let speechOpened = 0;
  const [database, hubspot, deepgram, twilio] = await Promise.all([
    startPostgres({ port: 0 }),
    // Every file asks the same portal, as fast as it can: its limits are not what is tested here.
    startHubspot({
      port: 0,
      rates: { perTenSeconds: 100_000, searchesPerSecond: 10_000 },
      redirectUrls: [`${PUBLIC_URL}/oauth/hubspot/callback`],
    }),
    startDeepgram({
      port: 0,
      apiKey: cast.deepgramKey,
      speed: 10,
      record: ({ path }) => {
        if (path.startsWith('/v2/listen')) speechOpened += 1;
      },
    }),
    startTwilio({ port: 0 }),
  ]);
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  project.provide('worker', {
    DATABASE_URL: database.url,
    SEAL_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL,
    HUBSPOT_CLIENT_ID: cast.hubspot.clientId,
    HUBSPOT_CLIENT_SECRET: cast.hubspot.clientSecret,
    HUBSPOT_APP_ID: String(cast.hubspot.appId),
    HUBSPOT_API: hubspot.origin,
    HUBSPOT_AUTHORIZE: `${hubspot.origin}/oauth/authorize`,
    SALESFORCE_CONSUMER_KEY: cast.salesforce.consumerKey,
    SALESFORCE_CONSUMER_SECRET: cast.salesforce.consumerSecret,
    SALESFORCE_PRIVATE_KEY: privateKey,
    DEEPGRAM_API_KEY: cast.deepgramKey,
    DEEPGRAM_API: deepgram.origin,
    TWILIO_API: twilio.origin,
  });
  const switches = await serve(
    (request) => {
      if (request.method === 'POST') deepgram.drop();
      return new Response(String(speechOpened));
    },
    { vendor: 'switches', port: 0 },
  );
  project.provide('speechSwitch', switches.origin);
  const track = (name: string) =>
    readFileSync(new URL(`../sandbox/sample-call/${name}.ulaw`, import.meta.url))
      .subarray(0, HALF_MINUTE)
      .toString('base64');
  project.provide('tracks', { rep: track('rep'), customer: track('customer') });
  return async () => {
    await Promise.all([database.close(), hubspot.close(), deepgram.close(), twilio.close(), switches.close()]);
  };
}
