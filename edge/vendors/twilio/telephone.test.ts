import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { serve } from '../../../sandbox/kit/serve.ts';
import { startTwilio } from '../../../sandbox/twilio/protocol.ts';
import { readTwiml } from '../../../sandbox/twilio/twiml.ts';
import { twilioTelephone } from './telephone.ts';

const { accountSid, authToken, number } = cast.twilio.hubspot;
const account = { account: accountSid, secret: authToken };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open() {
  const told: string[] = [];
  const signed: boolean[] = [];
  const worker = await serve(
    async (request) => {
      const form = new URLSearchParams(await request.text());
      told.push(`${new URL(request.url).pathname} ${form.get('CallStatus')}${form.has('ParentCallSid') ? ' (second)' : ''}`);
      signed.push(request.headers.has('x-twilio-signature'));
      const { pathname } = new URL(request.url);
      const answer =
        pathname === '/bridge'
          ? phone.accept({ question: 'Press 1 to call Maya.', acceptedUrl: `${worker.origin}/accepted` })
          : pathname === '/accepted'
            ? phone.bridge({
                dial: cast.customer.phone,
                from: number,
                announceUrl: `${worker.origin}/announce`,
                toldUrl: `${worker.origin}/told`,
                ringS: 30,
              })
            : phone.say('This call may be recorded.');
      return new Response(answer.body, { headers: { 'content-type': answer.contentType } });
    },
    { vendor: 'worker', port: 0 },
  );
  closing.push(worker.close);
  const twin = await startTwilio({ port: 0, speed: 500 });
  closing.push(twin.close);
  const phone = twilioTelephone({ api: twin.origin });
  const ask = { to: cast.rep.phone, from: number, answerUrl: `${worker.origin}/bridge`, toldUrl: `${worker.origin}/told`, ringS: 20 };
  return { twin, phone, ask, told, signed };
}

test('rings the rep, then the customer, who hears it alone first; and tells of both in order', async () => {
  const { twin, phone, ask, told, signed } = await open();
  expect(await phone.ring(account, ask)).toEqual({ ok: true, externalId: expect.stringMatching(/^CA[0-9a-f]{32}$/) });
  await twin.quiet();
  expect(told).toEqual([
    '/told initiated',
    '/told ringing',
    '/told in-progress',
    '/bridge in-progress',
    '/accepted in-progress',
    '/told initiated (second)',
    '/told ringing (second)',
    '/told in-progress (second)',
    '/announce in-progress (second)',
    '/told completed (second)',
    '/told completed',
  ]);
  expect(new Set(signed)).toEqual(new Set([true]));
});

test('a voicemail that picks up the rep’s phone is hung up on, and nobody is called', async () => {
  const { twin, phone, ask, told } = await open();
  twin.manner(cast.rep.phone, 'voicemail');
  await phone.ring(account, ask);
  await twin.quiet();
  expect(told).toEqual(['/told initiated', '/told ringing', '/told in-progress', '/bridge in-progress', '/told completed']);
});

test.each([
  ['a number that is none', { to: '4155550100' }, 'invalid-number'],
  ['a number that is not the account’s', { from: '+14155559999' }, 'no-caller-id'],
  ['no number to show', { from: '' }, 'no-caller-id'],
])('%s is refused before anything rings', async (_what, over, why) => {
  const { phone, ask, told } = await open();
  expect(await phone.ring(account, { ...ask, ...over })).toEqual({ ok: false, why, isUnsure: false });
  expect(told).toEqual([]);
});

test.each([
  [400, 21214, 'rep-unreachable', false],
  [400, 21215, 'not-allowed-there', false],
  [403, 20005, 'no-funds', false],
  [429, 20429, 'network', false],
  [503, 0, 'network', true],
] as const)('Twilio’s %i %i is said as %s', async (status, code, why, isUnsure) => {
  const { twin, phone, ask } = await open();
  twin.refuseCallNext(status, code, 'no');
  expect(await phone.ring(account, ask)).toEqual({ ok: false, why, isUnsure });
});

test('a token that opens nothing, and a Twilio that cannot be reached', async () => {
  const { phone, ask } = await open();
  expect(await phone.ring({ ...account, secret: 'other' }, ask)).toEqual({ ok: false, why: 'account-shut', isUnsure: false });
  const away = twilioTelephone({ api: 'http://127.0.0.1:9' });
  expect(await away.ring(account, ask)).toEqual({ ok: false, why: 'network', isUnsure: true });
  expect(await away.findRung(account, { ...ask, sinceMs: 0 })).toMatchObject({ ok: false, fault: { kind: 'busy' } });
});

test('a call whose answer was lost is found again, an older one is not, and hanging up twice is once', async () => {
  const { twin, phone, ask } = await open();
  twin.manner(cast.rep.phone, 'no-answer');
  const rung = await phone.ring(account, ask);
  const externalId = rung.ok ? rung.externalId : '';
  expect(await phone.findRung(account, { ...ask, sinceMs: Date.now() - 1_000 })).toEqual({ ok: true, value: externalId });
  expect(await phone.findRung(account, { ...ask, sinceMs: Date.now() + 60_000 })).toEqual({ ok: true, value: null });
  const call = { ...account, externalId };
  expect([await phone.hangUp(call), await phone.hangUp(call)]).toEqual([
    { ok: true, value: true },
    { ok: true, value: true },
  ]);
  expect(await phone.hangUp({ ...account, externalId: '../Accounts' })).toMatchObject({ ok: false, fault: { kind: 'refused' } });
});

test('what it answers is TwiML the vendor takes', () => {
  const phone = twilioTelephone({ api: '' });
  expect(readTwiml(phone.goodbye().body)).toEqual({ say: [], isHangup: true });
  expect(readTwiml(phone.accept({ question: 'Yes?', acceptedUrl: 'https://ros.test/accepted' }).body)).toEqual({
    say: [],
    gather: { action: 'https://ros.test/accepted', timeoutS: 8 },
    isHangup: true,
  });
  const next = { dial: cast.rep.phone, acceptUrl: 'https://ros.test/accept', toldUrl: 'https://ros.test/told', ringS: 20 };
  expect(readTwiml(phone.ringNext(next).body)).toMatchObject({ dial: cast.rep.phone, number: { url: 'https://ros.test/accept' } });
  expect(readTwiml(phone.say(null).body)).toEqual({ say: [] });
  expect(readTwiml(phone.say('A & B').body)).toEqual({ say: ['A & B'] });
});
