import { expect, test } from 'vitest';
import { type GuidanceCard, type GuidanceDown, guidanceDown } from '../../../shared/contracts/guidance.ts';
import { fold } from './fold.ts';
import { nothingShown, type Shown, touch } from './shown.ts';

const card = (id: string, over: Partial<GuidanceCard> = {}): GuidanceCard => ({
  id,
  playId: 'price',
  kind: 'price',
  headline: 'Price objection',
  say: 'Ask what they compare it with.',
  why: { quote: 'twice what we pay', role: 'customer', startMs: 4_000, endMs: 5_000, rule: 'Price', turn: 1 },
  confidence: 0.9,
  ...over,
});
const line = (seq: number, turn: number, text: string, final = false): GuidanceDown => ({
  type: 'line',
  seq,
  line: { role: 'customer', turn, text, final },
});
const hello = (seq: number, over: object = {}): GuidanceDown =>
  guidanceDown.parse({ type: 'hello', seq, version: 6, callId: 'c', consent: 'granted', card: null, ...over });
const play = (frames: readonly GuidanceDown[], from: Shown = nothingShown): Shown => frames.reduce(fold, from);
const open = play([hello(0, { customerName: 'Maya', quiet: 'off', elapsedMs: 9_000 })]);
const past = ({ past: all }: Shown) => all.map(({ card: { id }, state }) => `${id} ${state}`);
const texts = ({ lines }: Shown) => lines.map(({ text }) => text);

test('a line is written over as it is understood better, and frames that came before change nothing', () => {
  const frames = [line(1, 0, 'It is'), line(2, 0, 'It is twice'), line(3, 1, 'Well'), line(4, 0, 'It is twice what we pay.', true)];
  const once = play(frames, open);
  expect(texts(once)).toEqual(['It is twice what we pay.', 'Well']);
  expect(play(frames, once)).toEqual(once);
});

test('one card at a time: a new one sends the one before into the history, and a better wording is the same card', () => {
  const shown = play(
    [
      { type: 'card', seq: 1, card: card('a') },
      { type: 'card', seq: 2, card: card('b') },
      { type: 'card', seq: 3, card: card('b', { say: 'Ask for the two sites.' }) },
    ],
    open,
  );
  expect(shown.card?.say).toBe('Ask for the two sites.');
  expect(past(shown)).toEqual(['a replaced']);
});

test('a card that was heard wrong leaves without a word; one that had its time is in the history', () => {
  const one = play([{ type: 'card', seq: 1, card: card('a') }], open);
  const gone = play([{ type: 'retract', seq: 2, cardId: 'a', because: 'words' }], one);
  expect([gone.card, past(gone)]).toEqual([null, []]);
  expect(past(play([{ type: 'retract', seq: 2, cardId: 'a', because: 'time' }], one))).toEqual(['a collapsed']);
});

test('what the rep pressed holds at once: what is on its way does not bring the card back, but a later one may', () => {
  const one = play([{ type: 'card', seq: 1, card: card('a') }], open);
  const pressed = touch(one, 'a', 'snoozed');
  expect([pressed.card, past(pressed)]).toEqual([null, ['a snoozed']]);
  const late = play([{ type: 'card', seq: 2, card: card('a', { say: 'Other words.' }) }], pressed);
  expect([late.card, past(late)]).toEqual([null, ['a snoozed']]);
  const again = play(
    [
      { type: 'retract', seq: 3, cardId: 'a', because: 'rep' },
      { type: 'card', seq: 4, card: card('a') },
    ],
    late,
  );
  expect([again.card?.id, past(again)]).toEqual(['a', []]);
});

test('what is taken back may come again at once', () => {
  const used = touch(play([{ type: 'card', seq: 1, card: card('a') }], open), 'a', 'used');
  const back = play([{ type: 'card', seq: 2, card: card('a') }], touch(used, 'a', 'undone'));
  expect([back.card?.id, past(back)]).toEqual(['a', []]);
});

test('the call’s own history counts, and what somebody of the team types stands until it goes', () => {
  const said = { id: 'w', from: 'Jordan', text: 'Ask who signs.', atMs: 1 };
  const shown = play(
    [
      { type: 'past', seq: 1, past: [{ card: card('x'), state: 'used', atMs: 1 }] },
      { type: 'watched', by: [{ name: 'Jordan', sees: 'cards' }] },
      { type: 'whisper', ...said },
    ],
    open,
  );
  expect([past(shown), shown.help]).toEqual([['x used'], { watchedBy: [{ name: 'Jordan', sees: 'cards' }], whisper: said }]);
  expect(fold(shown, { type: 'whisper-gone', id: 'other' }).help.whisper).toEqual(said);
  expect(fold(shown, { type: 'whisper-gone', id: 'w' }).help.whisper).toBeNull();
});

test('a pinned card stays pinned, and leads the history when it gives way', () => {
  const pinned = touch(play([{ type: 'card', seq: 1, card: card('a') }], open), 'a', 'pinned');
  expect(pinned.card?.pinned).toBe(true);
  const after = play(
    [
      { type: 'card', seq: 2, card: card('b') },
      { type: 'card', seq: 3, card: card('c') },
    ],
    pinned,
  );
  expect(past(after)).toEqual(['a pinned', 'b replaced']);
  expect(touch(after, 'a', 'used')).toBe(after);
  expect(touch(after, 'c', 'why')).toBe(after);
});

test('the words of a rule are known for their line, once, whether or not they brought a card', () => {
  const moment = { type: 'moment', playId: 'p', turn: 1, evid: { quote: 'too dear', role: 'customer', startMs: 1 } } as const;
  const shown = play([moment, moment, { type: 'card', seq: 1, card: card('a') }], open);
  expect(shown.heard).toEqual([
    { key: 'customer 1', quote: 'too dear' },
    { key: 'customer 1', quote: 'twice what we pay' },
  ]);
});

test('checklist, fields, flags, quiet and how the talk stands, each in its place', () => {
  const evid = { quote: 'fifty seats', role: 'customer', startMs: 2_000 } as const;
  const points = [{ id: 's', name: 'Seats asked', stage: 'Discovery', done: false }];
  const shown = play(
    [
      hello(1, { checklist: { points, fills: [] } }),
      { type: 'step', seq: 2, step: { id: 's', name: 'Seats asked', stage: 'Discovery', done: true, evid } },
      { type: 'fill', seq: 3, fill: { id: 'f', name: 'Seats', field: 'seats', value: '40', evid } },
      { type: 'fill', seq: 4, fill: { id: 'f', name: 'Seats', field: 'seats', value: '50', evid } },
      { type: 'mark', seq: 5, mark: { id: 'm', atMs: 7_000, role: 'customer', turn: 1 } },
      { type: 'quiet', seq: 6, quiet: 'critical' },
      { type: 'stat', talkShareRep: 0.61, monologueMs: 70_000, wordsPerMinute: 142, spend: { speechSeconds: 30, usd: 0.004 } },
      { type: 'health', speech: 'behind', lagMs: 5_000 },
    ],
    open,
  );
  expect(shown.checklist.points).toEqual([{ ...points[0], done: true, evid }]);
  expect(shown.checklist.fills.map(({ value }) => value)).toEqual(['50']);
  expect(shown.marks).toEqual([{ id: 'm', atMs: 7_000, role: 'customer', turn: 1 }]);
  expect([shown.quiet, shown.hearing, shown.spend?.usd]).toEqual(['critical', 'behind', 0.004]);
  expect(shown.talk).toEqual({ shareRep: 0.61, monologueMs: 70_000, wordsPerMinute: 142 });
});

test('how it stands now keeps the lines that the call does not tell any more', () => {
  const long = play([line(1, 0, 'One', true), line(2, 1, 'Two')], open);
  const lines = [
    { role: 'customer', turn: 1, text: 'Two, really', final: true },
    { role: 'customer', turn: 2, text: 'Three', final: false },
  ];
  const shown = play([hello(300, { lines, card: card('b'), past: [] })], long);
  expect(texts(shown)).toEqual(['One', 'Two, really', 'Three']);
  expect([shown.seq, shown.card?.id, shown.customerName]).toEqual([300, 'b', 'Maya']);
});

test('after a no nothing of what was said is on the screen', () => {
  const talked = play(
    [line(1, 0, 'Secret', true), { type: 'card', seq: 2, card: card('a') }, { type: 'card', seq: 3, card: card('b') }],
    open,
  );
  const refused = play([{ type: 'consent', seq: 4, consent: 'refused' }], talked);
  expect(JSON.stringify(refused)).not.toMatch(/Secret|twice/);
  expect(JSON.stringify(play([hello(9, { consent: 'refused' })], talked))).not.toMatch(/Secret|twice/);
});

test('the end takes the card away and keeps the words; who comes after it hears that it is over', () => {
  const ended = play([line(1, 0, 'Bye', true), { type: 'card', seq: 2, card: card('a') }, { type: 'ended', seq: 3 }], open);
  expect([ended.isOver, ended.card, texts(ended)]).toEqual([true, null, ['Bye']]);
  expect(play([hello(9, { ended: true, card: card('a') })]).isOver).toBe(true);
});
