import { expect, test } from 'vitest';
import { readStrictJson, readStrictObject } from './strict-json.ts';

const read = (text: string) => readStrictJson(Buffer.from(text));

test('reads what JSON.parse reads', () => {
  for (const value of [{}, [], { a: { a: [{ a: 1 }, { a: '"a":' }] }, 'b"': '{' }, 'text', 1, null, { '\\': '\\"' }])
    expect(read(JSON.stringify(value, null, 1))).toEqual(value);
});

test.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"x":{"a":1, "a" : 2}}', '[{"a":[],"a":[]}]', '{"":1,"":2}'])('refuses %s', (text) => {
  expect(read(text)).toBeUndefined();
});

test('refuses broken UTF-8, a byte order mark, what is no JSON and what is too deep', () => {
  expect(readStrictJson(Uint8Array.of(0x22, 0xff, 0x22))).toBeUndefined();
  expect(['\uFEFF{}', '', '{', '{} {}', '{"a":NaN}', '['.repeat(33) + ']'.repeat(33)].map(read)).toEqual(Array(6).fill(undefined));
  expect(read('['.repeat(32) + ']'.repeat(32))).toBeDefined();
});

test('an object is no list and no text', () => {
  expect(['[]', '"a"', 'null', '{"a":1}'].map((text) => readStrictObject(Buffer.from(text)))).toEqual([
    undefined,
    undefined,
    undefined,
    { a: 1 },
  ]);
});
