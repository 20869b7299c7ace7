import { expect, test } from 'vitest';
import { cast } from '../../sandbox/cast.ts';
import type { KnownSides } from '../capture/who-speaks.ts';
import { compilePlays } from './compile-plays.ts';
import { pack } from './pack.ts';
import { nextTurn } from './place-voice.ts';
import { newSession, type Session } from './session.ts';
import { type Heard, step, type Told } from './step.ts';

const plays = compilePlays(pack, cast.competitors);
const open: Heard[] = [{ type: 'line-started' }, { type: 'consent', consent: 'granted', by: 'rep', atMs: 0 }];

/** One track, turn after turn: [voice, text]. */
function play(...lines: [voice: string, text: string][]): { session: Session; told: Told[] } {
  return playWith({ customerName: 'Maya Lindqvist' }, ...lines);
}
function playWith(known: KnownSides, ...lines: [voice: string, text: string][]): { session: Session; told: Told[] } {
  const turns = lines.map(([voice, text], turn): Heard => {
    const words = text
      .split(' ')
      .map((word, at) => ({ text: word, startMs: turn * 9_000 + at * 300, endMs: turn * 9_000 + at * 300 + 250, confidence: 0.95 }));
    return { type: 'turn', role: 'rep', turn, voice, text, words, final: true, atMs: turn * 9_000 + words.length * 300 };
  });
  let session = newSession({ callId: 'c', known });
  const told: Told[] = [];
  for (const one of [...open, ...turns]) {
    const [next, said] = step(session, one, plays);
    session = next;
    told.push(...said);
  }
  return { session, told };
}
const lines = (told: readonly Told[]) =>
  told.flatMap((one) => (one.type === 'line' ? [`${one.line.role} ${one.line.speaker}${one.line.isGuess ? ' ?' : ''}`] : []));
const cards = (told: readonly Told[]) => told.filter((one) => one.type === 'card' && one.card.why.quote.includes('expensive')).length;

const asks = 'How many people on your team answer tickets, and would you like me to show you how I will send you the plan?';
const tells = 'My boss and my team have been burned before, and honestly I am not sure we need it.';
const price = 'It is too expensive for us.';

test('sides are guesses until what was said tells them, and no card about a side comes from a guess', () => {
  expect(cards(play(['a', price]).told)).toBe(0);
  const { told } = play(['a', 'Hello.'], ['b', 'Hello.'], ['a', asks], ['b', tells], ['a', asks], ['b', price]);
  expect(
    lines(told)
      .slice(0, 2)
      .every((line) => line.endsWith('?')),
  ).toBe(true);
  expect(lines(told).slice(-2)).toEqual(['rep Speaker 1', 'customer Speaker 2']);
  expect(cards(told)).toBe(1);
});

test('the rep’s own name settles the sides sooner', () => {
  const words: [string, string][] = [
    ['a', 'Hi Maya, it’s Sam from Brightloop.'],
    ['b', 'Sure, that is fine.'],
  ];
  const last = (known: KnownSides) => lines(playWith(known, ...words).told).at(-1);
  expect(last({ customerName: 'Maya Lindqvist' })).toMatch(/\?$/);
  expect(last({ customerName: 'Maya Lindqvist', repName: 'Sam Okafor' })).toBe('customer Speaker 2');
});

test('the same price from the rep brings no card', () => {
  expect(cards(play(['a', asks], ['b', tells], ['a', asks], ['b', tells], ['a', price]).told)).toBe(0);
});

test('a turn that comes twice speaks once for its side, and numbers go on over all sides', () => {
  const once = play(['a', asks], ['b', tells]).session;
  const again: Heard = { type: 'turn', role: 'rep', turn: 1, voice: 'b', text: tells, words: [], final: true, atMs: 20_000 };
  const [twice] = step(once, again, plays);
  expect(twice.voices).toEqual(once.voices);
  expect([nextTurn(once, 'rep', true), nextTurn(newSession({ callId: 'c' }), 'rep', true), nextTurn(once, 'other', false)]).toEqual([
    2, 0, 1,
  ]);
});

test('a track of one side needs no voices', () => {
  const [session] = step(play().session, { type: 'turn', role: 'customer', turn: 0, text: 'Hi', words: [], final: true, atMs: 1 }, plays);
  expect([session.voices, session.lines]).toEqual([undefined, [{ role: 'customer', turn: 0, text: 'Hi', final: true }]]);
});
