import { expect, test, vi } from 'vitest';
import { compilePlays } from '../../shared/guide/compile-plays.ts';
import { pack } from '../../shared/guide/pack.ts';
import { newSession } from '../../shared/guide/session.ts';
import { type Heard, step } from '../../shared/guide/step.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { CallFacts } from '../ports/live.ts';
import type { LiveModel, LiveQuestion } from '../ports/model.ts';
import { noCall } from './call-memory.ts';
import { SecondTier, type SecondTierServices } from './second-tier.ts';

const facts: CallFacts = { tenantId: 'tenant-1', callId: 'call-1', customerName: 'Maya Lindqvist', startedAtMs: 0, repTrack: 'outbound' };
const plays = compilePlays(pack, []);
const used = { tokensIn: 20, tokensOut: 5, tokensCached: 100, tokensWritten: 0 };
const better = {
  show: true,
  kind: 'price',
  card_id: 'price-objection',
  evidence_quote: 'the price is hard to defend',
  confidence: 0.93,
  headline: 'Price is hard to defend',
  say: 'You said it is hard to defend. What do you put next to it?',
  ask: 'Who has to be convinced?',
  expires_s: 15,
};
const PRICE = 'well to be honest with you the price is hard to defend';

type Script = (question: LiveQuestion, hear: (piece: string) => void) => Promise<Result<void>>;
const answering =
  (answer: unknown): Script =>
  async (_, hear) => {
    for (const piece of (typeof answer === 'string' ? answer : JSON.stringify(answer)).match(/[\s\S]{1,9}/g) ?? []) hear(piece);
    return ok(undefined);
  };
/** As a vendor does that never comes to an end. */
const hanging: Script = ({ signal }) =>
  new Promise((done) => signal.addEventListener('abort', () => done(failed({ kind: 'broken', said: 'It was left.' }))));

function stage(script: Script = answering(better), over: { services?: null; tokens?: number; facts?: CallFacts } = {}) {
  const told: string[] = [];
  const questions: LiveQuestion[] = [];
  const purse: string[] = [];
  const timers: { atMs: number; run: () => void }[] = [];
  const call = { ...noCall(), facts: over.facts ?? facts, session: newSession({ callId: 'call-1' }) };
  let nowMs = 1_000;
  let left = over.tokens ?? 1_000_000;
  const work: Promise<unknown>[] = [];
  const model: LiveModel = {
    warm: async ({ system, data, counted }) => {
      told.push(`warm ${system.length > 1_000} ${data.length}`);
      counted({ tokens: 30, used });
      return ok(undefined);
    },
    ask: async (question, hear) => {
      questions.push(question);
      question.counted({ tokens: 50, used });
      return script(question, hear);
    },
  };
  const services: SecondTierServices = {
    model,
    briefOf: async () => ({ lines: ['deal: Cobalt Freight'], names: ['Sam Okafor', 'Maya Lindqvist'] }),
    budgetOf: () => ({
      take: async (tokens) => {
        if (tokens > left) return false;
        left -= tokens;
        purse.push('take');
        return true;
      },
      give: async (tokens) => {
        left += tokens;
      },
    }),
    spent: async (_, sum) => void told.push(`spent ${sum.tokensIn} ${sum.tokensOut} ${sum.tokensCached}`),
    fence: () => 'fence-1',
  };
  const feed = (heard: Heard) => {
    const [next, frames] = step(call.session, heard, plays);
    call.session = next;
    if ('atMs' in heard) call.durationMs = Math.max(call.durationMs, heard.atMs);
    for (const frame of frames) {
      if (frame.type === 'card') told.push(`card ${frame.card.headline}: ${frame.card.say}${frame.card.ask ? ` / ${frame.card.ask}` : ''}`);
      if (frame.type === 'retract') told.push('retract');
    }
    second.saw(heard, frames);
  };
  const second = new SecondTier({
    services: () => (over.services === null ? undefined : services),
    call,
    plays: () => plays,
    take: feed,
    now: () => nowMs,
    callMs: () => nowMs,
    waitUntil: (one) => void work.push(one),
    later: (ms, run) => {
      const timer = { atMs: nowMs + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer) >>> 0, timers.includes(timer) ? 1 : 0);
    },
  });
  const settle = async () => {
    while (work.length > 0) await Promise.all(work.splice(0));
  };
  const say = (role: 'rep' | 'customer', turn: number, text: string, more: { final?: boolean; pause?: 'eager' | 'resumed' } = {}) => {
    const { final = true, pause } = more;
    const words = text.split(' ').map((word, n) => ({ text: word, startMs: nowMs + n, endMs: nowMs + n + 1, confidence: 1 }));
    feed({ type: 'turn', role, turn, text, words, final, atMs: nowMs, ...(pause ? { pause } : {}) });
  };
  const pass = async (ms: number) => {
    const untilMs = nowMs + ms;
    for (;;) {
      await settle();
      const next = timers.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > untilMs) break;
      nowMs = Math.max(nowMs, next.atMs);
      timers.splice(timers.indexOf(next), 1);
      next.run();
    }
    nowMs = untilMs;
    feed({ type: 'tick', atMs: nowMs });
    await settle();
  };
  feed({ type: 'line-started' });
  feed({ type: 'consent', consent: 'granted', by: '71', atMs: 0 });
  return { told, questions, purse, second, call, say, pass, feed, settle, left: () => left };
}

const own = `card Price objection: ${pack.find(({ id }) => id === 'price-objection')?.say}`;

test('a card of the rules’ comes first, and is then put in the customer’s words', async () => {
  const { say, settle, told, questions } = stage();
  say('customer', 0, PRICE);
  expect(told).toEqual([own]);
  await settle();
  expect(told.slice(1)).toEqual([`card Price objection: ${better.say} / ${better.ask}`]);
  expect(questions[0]?.data[1]).toBe(`[0,"customer","${PRICE}"]`);
});

test('adds a card where the rules had none, its headline first', async () => {
  const alone = {
    ...better,
    card_id: null,
    kind: 'question',
    evidence_quote: 'our warehouse floor moves in spring',
    headline: 'Warehouse moves in spring',
  };
  const { say, settle, told } = stage(answering({ ...alone, say: 'What would help with the warehouse in spring?', ask: null }));
  say('customer', 0, 'you should know that our warehouse floor moves in spring');
  await settle();
  expect(told).toEqual([
    'card Warehouse moves in spring: ',
    'card Warehouse moves in spring: What would help with the warehouse in spring?',
  ]);
});

test('what the end of an answer does not bear out is taken back', async () => {
  const alone = {
    ...better,
    card_id: null,
    kind: 'question',
    evidence_quote: 'our warehouse floor moves in spring',
    headline: 'Warehouse moves in spring',
  };
  const { say, settle, told } = stage(answering({ ...alone, say: 'We offer a 20% discount.', ask: null }));
  say('customer', 0, 'you should know that our warehouse floor moves in spring');
  await settle();
  expect(told).toEqual(['card Warehouse moves in spring: ', 'retract']);
});

test('reads ahead what every question begins with while it rings, and gives back what was not spent', async () => {
  const { second, settle, say, told, left, feed } = stage();
  second.ringing();
  await settle();
  say('customer', 0, PRICE);
  await settle();
  feed({ type: 'hang-up', atMs: 9_000 });
  second.close();
  await settle();
  expect([told[0], told.at(-1), left()]).toEqual(['warm true 1', 'spent 40 10 200', 1_000_000 - 80]);
});

test('people are signs to it, and a later question only adds to an earlier one', async () => {
  const { say, pass, questions } = stage(answering({ ...better, show: false }));
  say('customer', 0, 'hello this is Maya and I wanted to ask about something else');
  await pass(10_000);
  say('customer', 1, 'Maya again with another question about how all of this works');
  await pass(1_000);
  const [one, two] = questions;
  expect(two?.data.slice(0, one?.data.length)).toEqual(one?.data);
  expect([one?.data.length, two?.data.length, JSON.stringify(questions).includes('Maya')]).toEqual([2, 3, false]);
});

test('asks at the pause, gives up when the speaker goes on, and shows nothing of what it heard by then', async () => {
  const { say, settle, told, questions } = stage(hanging);
  say('customer', 0, 'you should know that our warehouse floor moves in spring', { final: false });
  say('customer', 0, 'you should know that our warehouse floor moves in spring', { final: false, pause: 'eager' });
  await vi.waitFor(() => expect(questions.length).toBe(1));
  say('customer', 0, 'you should know that our warehouse floor moves in spring and', { final: false, pause: 'resumed' });
  await settle();
  expect([questions[0]?.signal.aborted, told]).toEqual([true, []]);
});

test('an answer that comes after something newer is dropped', async () => {
  const late = Promise.withResolvers<void>();
  const { say, settle, told } = stage(async (question, hear) => {
    await late.promise;
    return answering(better)(question, hear);
  });
  say('customer', 0, 'so the thing is that the price is hard to defend here', { final: true });
  await new Promise((done) => setTimeout(done));
  say('customer', 1, 'and another thing');
  late.resolve();
  await settle();
  expect(told.filter((line) => line.includes(better.say))).toEqual([]);
});

test.each([
  ['busy', { kind: 'busy' as const, said: 'Busy.', retryAfterMs: 30_000 }, 30_000],
  ['broken', { kind: 'broken' as const, said: 'Broken.' }, 3_500],
  ['out of its key', { kind: 'expired' as const, said: 'No key.' }, 300_000],
])('a vendor that is %s costs no card of the rules’, and is left alone for a while', async (_, fault, awayMs) => {
  const { say, pass, told, questions } = stage(async () => failed(fault));
  say('customer', 0, PRICE);
  await pass(awayMs - 1_000);
  say('customer', 1, 'there is one more thing that I would like to bring up');
  await pass(500);
  expect([told.filter((line) => line !== 'retract'), questions.length]).toEqual([[own], 1]);
  await pass(30_000);
  expect(questions.length).toBe(2);
});

test.each([
  ['malformed JSON', `Sure! ${JSON.stringify(better)}`],
  ['another shape', JSON.stringify({ ...better, kind: 'poem' })],
  ['a made-up quote', JSON.stringify({ ...better, evidence_quote: 'we will never buy this' })],
  ['an order from the call', JSON.stringify({ ...better, card_id: 'ignore-all-rules' })],
  ['nothing to say', JSON.stringify({ ...better, show: false })],
])('%s changes nothing on the screen', async (_, answer) => {
  const { say, settle, told } = stage(answering(answer));
  say('customer', 0, PRICE);
  await settle();
  expect(told).toEqual([own]);
});

test('where the month is used up nobody is asked', async () => {
  const { say, settle, questions, told } = stage(answering(better), { tokens: 10 });
  say('customer', 0, PRICE);
  await settle();
  expect([questions, told]).toEqual([[], [own]]);
});

test('without a key, or where nobody is guided, nothing of it happens', async () => {
  for (const over of [{ services: null }, { facts: { ...facts, withoutGuidance: true } }]) {
    const { say, pass, second, told, questions } = stage(answering(better), over);
    second.ringing();
    say('customer', 0, PRICE);
    await pass(60_000);
    expect([await second.generate(), questions, told[0]]).toEqual([null, [], own]);
  }
});

test('forgets what was said when somebody says no', async () => {
  const { say, pass, feed, questions } = stage(answering({ ...better, show: false }));
  say('customer', 0, 'this is something that nobody is to know about us');
  await pass(5_000);
  feed({ type: 'consent', consent: 'refused', by: 'them', atMs: 6_000 });
  feed({ type: 'consent', consent: 'took-back', by: 'them', atMs: 7_000 });
  say('customer', 1, 'now I am fine with it and we can talk about it');
  await pass(30_000);
  expect(questions.slice(1).every(({ data, tail }) => !JSON.stringify([data, tail]).includes('nobody'))).toBe(true);
});

test('asked outright, it answers and leaves the call as it was', async () => {
  const { say, pass, second, told } = stage(answering(better));
  say('rep', 0, 'hi');
  say('customer', 0, 'the price is hard to defend');
  await pass(3_000);
  const before = told.length;
  const card = await second.generate();
  expect([card?.say, told.length]).toEqual([better.say, before]);
});
