import { expect, test } from 'vitest';
import type { FeedbackAction, GuidanceCard, PlayKind } from '../contracts/guidance.ts';
import { offer, release, retract, wakeAtMs } from './arbiter.ts';
import { noteActed } from './arbiter-acted.ts';
import { type Limits, limitsOf } from './arbiter-limits.ts';
import { setQuiet, touchCard } from './arbiter-touch.ts';
import { cardLog } from './card-log.ts';
import type { Told } from './heard.ts';
import { paintedAt } from './painted.ts';
import { newSession, type Session, snapshot } from './session.ts';

interface Wanted {
  kind?: PlayKind;
  rule?: string;
  confidence?: number;
  limits?: Partial<Limits>;
}

const cardOf = (id: string, { kind = 'objection', rule = id, confidence = 0.95 }: Wanted): GuidanceCard => ({
  id,
  playId: rule,
  kind,
  headline: id,
  say: '“Which integrations does your warehouse need first?” Then offer the pilot.',
  why: { quote: 'too slow', role: 'customer', startMs: 0, endMs: 500, rule: `Rule ${rule}` },
  confidence,
});

const opened = newSession({ callId: 'c', startedAtMs: 1_000_000 });
const at = (session: Session, nowMs: number): Session => ({ ...session, nowMs });
const offered = (session: Session, atMs: number, id: string, wanted: Wanted = {}): [Session, Told[]] => {
  const card = cardOf(id, wanted);
  const limits = { ...limitsOf({ kind: card.kind }), ...wanted.limits };
  const waiting = { card, subject: wanted.rule ?? id, role: 'customer', turn: 0, sinceMs: atMs, limits } as const;
  return release(offer(at(session, atMs), waiting));
};
/** The ids shown by offering one card after the other. */
const shownOf = (all: readonly [number, string, Wanted?][], from: Session = opened): string[] => {
  let session = from;
  const ids: string[] = [];
  for (const [atMs, id, wanted] of all) {
    const [next, told] = offered(session, atMs, id, wanted);
    session = next;
    ids.push(
      ...told.flatMap((one) =>
        one.type === 'card' ? [one.card.times === undefined ? one.card.id : `${one.card.id}×${one.card.times}`] : [],
      ),
    );
  }
  return ids;
};
const press = (session: Session, atMs: number, id: string, action: FeedbackAction) => touchCard(at(session, atMs), id, action);
const minute = 60_000;

test('a card carries what it was worth and which line brought it', () => {
  const [session] = offered(opened, 1_000, 'a');
  expect(session.card).toMatchObject({ id: 'a', score: 110.5, why: { turn: 0 } });
});

test('a card below the rep’s threshold is not shown, and waits no longer than ten seconds', () => {
  const choosy = { ...opened, learned: { ...opened.learned, threshold: 90 } };
  const [session, told] = offered(choosy, 1_000, 'a', { kind: 'question' });
  expect(told).toEqual([]);
  expect(wakeAtMs(session)).toBe(11_001);
  expect(release(at(session, 11_001))[0].waiting).toBeNull();
  expect(shownOf([[1_000, 'a']], choosy)).toEqual(['a']);
});

test('a rep who puts a topic away sees less of it', () => {
  const [rates, after]: [Session['learned']['rates'], [number, string, Wanted?][]] = [
    { objection: 0 },
    [
      [1_000, 'a'],
      [20_000, 'b'],
    ],
  ];
  expect(shownOf(after)).toEqual(['a', 'b']);
  expect(shownOf(after, { ...opened, learned: { ...opened.learned, rates } })).toEqual(['a']);
});

test('a rule rests for its cooldown, comes once a call, or as often as it may', () => {
  const often = { rule: 'r', limits: { oncePerCall: false, maxPerCall: 2 } };
  const times: [number, string, Wanted][] = [
    [0, 'a', often],
    [50_000, 'b', often],
    [6 * minute, 'c', often],
    [20 * minute, 'd', often],
  ];
  expect(shownOf(times)).toEqual(['a', 'c']);
  expect(shownOf(times.map(([atMs, id]) => [atMs, id, { rule: 'r' }]))).toEqual(['a']);
});

test('never more than six in half an hour, compliance left out', () => {
  const each = Array.from({ length: 20 }, (_, i): [number, string] => [i * 4 * minute, `c${i}`]);
  expect(shownOf(each)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c8', 'c9', 'c10', 'c11', 'c12', 'c13', 'c16', 'c17', 'c18', 'c19']);
  const must = each.map(([atMs, id]): [number, string, Wanted] => [atMs, id, { kind: 'compliance' }]);
  expect(shownOf(must)).toHaveLength(20);
});

test('two things that have to be shown are both shown, eight seconds apart, before whatever else waits', () => {
  const must: Wanted = { kind: 'compliance' };
  let [session] = offered(opened, 0, 'a', must);
  [session] = offered(session, 100, 'b', must);
  [session] = offered(session, 200, 'c');
  expect(wakeAtMs(session)).toBe(8_000);
  const [next] = release(at(session, 8_000));
  expect(next.card?.id).toBe('b');
  expect(release(at(next, 16_000))[0].card?.id).toBe('b');
});

test('among rules of one topic the one with the higher priority goes first', () => {
  const speaking: Session = {
    ...opened,
    turns: {
      ...opened.turns,
      rep: { index: 0, text: 'so', final: false, startMs: 0, endMs: 0, changedAtMs: 900, heard: [], offered: [], vanished: [] },
    },
  };
  let [session] = offered(speaking, 1_000, 'a', { limits: { priority: 80 } });
  [session] = offered(session, 1_100, 'b', { confidence: 1 });
  expect(session.waiting?.card.id).toBe('a');
});

test('the same competitor twice is a count on the card that is there, whichever rule heard the name', () => {
  const named = (rule: string): Wanted => ({ kind: 'competitor', rule });
  expect(
    shownOf([
      [0, 'a', named('competitor:Zendara')],
      [3_000, 'b', named('battlecard:zendara')],
    ]),
  ).toEqual(['a', 'a×2']);
});

test('a card folds away after twenty seconds, later when something happened to it, never while pinned', () => {
  const [session] = offered(opened, 1_000, 'a');
  expect(wakeAtMs(session)).toBe(21_000);
  expect(release(at(session, 20_999))[1]).toEqual([]);
  expect(release(at(session, 21_000))[1]).toEqual([{ type: 'retract', seq: 2, cardId: 'a', because: 'time' }]);
  expect(wakeAtMs(press(session, 15_000, 'a', 'why')[0])).toBe(35_000);
  const [pinned, told] = press(session, 15_000, 'a', 'pinned');
  expect(told).toMatchObject([{ type: 'card', card: { id: 'a', pinned: true } }]);
  expect(wakeAtMs(pinned)).toBeNull();
  expect(wakeAtMs(press(pinned, 40_000, 'a', 'unpinned')[0])).toBe(60_000);
});

test('a newer card takes the place of a pinned one, which leads what was shown', () => {
  let [session] = offered(opened, 0, 'a');
  [session] = press(session, 1_000, 'a', 'pinned');
  [session] = offered(session, 9_000, 'b', { kind: 'price' });
  [session] = release(at(session, 40_000));
  expect(snapshot(session).past.map(({ card, state }) => `${card.id} ${state}`)).toEqual(['a pinned', 'b collapsed']);
});

test('is taken back within a second and a half, unless the rep has touched it', () => {
  const [session] = offered(opened, 1_000, 'a');
  const back = (from: Session, atMs: number) => retract(at(from, atMs), 'customer', 0, new Set())[1];
  expect(back(session, 2_500)).toEqual([{ type: 'retract', seq: 2, cardId: 'a', because: 'words' }]);
  expect(back(session, 2_501)).toEqual([]);
  expect(back(press(session, 1_200, 'a', 'why')[0], 1_300)).toEqual([]);
});

test('a muted rule is silent on this call, a rule for never is told for the next ones, and compliance is neither', () => {
  const [session] = offered(opened, 0, 'a', { rule: 'r' });
  const again = (from: Session, wanted: Wanted) => offered(from, 6 * minute, 'b', wanted)[0].card?.id;
  const often = { limits: { oncePerCall: false } };
  expect(again(press(session, 1_000, 'a', 'dismissed')[0], { rule: 'r', ...often })).toBe('b');
  expect(again(press(session, 1_000, 'a', 'muted')[0], { rule: 'r', ...often })).toBeUndefined();
  const [never] = press(session, 1_000, 'a', 'never');
  expect(again(never, { rule: 'r', ...often })).toBeUndefined();
  expect(cardLog(never).never).toEqual(['r']);
  const must: Wanted = { kind: 'compliance', rule: 'm', limits: { ...limitsOf({ kind: 'compliance' }), oncePerCall: false } };
  const [shown] = offered(opened, 0, 'a', must);
  const [put] = press(shown, 1_000, 'a', 'never');
  expect([again(put, must), cardLog(put).never]).toEqual(['b', []]);
});

test('learning silences neither what has to be shown nor a rule that is not aside', () => {
  const learned = { ...opened.learned, threshold: 90, never: ['m', 'n'], aside: ['m', 'o'], rates: { compliance: 0 } };
  const from = { ...opened, learned };
  expect(
    shownOf(
      [
        [0, 'a', { kind: 'compliance', rule: 'm' }],
        [10_000, 'b', { rule: 'n' }],
        [20_000, 'c', { rule: 'o' }],
        [400_000, 'd'],
      ],
      from,
    ),
  ).toEqual(['a', 'd']);
});

test('quiet takes from the screen what is not wanted any more, and is told to all and remembered', () => {
  const [session] = offered(opened, 0, 'a');
  const [quieter, told] = setQuiet(session, 'critical');
  expect(told).toEqual([
    { type: 'quiet', seq: 2, quiet: 'critical' },
    { type: 'retract', seq: 3, cardId: 'a', because: 'rep' },
  ]);
  expect(
    shownOf(
      [
        [9_000, 'b'],
        [10_000, 'm', { kind: 'compliance' }],
      ],
      quieter,
    ),
  ).toEqual(['m']);
  expect(cardLog(quieter).quiet).toBe('critical');
  expect(setQuiet(quieter, 'critical')[1]).toEqual([]);
  expect(shownOf([[9_000, 'm', { kind: 'compliance' }]], setQuiet(session, 'full')[0])).toEqual([]);
});

const words = (text: string, fromMs: number) =>
  text.split(' ').map((word, i) => ({ text: word, startMs: fromMs + i * 300, endMs: fromMs + i * 300 + 250, confidence: 0.9 }));

test('a rep acts on a card when their next turn, within thirty seconds, holds what it says', () => {
  const [session] = offered(opened, 1_000, 'a');
  const acted = (text: string, fromMs: number, turn = 3, from = session) =>
    noteActed(at(from, fromMs + 3_000), turn, words(text, fromMs)).shown[0]?.isActedOn;
  expect(acted('right so which warehouse integrations do you need', 4_000)).toBe(true);
  expect(acted('let me tell you about our holiday schedule', 4_000)).toBe(false);
  expect(acted('right so which warehouse integrations do you need', 31_001)).toBe(false);
  const after = noteActed(at(session, 5_000), 3, words('hm okay', 4_000));
  expect(acted('which warehouse integrations do you need', 6_000, 4, after)).toBe(false);
  expect(acted('hm okay which warehouse integrations do you need', 4_000, 3, after)).toBe(true);
});

test('the log of a call: what fired, what was shown, what the rep did, how fast it was', () => {
  let [session] = offered(opened, 1_000, 'a', { rule: 'r' });
  session = { ...session, shown: session.shown.map((card) => ({ ...card, paintedAtMs: 1_080 })) };
  [session] = offered(session, 2_000, 'b', { kind: 'question' });
  [session] = press(session, 4_000, 'a', 'why');
  [session] = press(session, 5_000, 'a', 'used');
  [session] = press(session, 5_100, 'a', 'dismissed');
  const row = { isActedOn: false, speechMs: null, presses: [] };
  expect(cardLog(session)).toEqual({
    rows: [
      {
        ...row,
        cardId: 'a',
        ruleId: 'r',
        rule: 'Rule r',
        topic: 'objection',
        outcome: 'used',
        atMs: 1_001_000,
        speechMs: 580,
        presses: [
          { action: 'why', atMs: 4_000 },
          { action: 'used', atMs: 5_000 },
        ],
      },
      { ...row, cardId: 'b', ruleId: 'b', rule: 'Rule b', topic: 'next-question', outcome: 'held', atMs: 1_002_000 },
    ],
    quiet: null,
    never: [],
  });
});

test('a screen’s clock is believed between our sending and our hearing of it', () => {
  const told = (saidMs: number) => paintedAt({ saidMs, sentMs: 1_000, heardMs: 1_100 });
  expect([told(1_040), told(900), told(5_000)]).toEqual([1_040, 1_100, 1_100]);
});
