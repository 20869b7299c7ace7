import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DialView, NumbersView, PhoneCallView, PhonePhase, RingingView } from '../shared/contracts/phone.ts';
import { type Card, hubspotCard, requestId, salesforceCard, unwrap } from './ask.ts';
import { cast } from './cast.ts';
import { until, watchCall } from './play-call.ts';
import { readBackHubspot, readBackSalesforce } from './read-back.ts';
import { type Sandbox, startSandbox } from './start.ts';

// A press on the card, two phones that ring, a call that is heard and written: the Worker that ships, a real database, the vendors' twins.
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    speed: 8,
    model: true,
    reply: putBetter,
    hubspotRates: { perTenSeconds: 8 * 110, searchesPerSecond: 8 * 5 },
  });
}, 120_000);
afterAll(() => sandbox?.close());

/** The model beside the call: a price card in this customer's words, and nothing else. What is asked after the call gets the least answer. */
function putBetter({ system, data }: { system: string; data: string }) {
  if (!system.startsWith('You sit beside') || !data.includes('it is twice what we pay')) return undefined;
  return {
    show: true,
    kind: 'price',
    card_id: 'price-objection',
    evidence_quote: 'it is twice what we pay',
    confidence: 0.95,
    headline: 'Twice what they pay',
    say: 'You said it is twice what you pay. What do you put next to it?',
    ask: 'Who has to be convinced?',
    expires_s: 20,
  };
}

const deal = `deal/${cast.hubspot.dealId}`;
const dial = async (card: Card, record: string, number: string, press = requestId()) =>
  unwrap<DialView>(await card.post(`/v1/record/${record}/call`, { requestId: press, number }));
const ringing = async (card: Card, since = 0) => unwrap<RingingView>(await card.get(`/v1/calls/ringing?since=${since}`));
const callIn = (view: DialView): PhoneCallView => (view.state === 'call' ? view.call : expect.fail('the phone was asked for'));

/** Every phase of the next call that the rep's screen shows, in their order, until it is over. */
function watchPhases(card: Card, direction: 'out' | 'in' = 'out') {
  const phases: PhonePhase[] = [];
  const calls: PhoneCallView[] = [];
  let since = 0;
  let looks = 0;
  /** A call of before that is still shown. */
  let earlier: string | undefined;
  const over = until(
    async () => {
      const view = await ringing(card, since);
      looks += 1;
      if (view.state === 'same') return undefined;
      since = view.seq;
      if (view.state !== 'call' || view.call.direction !== direction || view.call.callId === earlier) return undefined;
      if (looks === 1 && (view.call.phase === 'ended' || view.call.phase === 'failed')) {
        earlier = view.call.callId;
        return undefined;
      }
      if (phases.at(-1) !== view.call.phase) phases.push(view.call.phase);
      calls.push(view.call);
      return view.call.phase === 'ended' || view.call.phase === 'failed' ? view.call : undefined;
    },
    'the call is over',
    15,
  );
  return { phases, calls, over };
}

const hosts = [
  { host: 'hubspot' as const, record: deal, card: () => hubspotCard(sandbox), read: () => readBackHubspot(sandbox.hubspot) },
  {
    host: 'salesforce' as const,
    record: `deal/${cast.salesforce.opportunityId}`,
    card: () => salesforceCard(sandbox),
    read: () => readBackSalesforce(sandbox.salesforce),
  },
];

describe.each(hosts)('$host', ({ host, record, card: cardOf, read }) => {
  test('a press rings the rep, then the customer; what they say is heard after consent, and written once', async () => {
    const card = cardOf();
    const before = read();
    const numbers = unwrap<NumbersView>(await card.get(`/v1/record/${record}/numbers`));
    expect(numbers).toMatchObject({
      canCall: true,
      myPhone: cast.rep.phone,
      numbers: [{ name: cast.customer.name, number: cast.customer.phone }],
    });

    const press = requestId();
    const [first, second] = await Promise.all([
      dial(card, record, cast.customer.phone, press),
      dial(card, record, cast.customer.phone, press),
    ]);
    expect(callIn(first).callId).toBe(callIn(second).callId);
    const watched = watchPhases(card);
    const played = await watchCall(card, record, { done: sandbox.twilio.quiet() }, () => undefined);
    expect(played.callId).toBe(callIn(first).callId);
    // The two tracks are the right way round: only what the customer says brings this one.
    expect(played.cards.some(({ kind }) => kind === 'price')).toBe(true);
    // A rule brought it, and the model put it in their words.
    expect(played.cards.findLast(({ playId }) => playId === 'price-objection')).toMatchObject({
      headline: 'Price objection',
      say: 'You said it is twice what you pay. What do you put next to it?',
      ask: 'Who has to be convinced?',
    });
    expect(await watched.over).toMatchObject({ phase: 'ended', why: null, name: cast.customer.name, about: cast.deal.name });
    expect(watched.phases.slice(-3)).toEqual(['ringing-customer', 'talking', 'ended']);

    const written = await until(() => {
      const now = read();
      return now.call !== before.call && now.task !== before.task && now.note !== before.note ? now : undefined;
    }, 'call, note and task stand in the CRM');
    await dial(card, record, cast.customer.phone, press);
    await sandbox.twilio.quiet();
    expect(read()).toEqual(written);
  }, 60_000);

  test('a customer who calls shows with their name before anybody picks up, and rings the rep who owns the deal', async () => {
    const card = cardOf();
    const account = cast.twilio[host];
    // The number is a colleague's; the deal is the rep's.
    const { name, email, phone: dial } = cast.rep;
    const [userId, ownerId] =
      host === 'hubspot'
        ? [String(cast.hubspot.rep.userId), cast.hubspot.rep.ownerId]
        : [cast.salesforce.rep.userId, cast.salesforce.rep.userId];
    const mine = { number: account.number, dial, userId, ownerId, email, name };
    const theirs = { ...mine, dial: '+14155550188', userId: '73', ownerId: '503', email: cast.teammate.email, name: cast.teammate.name };
    const admin = host === 'hubspot' ? card : salesforceCard(sandbox, cast.salesforce.integrationUser.id);
    const { accountSid, authToken } = account;
    unwrap(await admin.post('/v1/settings/telephony', { requestId: requestId(), accountSid, authToken, lines: [theirs, mine] }));
    const watched = watchPhases(card, 'in');
    const line = sandbox.twilio.placeCall({
      account,
      from: cast.customer.phone,
      to: account.number,
      voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
      speed: 60,
    });
    await (await line).done;
    expect(await watched.over).toMatchObject({ direction: 'in', phase: 'ended' });
    const rung = watched.calls.find(({ phase, direction }) => phase === 'ringing-rep' && direction === 'in');
    expect(rung).toMatchObject({ name: cast.customer.name, about: cast.deal.name });
    expect(watched.phases.slice(-3)).toEqual(['ringing-rep', 'talking', 'ended']);
  }, 30_000);
});

describe('who takes a call', () => {
  const account = cast.twilio.hubspot;
  const mine = {
    number: account.number,
    dial: cast.rep.phone as string,
    userId: String(cast.hubspot.rep.userId),
    ownerId: cast.hubspot.rep.ownerId as string,
    email: cast.rep.email as string,
    name: cast.rep.name as string,
  };
  const lena = { ...mine, dial: '+14155550188', userId: String(cast.hubspot.colleague.userId), ownerId: '599', name: cast.colleague.name };
  const setLines = async (...lines: (typeof mine)[]) => {
    const { accountSid, authToken } = account;
    unwrap(await hubspotCard(sandbox).post('/v1/settings/telephony', { requestId: requestId(), accountSid, authToken, lines }));
  };
  const comeIn = () =>
    sandbox.twilio.placeCall({
      account,
      from: cast.customer.phone,
      to: account.number,
      voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
      speed: 60,
    });

  test.each(['no-answer', 'voicemail', 'busy'] as const)(
    'an owner’s %s rings whoever has the number, and it is their call',
    async (manners) => {
      await setLines({ ...lena, email: cast.colleague.email }, mine);
      sandbox.twilio.manner(cast.rep.phone, manners);
      const watched = watchPhases(hubspotCard(sandbox, 'colleague'), 'in');
      await (await comeIn()).done;
      sandbox.twilio.manner(cast.rep.phone, 'answers');
      expect(await watched.over).toMatchObject({ direction: 'in', phase: 'ended', name: cast.customer.name });
      expect(watched.phases).toContain('talking');
    },
    30_000,
  );

  test('where nobody else is there, a voicemail is not connected', async () => {
    await setLines(mine);
    sandbox.twilio.manner(cast.rep.phone, 'voicemail');
    const watched = watchPhases(hubspotCard(sandbox), 'in');
    await (await comeIn()).done;
    sandbox.twilio.manner(cast.rep.phone, 'answers');
    expect(await watched.over).toMatchObject({ phase: 'failed', why: `You missed ${cast.customer.name}.` });
    expect(watched.phases).not.toContain('talking');
  }, 30_000);

  test('a call that nobody may hear rings, is talked and ends on the rep’s screen; none of it is streamed', async () => {
    const card = hubspotCard(sandbox);
    const never = (numbers: string[]) => ({ requestId: requestId(), domains: [], numbers, words: [], reps: [] });
    unwrap(await card.put('/v1/settings/never-record', never([cast.customer.phone])));
    const watched = watchPhases(card, 'in');
    const line = await comeIn();
    expect(line.streamsFromMs()).toBeUndefined();
    await line.done;
    expect(await watched.over).toMatchObject({ phase: 'ended', why: null });
    expect(watched.phases.slice(-2)).toEqual(['talking', 'ended']);
    unwrap(await card.put('/v1/settings/never-record', never([])));
  }, 30_000);

  test('a rep’s voicemail is never brought together with the customer whom the rep asked to call', async () => {
    const card = hubspotCard(sandbox);
    sandbox.twilio.manner(cast.rep.phone, 'voicemail');
    const { callId } = callIn(await dial(card, deal, cast.customer.phone));
    await sandbox.twilio.quiet();
    sandbox.twilio.manner(cast.rep.phone, 'answers');
    const view = await ringing(card);
    expect(view.state === 'call' && view.call).toMatchObject({
      callId,
      phase: 'failed',
      why: `You did not pick up, so ${cast.customer.name} was not called.`,
    });
  }, 30_000);
});

describe('nobody talks', () => {
  const rings = async (why: string) => {
    const card = hubspotCard(sandbox);
    const { callId } = callIn(await dial(card, deal, cast.customer.phone));
    await sandbox.twilio.quiet();
    const view = await until(async () => {
      const now = await ringing(card);
      return now.state === 'call' && now.call.callId === callId && now.call.why !== null ? now.call : undefined;
    }, 'the call says why');
    expect(view.why).toBe(why);
    expect((await card.get(`/v1/calls/${callId}`).catch(() => 'no call was heard')) as unknown).toBe('no call was heard');
  };

  test('the customer is busy, or does not pick up, or has no such number', async () => {
    sandbox.twilio.manner(cast.customer.phone, 'busy');
    await rings(`${cast.customer.name} is busy.`);
    sandbox.twilio.manner(cast.customer.phone, 'no-answer');
    await rings(`${cast.customer.name} did not pick up.`);
    sandbox.twilio.manner(cast.customer.phone, 'failed');
    await rings(`${cast.customer.name}’s number could not be reached. Check it in the CRM.`);
    sandbox.twilio.manner(cast.customer.phone, 'answers');
  }, 30_000);

  test('the rep does not pick up, so the customer is not called', async () => {
    sandbox.twilio.manner(cast.rep.phone, 'no-answer');
    await rings(`You did not pick up, so ${cast.customer.name} was not called.`);
    sandbox.twilio.manner(cast.rep.phone, 'answers');
  }, 30_000);

  test('the network refuses, and says why', async () => {
    const card = hubspotCard(sandbox);
    sandbox.twilio.refuseCallNext(400, 21210, 'not verified');
    expect(callIn(await dial(card, deal, cast.customer.phone)).why).toContain('not verified with Twilio');
    sandbox.twilio.refuseCallNext(403, 20005, 'not active');
    expect(callIn(await dial(card, deal, cast.customer.phone)).why).toContain('no funds');
    sandbox.twilio.refuseCallNext(429, 20429, 'too many');
    expect(callIn(await dial(card, deal, cast.customer.phone)).why).toContain('Try again in a minute');
  }, 30_000);

  test('while one call rings there is no second one, and hanging up ends it for everybody', async () => {
    const card = hubspotCard(sandbox);
    sandbox.twilio.manner(cast.rep.phone, 'no-answer');
    const { callId } = callIn(await dial(card, deal, cast.customer.phone));
    expect(await card.post(`/v1/record/${deal}/call`, { requestId: requestId(), number: cast.customer.phone })).toMatchObject({
      ok: false,
      code: 'stale',
      what: `You are on a call with ${cast.customer.name}. Hang up first.`,
    });
    const over = unwrap<PhoneCallView>(await card.post(`/v1/calls/${callId}/hang-up`, { requestId: requestId() }));
    expect(over).toMatchObject({ phase: 'ended', why: `Hung up before ${cast.customer.name} picked up.` });
    await sandbox.twilio.quiet();
    sandbox.twilio.manner(cast.rep.phone, 'answers');
  }, 30_000);

  test('what is no number, or the company’s own, is refused before anything rings', async () => {
    const card = hubspotCard(sandbox);
    expect(await card.post(`/v1/record/${deal}/call`, { requestId: requestId(), number: '555' })).toMatchObject({
      ok: false,
      code: 'bad-request',
    });
    expect(await card.post(`/v1/record/${deal}/call`, { requestId: requestId(), number: cast.twilio.hubspot.number })).toMatchObject({
      ok: false,
      what: 'This is one of your own numbers.',
    });
  });

  test('a rep whom nobody knows a phone of is asked once', async () => {
    const lena = hubspotCard(sandbox, 'colleague');
    // A contact of hers.
    const [priya, number] = ['contact/9013', '+14155550194'];
    const asked = await lena.post(`/v1/record/${priya}/call`, { requestId: requestId(), number });
    expect(unwrap<DialView>(asked)).toEqual({ state: 'needs-phone', line: expect.stringContaining('Which phone') });
    expect(await lena.post('/v1/settings/my-phone', { requestId: requestId(), number: 'mine' })).toMatchObject({ ok: false });
    unwrap(await lena.post('/v1/settings/my-phone', { requestId: requestId(), number: '(415) 555-0177' }));
    expect(callIn(await dial(lena, priya, number)).phase).toBe('ringing-rep');
    await sandbox.twilio.quiet();
  }, 30_000);
});
