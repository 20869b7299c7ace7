import { expect, test } from 'vitest';
import { mayShow } from './screen-origin.ts';

const ours = 'https://app.ros.example';

test.each([
  undefined,
  ours,
  'https://acme.lightning.force.com',
  'https://acme--uat.sandbox.lightning.force.com',
  'https://acme.my.salesforce.com',
])('a screen may be held from %s', (origin) => expect(mayShow(origin, ours)).toBe(true));

test.each([
  'https://evil.example',
  'http://acme.lightning.force.com',
  'https://lightning.force.com.evil.example',
  'https://acme.lightning.force.com:8443',
  'http://127.0.0.1:9000',
  'https://app.ros.example.evil.example',
  'null',
  '',
])('nobody holds a screen from %s', (origin) => expect(mayShow(origin, ours)).toBe(false));

test('beside a sandbox its own record pages may', () => {
  expect([mayShow('http://127.0.0.1:4711', 'http://127.0.0.1:4700'), mayShow('http://evil.example', 'http://127.0.0.1:4700')]).toEqual([
    true,
    false,
  ]);
});
