import { expect, test } from 'vitest';
import { type Place, seal, unseal } from './seal.ts';

const key = { id: 'k1', secret: btoa('0'.repeat(32)) };
const place: Place = { tenantId: 'tenant-1', connectionId: 'connection-1', field: 'tokens' };
const closed = { ok: false, fault: { kind: 'broken', said: 'A stored secret does not open here.' } };
const unknown = { ok: false, fault: { kind: 'broken', said: 'A stored secret is not of a form we know.' } };

test('opens where it was sealed', async () => {
  const sealed = await seal(key, place, 'a secret, with ümlauts');
  expect(sealed).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+$/);
  expect(await unseal(key, place, sealed)).toEqual({ ok: true, value: 'a secret, with ümlauts' });
});

test('the same secret never looks the same twice', async () => {
  expect(await seal(key, place, 'secret')).not.toBe(await seal(key, place, 'secret'));
});

test('moved to another tenant, connection or field it does not open', async () => {
  const sealed = await seal(key, place, 'secret');
  for (const other of [{ tenantId: 'tenant-2' }, { connectionId: 'connection-2' }, { field: 'auth-token' }])
    expect(await unseal(key, { ...place, ...other }, sealed)).toEqual(closed);
});

test('under another key, or another name of the key, it does not open', async () => {
  const sealed = await seal(key, place, 'secret');
  expect(await unseal({ ...key, secret: btoa('1'.repeat(32)) }, place, sealed)).toEqual(closed);
  expect(await unseal({ ...key, id: 'k2' }, place, sealed)).toEqual(unknown);
  expect(await unseal({ ...key, id: 'k2' }, place, sealed.replace('.k1.', '.k2.'))).toEqual(closed);
});

test('touched anywhere it does not open', async () => {
  const sealed = await seal(key, place, 'secret');
  const [version, id, iv = '', body = ''] = sealed.split('.');
  const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  for (const touched of [
    [version, id, flip(iv, 0), body],
    [version, id, iv, flip(body, 0)],
    [version, id, iv, flip(body, 8)],
    [version, id, iv, body.slice(0, -4)],
    [version, id, iv, '%'],
  ])
    expect(await unseal(key, place, touched.join('.'))).toEqual(closed);
});

test('what was never sealed is refused', async () => {
  for (const text of ['', 'secret', 'v1.k1', 'v1.k1..', 'v2.k1.AAAA.AAAA']) expect(await unseal(key, place, text)).toEqual(unknown);
});
