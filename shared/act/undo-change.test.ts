import { expect, test } from 'vitest';
import type { ChangeBody, ChangeItem, ChangeState } from '../contracts/change.ts';
import { undoableUntil, undoChange } from './undo-change.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const task: ChangeBody = { kind: 'add-task', subject: 'Send the plan', body: '', dueAt: '' };
const item = (body: ChangeBody, over: Partial<ChangeItem> = {}): ChangeItem => ({
  id: 'c1',
  version: 1,
  record: { object: 'deal', id: '7001' },
  also: [],
  policy: 'auto',
  state: 'written',
  body,
  reason: '',
  evidence: [],
  crmId: '901',
  writtenAt: '2026-11-20T12:00:00Z',
  ...over,
});
const back = (body: ChangeBody) => {
  const how = undoChange(item(body), body, now);
  return how.do === 'write' ? how.body : how;
};
const field = { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to: '7', toLabel: 'Seven' } as const;

test('an activity is removed, a value goes back', () => {
  expect(back(task)).toEqual({ kind: 'remove-activity', activity: 'task', crmId: '901', title: 'Send the plan' });
  expect(back({ kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B', with: { x: '1' } })).toEqual({
    kind: 'move-stage',
    from: 'b',
    to: 'a',
    fromLabel: 'B',
    toLabel: 'A',
  });
  expect(back(field)).toEqual({ kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '7', to: '5' });
  expect(back({ ...field, mode: 'fill-blank', from: null })).toMatchObject({ mode: 'overwrite', from: '7', to: '' });
  expect(back({ ...field, mode: 'append', from: 'old\r\n', to: 'new' })).toMatchObject({ from: 'old\nnew', to: 'old\r\n' });
});

test('what has not left is withdrawn, unless an older version of it stands in the CRM', () => {
  expect(undoChange(item(task, { state: 'due' }), null, now)).toEqual({ do: 'withdraw' });
  expect(undoChange(item(task, { state: 'due' }), task, now)).toMatchObject({ do: 'no' });
});

test.each(['waiting', 'parked', 'declined', 'superseded', 'approved', 'undone', 'writing'] satisfies ChangeState[])(
  'what is %s cannot be undone, and says why',
  (state) => {
    expect(undoChange(item(task, { state }), null, now)).toEqual({ do: 'no', why: expect.stringMatching(/\.$/) });
  },
);

test('an undo is not undone, and nothing after thirty days', () => {
  expect(undoChange(item(task, { undoes: 'c0' }), task, now)).toMatchObject({ do: 'no' });
  const old = item(task, { writtenAt: '2026-10-22T11:59:59Z' });
  expect(undoChange(old, task, now)).toMatchObject({ do: 'no', why: 'This was written more than 30 days ago. Change it in the CRM.' });
  expect([undoableUntil(old, now), undoableUntil(item(task), now)]).toEqual([null, '2026-12-20T12:00:00.000Z']);
});
