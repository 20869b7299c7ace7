import * as z from 'zod/mini';
import { failed, ok, type Result } from '../shared/kit/result.ts';
import { openDb } from './db/client.ts';
import { type Env, readSettings, type Settings } from './env.ts';
import { recordingHop, recordingUrl, streamUrl } from './http/safe-url.ts';
import type { HubspotHost, Parts, SalesforceHost } from './parts.ts';
import type { Crm } from './ports/crm.ts';
import type { CrmCalendar } from './ports/crm-calendar.ts';
import type { CrmCheck } from './ports/crm-news.ts';
import type { CrmPhones } from './ports/crm-phones.ts';
import type { GraphHost, ZoomHost } from './ports/meeting-hosts.ts';
import { writerStub } from './stubs.ts';
import { loseConnection } from './tenants/connect/store.ts';
import { openKeyring } from './tenants/keys/keyring.ts';
import * as keys from './tenants/keys/store.ts';
import { openLately } from './tenants/lately.ts';
import { holdRefusals } from './tenants/refusals.ts';
import { keptSession, type Session } from './tenants/salesforce-session.ts';
import { holdSessions } from './tenants/sessions.ts';
import * as tenants from './tenants/store.ts';
import { currentToken, openTokens } from './tenants/tokens.ts';
import { anthropicLive } from './vendors/anthropic/live.ts';
import { anthropicModel } from './vendors/anthropic/model.ts';
import { deepgramBatch } from './vendors/deepgram/batch.ts';
import { deepgramLive } from './vendors/deepgram/live.ts';
import { certificateKey, newCertificate } from './vendors/graph/certificate.ts';
import { graphMeetings } from './vendors/graph/meetings.ts';
import { readNotifications } from './vendors/graph/notifications.ts';
import * as graphSignIn from './vendors/graph/sign-in.ts';
import { graphSigners } from './vendors/graph/signers.ts';
import { graphSubscription } from './vendors/graph/subscription.ts';
import { transcriptPath } from './vendors/graph/transcript-ref.ts';
import { hubspotCalendar } from './vendors/hubspot/calendar.ts';
import { hubspotCheck } from './vendors/hubspot/check.ts';
import { hubspotCrm } from './vendors/hubspot/crm.ts';
import { hubspotJournal } from './vendors/hubspot/journal.ts';
import { hubspotNews } from './vendors/hubspot/news.ts';
import * as hubspotOauth from './vendors/hubspot/oauth.ts';
import { hubspotPhones } from './vendors/hubspot/phones.ts';
import { prepareHubspot } from './vendors/hubspot/prepare.ts';
import { optionalScopes, scopes } from './vendors/hubspot/scopes.ts';
import { verifyHubspot } from './vendors/hubspot/signature.ts';
import { opusDecoder } from './vendors/opus/decoder.ts';
import { holdBudgets } from './vendors/salesforce/budgets.ts';
import { salesforceCalendar } from './vendors/salesforce/calendar.ts';
import { salesforceCheck } from './vendors/salesforce/check.ts';
import { salesforceCrm } from './vendors/salesforce/crm.ts';
import { salesforceNews } from './vendors/salesforce/news.ts';
import * as salesforceOauth from './vendors/salesforce/oauth.ts';
import { salesforcePhones } from './vendors/salesforce/phones.ts';
import { probeSalesforce } from './vendors/salesforce/probe.ts';
import { twilioDesk } from './vendors/twilio/desk.ts';
import { twilioLine } from './vendors/twilio/line.ts';
import { twilioTelephone } from './vendors/twilio/telephone.ts';
import { bgeMeaning } from './vendors/workers-ai/meaning.ts';
import { whisperBatch } from './vendors/workers-ai/whisper.ts';
import { zoomComing, zoomNameOf } from './vendors/zoom/coming.ts';
import { zoomMeetings } from './vendors/zoom/meetings.ts';
import * as zoomOauth from './vendors/zoom/oauth.ts';
import { zoomRtms } from './vendors/zoom/rtms.ts';
import { verifyZoom } from './vendors/zoom/signature.ts';
import { answerValidation } from './vendors/zoom/url-validation.ts';

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
  const sessionOf = holdSessions<Session>(now);
  const salesforce = salesforceHost(settings, now);
  const budgets = holdBudgets();
  const shut = holdRefusals(now);

  async function hostOf(
    tenantId: string,
    connectionId: string,
  ): Promise<Result<{ crm: Crm; check: CrmCheck; phones: CrmPhones; calendar: CrmCalendar }>> {
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
      return ok({
        crm: hubspotCrm({ ...access, ...known }),
        check: hubspotCheck(access),
        phones: hubspotPhones(access),
        calendar: hubspotCalendar(access),
      });
    }
    const { connectedAt, username, sharedActivities, effectOnce, apiShare } = salesforceSettings.parse(connection.settings);
    // Connected again, perhaps as another user, it is another one.
    const session = `${connectionId} ${connectedAt}`;
    const read = (of: tenants.ConnectionRow) => keptSession(of, (row, sealed) => keyring.open(keys.placeOf(row), sealed));
    const current = async (refused: string | undefined): Promise<Result<Session>> => {
      const kept = refused === undefined ? await read(connection) : null;
      if (kept && !kept.isOld) return ok(kept);
      const fresh = await writerStub(env, tenantId, connectionId).renew(tenantId, connectionId, refused);
      if (!fresh.ok) return fresh;
      const seen = await tenants.connectionOf(db, tenantId, connectionId);
      const held = seen && (await read(seen));
      return held ? ok(held) : failed({ kind: 'expired', said: 'The connection was ended meanwhile.' });
    };
    const token = async (refused?: string, stillborn = 0) => {
      // Opening more of what is refused unused would go on for ever. One unlucky request proves nothing: another one asks again.
      if (stillborn <= 1 || !shut.isTold(session)) return sessionOf(session, refused, () => current(refused));
      const seen = await tenants.connectionOf(db, tenantId, connectionId);
      if (seen && seen.settings['connectedAt'] === connection.settings['connectedAt']) await loseConnection(db, seen, SALESFORCE_SHUT);
      return failed({ kind: 'expired', said: SALESFORCE_SHUT } as const);
    };
    const budget = budgets.of(connectionId, apiShare);
    return ok({
      crm: salesforceCrm({ token, username, sharedActivities, effectOnce, budget }),
      check: salesforceCheck({ orgId: connection.externalId, token, now }),
      phones: salesforcePhones({ token }),
      calendar: salesforceCalendar({ token }),
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
    lineDesk: twilioDesk({ api: settings.TWILIO_API }),
    telephone: twilioTelephone({ api: settings.TWILIO_API }),
    decoder: opusDecoder(),
    liveSpeech: deepgramLive({ ...deepgram, model: settings.SPEECH_MODEL }),
    mixedSpeech: deepgramLive({ ...deepgram, model: 'nova3-voices' }),
    fallbackSpeech: settings.SPEECH_MODEL === 'flux' ? deepgramLive({ ...deepgram, model: 'nova3' }) : undefined,
    batchSpeech: deepgramBatch(deepgram),
    secondSpeech: env.AI ? whisperBatch(env.AI) : undefined,
    meaning: env.AI ? bgeMeaning(env.AI) : undefined,
    model: settings.ANTHROPIC_API_KEY ? anthropicModel({ api: settings.ANTHROPIC_API, apiKey: settings.ANTHROPIC_API_KEY }) : undefined,
    liveModel: settings.ANTHROPIC_API_KEY ? anthropicLive({ api: settings.ANTHROPIC_API, apiKey: settings.ANTHROPIC_API_KEY }) : undefined,
    crmOf: async (tenantId, connectionId) => {
      const host = await hostOf(tenantId, connectionId);
      return host.ok ? ok(host.value.crm) : host;
    },
    checkOf: async (tenantId, connectionId) => {
      const host = await hostOf(tenantId, connectionId);
      return host.ok ? ok(host.value.check) : host;
    },
    phonesOf: async (tenantId, connectionId, ref) => {
      const host = await hostOf(tenantId, connectionId);
      return host.ok ? host.value.phones.phonesOf(ref) : host;
    },
    calendarOf: async (tenantId, connectionId) => {
      const host = await hostOf(tenantId, connectionId);
      return host.ok ? ok(host.value.calendar) : host;
    },
    apiUsageOf: budgets.lastOf,
    news: { hubspot: hubspotNews(settings.HUBSPOT_APP_ID), salesforce: salesforceNews },
    hubspot,
    salesforce,
    zoom: zoomHost(settings, now),
    graph: graphHost(settings, now),
  };
}

function zoomHost(settings: Settings, now: () => number): ZoomHost {
  const { ZOOM_API: api, ZOOM_LOGIN: login, ZOOM_FILES: files, ZOOM_RTMS: rtms } = settings;
  const guard = {
    recording: (raw: string) => recordingUrl(raw, 'zoom'),
    hop: (raw: string) => recordingHop(raw, 'zoom'),
    ...(files === undefined ? {} : { files }),
  };
  return {
    connect: zoomConnect(settings),
    isSigned: verifyZoom,
    answerValidation,
    meetings: (account) => zoomMeetings({ ...account, api, login, now }, guard),
    coming: (account, number) => zoomComing({ ...account, api, login, now }, number),
    nameOf: (account, email) => zoomNameOf({ ...account, api, login, now }, email),
    line: (account) => zoomRtms(account, { stream: streamUrl, ...(rtms === undefined ? {} : { rtms }) }),
  };
}

function zoomConnect(settings: Settings): ZoomHost['connect'] {
  const { ZOOM_CLIENT_ID: clientId, ZOOM_CLIENT_SECRET: clientSecret, ZOOM_SECRET_TOKEN: secretToken } = settings;
  if (!clientId || !clientSecret || !secretToken) return undefined;
  const app = { api: settings.ZOOM_API, login: settings.ZOOM_LOGIN, clientId, clientSecret };
  return {
    clientId,
    clientSecret,
    secretToken,
    authorizeUrl: (ask) => zoomOauth.authorizeUrl(app, ask),
    exchange: (grant) => zoomOauth.exchangeCode(app, grant),
    refresh: (refreshToken) => zoomOauth.refreshTokens(app, refreshToken),
    revoke: (accessToken) => zoomOauth.revoke(app, accessToken),
  };
}

function graphConnect({
  GRAPH_CLIENT_ID: clientId,
  GRAPH_CLIENT_SECRET: clientSecret,
  GRAPH_LOGIN: login,
}: Settings): GraphHost['connect'] {
  if (!clientId || !clientSecret) return undefined;
  const app = { login, clientId, clientSecret };
  return {
    clientId,
    clientSecret,
    signInUrl: (ask) => graphSignIn.signInUrl(app, ask),
    idTokenOf: (grant) => graphSignIn.idTokenOf(app, grant),
    consentUrl: (ask) => graphSignIn.consentUrl(app, ask),
  };
}

function graphHost(settings: Settings, now: () => number): GraphHost {
  const { GRAPH_API: api, GRAPH_LOGIN: login } = settings;
  return {
    connect: graphConnect(settings),
    read: readNotifications,
    meetings: (account) => graphMeetings({ ...account, api, login, now }),
    subscription: (account) => graphSubscription({ ...account, api, login, now }),
    signers: (directoryId) => graphSigners(login, directoryId),
    newCertificate,
    certificateKey,
    transcriptOf: (resource) => transcriptPath(resource)?.id ?? null,
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

function salesforceHost(settings: Settings, now: () => number): SalesforceHost | undefined {
  const { SALESFORCE_CONSUMER_KEY: consumerKey, SALESFORCE_CONSUMER_SECRET: consumerSecret, SALESFORCE_LOGIN: home } = settings;
  if (!consumerKey || !consumerSecret || !settings.SALESFORCE_PRIVATE_KEY) return undefined;
  const mint = (login: string | undefined, who: { username: string; orgId: string }) =>
    salesforceOauth.mintToken({ ...salesforceApp(settings, login), ...who, now: now() });
  return {
    authorizeUrl: ({ login = home, ...ask }) => salesforceOauth.authorizeUrl({ ...ask, login, consumerKey }),
    exchange: async ({ login = home, ...grant }) => {
      const org = await salesforceOauth.exchangeCode({ ...grant, login, consumerKey, consumerSecret });
      return org.ok ? ok({ ...org.value, login }) : org;
    },
    probe: async ({ username, orgId, login }) => {
      const minted = await mint(login, { username, orgId });
      if (!minted.ok) return minted;
      const probed = await probeSalesforce({ token: async () => minted });
      await salesforceOauth.revokeToken(minted.value);
      return probed;
    },
    openSession: ({ settings: said, externalId: orgId }) => {
      const { login, username } = salesforceSettings.parse(said);
      return mint(login, { username, orgId });
    },
    endSession: salesforceOauth.revokeToken,
  };
}

const salesforceApp = (settings: Settings, login = settings.SALESFORCE_LOGIN) => ({
  login,
  consumerKey: settings.SALESFORCE_CONSUMER_KEY ?? '',
  privateKeyPem: (settings.SALESFORCE_PRIVATE_KEY ?? '').replace(/\\n/g, '\n'),
});
