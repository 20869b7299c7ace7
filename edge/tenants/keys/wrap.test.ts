import { expect, test } from 'vitest';
import type { Masters } from './masters.ts';
import { newKey, unwrap, wrap } from './wrap.ts';

const keys = new Map([
  ['k1', new Uint8Array(32).fill(1)],
  ['k2', new Uint8Array(32).fill(2)],
]);
const masters: Masters = { current: 'k1', keys };

test('a tenant key opens under its master, for its tenant', async () => {
  const stored = await newKey(masters, 'tenant-1');
  expect(stored).toEqual({
    kid: expect.stringMatching(/^[\w-]{12}$/),
    kekKid: 'k1',
    wrapped: expect.stringMatching(/^w1\.[\w-]{16}\.[\w-]{64}$/),
  });
  const opened = await unwrap(masters, 'tenant-1', stored);
  expect([opened?.kid, opened?.raw.length]).toEqual([stored.kid, 32]);
});

test('moved to another tenant, named otherwise, or under another master it does not open', async () => {
  const stored = await newKey(masters, 'tenant-1');
  expect(await unwrap(masters, 'tenant-2', stored)).toBeNull();
  expect(await unwrap(masters, 'tenant-1', { ...stored, kid: 'another' })).toBeNull();
  expect(await unwrap(masters, 'tenant-1', { ...stored, kekKid: 'k2' })).toBeNull();
  expect(await unwrap({ ...masters, keys: new Map() }, 'tenant-1', stored)).toBeNull();
  expect(await unwrap(masters, 'tenant-1', { ...stored, wrapped: 'w1.%.%' })).toBeNull();
});

test('wrapped anew it is the same key', async () => {
  const stored = await newKey(masters, 'tenant-1');
  const opened = await unwrap(masters, 'tenant-1', stored);
  if (!opened) throw new Error('it did not open');
  const again = await wrap(masters, 'k2', 'tenant-1', opened);
  expect(again).toMatchObject({ kid: stored.kid, kekKid: 'k2' });
  expect(await unwrap({ current: 'k2', keys: new Map([['k2', new Uint8Array(32).fill(2)]]) }, 'tenant-1', again)).toEqual(opened);
});
