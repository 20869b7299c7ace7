import { expect, test } from 'vitest';
import { derives, type Value } from './derive.ts';

const when = { startedAt: '2026-11-18T15:00:00Z', timeZone: 'America/New_York' };

test.each<[boolean, Value, string]>([
  [true, { kind: 'amount', amount: 25_500, currency: 'USD' }, 'we have twenty-five thousand five hundred left'],
  [true, { kind: 'amount', amount: 1_500_000, currency: 'EUR' }, 'It is one point five million euros.'],
  [false, { kind: 'amount', amount: 1_500_000, currency: 'USD' }, 'It is one point five million euros.'],
  [false, { kind: 'amount', amount: 5_000 }, 'fifty dollars a seat for a hundred seats'],
  [false, { kind: 'amount', amount: 12 }, 'we want 12% off'],
  [true, { kind: 'percent', percent: 12 }, 'we want twelve percent off'],
  [false, { kind: 'percent', percent: 12 }, 'we want twelve off'],
  [true, { kind: 'date', date: '2026-11-19', ...when }, 'send it to me by Thursday'],
  [false, { kind: 'date', date: '2026-11-20', ...when }, 'send it to me by Thursday'],
  [false, { kind: 'date', date: '2026-11-19', ...when }, 'send it to me soon'],
  [true, { kind: 'competitor', name: 'Callforge', aliases: ['Call Forge Inc'] }, 'we looked at call forge in May'],
  [true, { kind: 'competitor', name: 'Callforge Inc', aliases: ['Callforge'] }, "Callforge's price is lower"],
  [false, { kind: 'competitor', name: 'Callforge', aliases: [] }, 'we looked at Zendara in May'],
  [false, { kind: 'competitor', name: 'Call', aliases: [] }, 'callers like it'],
])('%s: %j from "%s"', (follows, value, quote) => {
  expect(derives(value, quote)).toBe(follows);
});
