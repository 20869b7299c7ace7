import { ok, type Result } from '../shared/kit/result.ts';
import { openDb } from './db/client.ts';
import { type Env, readSettings, type Settings } from './env.ts';
import type { HubspotHost, Parts, SalesforceHost } from './parts.ts';
import type { Crm } from './ports/crm.ts';
import { writerStub } from './stubs.ts';
import * as tenants from './tenants/store.ts';
import { currentToken } from './tenants/tokens.ts';
import { anthropicModel } from './vendors/anthropic/model.ts';
import { deepgramBatch } from './vendors/deepgram/batch.ts';
import { deepgramLive } from './vendors/deepgram/live.ts';
import { hubspotCrm } from './vendors/hubspot/crm.ts';
import * as hubspotOauth from './vendors/hubspot/oauth.ts';
import { prepareHubspot } from './vendors/hubspot/prepare.ts';
import { optionalScopes, scopes } from './vendors/hubspot/scopes.ts';
import { verifyHubspot } from './vendors/hubspot/signature.ts';
import { salesforceCrm } from './vendors/salesforce/crm.ts';
import * as salesforceOauth from './vendors/salesforce/oauth.ts';
import { twilioLine } from './vendors/twilio/line.ts';

/** Settings and bindings become parts. The one file that names vendors; only worker.ts imports it. */
export function compose(env: Env): Parts {
  const settings = readSettings(env);
  const db = openDb(settings.DATABASE_URL);
  const now = () => Date.now();
  const deepgram = { api: settings.DEEPGRAM_API, apiKey: settings.DEEPGRAM_API_KEY ?? '' };
  const hubspot = hubspotHost(settings, now);
  const salesforce = salesforceHost(settings, now);
  const minted = new Map<string, { accessToken: string; instanceUrl: string }>();

  async function crmOf(tenantId: string, connectionId: string): Promise<Result<Crm>> {
    const connection = await tenants.connectionOf(db, tenantId, connectionId);
    if (!connection) return { ok: false, fault: { kind: 'gone', said: 'This connection no longer exists.' } };
    if (connection.state !== 'connected') return { ok: false, fault: { kind: 'expired', said: 'The CRM has to be connected again.' } };
    if (connection.provider === 'hubspot') {
      const token = () =>
        currentToken(
          {
            key: sealKeyOf(settings),
            now,
            // Read a moment ago; once it is old, the writer reads it anew.
            sealedOf: async () => connection.secretSealed,
            renew: (...ids) => writerStub(env, ...ids).renew(...ids),
          },
          tenantId,
          connectionId,
        );
      return ok(hubspotCrm({ api: settings.HUBSPOT_API, token, effectOnce: connection.settings['effectOnce'] !== false }));
    }
    const username = String(connection.settings['username'] ?? '');
    const token = async (fresh: boolean) => {
      const known = fresh ? undefined : minted.get(connectionId);
      if (known) return ok(known);
      const mint = await salesforceOauth.mintToken({ ...salesforceApp(settings), username, now: now() });
      if (mint.ok) minted.set(connectionId, mint.value);
      return mint;
    };
    return ok(salesforceCrm({ token }));
  }

  return {
    bindings: env,
    settings,
    db,
    now,
    line: twilioLine({ api: settings.TWILIO_API }),
    liveSpeech: deepgramLive({ ...deepgram, model: settings.SPEECH_MODEL }),
    batchSpeech: deepgramBatch(deepgram),
    model: settings.ANTHROPIC_API_KEY ? anthropicModel({ api: settings.ANTHROPIC_API, apiKey: settings.ANTHROPIC_API_KEY }) : undefined,
    crmOf,
    hubspot,
    salesforce,
  };
}

const sealKeyOf = (settings: Settings) => ({ id: settings.SEAL_KEY_ID, secret: settings.SEAL_KEY });

function hubspotHost(settings: Settings, now: () => number): HubspotHost | undefined {
  const { HUBSPOT_CLIENT_ID: clientId, HUBSPOT_CLIENT_SECRET: clientSecret, HUBSPOT_API: api } = settings;
  if (!clientId || !clientSecret) return undefined;
  return {
    appId: settings.HUBSPOT_APP_ID,
    isSigned: (request) => verifyHubspot({ ...request, secret: clientSecret, now: now() }),
    authorizeUrl: (ask) => hubspotOauth.authorizeUrl({ ...ask, authorize: settings.HUBSPOT_AUTHORIZE, clientId, scopes, optionalScopes }),
    exchange: (grant) => hubspotOauth.exchangeCode({ ...grant, api, clientId, clientSecret }),
    refresh: (refreshToken) => hubspotOauth.refreshToken({ api, clientId, clientSecret, refreshToken }),
    prepare: (token) => prepareHubspot({ api, token }),
  };
}

function salesforceHost(settings: Settings, now: () => number): SalesforceHost | undefined {
  const { SALESFORCE_CONSUMER_KEY: consumerKey, SALESFORCE_CONSUMER_SECRET: consumerSecret, SALESFORCE_LOGIN: login } = settings;
  if (!consumerKey || !consumerSecret || !settings.SALESFORCE_PRIVATE_KEY) return undefined;
  return {
    authorizeUrl: (ask) => salesforceOauth.authorizeUrl({ ...ask, login, consumerKey }),
    exchange: (grant) => salesforceOauth.exchangeCode({ ...grant, login, consumerKey, consumerSecret }),
    probe: ({ username }) => salesforceOauth.mintToken({ ...salesforceApp(settings), username, now: now() }),
  };
}

const salesforceApp = (settings: Settings) => ({
  login: settings.SALESFORCE_LOGIN,
  consumerKey: settings.SALESFORCE_CONSUMER_KEY ?? '',
  privateKeyPem: (settings.SALESFORCE_PRIVATE_KEY ?? '').replace(/\\n/g, '\n'),
});
