import { expect, test } from 'vitest';
import { moment } from '../contracts/playbook.ts';
import { adherenceOf, pointsOf, sayAdherence, sumPoints } from './adherence.ts';

const point = (id: string, phrase: string, over: object = {}) =>
  moment.parse({
    id,
    name: id,
    kind: 'question',
    headline: id,
    say: id,
    rule: { is: 'step', phrases: [phrase], said: 'rep', stage: 'opening' },
    enabled: true,
    ...over,
  });
const points = pointsOf(
  {
    packs: [],
    moments: [
      point('agenda', 'agenda for today'),
      point('budget', 'set aside a budget'),
      point('late', 'renewal date', { stages: ['closing'] }),
    ],
  },
  [],
);
const said = (seq: number, role: 'rep' | 'customer', text: string) => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam' : 'Maya',
  text,
  startMs: seq * 10_000,
  endMs: seq * 10_000 + 4_000,
  confidence: 0.95,
});
const call = (...lines: ReturnType<typeof said>[]) => ({ startedAtMs: 0, record: { stage: 'demo', fields: {} }, said: lines });

test('a point is met by words of the right side, and they are its proof', () => {
  const kept = adherenceOf(
    points,
    call(said(0, 'rep', 'Let me share the agenda for today with you.'), said(1, 'customer', 'We did set aside a budget.')),
  );
  expect(kept).toEqual([
    {
      id: 'agenda',
      name: 'agenda',
      stage: 'opening',
      evid: { quote: 'agenda for today', role: 'rep', speaker: 'Sam', startMs: expect.any(Number) },
    },
    // The customer said it: the rep did not ask. What belongs to another stage of the deal is no point of this call.
    { id: 'budget', name: 'budget', stage: 'opening' },
  ]);
});

test('over many calls each point says of how many it was met, with three examples and nobody’s name', () => {
  const met = adherenceOf(points, call(said(0, 'rep', 'The agenda for today is short.')));
  const missed = adherenceOf(points, call(said(0, 'rep', 'Hello there.')));
  const calls = [met, met, met, met, missed].map((kept, nth) => ({ callId: `c${nth}`, startedAt: 'then', points: kept }));
  const [agenda, budget] = sumPoints(calls);
  expect(agenda).toMatchObject({ id: 'agenda', met: 4, calls: 5 });
  expect(agenda?.examples.map(({ callId, quote }) => [callId, quote])).toEqual([
    ['c0', 'agenda for today'],
    ['c1', 'agenda for today'],
    ['c2', 'agenda for today'],
  ]);
  expect(budget).toMatchObject({ met: 0, calls: 5, examples: [] });
  expect(JSON.stringify([agenda, budget])).not.toContain('Sam');
});

test('takes the points of its packs in, each once', () => {
  const { steps } = pointsOf({ packs: ['demo'], moments: [point('agenda', 'agenda for today')] }, []);
  expect(steps.length).toBeGreaterThan(1);
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});

test.each([
  ['mine', 0, 0, 'No call has been heard since this version was saved.'],
  ['mine', 1, 1, 'Over your 1 call since this version was saved.'],
  ['team', 9, 2, 'Fewer than 3 people have had calls since this version was saved: a sum would be about a person.'],
  ['team', 9, 3, 'Over 9 calls of 3 people since this version was saved. Nobody is compared with anybody.'],
] as const)('%s, %i calls of %i people', (of, calls, people, sentence) => {
  expect(sayAdherence(of, calls, people)).toBe(sentence);
});
