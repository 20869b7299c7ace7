import { expect, test } from 'vitest';
import type { ChangeItem } from '../../shared/contracts/change.ts';
import { health } from './health.ts';
import { written } from './written.ts';

const record = { object: 'deal', id: '7001' } as const;
const item = (id: string, over: Partial<ChangeItem> = {}): ChangeItem => ({
  id,
  version: 1,
  record,
  also: [],
  policy: 'suggest',
  state: 'written',
  body: { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' },
  reason: 'They asked for it',
  evidence: [{ quote: 'go ahead', seq: 1, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 1 }],
  writtenAt: '2026-11-20T12:00:00.000Z',
  decidedBy: '71',
  ...over,
});
const nowMs = Date.parse('2026-11-21T12:00:00Z');

test('shows what was written, how long it can be undone, and how an undo went; what the viewer may not see is left out', async () => {
  const rows = [
    { callId: 'mine', item: item('1') },
    { callId: 'theirs', item: item('2') },
    { callId: null, item: item('3', { writtenAt: '2026-10-01T12:00:00.000Z' }) },
    { callId: 'mine', item: item('4', { state: 'undone' }) },
  ];
  const asked: unknown[] = [];
  const view = await written(
    {
      writtenOf: async (_tenantId, _ref, limit, offset) => {
        asked.push([limit, offset]);
        return rows;
      },
      undosOf: async (_tenantId, ids) => {
        asked.push(ids);
        return [item('5', { undoes: '1', state: 'superseded', trouble: 'Dana changed the stage.' }), item('6', { undoes: '4' })];
      },
    },
    'tenant-1',
    record,
    2,
    nowMs,
    true,
    async (callIds) => {
      asked.push(callIds);
      return new Set(['mine']);
    },
  );
  expect(asked).toEqual([
    [20, 40],
    ['mine', 'theirs'],
    ['1', '3', '4'],
  ]);
  expect(view).toEqual({
    page: 2,
    more: false,
    items: [
      {
        change: rows[0]!.item,
        callId: 'mine',
        undoableUntil: '2026-12-20T12:00:00.000Z',
        undo: { state: 'superseded', trouble: 'Dana changed the stage.' },
      },
      { change: rows[2]!.item, callId: null },
      { change: rows[3]!.item, callId: 'mine', undo: { state: 'written' } },
    ],
  });
});

const on = { tenantId: 'tenant-1', connectionId: 'connection-1' };
const parkedAt = new Date('2026-11-21T10:00:00Z');
const deps = {
  stateOf: async () => 'connected' as const,
  pulseOf: async () => ({ backlog: 2, oldestAt: parkedAt, parkedCount: 1, lastSyncAt: null }),
  parkedOf: async () => [{ item: item('9', { state: 'parked', parkedWhy: 'refused', trouble: 'HubSpot refused it.' }), since: parkedAt }],
  budgetOf: async () => ({ perSecond: 6, tokens: 20 }),
};

test('says how the writing goes; what is parked is listed for admins only', async () => {
  const parked = { id: '9', kind: 'move-stage', why: 'refused', trouble: 'HubSpot refused it.', since: parkedAt.toISOString() };
  const everybody = {
    state: 'connected',
    lastSyncAt: null,
    backlog: { count: 2, oldestAt: parkedAt.toISOString() },
    parked: [],
    parkedCount: 1,
    budget: { perSecond: 6, tokens: 20 },
  };
  expect(await health(deps, on, false)).toEqual(everybody);
  expect(await health(deps, on, true)).toEqual({ ...everybody, parked: [parked] });
});

test('a writer that cannot be asked hides only its own budget', async () => {
  const away = { ...deps, budgetOf: async () => Promise.reject(new Error('away')) };
  expect(await health(away, on, false)).toMatchObject({ state: 'connected', budget: null });
});
