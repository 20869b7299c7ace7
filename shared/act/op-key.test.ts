import { expect, test } from 'vitest';
import { opKey } from './op-key.ts';

const op = { tenantId: 't', connectionId: 'k', callId: 'c', action: 'add-task', ordinal: 2 };

test('differs when any part differs, and cannot be forged by moving a boundary', () => {
  const others = [
    { ...op, tenantId: 'u' },
    { ...op, connectionId: 'l' },
    { ...op, callId: 'd' },
    { ...op, action: 'add-note' },
    { ...op, ordinal: 3 },
    { ...op, tenantId: 't","k', connectionId: '' },
  ];
  expect(new Set([op, ...others].map(opKey)).size).toBe(others.length + 1);
  expect(opKey(op)).toBe('["op1","t","k","c","add-task",2]');
});
