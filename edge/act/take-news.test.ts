import { expect, test } from 'vitest';
import { type Kept, takeNews } from './take-news.ts';

const body = (id: string) => ({ connectionId: 'k', news: { is: 'touched', record: { object: 'deal', id }, atMs: 1 } });
const row = (key: string, over: Partial<Kept> = {}): Kept => ({ provider: 'hubspot', key, body: body(key), tries: 1, ...over });

test('what is done is done, what failed comes again, and what failed five times is given up', async () => {
  const log: string[] = [];
  const batches = [
    [row('good'), row('bad'), row('worst', { tries: 5 }), row('later', { tries: 5 }), row('odd', { body: { is: '?' }, tries: 5 })],
  ];
  await takeNews(
    {
      now: () => 0,
      take: async () => batches.shift() ?? [],
      hear: async (connectionId, news) => {
        log.push(`hear ${connectionId} ${news.length}`);
        return news.map(({ record }) => (record.id === 'good' ? 'done' : record.id === 'later' ? 'wait' : 'again'));
      },
      done: async (_, keys) => void log.push(`done ${keys}`),
      putOff: async (_, keys, atMs, uncounted) => void log.push(`put off ${keys} ${atMs} ${uncounted}`),
      fail: async (_, keys) => void log.push(`fail ${keys}`),
    },
    't',
  );
  expect(log).toEqual(['hear k 4', 'done good', 'put off later 600000 true', 'put off bad 30000 false', 'fail worst,odd']);
});

test('goes on until nothing is left', async () => {
  const batches = [200, 200, 3].map((size) => Array.from({ length: size }, (_, n) => row(`n${n}`)));
  let heard = 0;
  await takeNews(
    {
      now: () => 0,
      take: async () => batches.shift() ?? [],
      hear: async (_, news) => {
        heard += news.length;
        return news.map(() => 'done');
      },
      done: async () => undefined,
      putOff: async () => undefined,
      fail: async () => undefined,
    },
    't',
  );
  expect(heard).toBe(403);
});
