import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RosApp } from '../http/app.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import type { Line } from '../ports/line.ts';
import type { RepLine } from './calls.ts';
import { type LineDeps, lineRoutes } from './line-routes.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const tenantId = '0b7c2f6e-1111-4111-8111-111111111111';
const callId = '0b7c2f6e-2222-4222-8222-222222222222';
const sam: RepLine = { number: '+14155550111', dial: '+14155550100', userId: '71', ownerId: '501', email: 'sam@b.example', name: 'Sam' };
const account = { tenantId, connectionId: 'line-1', crmConnectionId: 'crm-1', secret: 'secret', lines: [sam] };
const maya = { record: { object: 'deal', id: '7001' }, contact: null, name: 'Maya', email: null, emails: [] } as const;

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function desk(over: Partial<LineDeps> = {}) {
  const log: string[] = [];
  const line: Line = {
    owns: async () => ({ ok: true, value: true }),
    verify: async ({ signature }) => signature === 'right',
    answer: ({ mediaUrl, dial }) => ({ body: `<Dial>${dial}</Dial>${mediaUrl}`, contentType: 'text/xml' }),
    read: () => ({ type: 'ignored' }),
  };
  const deps: LineDeps = {
    publicUrl: 'https://ros.test',
    line,
    account: async (sid) => {
      log.push(`account ${sid}`);
      return account;
    },
    accountOfTenant: async () => account,
    whoCalls: async (_account, number) => ({ ...maya, name: number }),
    mayStart: async () => 'guided',
    whyNotRecorded: async () => null,
    mustAskFirst: async () => true,
    pause: async (ms) => void log.push(`waits ${ms}`),
    create: async (_account, call) => {
      log.push(`created ${call.externalId} ${call.rep.userId}`);
      return { id: callId, startedAtMs: 1_000 };
    },
    whoAnswers: async (_account, rep) => ({ rep, about: null }),
    rings: async () => undefined,
    isOver: async () => false,
    find: async (_tenantId, externalId) => (externalId === 'CA1' ? callId : null),
    begin: async (facts) => void log.push(`begins ${facts.callId}`),
    refuse: async (_tenantId, id, trouble, missed) => void log.push(`refused ${id} ${missed}: ${trouble}`),
    connect: async (tenant, call) => {
      log.push(`connected ${tenant} ${call}`);
      return new Response(null, { status: 204 });
    },
    hangUp: async (_tenantId, id) => void log.push(`hung up ${id}`),
    nudge: async (_tenantId, id) => void log.push(`nudged ${id}`),
    ...over,
  };
  const app: RosApp = new Hono();
  app.onError((error) => (error instanceof Problem ? problemResponse(error.status, error.message) : expect.fail(String(error))));
  lineRoutes(deps)(app);
  const post = (path: string, form: Record<string, string>, signature = 'right') =>
    app.request(path, { method: 'POST', body: new URLSearchParams(form), headers: { 'x-twilio-signature': signature } });
  return { app, log, post };
}
const ring = { AccountSid: accountSid, CallSid: 'CA1', From: '+14155550142', To: sam.number };

test('a call that rings is made, begun and put through, with its audio to us', async () => {
  const { log, post } = desk();
  const answer = await post('/voice/twilio', ring);
  expect(await answer.text()).toBe(`<Dial>+14155550100</Dial>wss://ros.test/media/twilio/${tenantId}/${callId}`);
  expect(log).toEqual([`account ${accountSid}`, 'created CA1 71', `begins ${callId}`]);
});

test('over the plan’s minutes a call is kept, and nobody is guided on it', async () => {
  const begun: boolean[] = [];
  const { post } = desk({
    mayStart: async () => 'recorded',
    begin: async ({ withoutGuidance }: { withoutGuidance?: boolean }) => void begun.push(withoutGuidance === true),
  });
  expect(await (await post('/voice/twilio', ring)).text()).toContain('/media/twilio/');
  expect(begun).toEqual([true]);
});

test('far over the plan’s minutes the phone rings, nobody listens, and the call says why instead of running for ever', async () => {
  const { log, post } = desk({ mayStart: async () => 'no' });
  expect(await (await post('/voice/twilio', ring)).text()).toBe('<Dial>+14155550100</Dial>');
  expect(log.slice(2)).toEqual([
    `refused ${callId} over-plan: This month’s call minutes are used up, so this call was not heard. Ask an admin to raise them.`,
  ]);
});

test('a call that nobody may hear rings, is not announced as recorded, and says why', async () => {
  const { log, post } = desk({ whyNotRecorded: async () => 'Not recorded, because your admin wants no calls heard with acme.example.' });
  expect(await (await post('/voice/twilio', ring)).text()).toBe('<Dial>+14155550100</Dial>');
  expect(log.slice(1)).toEqual([
    'created CA1 71',
    `refused ${callId} never-record: Not recorded, because your admin wants no calls heard with acme.example.`,
  ]);
});

test('while the CRM cannot say who calls nobody listens; then the call begins, or never does', async () => {
  const ringing = async (over: Partial<LineDeps>) => {
    const { app, log } = desk(over);
    const waited: Promise<unknown>[] = [];
    const ctx = { waitUntil: (work: Promise<unknown>) => void waited.push(work), passThroughOnException: () => undefined, props: {} };
    const init = { method: 'POST', body: new URLSearchParams(ring), headers: { 'x-twilio-signature': 'right' } };
    const answer = await app.request('/voice/twilio', init, {}, ctx);
    expect(await answer.text()).toContain('<Dial>');
    await Promise.all(waited);
    return log.slice(2);
  };
  const back = (tries: number) => {
    let asked = 0;
    return async () => {
      asked += 1;
      return { ...maya, emails: asked > tries ? ['maya@acme.example'] : null };
    };
  };
  expect(await ringing({ whoCalls: back(2) })).toEqual(['waits 2000', 'waits 4000', `begins ${callId}`]);
  const whyNotRecorded: LineDeps['whyNotRecorded'] = async (_account, { caller }) => (caller.emails?.length ? 'Never acme.' : null);
  expect(await ringing({ whoCalls: back(1), whyNotRecorded })).toEqual(['waits 2000', `refused ${callId} never-record: Never acme.`]);
  expect((await ringing({ whoCalls: back(9) })).at(-1)).toBe(
    `refused ${callId} failed: Your CRM could not be asked whether this call may be heard, so nobody heard it.`,
  );
  // Who keeps nobody from being heard does not wait.
  expect(await ringing({ whoCalls: back(9), mustAskFirst: async () => false })).toEqual([`begins ${callId}`]);
});

test('a goodbye that came while the call waited for the CRM ends it once it begins', async () => {
  const { app, log } = desk({
    whoCalls: (() => {
      let asked = 0;
      return async () => {
        asked += 1;
        return { ...maya, emails: asked > 1 ? [] : null };
      };
    })(),
    isOver: async () => true,
  });
  const waited: Promise<unknown>[] = [];
  const ctx = { waitUntil: (work: Promise<unknown>) => void waited.push(work), passThroughOnException: () => undefined, props: {} };
  await app.request(
    '/voice/twilio',
    { method: 'POST', body: new URLSearchParams(ring), headers: { 'x-twilio-signature': 'right' } },
    {},
    ctx,
  );
  await Promise.all(waited);
  expect(log.slice(3)).toEqual([`begins ${callId}`, `hung up ${callId}`]);
});

test('who is rung is asked to take it; where there is another one, the network asks for them when nobody does', async () => {
  const asked: Parameters<Line['answer']>[0][] = [];
  const answer = (call: Parameters<Line['answer']>[0]) => {
    asked.push(call);
    return { body: '', contentType: 'text/xml' };
  };
  const line = { verify: async () => true, answer } as unknown as Line;
  await desk({ line }).post('/voice/twilio', ring);
  await desk({ line, whoAnswers: async (_account, rep) => ({ rep, about: null, second: { ...rep, userId: '73' } }) }).post(
    '/voice/twilio',
    ring,
  );
  expect(asked.map(({ acceptUrl, nextUrl, ringS }) => [acceptUrl, nextUrl, ringS])).toEqual([
    [`https://ros.test/voice/twilio/accept/${callId}`, undefined, 20],
    [`https://ros.test/voice/twilio/accept/${callId}`, `https://ros.test/voice/twilio/next/${callId}`, 20],
  ]);
});

test('a number nobody answers makes no call', async () => {
  const { log, post } = desk();
  expect((await post('/voice/twilio', { ...ring, To: '+14155550199' })).status).toBe(404);
  expect(log).toEqual([`account ${accountSid}`]);
});

test('an account that has not the shape of one is not looked up', async () => {
  const { log, post } = desk();
  for (const sid of ['', 'AC1', `AC${'1'.repeat(31)}\0`, `ac${'1'.repeat(32)}`])
    expect((await post('/voice/twilio', { ...ring, AccountSid: sid })).status).toBe(401);
  expect(log).toEqual([]);
});

test('an unsigned webhook ends nothing', async () => {
  const { log, post } = desk();
  expect((await post('/api/calls/webhook', { ...ring, CallStatus: 'completed' }, 'wrong')).status).toBe(401);
  expect(log).toEqual([`account ${accountSid}`]);
});

test('a stream that broke or a recording that is ready wakes the call, and ends nothing', async () => {
  const { log, post } = desk();
  for (const said of [
    { StreamEvent: 'stream-started' },
    { StreamEvent: 'stream-error' },
    { RecordingSid: 'RE1', RecordingStatus: 'completed' },
  ])
    expect((await post('/api/calls/webhook', { AccountSid: accountSid, CallSid: 'CA1', ...said })).status).toBe(204);
  expect(log.filter((one) => !one.startsWith('account'))).toEqual([`nudged ${callId}`, `nudged ${callId}`]);
});

test('a call ends when the vendor says so, and only one we know', async () => {
  const { log, post } = desk();
  for (const [CallSid, CallStatus] of [
    ['CA1', 'ringing'],
    ['CA2', 'completed'],
    ['CA1', 'no-answer'],
  ] as const)
    expect((await post('/api/calls/webhook', { AccountSid: accountSid, CallSid, CallStatus })).status).toBe(204);
  expect(log.filter((one) => !one.startsWith('account'))).toEqual([`hung up ${callId}`]);
});

test('audio is taken from a signed handshake on ids of ours alone', async () => {
  const { app, log } = desk();
  const knock = async (path: string, signature: string) =>
    (await app.request(path, { headers: { upgrade: 'websocket', 'x-twilio-signature': signature } })).status;
  expect(await knock(`/media/twilio/${tenantId}/${callId}`, 'wrong')).toBe(401);
  expect(await knock(`/media/twilio/${'-'.repeat(36)}/${callId}`, 'right')).toBe(404);
  expect(await knock(`/media/twilio/${tenantId}/other`, 'right')).toBe(404);
  expect(log).toEqual([]);
  expect(await knock(`/media/twilio/${tenantId}/${callId}`, 'right')).toBe(204);
  expect(log).toEqual([`connected ${tenantId} ${callId}`]);
});
