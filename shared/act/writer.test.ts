import { expect, test } from 'vitest';
import type { Fault } from '../kit/result.ts';
import { decide, type WriterEvent, wakeMs } from './writer.ts';
import { type Command, type DueRow, newWriter, revive, type WriterState } from './writer-state.ts';

const rate = { perSecond: 3, burst: 3 };
const t0 = 1_000_000;
const row = (id: string, over: Partial<DueRow> = {}): DueRow => ({
  id,
  record: 'deal/7001',
  order: id,
  replaces: false,
  tries: 1,
  sinceMs: t0,
  ...over,
});
const due = (...rows: DueRow[]): WriterEvent => ({ type: 'due', rows });
const yes = (id: string): WriterEvent => ({ type: 'answer', id, outcome: { ok: true, crmId: `crm-${id}` }, luck: 0.5 });
const no = (id: string, fault: Partial<Fault>): WriterEvent => ({
  type: 'answer',
  id,
  outcome: { ok: false, fault: { kind: 'broken', said: 'It failed.', ...fault } },
  luck: 0.5,
});
const tick: WriterEvent = { type: 'tick', luck: 0.5 };

/** Each event at its second; what it told, as "send a" or "later a +2". */
function play(events: [second: number, event: WriterEvent][], from: WriterState = newWriter(rate, t0)) {
  let state = from;
  const told = events.map(([second, event]) => {
    const [next, commands] = decide(state, event, t0 + second * 1_000, rate);
    state = next;
    return commands.map(say).join(', ');
  });
  return { state, told };
}
const say = (it: Command) => [it.do, it.id, ...('atMs' in it ? [`+${(it.atMs - t0) / 1_000}`] : [])].join(' ');
const many = (count: number, over: Partial<DueRow> = {}) =>
  Array.from({ length: count }, (_, n) => row(String.fromCharCode(97 + n), { record: `deal/${n}`, ...over }));

test('one at a time on a record, in order, each after the answer to the one before', () => {
  const { told } = play([
    [0, due(row('b'), row('a'), row('c', { record: 'deal/7002' }))],
    [0.1, yes('a')],
    [0.2, due(row('b'))],
    [0.3, yes('b')],
  ]);
  expect(told).toEqual(['send a, send c', 'written a, send b', '', 'written b']);
});

test('three at once after a rest, then one each third of a second', () => {
  const { told, state } = play([
    [0, due(...many(5))],
    [0.2, tick],
    [0.334, tick],
    [0.667, tick],
  ]);
  expect(told).toEqual(['send a, send b, send c', '', 'send d', 'send e']);
  expect(wakeMs(play([[0, due(...many(5))]]).state, rate)).toBe(t0 + 334);
  expect(state.flights).toHaveLength(5);
});

test('no more than five at a time', () => {
  const wide = { perSecond: 100, burst: 10 };
  const [, told] = decide(newWriter(wide, t0), due(...many(7)), t0, wide);
  expect(told.map(say)).toEqual(['send a', 'send b', 'send c', 'send d', 'send e']);
});

test('an outcome nobody knows keeps the record quiet for 35 s, a certain no does not', () => {
  const unsure = no('a', { ambiguous: true });
  expect(
    play([
      [0, due(row('a'), row('b'))],
      [1, unsure],
      [2, due(row('c'))],
      [36, due(row('a', { tries: 2 }))],
    ]).told,
  ).toEqual(['send a', 'later a +36, put-back b +36', 'put-back c +36', 'send a']);
  expect(
    play([
      [0, due(row('a'), row('b'))],
      [1, no('a', { kind: 'busy' })],
      [2, due(row('a'), row('b'))],
    ]).told,
  ).toEqual(['send a', 'later a +2, put-back b +2', 'send a']);
});

test('no answer in 12 s is an outcome nobody knows; one that comes later is still noted', () => {
  const { told } = play([
    [0, due(row('a'))],
    [12, tick],
    [13, yes('a')],
    [14, due(row('b'))],
  ]);
  expect(told).toEqual(['send a', 'later a +47', 'written a', 'put-back b +47']);
});

test('a stage older than one that left is superseded, whatever became of the newer', () => {
  const stage = (id: string) => row(id, { replaces: true });
  const { told } = play([
    [0, due(stage('b'))],
    [1, no('b', { kind: 'refused' })],
    [2, due(stage('a'), row('a-note'), stage('c'))],
  ]);
  expect(told).toEqual(['send b', 'park b', 'supersede a, send a-note']);
});

test('what the CRM asks for is a minimum for the whole connection', () => {
  const { told } = play([
    [0, due(row('a'))],
    [1, no('a', { kind: 'busy', retryAfterMs: 20_000 })],
    [2, due(row('b', { record: 'deal/7002' }))],
  ]);
  expect(told).toEqual(['send a', 'later a +21', 'put-back b +21']);
});

test('parks what a retry cannot fix, what failed twenty times, and what failed for a day, and says so', () => {
  const said = (over: Partial<DueRow>, fault: Partial<Fault>) => {
    const [state] = decide(newWriter(rate, t0), due(row('a', over)), t0, rate);
    return decide(state, no('a', fault), t0, rate)[1];
  };
  expect(said({}, { kind: 'gone' })).toEqual([{ do: 'park', id: 'a', said: 'It failed.' }]);
  expect(said({ tries: 20 }, {})).toEqual([{ do: 'park', id: 'a', said: 'It failed. It was tried 20 times.' }]);
  expect(said({ tries: 3, sinceMs: t0 - 86_400_000 }, {})).toEqual([{ do: 'park', id: 'a', said: 'It failed. It was tried for a day.' }]);
  expect(said({ tries: 30 }, { kind: 'expired' }).map(say)).toEqual(['put-back a +30']);
});

test('a connection that expired hands everything back, untried', () => {
  const { told } = play([
    [0, due(...many(2), row('z'))],
    [1, no('a', { kind: 'expired' })],
    [2, due(row('z'))],
  ]);
  expect(told).toEqual(['send a, send b, send z', 'put-back a +31', '']);
});

test('five failures in a row open the breaker: nothing leaves for 30 s, then one probe; each failed probe doubles the wait', () => {
  const fails = (...ids: string[]) => ids.map((id, n): [number, WriterEvent] => [5 + n / 10, no(id, { kind: 'busy' })]);
  const { told, state } = play([
    [0, due(...many(5))],
    [1, tick],
    ...fails('a', 'b', 'c', 'd', 'e'),
    [6, due(row('f'))],
    [36, due(row('f'), row('g', { record: 'deal/1' }))],
    [37, no('f', { kind: 'busy' })],
    [98, due(row('h'), row('i', { record: 'deal/1' }))],
    [99, yes('h')],
  ]);
  expect(told.slice(7)).toEqual(['put-back f +35.4', 'send f', 'later f +38, put-back g +97', 'send h', 'written h, send i']);
  expect(state.breaker.untilMs).toBe(0);
});

test('half of the last twenty open it too', () => {
  let state = newWriter({ perSecond: 100, burst: 100 }, t0);
  const outcomes = Array.from({ length: 20 }, (_, n) => n % 2 === 1);
  for (const [n, isBad] of outcomes.entries()) {
    const at = t0 + n * 1_000;
    expect(state.breaker.untilMs).toBe(0);
    [state] = decide(state, due(row(`r${n}`, { record: `deal/${n}` })), at, rate);
    [state] = decide(state, isBad ? no(`r${n}`, { kind: 'busy' }) : yes(`r${n}`), at, rate);
  }
  expect(state.breaker.untilMs).toBe(t0 + 19_000 + 30_000);
});

test('after a crash: what had left is checked later, the rest goes back, and the bucket is empty unless nothing left for 10 s', () => {
  const { state } = play([[0, due(row('a'), row('b'))]]);
  const after = (seconds: number) => {
    const [back, told] = revive(JSON.parse(JSON.stringify(state)), rate, t0 + seconds * 1_000);
    return { told: told.map(say), tokens: back.bucket.tokens, flights: back.flights, queue: back.queue };
  };
  expect(after(1)).toEqual({ told: ['later a +47', 'put-back b +1'], tokens: 0, flights: [], queue: [] });
  expect(after(11).tokens).toBe(3);
  const [back] = revive(state, rate, t0 + 1_000);
  expect(play([[2, due(row('c'), row('d', { record: 'deal/7002' }))]], back).told).toEqual(['put-back c +47, send d']);
});

test('a clock that goes back shortens no wait', () => {
  const { told } = play([
    [0, due(row('a'))],
    [1, no('a', { ambiguous: true })],
    [-3_600, due(row('b'))],
  ]);
  expect(told.at(-1)).toBe('put-back b +36');
});
