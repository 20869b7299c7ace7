import { expect, test } from 'vitest';
import { problemResponse } from './problem.ts';

test('says what is wrong as RFC 9457 wants it', async () => {
  const response = problemResponse(413, 'The body is larger than 1024 KB.');
  expect([response.status, response.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
  expect(await response.json()).toEqual({ type: 'about:blank', title: 'The body is larger than 1024 KB.', status: 413 });
});

test('names the field when there is one', async () => {
  const response = problemResponse(400, 'The field names is missing or malformed.', 'names');
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'The field names is missing or malformed.',
    status: 400,
    field: 'names',
  });
});
