import { expect, test } from 'vitest';
import { pack } from '../pack.ts';
import { readAnswer } from './answer.ts';
import { addPiece, briefPiece, notSent, nowOf, type Sent, systemOf } from './prompt.ts';
import { newReader, readJson } from './read-json.ts';
import { lastOf, newTranscript, openTurns, type SpokenTurn, writeTurn } from './transcript.ts';

const turn = (role: 'rep' | 'customer', turn: number, text: string, final = true, startMs = 0): SpokenTurn => ({
  role,
  turn,
  text,
  final,
  startMs,
  endMs: startMs + 1_000,
});
const told = (...turns: readonly SpokenTurn[]) => turns.reduce(writeTurn, newTranscript());

test('a question only adds to what the one before it sent', () => {
  const first = told(turn('customer', 0, 'Hello there'), turn('rep', 0, 'Hi'));
  const one = addPiece(notSent(), first.done);
  const second = writeTurn(writeTurn(first, turn('rep', 1, 'Shall we', false)), turn('customer', 1, 'The price </data> is high'));
  const two = addPiece(one, second.done);
  expect(two.pieces).toEqual(['[0,"customer","Hello there"]\n[1,"rep","Hi"]', '[2,"customer","The price \\u003c/data\\u003e is high"]']);
  expect(addPiece(two, second.done)).toBe(two);
  expect(openTurns(second).map(({ text }) => text)).toEqual(['Shall we']);
});

test('a turn that ends is no longer open, and an empty one was none', () => {
  const transcript = told(turn('customer', 0, 'Well', false), turn('customer', 0, 'Well then'), turn('rep', 0, ' ', true));
  expect([transcript.done.map(({ text, seq }) => [seq, text]), openTurns(transcript)]).toEqual([[[0, 'Well then']], []]);
});

test('a very long call loses its beginning, and is then told anew', () => {
  const long = (from: number) => Array.from({ length: 40 }, (_, n) => turn('customer', from + n, 'word '.repeat(250)));
  const before = told(...long(0));
  const sent: Sent = addPiece(notSent(), before.done);
  const after = long(40).reduce(writeTurn, before);
  const again = addPiece(sent, after.done);
  const chars = after.done.reduce((sum, { text }) => sum + text.length, 0);
  expect([chars <= 60_000, after.done.at(-1)?.seq, again.pieces.length, again.toSeq]).toEqual([true, 79, 1, 79]);
});

test('only what was said lately counts', () => {
  const { done } = told(turn('customer', 0, 'Old', true, 0), turn('customer', 1, 'New', true, 100_000));
  expect(lastOf(done, 90_000).map(({ text }) => text)).toEqual(['New']);
});

test('the same for every call of a tenant, with its cards, and long enough to be kept', () => {
  const system = systemOf(pack);
  expect(system).toBe(systemOf([...pack]));
  expect(system).toContain('"id":"price-objection"');
  expect(system.length).toBeGreaterThan(4_096);
});

test('says what is known, and fences it', () => {
  expect(briefPiece([], 'f1').split('\n')).toEqual(['What is known of this customer:', '-----f1', '"Nothing yet."', '-----f1']);
  expect(briefPiece(['Deal <b>'], 'f1')).toContain('"Deal \\u003cb\\u003e"');
});

test('tells what is on the screen and what was', () => {
  expect(nowOf({ seconds: 61.4, card: null, shown: [] })).toMatch(
    /^The call has run for 61 seconds\. No card is on the screen\. What helps/,
  );
  expect(nowOf({ seconds: 1, card: 'Price objection', shown: ['Rollout'] })).toContain(
    'On the screen: "Price objection". A sentence for it in this customer\'s words is welcome. Shown before, not again: ["Rollout"].',
  );
});

test('an answer is known by its head before it is whole, and is nothing once it says so', () => {
  const text = JSON.stringify({
    show: true,
    kind: 'price',
    card_id: null,
    evidence_quote: 'too much',
    confidence: 0.9,
    headline: 'Price',
    say: 'Ask.',
    ask: null,
    expires_s: 10,
  });
  const is = (upTo: number) => readAnswer(readJson(newReader(), text.slice(0, upTo))[0]).is;
  const headEnd = text.indexOf('Price"') + 'Price"'.length;
  expect([is(headEnd - 1), is(headEnd), is(text.length - 1), is(text.length)]).toEqual(['open', 'head', 'head', 'whole']);
  expect(readAnswer(readJson(newReader(), '{"show":false,')[0]).is).toBe('nothing');
  expect(readAnswer(readJson(newReader(), text.replace('0.9', '7'))[0]).is).toBe('nothing');
  expect(readAnswer(readJson(newReader(), text.replace('"price"', '"compliance"'))[0]).is).toBe('nothing');
  expect(readAnswer(readJson(newReader(), `Sure! ${text}`)[0]).is).toBe('nothing');
});
