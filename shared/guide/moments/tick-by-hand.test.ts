import { expect, test } from 'vitest';
import { type Moment, moment } from '../../contracts/playbook.ts';
import { compilePlays } from '../compile-plays.ts';
import { newSession, type Session } from '../session.ts';
import { type Heard, step, type Told } from '../step.ts';
import { checklistOf } from './checklist.ts';

const make = (id: string, rule: object, over: object = {}): Moment =>
  moment.parse({ id, name: id, kind: 'question', headline: id, say: id, rule, enabled: true, ...over });
const point = make('people', { is: 'step', phrases: ['who else decides'], said: 'rep', stage: 'Discovery' });
const late = make('budget', { is: 'not-said', phrases: ['your budget'], said: 'rep', byStage: 'Discovery' });
const plays = compilePlays(
  [],
  [],
  [point, late, make('later', { is: 'step', phrases: ['x y'], said: 'rep', stage: 's' }, { stages: ['z'] })],
);

function play(heard: readonly Heard[]): { session: Session; told: Told[] } {
  let session = newSession({ callId: 'c' });
  const told: Told[] = [];
  for (const one of [{ type: 'line-started' }, { type: 'consent', consent: 'granted', by: 'rep', atMs: 0 }, ...heard] as Heard[]) {
    const [next, said] = step(session, one, plays);
    session = next;
    told.push(...said);
  }
  return { session, told };
}
const hand = (done: boolean, atMs: number, id = 'people'): Heard => ({ type: 'step', id, done, atMs });
const said = (turn: number, atMs: number): Heard => {
  const words = 'who else decides'
    .split(' ')
    .map((text, i) => ({ text, startMs: atMs - 900 + i * 300, endMs: atMs - 650 + i * 300, confidence: 0.95 }));
  return { type: 'turn', role: 'rep', turn, text: 'who else decides', words, final: true, atMs };
};
const steps = (told: Told[]) => told.flatMap((one) => (one.type === 'step' ? [one.step] : []));
const people = { id: 'people', name: 'people', stage: 'Discovery' };
const evid = { quote: 'who else decides', role: 'rep', startMs: 4_100 };

test('a point ticked by hand says so, counts for what is due by its stage, and takes the words when they come', () => {
  const byHand = play([hand(true, 1_000), hand(true, 1_100)]);
  expect(steps(byHand.told)).toEqual([{ ...people, done: true, byHand: true }]);
  expect(byHand.told.some((one) => one.type === 'card' && one.card.playId === 'budget')).toBe(true);
  expect(checklistOf(byHand.session, plays)?.points).toEqual([{ ...people, done: true, byHand: true }]);
  const heard = play([hand(true, 1_000), said(0, 5_000)]);
  expect(checklistOf(heard.session, plays)?.points).toEqual([{ ...people, done: true, evid }]);
});

test('a point the rep opened again is not ticked by its words any more, only by hand', () => {
  const { session, told } = play([said(0, 5_000), hand(false, 6_000), said(1, 9_000)]);
  expect(steps(told)).toEqual([
    { ...people, done: true, evid },
    { ...people, done: false, byHand: true },
  ]);
  expect(checklistOf(session, plays)?.points).toEqual([{ ...people, done: false }]);
  expect(checklistOf(step(session, hand(true, 9_000), plays)[0], plays)?.points).toEqual([{ ...people, done: true, byHand: true }]);
});

test('what is no point of this call cannot be ticked', () => {
  expect(steps(play([hand(true, 1, 'budget'), hand(true, 2, 'later'), hand(true, 3, 'nothing'), hand(false, 4)]).told)).toEqual([]);
});
