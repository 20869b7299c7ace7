import type { Context } from 'hono';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Problem } from './problem.ts';
import { idParam, parseJson } from './read-body.ts';

const contract = z.object({ requestId: z.uuid(), lines: z.array(z.object({ number: z.string().check(z.regex(/^\+\d+$/)) })) });
const requestId = '0b7c2f6e-1111-4111-8111-111111111111';

function refusal(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, title: error.message, field: error.field };
    throw error;
  }
  return null;
}

test('reads a body as its contract says, without what the contract does not know', () => {
  expect(parseJson(JSON.stringify({ requestId, lines: [], extra: 1 }), contract)).toEqual({ requestId, lines: [] });
});

test('what is no JSON is refused without a word of it', () => {
  for (const raw of ['{', 'CANARY', '{"a":CANARY}', '\0'])
    expect(refusal(() => parseJson(raw, contract))).toEqual({ status: 400, title: 'The body is not JSON.', field: undefined });
});

test('a body that cannot be kept is refused at the door', () => {
  const raw = JSON.stringify({ requestId, lines: [], note: 'CANARY\0' });
  expect(refusal(() => parseJson(raw, contract))).toEqual({
    status: 400,
    title: 'The body holds a character that cannot be kept.',
    field: undefined,
  });
});

test('names the field and nothing of its content', () => {
  const of = (body: unknown) => refusal(() => parseJson(JSON.stringify(body), contract));
  const field = (name: string) => ({ status: 400, title: `The field ${name} is missing or malformed.`, field: name });
  expect(of({ requestId: 'CANARY', lines: [] })).toEqual(field('requestId'));
  expect(of({ requestId, lines: 'CANARY' })).toEqual(field('lines'));
  expect(of({ requestId, lines: [{ number: '+1' }, { number: 'CANARY' }] })).toEqual(field('lines.1.number'));
  expect(refusal(() => parseJson('', contract))).toEqual(field('requestId'));
});

test('a body that is no object has no field to name', () => {
  for (const raw of ['null', '1', '"CANARY"', '[]', 'true'])
    expect(refusal(() => parseJson(raw, contract))).toEqual({
      status: 400,
      title: 'The body does not have the expected shape.',
      field: undefined,
    });
});

test('an id is one of ours or there is nothing', () => {
  const at = (id: string | undefined) => ({ req: { param: () => id } }) as unknown as Context;
  expect(idParam(at(requestId), 'id')).toBe(requestId);
  for (const id of [undefined, '', '1', requestId.toUpperCase(), `${requestId}0`, ` ${requestId}`, '-'.repeat(36), `${requestId}\n`])
    expect(refusal(() => idParam(at(id), 'id'))).toEqual({ status: 404, title: 'There is nothing here.', field: undefined });
});
