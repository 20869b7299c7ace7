import { SELF } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { OWN_MAKER, signsOfText } from '../../shared/remember/search/signs.ts';
import { numberOf } from '../../shared/remember/search/words.ts';
import * as changes from '../act/store.ts';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { savePlaybook, versionsOf } from '../guide/playbooks/store.ts';
import { joinRooms } from '../join-rooms.ts';
import { introOf, saveDraft } from '../relate/intros/store.ts';
import * as risks from '../remember/risks/store.ts';
import { saveIndex } from '../remember/search/store.ts';
import * as memory from '../remember/store.ts';
import { signLink } from '../tenants/intro-link.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import * as insights from '../understand/store.ts';
import { ask, bindings, connectPortal, lena, openTestDb, otherTenant, publicUrl, quietCall, signLine } from './test-host.ts';
import { sha256Hex } from './who.ts';

const CANARY = 'Kanarienvogel';
const requestId = () => crypto.randomUUID();
const sid = () => `AC${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

let db: Db;
/** Who asks. */
let ours: tenants.Owned & { callId: string; accountSid: string; authToken: string };
/** Whose ids they ask with. */
let theirs: tenants.Owned & {
  callId: string;
  externalId: string;
  changeId: string;
  playbookId: string;
  riskId: string;
  introId: string;
  dealId: string;
  accountSid: string;
};

beforeAll(async () => {
  db = openTestDb();
  const mine = await connectPortal(db);
  ours = { ...mine, callId: await quietCall(db, mine), ...(await telephone(mine, 'our-telephone-token')) };
  theirs = await fill(await otherTenant(db));
});

async function telephone(owned: tenants.Owned, authToken: string) {
  const accountSid = sid();
  const { tenantId } = owned;
  const account = { provider: 'twilio', externalId: accountSid } as const;
  const { connectionId = '' } = (await tenants.addConnection(db, tenantId, { ...account, settings: { lines: [] } })) ?? {};
  await compose(bindings).keyring.keep(placeOf({ ...account, tenantId, id: connectionId }), authToken, (sealed) =>
    saveSecret(db, tenantId, connectionId, { sealed }),
  );
  return { accountSid, authToken };
}

const emptyPlaybook = { name: 'Ours', enabled: false, packs: [], moments: [], assigned: { everyone: true } };
/** Would find what they said on their calls. */
const canaryMoment = {
  id: 'canary',
  name: 'Canary',
  kind: 'objection',
  headline: 'Canary',
  say: 'Sing.',
  rule: { is: 'phrase', phrases: [CANARY], said: 'anyone' },
};

/** A tenant with a row in every table, each with a word that must never come out. */
async function fill(owned: tenants.Owned) {
  const { tenantId, connectionId } = owned;
  const dealId = `66${Date.now()}`;
  const externalId = `CA${crypto.randomUUID()}`;
  const record = { object: 'deal', id: dealId } as const;
  const callId = await quietCall(db, owned, {
    record,
    externalId,
    customerName: CANARY,
    repName: CANARY,
    repEmail: `${CANARY}@other.example`,
  });
  const evidence = { quote: CANARY, seq: 0, role: 'customer', speaker: CANARY, startMs: 0, endMs: 1_000 } as const;
  await calls.saveUtterances(db, tenantId, callId, [{ ...evidence, text: CANARY, confidence: 1 }]);
  const word = { word: numberOf(CANARY.toLowerCase()), seqs: [0] };
  await saveIndex(db, tenantId, {
    callId,
    at: new Date(),
    words: [word],
    maker: OWN_MAKER,
    meanings: [{ seq: 0, signs: signsOfText(CANARY) }],
  });
  await insights.saveInsight(db, tenantId, callId, {
    analyzer: 'rules-1',
    intent: 'demo',
    sentiment: 0.5,
    talkShareRep: 0.5,
    headline: CANARY,
    bullets: [{ text: CANARY, evidence }],
    objections: [],
    nextSteps: [],
    buyingSignals: [],
    competitors: [],
    pricing: [],
    turns: [],
  });
  await memory.foldFacts(db, tenantId, record, [{ kind: 'signal', key: 'k', text: CANARY, evidence, callId, at: new Date() }]);
  const found = { code: 'red_flag', basis: CANARY, text: CANARY, severity: 'high', confidence: 0.9, isDeterministic: false } as const;
  const risk = { ...found, evidence: [{ ...evidence, callId }] };
  await risks.settle(db, tenantId, record, { propose: [risk], renew: [], over: [] }, new Date());
  const riskId = (await risks.risksOf(db, tenantId, record))[0]?.id ?? '';
  const playbookId = crypto.randomUUID();
  const assigned = { everyone: true, teams: [], reps: [] };
  const playbook = { name: CANARY, enabled: true, packs: [], moments: [], assigned };
  await savePlaybook(db, tenantId, { id: playbookId, from: 0, requestId: requestId(), by: '71', at: new Date(), playbook });
  const introId = crypto.randomUUID();
  const people = [
    { key: 'user/71', name: CANARY },
    { key: 'contact/9001', name: CANARY },
  ];
  await saveDraft(db, tenantId, {
    id: introId,
    requestId: requestId(),
    repId: '71',
    repName: CANARY,
    record,
    people,
    connectorKey: 'user/72',
    targetKey: 'contact/9001',
    score: 0.5,
    state: 'requested',
    version: 1,
    subject: CANARY,
    body: CANARY,
    cites: [],
    trail: [],
    createdAt: new Date(),
  });
  const changeId = crypto.randomUUID();
  await changes.planChanges(db, tenantId, [
    {
      id: changeId,
      callId,
      connectionId,
      opKey: changeId,
      record,
      also: [],
      policy: 'suggest',
      state: 'waiting',
      body: { kind: 'draft-email', to: [], subject: CANARY, body: CANARY },
      reason: CANARY,
      evidence: [evidence],
      ordinal: 0,
    },
    {
      callId,
      connectionId,
      opKey: `${changeId}-watched`,
      record,
      also: [],
      policy: 'shadow',
      state: 'shadow',
      body: { kind: 'set-field', field: 'amount', label: CANARY, mode: 'overwrite', from: null, to: CANARY },
      reason: CANARY,
      evidence: [evidence],
      ordinal: 1,
    },
  ]);
  return {
    ...owned,
    callId,
    externalId,
    changeId,
    playbookId,
    riskId,
    introId,
    dealId,
    accountSid: (await telephone(owned, 'their-telephone-token')).accountSid,
  };
}

const theirRows = async () => ({
  call: await calls.callOf(db, theirs.tenantId, theirs.callId),
  change: await changes.changeOf(db, theirs.tenantId, theirs.changeId),
  intro: await introOf(db, theirs.tenantId, theirs.introId),
  risk: await risks.riskOf(db, theirs.tenantId, theirs.riskId),
  playbooks: await versionsOf(db, theirs.tenantId, theirs.playbookId),
  tenant: await tenants.tenantOf(db, theirs.tenantId),
});

/** How each answer may look. Every new one is a decision. */
const missing = { is: 'there is nothing', status: 404 } as const;
const unsigned = { is: 'not theirs to ask', status: 401 } as const;
const refused = (...codes: string[]) => ({ is: 'a refusal', status: 200, codes }) as const;
const idle = (status: number) => ({ is: 'nobody’s ids in it', status }) as const;
type Outcome = typeof missing | typeof unsigned | ReturnType<typeof refused> | ReturnType<typeof idle>;

interface Probe {
  ask(): Promise<Response>;
  expect: Outcome;
}

const card = (path: () => string, expected: Outcome, method = 'GET', body?: () => unknown): Probe => ({
  ask: () => ask({ method, path: path(), ...(body ? { body: body() } : {}) }),
  expect: expected,
});
const decide = () => ({ requestId: requestId(), version: 1 });
const press = () => ({ requestId: requestId() });
const onTheirDeal = () => ({ requestId: requestId(), record: { object: 'deal', id: theirs.dealId } });
const plain = (path: string, expected: Outcome): Probe => ({
  ask: () => SELF.fetch(publicUrl + path, { redirect: 'manual' }),
  expect: expected,
});

/** A socket's handshake on a path of ours or theirs, signed with our own telephone's token. */
const handshake = (path: () => string): Probe => ({
  ask: async () => {
    const url = `${publicUrl.replace(/^http/, 'ws')}${path()}`;
    return SELF.fetch(publicUrl + path(), { headers: { upgrade: 'websocket', 'x-twilio-signature': await signLine(ours.authToken, url) } });
  },
  expect: unsigned,
});

/** A webhook signed with our own telephone's token. */
const webhook = (path: string, form: () => Record<string, string>, expected: Outcome): Probe => ({
  ask: async () =>
    SELF.fetch(publicUrl + path, {
      method: 'POST',
      body: new URLSearchParams(form()),
      headers: { 'x-twilio-signature': await signLine(ours.authToken, publicUrl + path, form()) },
    }),
  expect: expected,
});

/** What a CRM tells, with no proof that it was the CRM. */
const hook = (path: string, body: () => unknown): Probe => ({
  ask: () => SELF.fetch(publicUrl + path, { method: 'POST', body: JSON.stringify(body()) }),
  expect: unsigned,
});

async function ticket(purpose: 'live' | 'upload' | 'listen' | 'calling' | 'team', subject: string): Promise<string> {
  const token = `${requestId()}${requestId()}`;
  const expiresAt = new Date(Date.now() + 60_000);
  await tenants.saveTicket(db, ours.tenantId, { hash: await sha256Hex(token), purpose, subject, user: { id: '71' }, expiresAt });
  return token;
}
/** Signed by us for our own tenant, with an introduction of theirs in it. */
const crossedLink = () => signLink(compose(bindings).settings.masters, ours.tenantId, theirs.introId);
const screen = (id: () => string, token: () => Promise<string>): Probe => ({
  ask: async () =>
    SELF.fetch(`${publicUrl}/live/${id()}`, {
      headers: { upgrade: 'websocket', 'sec-websocket-protocol': `ros.v1, token.${await token()}` },
    }),
  expect: unsigned,
});
const listening = (id: () => string, token: () => Promise<string>): Probe => ({
  ask: async () =>
    SELF.fetch(`${publicUrl}/media/browser/${id()}`, {
      headers: { upgrade: 'websocket', origin: publicUrl, 'sec-websocket-protocol': `ros.v1, token.${await token()}` },
    }),
  expect: unsigned,
});
const handOver = (token: () => Promise<string> | string): Probe => ({
  ask: async () => SELF.fetch(`${publicUrl}/api/files/${await token()}`, { method: 'PUT', body: 'Sam: hello' }),
  expect: unsigned,
});

/** The calling window's own door, with a session that somebody made up. */
const sitting = (path: () => string): Probe => ({
  ask: () =>
    SELF.fetch(publicUrl + path(), {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer k1.${'A'.repeat(40)}.${'A'.repeat(40)}` },
    }),
  expect: unsigned,
});

const adminsOnly = (method: string, path: string, body?: () => unknown): Probe => ({
  ask: () => ask({ method, path, user: lena, ...(body ? { body: body() } : {}) }),
  expect: refused('no-permission'),
});

/** Every route with what another tenant would have to say to reach in. A route that is not here fails the first test. */
const probes: Record<string, Probe[]> = {
  'GET /healthz': [plain('/healthz', idle(200))],
  'GET /readyz': [plain('/readyz', idle(200))],
  'GET /oauth/hubspot/start': [plain('/oauth/hubspot/start', idle(302))],
  'GET /oauth/hubspot/callback': [plain('/oauth/hubspot/callback', idle(400))],
  'GET /oauth/salesforce/start': [plain('/oauth/salesforce/start', idle(302))],
  'GET /oauth/salesforce/callback': [plain('/oauth/salesforce/callback', idle(400))],

  // Whose CRM it is stands in a ticket and then in a sealed state; what proves them is tried in sandbox/connect-platforms.test.ts.
  'GET /oauth/zoom/start': [plain('/oauth/zoom/start?ticket=anybodys-ticket-of-another-tenant', idle(400))],
  'GET /oauth/zoom/callback': [plain('/oauth/zoom/callback?code=c&state=s', idle(400))],
  'GET /oauth/graph/start': [plain('/oauth/graph/start?ticket=anybodys-ticket-of-another-tenant', idle(400))],
  'GET /oauth/graph/callback': [plain('/oauth/graph/callback?code=c&state=s', idle(400))],
  'GET /oauth/graph/consented': [plain('/oauth/graph/consented?admin_consent=True&tenant=t&state=s', idle(400))],
  'POST /v1/connection/zoom': [adminsOnly('POST', '/v1/connection/zoom', press)],
  'DELETE /v1/connection/zoom': [adminsOnly('DELETE', '/v1/connection/zoom')],
  'POST /v1/connection/graph': [adminsOnly('POST', '/v1/connection/graph', press)],
  'DELETE /v1/connection/graph': [adminsOnly('DELETE', '/v1/connection/graph')],

  'POST /voice/twilio': [
    webhook('/voice/twilio', () => ({ AccountSid: theirs.accountSid, CallSid: theirs.externalId, From: '+1', To: '+2' }), unsigned),
  ],
  'GET /media/twilio/:tenant/:call': [
    handshake(() => `/media/twilio/${theirs.tenantId}/${theirs.callId}`),
    { ...handshake(() => `/media/twilio/${ours.tenantId}/${theirs.callId}`), expect: missing },
  ],
  'POST /api/calls/webhook': [
    webhook('/api/calls/webhook', () => ({ AccountSid: theirs.accountSid, CallSid: theirs.externalId, CallStatus: 'completed' }), unsigned),
    webhook('/api/calls/webhook', () => ({ AccountSid: ours.accountSid, CallSid: theirs.externalId, CallStatus: 'completed' }), idle(204)),
  ],

  'POST /v1/calls/:id/speakers': [
    card(
      () => `/v1/calls/${theirs.callId}/speakers`,
      missing,
      'POST',
      () => ({ ...press(), rep: 'Speaker 1' }),
    ),
  ],
  'POST /v1/record/:object/:id/call': [
    card(
      () => `/v1/record/deal/${theirs.dealId}/call`,
      refused('not-found'),
      'POST',
      () => ({ ...press(), number: '+14155550142' }),
    ),
  ],
  'GET /v1/record/:object/:id/paths': [card(() => `/v1/record/deal/${theirs.dealId}/paths`, refused('not-found'))],
  'POST /v1/record/:object/:id/intros': [
    card(
      () => `/v1/record/deal/${theirs.dealId}/intros`,
      refused('not-found'),
      'POST',
      () => ({ ...press(), people: ['user/71', 'contact/9001'] }),
    ),
  ],
  // It names nobody: whose they are is who asks.
  'GET /v1/intros': [card(() => '/v1/intros', idle(200))],
  'POST /v1/intros/:id/approve': [
    card(
      () => `/v1/intros/${theirs.introId}/approve`,
      missing,
      'POST',
      () => ({ ...decide(), subject: 'a', body: 'a' }),
    ),
  ],
  'POST /v1/intros/:id/:verb': [card(() => `/v1/intros/${theirs.introId}/withdraw`, missing, 'POST', decide)],
  // Whose it is stands in the link, which is signed.
  'GET /intro/:ticket': [
    { ask: () => SELF.fetch(`${publicUrl}/intro/${theirs.introId}`), expect: missing },
    { ask: async () => SELF.fetch(`${publicUrl}/intro/${await crossedLink()}`), expect: missing },
  ],
  'POST /intro/:ticket': [
    {
      ask: async () =>
        SELF.fetch(`${publicUrl}/intro/${await crossedLink()}`, { method: 'POST', body: new URLSearchParams({ answer: 'accept' }) }),
      expect: missing,
    },
  ],
  ...Object.fromEntries(
    ['known', 'opt-out'].map((what) => [
      `POST /v1/people/:object/:id/${what}`,
      [card(() => `/v1/people/contact/${theirs.dealId}/${what}`, refused('not-found'), 'POST', press)],
    ]),
  ),
  'POST /v1/relate/import': [
    card(
      () => '/v1/relate/import',
      idle(200),
      'POST',
      () => ({ ...press(), csv: `First Name,Last Name\n${CANARY},${CANARY}` }),
    ),
  ],
  'GET /v1/record/:object/:id/numbers': [card(() => `/v1/record/deal/${theirs.dealId}/numbers`, refused('not-found'))],
  // They name nobody: whose phone rings is who asks.
  'GET /v1/calls/ringing': [card(() => '/v1/calls/ringing?since=0', idle(200))],
  'POST /v1/calls/:id/hang-up': [card(() => `/v1/calls/${theirs.callId}/hang-up`, missing, 'POST', press)],
  'POST /v1/settings/my-phone': [
    card(
      () => '/v1/settings/my-phone',
      idle(200),
      'POST',
      () => ({ ...press(), number: '+14155550100' }),
    ),
  ],
  'POST /v1/calling/code': [card(() => '/v1/calling/code', idle(200), 'POST', press)],
  'GET /calling/hubspot': [plain('/calling/hubspot', idle(200))],
  'POST /calling/session': [
    {
      ask: () => SELF.fetch(`${publicUrl}/calling/session`, { method: 'POST', body: JSON.stringify({ code: theirs.callId }) }),
      expect: refused('bad-request'),
    },
  ],
  'GET /calling/v1/calls/ringing': [plain('/calling/v1/calls/ringing', unsigned)],
  'GET /calling/v1/record/:object/:id/numbers': [
    { ask: () => SELF.fetch(`${publicUrl}/calling/v1/record/deal/${theirs.dealId}/numbers`), expect: unsigned },
  ],
  'POST /calling/v1/record/:object/:id/call': [sitting(() => `/calling/v1/record/deal/${theirs.dealId}/call`)],
  'POST /calling/v1/calls/:id/hang-up': [sitting(() => `/calling/v1/calls/${theirs.callId}/hang-up`)],
  'POST /calling/v1/settings/my-phone': [sitting(() => '/calling/v1/settings/my-phone')],
  'POST /voice/twilio/bridge/:call': [
    webhook(
      '/voice/twilio/bridge/00000000-0000-4000-8000-000000000000',
      () => ({ AccountSid: theirs.accountSid, CallSid: theirs.externalId }),
      unsigned,
    ),
  ],
  'POST /voice/twilio/announce/:call': [
    webhook(
      '/voice/twilio/announce/00000000-0000-4000-8000-000000000000',
      () => ({ AccountSid: theirs.accountSid, CallSid: theirs.externalId }),
      unsigned,
    ),
  ],
  ...Object.fromEntries(
    ['accept', 'accepted', 'next'].map((what) => [
      `POST /voice/twilio/${what}/:call`,
      [
        webhook(
          `/voice/twilio/${what}/00000000-0000-4000-8000-000000000000`,
          () => ({ AccountSid: theirs.accountSid, CallSid: theirs.externalId, Digits: '1' }),
          unsigned,
        ),
      ],
    ]),
  ),
  'POST /voice/twilio/told/:call': [
    webhook(
      '/voice/twilio/told/00000000-0000-4000-8000-000000000000',
      () => ({ AccountSid: theirs.accountSid, CallSid: theirs.externalId }),
      unsigned,
    ),
    webhook(
      '/voice/twilio/told/00000000-0000-4000-8000-000000000000',
      () => ({ AccountSid: ours.accountSid, CallSid: theirs.externalId }),
      idle(204),
    ),
  ],

  'POST /api/calls/:id/analyze': [card(() => `/api/calls/${theirs.callId}/analyze`, missing, 'POST', press)],
  'POST /api/guidance/generate': [
    card(
      () => '/api/guidance/generate',
      missing,
      'POST',
      () => ({ callId: theirs.callId }),
    ),
  ],
  'POST /api/email/draft': [
    card(
      () => '/api/email/draft',
      missing,
      'POST',
      () => ({ callId: theirs.callId }),
    ),
    card(
      () => '/api/email/draft',
      refused('not-found'),
      'POST',
      () => ({ record: { object: 'deal', id: theirs.dealId } }),
    ),
  ],
  // They name nobody: whose they are is who asks.
  'GET /v1/email/edits': [card(() => '/v1/email/edits', idle(200))],
  'POST /v1/settings/email-tone': [
    {
      ask: () =>
        ask({
          method: 'POST',
          path: '/v1/settings/email-tone',
          body: { requestId: requestId(), for: 'everyone', tone: 'formal' },
          user: lena,
        }),
      expect: refused('no-permission'),
    },
  ],

  // The portal and the org are in the body; what proves them is tried in hooks.do.test.ts.
  'POST /hooks/hubspot': [hook('/hooks/hubspot', () => [{ portalId: 4242, subscriptionType: 'contact.privacyDeletion', objectId: 1 }])],
  'POST /hooks/salesforce': [hook('/hooks/salesforce', () => ({ orgId: '00D5f000000SANDEAA', events: [] }))],

  // The account is in the address, the directory in the body; what proves them is tried with the routes.
  'POST /hooks/zoom': [hook('/hooks/zoom?account=anybodysAccount', () => ({ event: 'recording.completed', payload: { account_id: 'a' } }))],
  'POST /hooks/graph': [
    hook('/hooks/graph', () => ({ value: [{ subscriptionId: 's', clientState: 'c', tenantId: theirs.tenantId, changeType: 'created' }] })),
  ],

  'POST /v1/uploads': [
    card(
      () => '/v1/uploads',
      refused('not-found'),
      'POST',
      () => ({ requestId: requestId(), record: { object: 'deal', id: theirs.dealId }, name: 'a' }),
    ),
  ],
  'PUT /api/files/:ticket': [handOver(() => theirs.callId), handOver(() => ticket('live', theirs.callId))],

  'GET /v1/shadow': [card(() => '/v1/shadow', idle(200))],
  'GET /v1/calls/:id/live': [card(() => `/v1/calls/${theirs.callId}/live?since=0`, missing)],
  'POST /v1/calls/:id/consent': [
    card(
      () => `/v1/calls/${theirs.callId}/consent`,
      missing,
      'POST',
      () => ({ requestId: requestId(), consent: 'refused' }),
    ),
  ],
  'POST /v1/calls/:id/private': [card(() => `/v1/calls/${theirs.callId}/private`, missing, 'POST', press)],
  'POST /v1/calls/:id/destroy': [card(() => `/v1/calls/${theirs.callId}/destroy`, missing, 'POST', press)],
  // It names nobody: whose calls are counted is who asks.
  'GET /v1/capture/coverage': [card(() => '/v1/capture/coverage?from=2026-11-01&to=2026-12-01', idle(200))],
  'GET /v1/capture/sources': [adminsOnly('GET', '/v1/capture/sources')],
  'GET /v1/settings/never-record': [adminsOnly('GET', '/v1/settings/never-record')],
  'PUT /v1/settings/never-record': [
    adminsOnly('PUT', '/v1/settings/never-record', () => ({ ...press(), domains: [], numbers: [], words: [], reps: [] })),
  ],
  'GET /v1/settings/consent': [adminsOnly('GET', '/v1/settings/consent')],
  'GET /v1/settings/words': [adminsOnly('GET', '/v1/settings/words')],
  'PUT /v1/settings/words': [adminsOnly('PUT', '/v1/settings/words', () => ({ ...press(), products: ['Pulse'] }))],
  // It names nobody: whose playbooks they are is who asks.
  'GET /v1/playbooks': [card(() => '/v1/playbooks', idle(200))],
  'GET /v1/playbooks/:id/versions': [
    card(() => `/v1/playbooks/${theirs.playbookId}/versions`, missing),
    adminsOnly('GET', '/v1/playbooks/00000000-0000-4000-8000-000000000000/versions'),
  ],
  'PUT /v1/playbooks': [
    card(
      () => '/v1/playbooks',
      refused('stale'),
      'PUT',
      () => ({ ...press(), id: theirs.playbookId, version: 1, ...emptyPlaybook }),
    ),
    adminsOnly('PUT', '/v1/playbooks', () => ({ ...press(), ...emptyPlaybook })),
  ],
  'POST /v1/playbooks/import': [adminsOnly('POST', '/v1/playbooks/import', () => ({ ...press(), text: 'too dear => Compare.' }))],
  // It names nobody: whose calls are looked at is who asks.
  'POST /v1/playbooks/preview': [
    card(
      () => '/v1/playbooks/preview',
      idle(200),
      'POST',
      () => ({ ...press(), moment: canaryMoment }),
    ),
    adminsOnly('POST', '/v1/playbooks/preview', () => ({ ...press(), moment: canaryMoment })),
  ],
  'GET /v1/playbooks/:id/adherence': [card(() => `/v1/playbooks/${theirs.playbookId}/adherence`, missing)],
  'GET /v1/calls/:id/adherence': [card(() => `/v1/calls/${theirs.callId}/adherence`, missing)],

  'GET /v1/settings/team-help': [adminsOnly('GET', '/v1/settings/team-help')],
  'PUT /v1/settings/team-help': [adminsOnly('PUT', '/v1/settings/team-help', () => ({ ...press(), isOn: true, teams: [] }))],
  // It names nobody: whose team it is, is who asks.
  'GET /v1/live': [card(() => '/v1/live', idle(200))],
  'GET /v1/live/:id': [card(() => `/v1/live/${theirs.callId}`, missing)],
  'POST /v1/live/ticket': [card(() => '/v1/live/ticket', refused('no-permission'), 'POST', press)],
  'POST /v1/calls/:id/whisper': [
    card(
      () => `/v1/calls/${theirs.callId}/whisper`,
      missing,
      'POST',
      () => ({ ...press(), text: 'Hello.' }),
    ),
  ],
  'GET /team': [plain('/team', idle(200))],
  'POST /team/session': [
    {
      ask: () => SELF.fetch(`${publicUrl}/team/session`, { method: 'POST', body: JSON.stringify({ ticket: theirs.callId }) }),
      expect: refused('bad-request'),
    },
  ],
  'GET /team/v1/live': [plain('/team/v1/live', unsigned)],
  'GET /team/v1/live/:id': [{ ask: () => SELF.fetch(`${publicUrl}/team/v1/live/${theirs.callId}`), expect: unsigned }],
  'POST /team/v1/calls/:id/whisper': [sitting(() => `/team/v1/calls/${theirs.callId}/whisper`)],

  'GET /v1/usage': [adminsOnly('GET', '/v1/usage')],
  'GET /v1/settings/budget': [adminsOnly('GET', '/v1/settings/budget')],
  'PUT /v1/settings/budget': [adminsOnly('PUT', '/v1/settings/budget', () => ({ ...press(), speechMinutes: 10, modelUsd: null }))],
  'PUT /v1/settings/consent': [adminsOnly('PUT', '/v1/settings/consent', () => ({ ...press(), office: null, offices: [], atLeast: null }))],
  'POST /v1/calls/:id/quiet': [
    card(
      () => `/v1/calls/${theirs.callId}/quiet`,
      missing,
      'POST',
      () => ({ ...press(), quiet: 'full' }),
    ),
  ],
  'POST /v1/calls/:id/ask': [
    card(
      () => `/v1/calls/${theirs.callId}/ask`,
      missing,
      'POST',
      () => ({ ...press(), question: 'What did they say?' }),
    ),
  ],
  'POST /v1/calls/:id/step': [
    card(
      () => `/v1/calls/${theirs.callId}/step`,
      missing,
      'POST',
      () => ({ ...press(), id: 'people', done: true }),
    ),
  ],
  'GET /v1/guidance/rules': [adminsOnly('GET', '/v1/guidance/rules')],
  'POST /v1/guidance/rules/:rule/restore': [adminsOnly('POST', '/v1/guidance/rules/price-objection/restore', press)],
  // They name nobody: a rep sees and says their own.
  'GET /v1/guidance/mine': [card(() => '/v1/guidance/mine', idle(200))],
  'PUT /v1/guidance/mine': [
    card(
      () => '/v1/guidance/mine',
      idle(200),
      'PUT',
      () => ({ ...press(), quiet: 'off', never: [] }),
    ),
  ],
  'POST /v1/calls/:id/feedback': [
    card(
      () => `/v1/calls/${theirs.callId}/feedback`,
      missing,
      'POST',
      () => ({ requestId: requestId(), cardId: 'c', action: 'used' }),
    ),
  ],
  'POST /v1/calls/:id/ticket': [
    card(
      () => `/v1/calls/${theirs.callId}/ticket`,
      missing,
      'POST',
      () => ({}),
    ),
  ],
  'POST /v1/calls/:id/window': [card(() => `/v1/calls/${theirs.callId}/window`, missing, 'POST', press)],
  // The page itself is the same for everybody and holds nobody's.
  'GET /window/:id': [{ ask: () => SELF.fetch(`${publicUrl}/window/${theirs.callId}`), expect: idle(200) }],
  'GET /live/:id': [
    screen(
      () => theirs.callId,
      () => ticket('live', ours.callId),
    ),
    screen(
      () => theirs.callId,
      () => ticket('upload', theirs.callId),
    ),
  ],

  'POST /v1/record/:object/:id/listen': [card(() => `/v1/record/deal/${theirs.dealId}/listen`, refused('not-found'), 'POST', press)],
  // The page itself is the same for everybody and holds nobody's.
  'GET /listen/worklet.js': [plain('/listen/worklet.js', idle(200))],
  'GET /listen/:id': [{ ask: () => SELF.fetch(`${publicUrl}/listen/${theirs.callId}`), expect: idle(200) }],
  'GET /media/browser/:call': [
    listening(
      () => theirs.callId,
      () => ticket('listen', ours.callId),
    ),
    listening(
      () => theirs.callId,
      () => ticket('live', theirs.callId),
    ),
    {
      ...listening(
        () => theirs.callId,
        () => ticket('listen', theirs.callId),
      ),
      expect: missing,
    },
  ],

  // They name nobody, or somebody of another tenant's, whose calls are not ours to find.
  'GET /v1/search': [
    card(() => `/v1/search?q=${CANARY}`, idle(200)),
    card(() => `/v1/search?q=${CANARY}&customer=deal/${theirs.dealId}`, idle(200)),
  ],
  'GET /v1/calls': [card(() => '/v1/calls', idle(200)), card(() => `/v1/calls?deal=${theirs.dealId}&after=${theirs.callId}`, idle(200))],
  'GET /api/customer/:id/memory': [
    card(() => `/api/customer/${theirs.dealId}/memory`, refused('not-found')),
    card(() => `/api/customer/${theirs.dealId}/memory?object=deal`, refused('not-found')),
  ],
  'POST /v1/customers/:id/ask': [
    card(
      () => `/v1/customers/${theirs.dealId}/ask`,
      refused('not-found'),
      'POST',
      () => ({ ...press(), object: 'deal', question: 'What is the budget?' }),
    ),
  ],
  'GET /v1/record/:object/:id/next': [card(() => `/v1/record/deal/${theirs.dealId}/next`, refused('not-found'))],
  'GET /v1/record/:object/:id/brief': [card(() => `/v1/record/deal/${theirs.dealId}/brief`, refused('not-found'))],
  'GET /v1/record/:object/:id/conversation': [card(() => `/v1/record/deal/${theirs.dealId}/conversation`, refused('not-found'))],
  'GET /v1/record/:object/:id/risks': [card(() => `/v1/record/deal/${theirs.dealId}/risks`, refused('not-found'))],
  'POST /v1/risks/:id/confirm': [card(() => `/v1/risks/${theirs.riskId}/confirm`, missing, 'POST', press)],
  'POST /v1/risks/:id/dismiss': [
    card(
      () => `/v1/risks/${theirs.riskId}/dismiss`,
      missing,
      'POST',
      () => ({ ...press(), reason: 'wrong' }),
    ),
  ],
  'GET /v1/calls/:id': [card(() => `/v1/calls/${theirs.callId}`, missing)],
  'POST /v1/changes/:id/approve': [card(() => `/v1/changes/${theirs.changeId}/approve`, missing, 'POST', decide)],
  'POST /v1/changes/:id/decline': [card(() => `/v1/changes/${theirs.changeId}/decline`, missing, 'POST', decide)],
  'POST /v1/changes/:id/undo': [card(() => `/v1/changes/${theirs.changeId}/undo`, missing, 'POST', press)],
  'POST /v1/changes/:id/replay': [card(() => `/v1/changes/${theirs.changeId}/replay`, missing, 'POST', press)],
  'POST /v1/changes/:id/discard': [card(() => `/v1/changes/${theirs.changeId}/discard`, missing, 'POST', press)],
  'GET /v1/record/:object/:id/written': [card(() => `/v1/record/deal/${theirs.dealId}/written`, refused('not-found'))],
  // It names nobody: the connection is the one that asks.
  'GET /v1/connection/health': [card(() => '/v1/connection/health', idle(200))],
  'POST /v1/settings/policies': [
    {
      ask: () =>
        ask({
          method: 'POST',
          path: '/v1/settings/policies',
          body: { requestId: requestId(), policies: [{ subject: 'add-task', policy: 'never' }] },
          user: lena,
        }),
      expect: refused('no-permission'),
    },
  ],
  'POST /api/crm/sync-deal': [card(() => '/api/crm/sync-deal', refused('not-found'), 'POST', onTheirDeal)],
  'POST /api/crm/auto-update': [
    card(
      () => '/api/crm/auto-update',
      refused('not-found'),
      'POST',
      () => ({ ...onTheirDeal(), fields: { amount: '1' } }),
    ),
  ],
  'POST /api/tasks/create': [
    card(
      () => '/api/tasks/create',
      refused('not-found'),
      'POST',
      () => ({ ...onTheirDeal(), subject: 'a', dueAt: '2026-11-24T10:00:00Z' }),
    ),
  ],

  'POST /v1/settings/telephony': [
    card(
      () => '/v1/settings/telephony',
      refused('bad-request'),
      'POST',
      () => ({
        requestId: requestId(),
        accountSid: theirs.accountSid,
        authToken: 'another-token',
        lines: [],
      }),
    ),
  ],
  'POST /v1/settings/competitors': [
    {
      ask: () =>
        ask({ method: 'POST', path: '/v1/settings/competitors', body: { requestId: requestId(), names: ['Zendara'] }, user: lena }),
      expect: refused('no-permission'),
    },
  ],
  'POST /v1/settings/call-source': [
    {
      ask: () => ask({ method: 'POST', path: '/v1/settings/call-source', body: { requestId: requestId() }, user: lena }),
      expect: refused('no-permission'),
    },
  ],
  'POST /v1/settings/meetings': [
    {
      ask: () => {
        const secrets = { clientId: 'client', clientSecret: 'secret', secretToken: 'token', recordingIsConsent: true, hosts: [] };
        const body = { requestId: requestId(), provider: 'zoom', accountId: 'anybodysAccount', ...secrets };
        return ask({ method: 'POST', path: '/v1/settings/meetings', body, user: lena });
      },
      expect: refused('no-permission'),
    },
  ],
  'POST /v1/settings/disconnect': [
    {
      ask: () => ask({ method: 'POST', path: '/v1/settings/disconnect', body: { requestId: requestId() }, user: lena }),
      expect: refused('no-permission'),
    },
  ],
};

const routes = () => [
  ...new Set(
    joinRooms(compose(bindings))
      .app()
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

test('every route says here how another tenant would try it', () => {
  expect(Object.keys(probes).sort()).toEqual(routes().sort());
});

test('no route answers with another tenant’s ids, and nothing of theirs comes out or moves', async () => {
  const before = await theirRows();
  expect(JSON.stringify(before)).toContain(CANARY);
  for (const [route, tries] of Object.entries(probes)) {
    for (const [n, probe] of tries.entries()) {
      const response = await probe.ask();
      const text = await response.text();
      expect([`${route} ${n}`, response.status], text).toEqual([`${route} ${n}`, probe.expect.status]);
      if ('codes' in probe.expect) {
        const said = JSON.parse(text) as { ok: boolean; code?: string };
        expect([route, said.ok, probe.expect.codes.includes(said.code ?? '')], text).toEqual([route, false, true]);
      }
      expect(text + JSON.stringify([...response.headers]), route).not.toContain(CANARY);
    }
  }
  expect(await theirRows()).toEqual(before);
});

test('the same questions with our own ids are answered, so the silence above means something', async () => {
  const own = await (await ask({ path: `/v1/calls/${ours.callId}` })).json();
  expect(own).toMatchObject({ ok: true, value: { call: { id: ours.callId } } });
  const live = await SELF.fetch(`${publicUrl}/live/${ours.callId}`, {
    headers: { upgrade: 'websocket', 'sec-websocket-protocol': `ros.v1, token.${await ticket('live', ours.callId)}` },
  });
  // Its object knows no running call: the door opened, the room is empty.
  expect(live.status).toBe(404);
});
