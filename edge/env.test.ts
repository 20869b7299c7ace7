import { expect, test } from 'vitest';
import { BadEnvironment, type Env, readSettings } from './env.ts';

const read = (over: Record<string, string>) =>
  readSettings({
    DATABASE_URL: 'postgres://db',
    PUBLIC_URL: 'https://ros.example',
    SEAL_KEY: btoa('k'.repeat(32)),
    ...over,
  } as unknown as Env);

test('prices are the list’s until somebody says otherwise', () => {
  expect([read({}).PRICES, read({ PRICES: '{"tokensIn":1.5}' }).PRICES]).toEqual([{}, { tokensIn: 1.5 }]);
});

test.each(['{', '[]', '"x"', '{"tokensIn":-1}', '{"tokensIn":"2"}'])('a price list that is none is named: %s', (PRICES) => {
  expect(() => read({ PRICES })).toThrow(BadEnvironment);
  expect(() => read({ PRICES })).toThrow(/PRICES/);
});
