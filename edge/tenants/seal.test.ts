import { expect, test } from 'vitest';
import { type DataKey, type Place, readSealed, seal, unseal } from './seal.ts';

const key: DataKey = { kid: 'd1', raw: new Uint8Array(32).fill(1) };
const place: Place = { tenantId: 'tenant-1', provider: 'hubspot', connectionId: 'connection-1', field: 'tokens' };
const closed = { ok: false, fault: { kind: 'broken', said: 'A stored secret does not open here.' } };
const unknown = { ok: false, fault: { kind: 'broken', said: 'A stored secret is not of a form we know.' } };

test('opens where it was sealed', async () => {
  const sealed = await seal(key, place, 'a secret, with ümlauts');
  expect(sealed).toMatch(/^v1\.d1\.[\w-]{16}\.[\w-]+$/);
  expect(await unseal(key, place, sealed)).toEqual({ ok: true, value: 'a secret, with ümlauts' });
});

test('the same secret never looks the same twice', async () => {
  expect(await seal(key, place, 'secret')).not.toBe(await seal(key, place, 'secret'));
});

test('moved to another tenant, provider, connection or field it does not open', async () => {
  const sealed = await seal(key, place, 'secret');
  for (const other of [{ tenantId: 'tenant-2' }, { provider: 'salesforce' }, { connectionId: 'connection-2' }, { field: 'auth-token' }])
    expect(await unseal(key, { ...place, ...other }, sealed)).toEqual(closed);
});

test('under another key, or another name of the key, it does not open', async () => {
  const sealed = await seal(key, place, 'secret');
  expect(await unseal({ ...key, raw: new Uint8Array(32).fill(2) }, place, sealed)).toEqual(closed);
  expect(await unseal({ ...key, kid: 'd2' }, place, sealed)).toEqual(unknown);
  expect(await unseal({ ...key, kid: 'd2' }, place, sealed.replace('.d1.', '.d2.'))).toEqual(closed);
});

test('touched anywhere it does not open', async () => {
  const sealed = await seal(key, place, 'secret');
  const [version, kid, iv = '', body = ''] = sealed.split('.');
  const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  for (const touched of [
    [version, kid, flip(iv, 0), body],
    [version, kid, iv, flip(body, 0)],
    [version, kid, iv, flip(body, 8)],
    [version, kid, iv, body.slice(0, -4)],
  ])
    expect(await unseal(key, place, touched.join('.'))).toEqual(closed);
});

test('what was never sealed is refused', async () => {
  for (const text of ['', 'secret', 'v1.d1', 'v1.d1..', 'v1.d1.AAAA.%', 'v1.d1.AAAA.AAAA.AAAA', 'v2.d1.AAAA.AAAA']) {
    expect(await unseal(key, place, text)).toEqual(unknown);
    expect(readSealed(text)).toBeNull();
  }
});
