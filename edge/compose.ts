import * as z from 'zod/mini';
import { failed, ok, type Result } from '../shared/kit/result.ts';
import { openDb } from './db/client.ts';
import { type Env, readSettings, type Settings } from './env.ts';
import type { HubspotHost, Parts, SalesforceHost } from './parts.ts';
import type { Crm } from './ports/crm.ts';
import type { CrmCheck } from './ports/crm-news.ts';
import { writerStub } from './stubs.ts';
import { loseConnection } from './tenants/connect/store.ts';
import { openKeyring } from './tenants/keys/keyring.ts';
import * as keys from './tenants/keys/store.ts';
import { openLately } from './tenants/lately.ts';
import { holdRefusals } from './tenants/refusals.ts';
import { holdSessions } from './tenants/sessions.ts';
import * as tenants from './tenants/store.ts';
import { currentToken, openTokens } from './tenants/tokens.ts';
import { anthropicModel } from './vendors/anthropic/model.ts';
import { deepgramBatch } from './vendors/deepgram/batch.ts';
import { deepgramLive } from './vendors/deepgram/live.ts';
import { hubspotCheck } from './vendors/hubspot/check.ts';
import { hubspotCrm } from './vendors/hubspot/crm.ts';
import { hubspotJournal } from './vendors/hubspot/journal.ts';
import { hubspotNews } from './vendors/hubspot/news.ts';
import * as hubspotOauth from './vendors/hubspot/oauth.ts';
import { prepareHubspot } from './vendors/hubspot/prepare.ts';
import { optionalScopes, scopes } from './vendors/hubspot/scopes.ts';
import { verifyHubspot } from './vendors/hubspot/signature.ts';
import { holdBudgets } from './vendors/salesforce/budgets.ts';
import { salesforceCheck } from './vendors/salesforce/check.ts';
import { salesforceCrm } from './vendors/salesforce/crm.ts';
import { salesforceNews } from './vendors/salesforce/news.ts';
import * as salesforceOauth from './vendors/salesforce/oauth.ts';
import { probeSalesforce } from './vendors/salesforce/probe.ts';
import { twilioLine } from './vendors/twilio/line.ts';

/** Settings and bindings become parts. The one file that names vendors; only worker.ts imports it. */
export function compose(env: Env): Parts {
  const settings = readSettings(env);
  const db = openDb(settings.DATABASE_URL);
  const now = () => Date.now();
  const lately = openLately(db, now);
  const deepgram = { api: settings.DEEPGRAM_API, apiKey: settings.DEEPGRAM_API_KEY ?? '' };
  const hubspot = hubspotHost(settings, now);
  const keyring = openKeyring({
    masters: settings.masters,
    now,
    keysOf: (tenantId) => keys.keysOf(db, tenantId),
    addKey: (tenantId, key) => keys.addKey(db, tenantId, key),
  });
  const sessionOf = holdSessions<salesforceOauth.Minted>(now);
  const salesforce = salesforceHost(settings, now, async (connection) => {
    const { session, mint } = salesforceSession(settings, connection, now);
    return sessionOf(session, undefined, mint);
  });
  const budgets = holdBudgets();
  const shut = holdRefusals(now);

  async function hostOf(tenantId: string, connectionId: string): Promise<Result<{ crm: Crm; check: CrmCheck }>> {
    const connection = await lately.connectionOf(tenantId, connectionId);
    if (!connection) return { ok: false, fault: { kind: 'gone', said: 'This connection no longer exists.' } };
    if (connection.state !== 'connected') return { ok: false, fault: { kind: 'expired', said: troubleOf(connection) } };
    if (connection.provider === 'hubspot') {
      const read = (of: tenants.ConnectionRow) => openTokens(of.secretSealed, (sealed) => keyring.open(keys.placeOf(of), sealed));
      // Read a moment ago, and anew once the writer has renewed it.
      let held = connection;
      const renew = async (refused: string | undefined) => {
        const fresh = await writerStub(env, tenantId, connectionId).renew(tenantId, connectionId, refused);
        held = (await tenants.connectionOf(db, tenantId, connectionId)) ?? held;
        return fresh;
      };
      const token = (refused?: string) => currentToken({ now, read: () => read(held), renew }, refused);
      const lost = async (refused: string) => {
        const seen = await tenants.connectionOf(db, tenantId, connectionId);
        const kept = seen && (await read(seen));
        // Another token means that somebody connected again meanwhile.
        if (seen && kept?.ok && kept.value.tokens.accessToken === refused)
          await loseConnection(db, seen, 'HubSpot no longer accepts this connection. Connect it again.');
      };
      const access = { api: settings.HUBSPOT_API, token, lost };
      const known = {
        effectOnce: connection.settings['effectOnce'] !== false,
        account: connection.externalId,
        ...(settings.HUBSPOT_APP_ID === undefined ? {} : { appId: settings.HUBSPOT_APP_ID }),
      };
      return ok({ crm: hubspotCrm({ ...access, ...known }), check: hubspotCheck(access) });
    }
    const { session, mint, username, sharedActivities, effectOnce, apiShare } = salesforceSession(settings, connection, now);
    const lost = async (said: string) => {
      await loseConnection(db, connection, said);
      return failed({ kind: 'expired', said } as const);
    };
    const token = async (refused?: string, stillborn = 0) => {
      // Opening more of what is refused unused would go on for ever. One unlucky request proves nothing: another one asks again.
      if (stillborn > 1 && shut.isTold(session)) return lost(SALESFORCE_SHUT);
      return sessionOf(session, refused, async () => {
        const minted = await mint();
        return !minted.ok && minted.fault.kind === 'expired' ? lost(minted.fault.said) : minted;
      });
    };
    const budget = budgets.of(connectionId, apiShare);
    return ok({
      crm: salesforceCrm({ token, username, sharedActivities, effectOnce, budget }),
      check: salesforceCheck({ orgId: connection.externalId, token, now }),
    });
  }

  return {
    bindings: env,
    settings,
    db,
    lately,
    now,
    keyring,
    line: twilioLine({ api: settings.TWILIO_API }),
    liveSpeech: deepgramLive({ ...deepgram, model: settings.SPEECH_MODEL }),
    batchSpeech: deepgramBatch(deepgram),
    model: settings.ANTHROPIC_API_KEY ? anthropicModel({ api: settings.ANTHROPIC_API, apiKey: settings.ANTHROPIC_API_KEY }) : undefined,
    crmOf: async (tenantId, connectionId) => {
      const host = await hostOf(tenantId, connectionId);
      return host.ok ? ok(host.value.crm) : host;
    },
    checkOf: async (tenantId, connectionId) => {
      const host = await hostOf(tenantId, connectionId);
      return host.ok ? ok(host.value.check) : host;
    },
    apiUsageOf: budgets.lastOf,
    news: { hubspot: hubspotNews(settings.HUBSPOT_APP_ID), salesforce: salesforceNews },
    hubspot,
    salesforce,
  };
}

/** What a person has to do before this connection works again. */
const troubleOf = ({ state, settings: { trouble } }: tenants.ConnectionRow): string =>
  state === 'needs-reconnect' && typeof trouble === 'string' ? trouble : 'The CRM has to be connected again.';

const SALESFORCE_SHUT =
  'Salesforce refuses every session of the integration user, new ones too. Check the session settings and login restrictions there, then connect it again.';

const salesforceSettings = z.object({
  username: z._default(z.string(), ''),
  login: z.optional(z.string()),
  connectedAt: z._default(z.string(), ''),
  sharedActivities: z._default(z.boolean(), false),
  effectOnce: z._default(z.boolean(), true),
  /** How much of the org's daily API calls may be used before we stop writing; the admin's to set. */
  apiShare: z._default(z.number(), 0.8),
});

function hubspotHost(settings: Settings, now: () => number): HubspotHost | undefined {
  const { HUBSPOT_CLIENT_ID: clientId, HUBSPOT_CLIENT_SECRET: clientSecret, HUBSPOT_API: api } = settings;
  if (!clientId || !clientSecret) return undefined;
  return {
    appId: settings.HUBSPOT_APP_ID,
    isSigned: (request) => verifyHubspot({ ...request, secret: clientSecret, now: now() }),
    authorizeUrl: (ask) => hubspotOauth.authorizeUrl({ ...ask, authorize: settings.HUBSPOT_AUTHORIZE, clientId, scopes, optionalScopes }),
    exchange: (grant) => hubspotOauth.exchangeCode({ ...grant, api, clientId, clientSecret }),
    scopes: { required: scopes.filter((scope) => scope !== 'oauth'), optional: optionalScopes },
    uninstall: (accessToken) => hubspotOauth.uninstall({ api, accessToken }),
    refresh: (refreshToken) => hubspotOauth.refreshToken({ api, clientId, clientSecret, refreshToken }),
    prepare: (token) => prepareHubspot({ api, token }),
    journal: hubspotJournal({ api, clientId, clientSecret, appId: settings.HUBSPOT_APP_ID, now }),
  };
}

function salesforceHost(
  settings: Settings,
  now: () => number,
  openSession: (connection: tenants.ConnectionRow) => Promise<Result<salesforceOauth.Minted>>,
): SalesforceHost | undefined {
  const { SALESFORCE_CONSUMER_KEY: consumerKey, SALESFORCE_CONSUMER_SECRET: consumerSecret, SALESFORCE_LOGIN: home } = settings;
  if (!consumerKey || !consumerSecret || !settings.SALESFORCE_PRIVATE_KEY) return undefined;
  return {
    authorizeUrl: ({ login = home, ...ask }) => salesforceOauth.authorizeUrl({ ...ask, login, consumerKey }),
    exchange: async ({ login = home, ...grant }) => {
      const org = await salesforceOauth.exchangeCode({ ...grant, login, consumerKey, consumerSecret });
      return org.ok ? ok({ ...org.value, login }) : org;
    },
    probe: async ({ username, orgId, login }) => {
      const minted = await salesforceOauth.mintToken({ ...salesforceApp(settings, login), username, orgId, now: now() });
      return minted.ok ? probeSalesforce({ token: async () => minted }) : minted;
    },
    endSession: async (connection) => {
      const open = await openSession(connection);
      return open.ok ? salesforceOauth.revokeToken(open.value) : open;
    },
  };
}

/** How the org of a connection is spoken to; `session` names what is opened with `mint`. Connected again, perhaps as another user, it is another one. */
function salesforceSession(settings: Settings, connection: tenants.ConnectionRow, now: () => number) {
  const { login, connectedAt, ...said } = salesforceSettings.parse(connection.settings);
  const of = { ...salesforceApp(settings, login), username: said.username, orgId: connection.externalId };
  return { ...said, session: `${connection.id} ${connectedAt}`, mint: () => salesforceOauth.mintToken({ ...of, now: now() }) };
}

const salesforceApp = (settings: Settings, login = settings.SALESFORCE_LOGIN) => ({
  login,
  consumerKey: settings.SALESFORCE_CONSUMER_KEY ?? '',
  privateKeyPem: (settings.SALESFORCE_PRIVATE_KEY ?? '').replace(/\\n/g, '\n'),
});
