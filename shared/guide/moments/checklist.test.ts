import { expect, test } from 'vitest';
import { type Moment, moment } from '../../contracts/playbook.ts';
import { compilePlays } from '../compile-plays.ts';
import { newSession } from '../session.ts';
import { checklistOf } from './checklist.ts';
import { noMoments } from './state.ts';

const make = (id: string, rule: object, over: object = {}): Moment =>
  moment.parse({ id, name: id, kind: 'question', headline: id, say: id, rule, enabled: true, ...over });
const point = (id: string, over: object = {}) =>
  make(id, { is: 'step', phrases: ['who else decides'], said: 'rep', stage: 'Discovery' }, over);

test('shows open points, ticked ones with their words, and what was filled in', () => {
  const plays = compilePlays(
    [],
    [],
    [
      point('people'),
      point('pain'),
      point('late', { stages: ['closing'] }),
      make('seats', { is: 'slot', slot: 'seats', said: 'customer' }),
    ],
  );
  const evid = { quote: 'who else decides', role: 'rep', startMs: 900 } as const;
  const ticks = [{ momentId: 'people', name: 'people', stage: 'Discovery', ...evid }];
  const fills = [{ momentId: 'seats', slot: 'seats', value: '40', ...evid } as const];
  expect(checklistOf({ ...newSession({ callId: 'c' }), moments: { ...noMoments, ticks, fills } }, plays)).toEqual({
    points: [
      { id: 'people', name: 'people', stage: 'Discovery', done: true, evid },
      { id: 'pain', name: 'pain', stage: 'Discovery', done: false },
    ],
    fills: [{ id: 'seats', name: 'seats', field: 'seats', value: '40', evid }],
  });
});

test('a playbook without points has no checklist', () => {
  expect(checklistOf(newSession({ callId: 'c' }), compilePlays([], [], [make('m', { is: 'elapsed', afterSeconds: 60 })]))).toBeUndefined();
});
