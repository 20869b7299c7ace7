import { expect, test } from 'vitest';
import { failed } from '../../../shared/kit/result.ts';
import { readMasters } from './masters.ts';

const zeros = Buffer.alloc(32, 0).toString('base64');
const ones = Buffer.alloc(32, 1).toString('base64');

test('one key is a map of one', () => {
  expect(readMasters({ SEAL_KEY: zeros })).toEqual({
    ok: true,
    value: { current: 'k1', keys: new Map([['k1', new Uint8Array(32)]]) },
  });
  expect(readMasters({ SEAL_KEY: zeros, SEAL_KEY_ID: 'mine' })).toMatchObject({ value: { current: 'mine' } });
});

test('of several, the id names the current one, and the single key counts no more', () => {
  const read = readMasters({ SEAL_KEYS: JSON.stringify({ k1: zeros, k2: ones }), SEAL_KEY: 'old', SEAL_KEY_ID: 'k2' });
  expect(read.ok && [read.value.current, [...read.value.keys.keys()]]).toEqual(['k2', ['k1', 'k2']]);
});

test('what is missing or malformed is named, never shown', () => {
  expect(readMasters({})).toEqual(failed('SEAL_KEY'));
  for (const short of ['', 'AAAA', '%', Buffer.alloc(33).toString('base64')])
    expect(readMasters({ SEAL_KEY: short })).toEqual(failed('SEAL_KEY'));
  for (const map of ['{', '[]', '{"k1":1}', '{"k 1":"AAAA"}', JSON.stringify({ k1: zeros, k2: 'AAAA' })])
    expect(readMasters({ SEAL_KEYS: map })).toEqual(failed('SEAL_KEYS'));
  expect(readMasters({ SEAL_KEYS: JSON.stringify({ k2: zeros }) })).toEqual(failed('SEAL_KEY_ID'));
  expect(readMasters({ SEAL_KEY: zeros, SEAL_KEY_ID: 'a.b' })).toEqual(failed('SEAL_KEY_ID'));
});
