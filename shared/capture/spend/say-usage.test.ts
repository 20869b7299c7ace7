import { expect, test } from 'vitest';
import { usageView } from '../../contracts/usage.ts';
import { listPrices } from './prices.ts';
import { sayUsage } from './say-usage.ts';

test('a month half gone, in figures, with where it leads', () => {
  const usage = sayUsage({
    month: '2026-11',
    nowMs: Date.parse('2026-11-16T00:00:00Z'),
    used: {
      liveSeconds: 6_000,
      batchSeconds: 3_600,
      whisperSeconds: 0,
      tokensIn: 100_000,
      tokensOut: 10_000,
      tokensCached: 500_000,
      tokensWritten: 0,
    },
    prices: listPrices,
    caps: { speechSeconds: 12_000, modelUsd: 20 },
    notices: [{ of: 'speech', state: 'near', atMs: Date.parse('2026-11-15T09:00:00Z') }],
  });
  expect(usageView.parse(usage)).toEqual(usage);
  expect(usage).toEqual({
    month: '2026-11',
    speech: {
      live: 100,
      batch: 60,
      whisper: 0,
      minutes: 160,
      usd: 1.112,
      capMinutes: 200,
      forecastMinutes: 320,
      share: 0.8,
      state: 'near',
    },
    model: {
      tokensIn: 100_000,
      tokensOut: 10_000,
      tokensCached: 500_000,
      usd: 0.4,
      capUsd: 20,
      forecastUsd: 0.8,
      share: 0.02,
      state: 'open',
    },
    usd: 1.512,
    forecastUsd: 3.024,
    pricesAsOf: '2026-11-21',
    notices: [
      {
        at: '2026-11-15T09:00:00.000Z',
        said: '80 % of this month’s speech minutes are used. At 100 % live guidance stops; calls are still recorded and read.',
      },
    ],
  });
});
