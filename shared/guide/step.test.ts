import { expect, test } from 'vitest';
import { cast, script } from '../../sandbox/cast.ts';
import type { Role, Word } from '../contracts/transcript.ts';
import { wakeAtMs } from './arbiter.ts';
import { compilePlays } from './compile-plays.ts';
import { pack } from './pack.ts';
import { newSession, revive, type Session, snapshot } from './session.ts';
import { type Heard, step, type Told } from './step.ts';

const plays = compilePlays(pack, cast.competitors);
const wordMs = 350;

const spoken = (text: string, fromMs: number, confidence = 0.95): Word[] =>
  text.split(' ').map((word, i) => ({ text: word, startMs: fromMs + i * wordMs, endMs: fromMs + i * wordMs + 300, confidence }));

const turn = (role: Role, index: number, text: string, atMs: number, options: { final?: boolean; confidence?: number } = {}): Heard => {
  const words = spoken(text, atMs - text.split(' ').length * wordMs, options.confidence);
  return { type: 'turn', role, turn: index, text, words, final: options.final ?? false, atMs };
};
const customer = (index: number, text: string, atMs: number, options = {}) => turn('customer', index, text, atMs, options);
const rep = (index: number, text: string, atMs: number, options = {}) => turn('rep', index, text, atMs, options);
const tick = (atMs: number): Heard => ({ type: 'tick', atMs });
const press = (cardId: string, action: 'used' | 'dismissed' | 'snoozed', atMs: number): Heard => ({
  type: 'feedback',
  cardId,
  action,
  atMs,
});

function play(heard: readonly Heard[], from: Session): { session: Session; told: Told[] } {
  let session = from;
  const told: Told[] = [];
  for (const one of heard) {
    const [next, said] = step(session, one, plays);
    session = next;
    told.push(...said);
  }
  return { session, told };
}

const opened = play(
  [{ type: 'line-started' }, { type: 'consent', consent: 'granted', by: 'rep', atMs: 0 }],
  newSession({ callId: 'c' }),
).session;

/** Cards and retractions in a line each: the golden form of a call. */
const cards = (heard: readonly Heard[], from = opened) =>
  play(heard, from).told.flatMap((one) => {
    if (one.type === 'retract') return [`${one.because === 'time' ? '~' : '-'} ${one.cardId}`];
    if (one.type !== 'card') return [];
    const { playId, why, times } = one.card;
    return [times === undefined ? `+ ${playId}: ${why.quote}` : `= ${playId}: ${times} times`];
  });

test('opens speech recognition when the line is up and the answer is yes, in either order, once', () => {
  const granted: Heard = { type: 'consent', consent: 'granted', by: 'rep', atMs: 900 };
  const up: Heard = { type: 'line-started' };
  const consented = { type: 'consent', seq: 1, consent: 'granted' };
  expect(play([up, granted, granted, up], newSession({ callId: 'c' })).told).toEqual([consented, { type: 'open-speech' }]);
  expect(play([granted, up], newSession({ callId: 'c' })).told).toEqual([consented, { type: 'open-speech' }]);
});

test('keeps nothing that was said before the yes', () => {
  const before = newSession({ callId: 'c' });
  expect(play([{ type: 'line-started' }, customer(0, 'it is too expensive', 3_000)], before)).toEqual({
    session: { ...before, lineUp: true },
    told: [],
  });
});

test('takes a no as final, closes speech recognition and empties the session', () => {
  const said = customer(0, 'it is too expensive', 3_000);
  const refused: Heard = { type: 'consent', consent: 'refused', by: 'customer', atMs: 4_000 };
  const granted: Heard = { type: 'consent', consent: 'granted', by: 'rep', atMs: 5_000 };
  const { session, told } = play([said, refused, granted, customer(1, 'the price', 6_000)], opened);
  expect(told.map((one) => one.type)).toEqual(['line', 'card', 'consent', 'retract', 'close-speech']);
  expect(snapshot(session)).toMatchObject({ consent: 'refused', lines: [], card: null });
});

test('ends once, and says nothing after', () => {
  const end: Heard = { type: 'hang-up', atMs: 9_000 };
  const { told } = play([end, end, customer(0, 'too expensive', 10_000)], opened);
  expect(told).toEqual([{ type: 'ended', seq: 2 }, { type: 'close-speech' }]);
});

test('shows a card on the first partial that holds its words, with the words', () => {
  const { told } = play([customer(0, 'honestly it is twice what', 3_000), customer(0, 'honestly it is twice what we pay', 3_500)], opened);
  expect(told.at(-1)).toEqual({
    type: 'card',
    seq: 4,
    card: {
      id: 'c.price-objection.c0.3',
      playId: 'price-objection',
      kind: 'price',
      headline: 'Price objection',
      say: '“What do you compare it with?” Then put the price next to what the problem costs them today.',
      why: { quote: 'twice what we pay', role: 'customer', startMs: 2_100, endMs: 3_450, rule: 'Price is too high', turn: 0 },
      confidence: 0.95,
      score: 110.5,
    },
  });
});

test('takes a card back when the words change, and shows it when they are said for real', () => {
  expect(
    cards([
      customer(0, 'The price for us', 3_000),
      customer(0, 'The prize for us would be', 3_500),
      customer(0, 'The prize for us would be quiet mornings.', 4_500, { final: true }),
      customer(1, 'But the price is hard to defend', 15_000),
    ]),
  ).toEqual(['+ price-objection: The price', '- c.price-objection.c0.0', '+ price-objection: the price']);
});

test('does not flicker: words that came, went and came again wait for the end of the turn', () => {
  expect(
    cards([
      customer(0, 'the price is', 3_000),
      customer(0, 'the prize is', 3_500),
      customer(0, 'the price is steep', 12_000),
      customer(0, 'the price is steep.', 12_500, { final: true }),
    ]),
  ).toEqual(['+ price-objection: the price', '- c.price-objection.c0.0', '+ price-objection: the price']);
});

test('leaves a card alone that the rep has touched', () => {
  expect(
    cards([customer(0, 'the price for us', 3_000), press('c.price-objection.c0.0', 'used', 3_200), customer(0, 'the prize for us', 3_500)]),
  ).toEqual(['+ price-objection: the price', '- c.price-objection.c0.0']);
});

test('waits eight seconds between two cards', () => {
  const both = [customer(0, 'too expensive', 3_000, { final: true }), customer(1, 'and Zendara', 6_000, { final: true })];
  expect(cards([...both, tick(10_999)])).toEqual(['+ price-objection: too expensive']);
  expect(cards([...both, tick(11_000)])).toEqual(['+ price-objection: too expensive', '+ competitor: Zendara']);
  expect(wakeAtMs(play(both, opened).session)).toBe(11_000);
});

test('drops a card that waited longer than ten seconds', () => {
  expect(cards([rep(0, 'so let me', 900), customer(0, 'too expensive', 1_000, { final: true }), tick(11_001)])).toEqual([]);
});

test('waits while the rep is mid-sentence, until a pause or the end of the turn', () => {
  const speaking = [rep(0, 'so let me', 2_900), customer(0, 'too expensive', 3_000, { final: true })];
  expect(cards([...speaking, tick(4_100)])).toEqual([]);
  expect(cards([...speaking, tick(4_101)])).toEqual(['+ price-objection: too expensive']);
  expect(cards([...speaking, rep(0, 'so let me.', 3_300, { final: true })])).toEqual(['+ price-objection: too expensive']);
  expect(wakeAtMs(play(speaking, opened).session)).toBe(4_101);
});

test('lets compliance through while the rep speaks', () => {
  expect(cards([rep(0, 'I guarantee you', 3_000)])).toEqual(['+ risky-promise: I guarantee']);
});

test('keeps what matters most in the queue of one', () => {
  const busy = rep(0, 'well you see', 2_900);
  const heard = [busy, customer(0, 'too expensive', 3_000, { final: true }), customer(1, 'when can we start', 3_100, { final: true })];
  expect(cards([...heard, tick(5_000)])).toEqual(['+ price-objection: too expensive']);
});

test('shows a play once a call, a competitor once a name', () => {
  expect(
    cards([
      customer(0, 'too expensive', 3_000, { final: true }),
      customer(1, 'the price again', 13_000, { final: true }),
      customer(2, 'Zendara', 23_000, { final: true }),
      customer(3, 'Zendara', 33_000, { final: true }),
      customer(4, 'Helpwise', 333_000, { final: true }),
    ]),
  ).toEqual([
    '+ price-objection: too expensive',
    '= price-objection: 2 times',
    '+ competitor: Zendara',
    '= competitor: 2 times',
    '+ competitor: Helpwise',
  ]);
});

test('brings a snoozed card back after five minutes, when its words are said again', () => {
  const snoozed = [customer(0, 'too expensive', 3_000, { final: true }), press('c.price-objection.c0.0', 'snoozed', 4_000)];
  expect(cards([...snoozed, customer(1, 'too expensive', 303_999, { final: true })])).toHaveLength(2);
  expect(cards([...snoozed, customer(1, 'too expensive', 304_000, { final: true })]).at(-1)).toBe('+ price-objection: too expensive');
});

test('shows a lone name at once when it is clear, or when it is heard a second time', () => {
  expect(cards([customer(0, 'we like Zendara', 3_000, { confidence: 0.91 })])).toHaveLength(1);
  expect(cards([customer(0, 'we like Zendara', 3_000, { confidence: 0.85 })])).toHaveLength(0);
  expect(
    cards([customer(0, 'we like Zendara', 3_000, { confidence: 0.85 }), customer(0, 'we like Zendara a lot', 3_500, { confidence: 0.85 })]),
  ).toHaveLength(1);
});

test('is silent when asked to be, but for compliance', () => {
  const quiet = (mode: 'critical' | 'full') => ({ ...opened, quiet: mode });
  const heard = [customer(0, 'too expensive', 3_000, { final: true }), rep(0, 'I guarantee it', 14_000, { final: true })];
  expect(cards(heard, quiet('critical'))).toEqual(['+ risky-promise: I guarantee']);
  expect(cards(heard, quiet('full'))).toEqual([]);
});

test('says nothing new when a turn comes twice', () => {
  const final = customer(0, 'too expensive', 3_000, { final: true });
  const once = play([final], opened);
  expect(play([final, final, customer(0, 'too', 2_000)], opened)).toEqual(once);
});

test('measures who spoke from final words, and keeps the last eight lines', () => {
  const heard = Array.from({ length: 6 }, (_, i) => [
    rep(i, 'one two three', 2_000 + i * 4_000, { final: true }),
    customer(i, 'four', 3_000 + i * 4_000, { final: true }),
  ]);
  const { session } = play([...heard.flat(), customer(6, 'five six', 40_000)], opened);
  expect(snapshot(session)).toMatchObject({ talkShareRep: 0.75, elapsedMs: 40_000 });
  expect(session.lines.map((line) => line.text)).toEqual([...Array(3).fill(['four', 'one two three']).flat(), 'four', 'five six']);
});

test('the sample call: each thing that needs an answer, one at a time', () => {
  const heard: Heard[] = [];
  let atMs = 0;
  const turns = { rep: 0, customer: 0 };
  for (const { who, text } of script) {
    const words = text.split(' ');
    const index = turns[who]++;
    const fromMs = atMs;
    // Recognition hears "price" first and corrects itself two words later.
    const heardSo = (n: number) =>
      words
        .slice(0, n)
        .join(' ')
        .replace(/The prize( for)?$/, 'The price$1');
    for (let n = 1; n <= words.length; n += 1) {
      atMs = fromMs + n * wordMs;
      heard.push({
        type: 'turn',
        role: who,
        turn: index,
        text: heardSo(n),
        words: spoken(heardSo(n), fromMs),
        final: n === words.length,
        atMs,
      });
    }
    atMs += 600;
    heard.push(tick(atMs));
  }
  expect(cards(heard)).toEqual([
    '+ price-objection: The price',
    '- c.price-objection.c1.12',
    '+ price-objection: twice what we pay',
    '+ competitor: Zendara,',
    '+ implementation: worry is the rollout.',
    '~ c.implementation.c4.4',
  ]);
});

test('who comes late shuts recognition until they are asked, and what was heard stays', () => {
  const said = customer(0, 'it is too expensive', 3_000, { final: true });
  const late: Heard = { type: 'joined', party: 'lena', atMs: 4_000 };
  const agreed: Heard = { type: 'consent', consent: 'granted', by: 'rep', atMs: 6_000 };
  const { session, told } = play([said, late, customer(1, 'and Zendara', 5_000), agreed], opened);
  expect(told.map((one) => (one.type === 'consent' ? one.consent : one.type))).toEqual([
    'line',
    'card',
    'announced',
    'close-speech',
    'granted',
    'open-speech',
  ]);
  expect(snapshot(session).lines.map(({ text }) => text)).toEqual(['it is too expensive']);
});

test('where everybody has to be told, a tick after three seconds opens recognition', () => {
  const told = newSession({ callId: 'c', rule: 'all-told' });
  const heard: Heard[] = [{ type: 'line-started' }, { type: 'consent', consent: 'announced', by: 'line', atMs: 0 }, tick(2_999)];
  expect(play(heard, told).told).toEqual([{ type: 'consent', seq: 1, consent: 'announced' }]);
  expect(play([...heard, tick(3_000)], told).told.slice(1)).toEqual([
    { type: 'consent', seq: 2, consent: 'granted' },
    { type: 'open-speech' },
  ]);
});

test('a session that an earlier release stored goes on as it stood', () => {
  const { asking: _, ...stored } = opened;
  const again = revive(stored);
  expect(play([customer(0, 'it is too expensive', 3_000)], again).told.map(({ type }) => type)).toEqual(['line', 'card']);
  const { asking: __, ...refused } = play([{ type: 'consent', consent: 'refused', by: 'rep', atMs: 4_000 }], opened).session;
  expect(play([{ type: 'consent', consent: 'granted', by: 'rep', atMs: 5_000 }], revive(refused)).told).toEqual([]);
});
