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
    hangUp: async (_tenant, externalId) => log.push(`hang up ${externalId}`) > 0,
    telephone: {
      bridge: ({ dial, from, announceUrl }) => ({ body: `dial ${dial} as ${from}, announce ${announceUrl}`, contentType: 'text/xml' }),
      say: (words) => ({ body: `say ${words}`, contentType: 'text/xml' }),
      goodbye: () => ({ body: 'goodbye', contentType: 'text/xml' }),
      accept: ({ question, acceptedUrl }) => ({ body: `${question} then ${acceptedUrl}`, contentType: 'text/xml' }),
      ringNext: ({ dial, acceptUrl }) => ({ body: `ring ${dial}, accept ${acceptUrl}`, contentType: 'text/xml' }),
    },
    beginListening: async () => {
      log.push('listens');
      return listens;
    },
    over: async () => void log.push('over'),
    passOn: async (_account, was) => {
      call = { ...was, repId: '73', repPhone: lena.dial, phase: 'ringing-rep', why: null, overAt: null, step: was.step + 1 };
      return lena;
    },
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
const lena = { number: '+14155550111', dial: '+14155550188', userId: '73', ownerId: '503', email: '', name: 'Lena' };
const second = { CallSid: 'CA2', ParentCallSid: 'CA1' };
const rung = { ...second, To: '+14155550100' };

test('the rep picks up, the customer is dialled; the customer picks up, is told, and only then does anybody listen', async () => {
  const { post, log, call } = open();
  expect(await post('bridge')).toBe(`Press 1 to call Maya. then https://ros.test/voice/twilio/accepted/${id}`);
  expect([log, call().phase]).toEqual([[], 'ringing-rep']);
  expect(await post('accepted', { Digits: '1' })).toBe(
    `dial +14155550142 as +14155550111, announce https://ros.test/voice/twilio/announce/${id}`,
  );
  expect([log, call().phase]).toEqual([[], 'ringing-customer']);
  expect(await post('announce', second)).toBe('say This call may be recorded.');
  expect([log, call().phase]).toEqual([['listens'], 'talking']);
});

test('where nobody listens nothing is announced', async () => {
  expect(await open({}, null).post('announce', second)).toBe('say null');
});

test('nobody is called, or told anything, once the rep has given up', async () => {
  const { post, log } = open({ phase: 'ended', why: 'hung-up' });
  expect([await post('bridge'), await post('accepted', { Digits: '1' }), await post('announce', second), log]).toEqual([
    'goodbye',
    'goodbye',
    'goodbye',
    [],
  ]);
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
  await incoming.post('told', { ...rung, CallStatus: 'no-answer' });
  expect(incoming.call()).toMatchObject({ phase: 'failed', why: 'rep-no-answer' });
});

test('a rep’s voicemail presses no key, so the customer is not called, and who calls is not connected', async () => {
  for (const direction of ['out', 'in'] as const) {
    const { post, call } = open({ direction });
    const asked = direction === 'out' ? await post('bridge') : await post('accept', rung);
    expect(asked).toContain('Press 1');
    const leg = direction === 'out' ? {} : rung;
    await post('told', { ...leg, CallStatus: 'in-progress' });
    expect(call().phase).toBe('ringing-rep');
    expect([await post('accepted', { ...leg, Digits: '' }), await post('accepted', { ...leg, Digits: '2' })]).toEqual([
      'goodbye',
      'goodbye',
    ]);
    await post('told', { ...leg, CallStatus: 'completed' });
    expect(call()).toMatchObject({ phase: 'failed', why: 'rep-no-answer' });
  }
});

test('who takes a call that came in is connected', async () => {
  const { post, call } = open({ direction: 'in' });
  expect(await post('accept', rung)).toBe(`A call from Maya. Press 1 to take it. then https://ros.test/voice/twilio/accepted/${id}`);
  expect([await post('accepted', { ...rung, Digits: '1' }), call().phase]).toEqual(['say null', 'talking']);
});

test('when the owner does not take it the next one is rung, and what comes late of the first phone changes nothing', async () => {
  const { post, call } = open({ direction: 'in' });
  await post('told', { ...rung, CallStatus: 'no-answer' });
  expect(await post('next')).toBe(`ring +14155550188, accept https://ros.test/voice/twilio/accept/${id}`);
  for (const CallStatus of ['no-answer', 'completed']) await post('told', { ...rung, CallStatus });
  expect([await post('accept', rung), await post('accepted', { ...rung, Digits: '1' })]).toEqual(['goodbye', 'goodbye']);
  expect(call()).toMatchObject({ phase: 'ringing-rep', repId: '73' });
  expect(await post('accepted', { ...second, To: lena.dial, Digits: '1' })).toBe('say null');
  expect(call().phase).toBe('talking');
});

test.each([
  ['both have talked', { direction: 'in', phase: 'ended', talkingAt: new Date(1) }],
  ['who called has hung up', { direction: 'in', phase: 'ended', why: 'hung-up' }],
  ['the rep called out', { direction: 'out' }],
] as const)('nobody else is rung when %s', async (_, over) => {
  expect(await open(over).post('next')).toBe('goodbye');
});

test('the call’s object hears the end of the rep’s phone, and what nobody knows changes nothing', async () => {
  const { post, log, call } = open({ phase: 'talking' });
  for (const CallStatus of ['initiated', 'nonsense', '']) expect(await post('told', { CallStatus })).toBe(204);
  expect([isOver(call()), log]).toEqual([false, []]);
  await post('told', { CallStatus: 'completed' });
  expect([call().phase, log]).toEqual(['ended', ['over']]);
});

test.each(['bridge', 'announce', 'told', 'accept', 'accepted', 'next'])(
  'an unsigned %s, or another account’s, moves nothing',
  async (what) => {
    const { post, log, call } = open();
    expect([await post(what, {}, 'wrong'), await post(what, { AccountSid: `AC${'2'.repeat(32)}` })]).toEqual([401, 401]);
    expect([log, call().step]).toEqual([[], 0]);
  },
);
