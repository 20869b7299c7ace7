import { expect, test } from 'vitest';
import { listPrices, pricesFrom } from './prices.ts';
import { capsOf, forecast, shareOf, speechSeconds, usdOf } from './spend.ts';

const spend = {
  liveSeconds: 600,
  batchSeconds: 600,
  whisperSeconds: 60,
  tokensIn: 10_000,
  tokensOut: 2_000,
  tokensCached: 50_000,
  tokensWritten: 4_000,
};
const nothingSaid = { speechMinutes: null, modelUsd: null };

test('ten minutes of a voice, heard twice, and a reading come to their list price', () => {
  const { speech, model } = usdOf(spend, listPrices);
  expect([speech.toFixed(4), model.toFixed(4), speechSeconds(spend)]).toEqual(['0.1425', '0.0600', 1_260]);
});

test('the last word on a price counts', () => {
  expect(pricesFrom({ tokensIn: 1, liveMinute: 0.005 }, { tokensIn: 0.5 })).toEqual({ ...listPrices, liveMinute: 0.005, tokensIn: 0.5 });
});

test('a plan gives five voice minutes and two cents a minute; an admin may ask for less and not for more', () => {
  expect(capsOf(1_000, nothingSaid)).toEqual({ speechSeconds: 300_000, modelUsd: 20 });
  expect(capsOf(1_000, { speechMinutes: 100, modelUsd: 0 })).toEqual({ speechSeconds: 6_000, modelUsd: 0 });
  expect(capsOf(10, { speechMinutes: 5_000, modelUsd: 500 })).toEqual({ speechSeconds: 3_000, modelUsd: 0.2 });
});

test.each([
  [0, 'open'],
  [79.9, 'open'],
  [80, 'near'],
  [99.9, 'near'],
  [100, 'over'],
  [250, 'over'],
])('%s of a hundred is %s', (used, state) => {
  expect(shareOf(used, 100).state).toBe(state);
});

test('a cap of nothing is used up from the start', () => {
  expect(shareOf(0, 0)).toEqual({ share: 1, state: 'over' });
});

test.each([
  ['2026-11-16T00:00:00Z', 300],
  ['2026-11-01T06:00:00Z', 150],
  ['2026-11-02T00:00:00Z', 4_500],
  ['2026-12-03T00:00:00Z', 150],
])('at %s, 150 come to %s by the end of November', (now, comes) => {
  expect(forecast(150, '2026-11', Date.parse(now))).toBeCloseTo(comes);
});
