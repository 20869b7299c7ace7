import { expect, test } from 'vitest';
import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
import { ok } from '../../shared/kit/result.ts';
import { type KnownChange, type UndoDeps, undo } from './undo.ts';

const amount: ChangeBody = { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to: '7' };
const item = (over: Partial<ChangeItem> = {}): ChangeItem => ({
  id: 'change-1',
  version: 1,
  record: { object: 'deal', id: '7001' },
  also: [],
  policy: 'auto',
  state: 'written',
  body: amount,
  reason: '',
  evidence: [],
  crmId: '7001',
  writtenAt: '2026-11-20T12:00:00Z',
  ...over,
});
const known = (over: Partial<ChangeItem> = {}, row: Partial<KnownChange> = {}): KnownChange => ({
  callId: 'call-1',
  connectionId: 'connection-1',
  requestId: null,
  wrote: amount,
  item: item(over),
  ...row,
});
const press = { by: '71', at: '2026-11-21T12:00:00Z', requestId: 'r1' };
const made = item({ id: 'undo-1', state: 'due', undoes: 'change-1' });

function desk(value: string | null, over: Partial<UndoDeps> = {}) {
  const log: unknown[] = [];
  const deps: UndoDeps = {
    changeOf: async () => known({ state: 'declined' }),
    withdraw: async () => true,
    addUndo: async (_tenantId, id, { body, opKey }) => {
      log.push([id, body, opKey]);
      return made;
    },
    undoOf: async () => null,
    standing: async () =>
      ok([{ field: 'amount', label: 'Amount', value, by: 'other', who: 'Dana', at: '2026-11-03T09:00:00Z', isOurValue: false }]),
    hash: async (text) => text,
    kick: async (_tenantId, connectionId) => void log.push(`kick ${connectionId}`),
    ...over,
  };
  return { deps, log };
}
const pressed = (deps: UndoDeps, it: KnownChange) => undo(deps, it, 'hubspot', 'tenant-1', press);

test('our value goes back through the outbox, under a key of its own', async () => {
  const { deps, log } = desk('7.00');
  expect(await pressed(deps, known())).toEqual({ ok: true, view: { change: item(), undo: made } });
  expect(log).toEqual([['change-1', { ...amount, from: '7', to: '5' }, '["undo1","tenant-1","change-1"]'], 'kick connection-1']);
});

test('a value that somebody changed since stays, and the answer says who', async () => {
  const { deps, log } = desk('9');
  expect(await pressed(deps, known())).toEqual({
    ok: false,
    code: 'stale',
    said: 'Dana changed the amount in HubSpot on 3 November. It stays as it is.',
  });
  expect(log).toEqual([]);
});

test('what has not left is withdrawn; what left in that moment is not', async () => {
  const due = known({ state: 'due' }, { wrote: null });
  expect(await pressed(desk('7').deps, due)).toEqual({ ok: true, view: { change: item({ state: 'declined' }) } });
  expect(await pressed(desk('7', { withdraw: async () => false }).deps, due)).toMatchObject({ ok: false, code: 'stale' });
});

test('pressed again, it is one undo', async () => {
  const { deps, log } = desk('5', { undoOf: async () => ({ ...made, state: 'written' }) });
  expect(await pressed(deps, known({ state: 'undone' }))).toMatchObject({ ok: true, view: { undo: { state: 'written' } } });
  expect(await pressed(deps, known({ state: 'declined' }, { requestId: 'r1' }))).toMatchObject({ ok: true });
  expect(log).toEqual([]);
});

test('an approved email is not undone, and the answer says why', async () => {
  const email: ChangeBody = { kind: 'draft-email', to: [], subject: '', body: '' };
  expect(await pressed(desk('7').deps, known({ state: 'approved', body: email }, { wrote: null }))).toEqual({
    ok: false,
    code: 'bad-request',
    said: 'An approved email cannot be undone: it was handed to you, and nothing was sent.',
  });
});
