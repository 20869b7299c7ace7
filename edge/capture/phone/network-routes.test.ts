import { Hono } from 'hono';
import { beforeEach, expect, test, vi } from 'vitest';
import { isOver } from '../../../shared/capture/phone-call.ts';
import type { RosApp } from '../../http/app.ts';
import { Problem, problemResponse } from '../../http/problem.ts';
import type { Line } from '../../ports/line.ts';
import { type NetworkPhoneDeps, networkPhoneRoutes } from './network-routes.ts';
import type { PhoneCallRow } from './store.ts';

const id = '0b7c2f6e-2222-4222-8222-222222222222';
const account = { tenantId: 't', connectionId: 'l', crmConnectionId: 'c', secret: 's', lines: [] };
const accountSid = `AC${'1'.repeat(32)}`;
const line: Pick<Line, 'verify'> = { verify: async ({ signature }) => signature === 'right' };

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

function open(over: Partial<PhoneCallRow> = {}, listens: string | null = 'This call may be recorded.') {
  let call: PhoneCallRow = {
    id,
    connectionId: 'c',
    direction: 'out',
    phase: 'ringing-rep',
    why: null,
    repId: '71',
    repEmail: '',
    repName: 'Sam',
    repPhone: '+14155550100',
    ourNumber: '+14155550111',
    number: '+14155550142',
    name: 'Maya',
    email: null,
    about: null,
    record: null,
    contactId: null,
    requestId: id,
    step: 0,
    externalId: 'CA1',
    startedAt: new Date(0),
    talkingAt: null,
    overAt: null,
    ...over,
  };
  const log: string[] = [];
  const deps: NetworkPhoneDeps = {
    publicUrl: 'https://ros.test',
    line: line as Line,
    account: async (sid) => (sid === accountSid ? account : null),
    callOf: async (_tenant, asked) => (asked === id ? call : null),
    move: async (_tenant, was, now) => {
      call = { ...was, ...now, externalId: now.externalId ?? was.externalId, step: was.step + 1 };
      return true;
    },
    hangUp: async (_tenant, externalId) => void log.push(`hang up ${externalId}`),
    telephone: {
      bridge: ({ dial, from, announceUrl }) => ({ body: `dial ${dial} as ${from}, announce ${announceUrl}`, contentType: 'text/xml' }),
      say: (words) => ({ body: `say ${words}`, contentType: 'text/xml' }),
      goodbye: () => ({ body: 'goodbye', contentType: 'text/xml' }),
    },
    beginListening: async () => {
      log.push('listens');
      return listens;
    },
    over: async () => void log.push('over'),
  };
  const app: RosApp = new Hono();
  app.onError((error) => (error instanceof Problem ? problemResponse(error.status, error.message) : expect.fail(String(error))));
  networkPhoneRoutes(deps)(app);
  const post = async (what: string, form: Record<string, string> = {}, signature = 'right') => {
    const answer = await app.request(`/voice/twilio/${what}/${id}`, {
      method: 'POST',
      body: new URLSearchParams({ AccountSid: accountSid, CallSid: 'CA1', ...form }),
      headers: { 'x-twilio-signature': signature },
    });
    return answer.status === 200 ? answer.text() : answer.status;
  };
  return { post, log, call: () => call };
}
const second = { CallSid: 'CA2', ParentCallSid: 'CA1' };

test('the rep picks up, the customer is dialled; the customer picks up, is told, and only then does anybody listen', async () => {
  const { post, log, call } = open();
  expect(await post('bridge')).toBe(`dial +14155550142 as +14155550111, announce https://ros.test/voice/twilio/announce/${id}`);
  expect([log, call().phase]).toEqual([[], 'ringing-customer']);
  expect(await post('announce', second)).toBe('say This call may be recorded.');
  expect([log, call().phase]).toEqual([['listens'], 'talking']);
});

test('where nobody listens nothing is announced', async () => {
  expect(await open({}, null).post('announce', second)).toBe('say null');
});

test('nobody is called, or told anything, once the rep has given up', async () => {
  const { post, log } = open({ phase: 'ended', why: 'hung-up' });
  expect([await post('bridge'), await post('announce', second), log]).toEqual(['goodbye', 'goodbye', []]);
});

test('a call that came in is not bridged out', async () => {
  const { post, log } = open({ direction: 'in' });
  expect([await post('bridge'), await post('announce', second), log]).toEqual(['goodbye', 'goodbye', []]);
});

test('of the two phones the one within another call is the customer’s, or on a call in the rep’s', async () => {
  const out = open({ phase: 'ringing-customer' });
  await out.post('told', { ...second, CallStatus: 'busy' });
  expect(out.call()).toMatchObject({ phase: 'failed', why: 'customer-busy' });
  const incoming = open({ direction: 'in' });
  await incoming.post('told', { ...second, CallStatus: 'no-answer' });
  expect(incoming.call()).toMatchObject({ phase: 'failed', why: 'rep-no-answer' });
});

test('the call’s object hears the end of the rep’s phone, and what nobody knows changes nothing', async () => {
  const { post, log, call } = open({ phase: 'talking' });
  for (const CallStatus of ['initiated', 'nonsense', '']) expect(await post('told', { CallStatus })).toBe(204);
  expect([isOver(call()), log]).toEqual([false, []]);
  await post('told', { CallStatus: 'completed' });
  expect([call().phase, log]).toEqual(['ended', ['over']]);
});

test.each(['bridge', 'announce', 'told'])('an unsigned %s, or another account’s, moves nothing', async (what) => {
  const { post, log, call } = open();
  expect([await post(what, {}, 'wrong'), await post(what, { AccountSid: `AC${'2'.repeat(32)}` })]).toEqual([401, 401]);
  expect([log, call().step]).toEqual([[], 0]);
});
