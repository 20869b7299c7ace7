import { expect, test } from 'vitest';
import { newRequestId } from './request-id.ts';

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test.each([
  ['a whole crypto', globalThis.crypto],
  ['crypto without randomUUID', { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(255) }],
  ['no crypto', {}],
])('makes a version 4 id with %s', (_, source) => {
  expect(newRequestId(source)).toMatch(v4);
});
