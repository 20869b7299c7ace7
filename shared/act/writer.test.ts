import { expect, test } from 'vitest';
import type { Fault } from '../kit/result.ts';
import type { WriteRate } from './bucket.ts';
import { decide, reserve, type WriterEvent, wakeMs } from './writer.ts';
import { type Command, type DueRow, newWriter, revive, type WriterState } from './writer-state.ts';

/** A stage takes two requests: read, then written. */
const rate: WriteRate = { perSecond: 6, burst: 6, asks: 'kind' };
const t0 = 1_000_000;
const row = (id: string, over: Partial<DueRow> = {}): DueRow => ({
  id,
  record: 'deal/7001',
  kind: 'move-stage',
  order: id,
  field: 'stage',
  isSafe: false,
  tries: 1,
  sinceMs: t0,
  ...over,
});
const note = { kind: 'add-note', field: null } as const;
const due = (...rows: DueRow[]): WriterEvent => ({ type: 'due', rows });
const yes = (id: string): WriterEvent => ({ type: 'answer', outcomes: [{ id, outcome: { ok: true, crmId: `crm-${id}` } }], luck: 0.5 });
const no = (id: string, fault: Partial<Fault>): WriterEvent => ({
  type: 'answer',
  outcomes: [{ id, outcome: { ok: false, fault: { kind: 'broken', said: 'It failed.', ...fault } } }],
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
const say = (it: Command) =>
  [it.do, it.do === 'send' ? it.ids.join('+') : it.id, ...('atMs' in it ? [`+${(it.atMs - t0) / 1_000}`] : [])].join(' ');
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
  const wide: WriteRate = { perSecond: 100, burst: 10, asks: 'kind' };
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
  const stage = (id: string) => row(id);
  const { told } = play([
    [0, due(stage('b'))],
    [1, no('b', { kind: 'refused' })],
    [2, due(stage('a'), row('a-note', note), stage('c'))],
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
  expect(said({}, { kind: 'gone' })).toEqual([{ do: 'park', id: 'a', said: 'It failed.', why: 'gone' }]);
  expect(said({ tries: 20 }, {})).toEqual([{ do: 'park', id: 'a', said: 'It failed. It was tried 20 times.', why: 'tried-out' }]);
  expect(said({ tries: 3, sinceMs: t0 - 86_400_000 }, {})).toEqual([
    { do: 'park', id: 'a', said: 'It failed. It was tried for a day.', why: 'too-old' },
  ]);
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
  const fails = (...ids: string[]) => ids.map((id, n): [number, WriterEvent] => [5 + n / 10, no(id, { kind: 'broken' })]);
  const { told, state } = play([
    [0, due(...many(5))],
    [1, tick],
    ...fails('a', 'b', 'c', 'd', 'e'),
    [6, due(row('f'))],
    [36, due(row('f'), row('g', { record: 'deal/1' }))],
    [37, no('f', { kind: 'broken' })],
    [98, due(row('h'), row('i', { record: 'deal/1' }))],
    [99, yes('h')],
  ]);
  expect(told.slice(7)).toEqual(['put-back f +35.4', 'send f', 'later f +38, put-back g +97', 'send h', 'written h, send i']);
  expect(state.breaker.untilMs).toBe(0);
});

test('half of the last twenty open it too', () => {
  let state = newWriter({ perSecond: 100, burst: 100, asks: 'kind' }, t0);
  const outcomes = Array.from({ length: 20 }, (_, n) => n % 2 === 1);
  for (const [n, isBad] of outcomes.entries()) {
    const at = t0 + n * 1_000;
    expect(state.breaker.untilMs).toBe(0);
    [state] = decide(state, due(row(`r${n}`, { record: `deal/${n}` })), at, rate);
    [state] = decide(state, isBad ? no(`r${n}`, { kind: 'broken' }) : yes(`r${n}`), at, rate);
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
  expect(after(11).tokens).toBe(6);
  const [back] = revive(state, rate, t0 + 1_000);
  expect(play([[2, due(row('c'), row('d', { record: 'deal/7002' }))]], back).told).toEqual(['put-back c +47, send d']);
});

test('the state of another release is not read: nothing leaves until what it may have sent has landed', () => {
  const { lacks: _, ...older } = play([[0, due(row('a'))]]).state;
  const [state] = revive(older as WriterState, rate, t0);
  expect(play([[1, due(row('a'))]], state).told).toEqual(['put-back a +47']);
});

test('a clock that goes back shortens no wait', () => {
  const { told } = play([
    [0, due(row('a'))],
    [1, no('a', { ambiguous: true })],
    [-3_600, due(row('b'))],
  ]);
  expect(told.at(-1)).toBe('put-back b +36');
});

test('what only adds leaves together, and so do different fields; one field twice does not', () => {
  const amount = { kind: 'set-field', field: 'amount' };
  const { told } = play([
    [0, due(row('a', note), row('b', { ...note, kind: 'add-task' }), row('c'), row('d', amount), row('e'))],
    [1, { type: 'answer', outcomes: ['a', 'b'].map((id) => ({ id, outcome: { ok: true, crmId: id } })), luck: 0 }],
    [2, { type: 'answer', outcomes: ['c', 'd'].map((id) => ({ id, outcome: { ok: true, crmId: id } })), luck: 0 }],
  ]);
  expect(told).toEqual(['send a+b', 'written a, written b, send c+d', 'written c, written d, send e']);
});

test('each of a send has its own outcome; without one it is unsure', () => {
  const { told } = play([
    [0, due(row('a', note), row('b', note), row('c', note), row('d', note))],
    [
      1,
      {
        type: 'answer',
        outcomes: [
          { id: 'a', outcome: { ok: true, crmId: '1' } },
          { id: 'b', outcome: { ok: false, fault: { kind: 'changed', said: 'Dana changed it.' } } },
          { id: 'c', outcome: { ok: false, fault: { kind: 'lacks', said: 'It wants an amount.', asks: [] } } },
        ],
        luck: 0.5,
      },
    ],
  ]);
  expect(told).toEqual(['send a+b+c+d', 'written a, suggest b, park c, later d +36']);
});

test('an older amount is not behind a newer stage', () => {
  const { told } = play([
    [0, due(row('b'))],
    [1, yes('b')],
    [2, due(row('a', { field: 'amount' }))],
  ]);
  expect(told).toEqual(['send b', 'written b', 'send a']);
});

test('what lands once whatever happens keeps nobody waiting, and a CRM that says “not now” is not down', () => {
  const safe = { ...note, isSafe: true };
  expect(
    play([
      [0, due(row('a', safe), row('b'))],
      [1, no('a', { ambiguous: true })],
      [2, due(row('a', { ...safe, tries: 2 }), row('b'))],
    ]).told,
  ).toEqual(['send a', 'later a +2, put-back b +2', 'send a']);
  const busy = (id: string): [number, WriterEvent] => [1, no(id, { kind: 'busy' })];
  const { state } = play([[0, due(...many(5, safe))], ...['a', 'b', 'c', 'd', 'e'].map(busy)]);
  expect(state.breaker.untilMs).toBe(0);
});

test('a large one is not overtaken by small ones until it has what it needs', () => {
  const asking: WriteRate = { perSecond: 1, burst: 3, asks: 'kind' };
  const large = [row('a', note), row('b', { ...note, kind: 'add-task' }), row('c', { ...note, kind: 'log-call' })];
  const [after] = reserve(newWriter(asking, t0), 1, t0, asking);
  const [waiting, told] = decide(after, due(...large, row('d', { ...note, record: 'deal/2' })), t0, asking);
  expect({ told: told.map(say), wake: wakeMs(waiting, asking) }).toEqual({ told: [], wake: t0 + 1_000 });
  const [, later] = decide(waiting, tick, t0 + 1_000, asking);
  expect(later.map(say)).toEqual(['send a+b+c']);
});

test('who reads takes from the same rate, or is told how long to wait', () => {
  const [after, wait] = reserve(newWriter(rate, t0), 4, t0, rate);
  const [, more] = reserve(after, 4, t0, rate);
  const [, told] = decide(after, due(row('a'), row('b', { record: 'deal/2' })), t0, rate);
  expect({ wait, more, told: told.map(say) }).toEqual({ wait: 0, more: 334, told: ['send a'] });
});
