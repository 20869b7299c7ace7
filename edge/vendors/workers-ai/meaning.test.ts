import { expect, test } from 'vitest';
import { bgeMeaning } from './meaning.ts';

const texts = Array.from({ length: 60 }, (_, at) => `text ${at}`);

test('asks for fifty texts at a time and gives one answer for each', async () => {
  const asked: number[] = [];
  const meaning = bgeMeaning({
    run: async (_, { text }) => {
      asked.push((text as string[]).length);
      return { data: (text as string[]).map((one) => [one.length, -1, 3]) };
    },
  });
  const signs = await meaning.signsOf(texts);
  expect([asked, signs.ok && signs.value.map(({ length }) => length)]).toEqual([[50, 10], texts.map(() => 256)]);
});

test.each([
  ['an answer for fewer texts', async () => ({ data: [[1]] }), 'broken'],
  ['no answer', async () => Promise.reject(new Error('down')), 'busy'],
])('%s is a fault', async (_, run, kind) => {
  expect(await bgeMeaning({ run }).signsOf(texts)).toMatchObject({ ok: false, fault: { kind } });
});
