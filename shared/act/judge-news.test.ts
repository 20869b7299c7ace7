import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, type OpenChange } from './judge-news.ts';
import { type FieldNews, newest, printed } from './news.ts';

const at = Date.parse('2026-11-03T10:00:00Z');
const heard = (over: Partial<FieldNews> = {}): FieldNews => ({
  is: 'field',
  record: { object: 'deal', id: '7001' },
  field: 'amount',
  print: 'theirs',
  by: 'other',
  atMs: at,
  ...over,
});
const change = (over: Partial<OpenChange> = {}): OpenChange => ({
  id: 'c1',
  version: 3,
  state: 'due',
  mode: 'overwrite',
  field: 'amount',
  label: 'Amount',
  from: 'before',
  to: 'ours',
  sinceMs: at - 1,
  ...over,
});
const said = 'Somebody changed the amount in HubSpot on 3 November.';

test('a write that is due becomes a suggestion when somebody else changed the field', () => {
  expect(judge(change(), heard(), 'HubSpot')).toEqual({ id: 'c1', version: 3, to: 'waiting', said });
  expect(judge(change(), heard(), 'HubSpot', 'Dana')?.said).toBe('Dana changed the amount in HubSpot on 3 November.');
});

test('what somebody wrote there themselves is no longer ours to write', () => {
  expect(judge(change(), heard({ print: 'ours' }), 'HubSpot')).toEqual({
    id: 'c1',
    version: 3,
    to: 'superseded',
    said: `${said} It says what we proposed.`,
  });
});

test('a field that is filled now is not filled again', () => {
  expect(judge(change({ mode: 'fill-blank', from: null, state: 'waiting' }), heard(), 'HubSpot')?.to).toBe('superseded');
  expect(judge(change({ mode: 'fill-blank', from: null }), heard({ print: null }), 'HubSpot')).toBeNull();
});

test('a stage that is no longer where it was is not moved', () => {
  const stage = { mode: 'stage', label: 'Stage', field: 'dealstage' } as const;
  const verdict = judge(change({ ...stage, state: 'waiting' }), heard({ field: 'dealstage' }), 'HubSpot');
  expect(verdict).toEqual({
    id: 'c1',
    version: 3,
    to: 'superseded',
    said: 'Somebody changed the stage in HubSpot on 3 November. The deal is no longer where it was when we proposed to move it.',
  });
  expect(judge(change(stage), heard({ field: 'dealstage', print: 'before' }), 'HubSpot')).toBeNull();
});

test.each([
  ['our own echo', change(), heard({ by: 'us' })],
  ['another field', change(), heard({ field: 'closedate' })],
  ['what happened before the change was planned', change({ sinceMs: at }), heard()],
  ['a change that only adds below', change({ mode: 'append' }), heard()],
  ['what waits for a person already', change({ state: 'waiting' }), heard()],
  ['a value that was changed back', change(), heard({ print: 'before' })],
])('nothing follows from %s', (_, mine, it) => {
  expect(judge(mine, it, 'HubSpot')).toBeNull();
});

test('the newest wins, in whatever order and however often news comes', () => {
  const one = fc.record({ field: fc.constantFrom('a', 'b'), atMs: fc.integer({ min: 0, max: 50 }), print: fc.constantFrom('x', 'y') });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (some) => {
      const kept = newest(some.map((it) => heard(it)));
      for (const { field, atMs } of kept) expect(atMs).toBe(Math.max(...some.filter((it) => it.field === field).map((it) => it.atMs)));
      expect(new Set(kept.map(({ field }) => field)).size).toBe(kept.length);
    }),
  );
});

test.each([
  ['86400', '86400.00', true],
  ['2026-11-30', '2026-11-30T00:00:00.000Z', true],
  ['2026-11-30', '2026-11-30T09:00:00Z', false],
  ['a\r\nb \n', 'a\nb', true],
  ['0123', '123', false],
])('%j and %j have one print: %s', (a, b, same) => {
  expect(printed('t', 'f', a) === printed('t', 'f', b)).toBe(same);
});

test('what is only watched is compared with what a person put there, and nothing of it is ever theirs to decide', () => {
  const watched = change({ state: 'shadow' });
  const saw = (over: Partial<FieldNews>) => judge(watched, heard(over), 'HubSpot')?.to;
  expect(saw({ print: 'ours' })).toBe('matched');
  expect(saw({ print: 'theirs' })).toBe('differed');
  // Ours, put back, emptied, from before the call, or long after it.
  const day = 24 * 3_600_000;
  for (const over of [{ by: 'us' }, { print: 'before' }, { print: null }, { atMs: at - 1 }, { atMs: at + 15 * day }] as const)
    expect(saw(over)).toBeUndefined();
});
