import { expect, test } from 'vitest';
import { PollPace } from './poll-pace.ts';

/** So many lookers one after the other, `everyMs` apart; answers what the last one was told. */
function told(pace: PollPace, lookers: number, { tookMs = 80, everyMs = 10, tenant = 'a' } = {}): number {
  let last = 0;
  for (let n = 0; n < lookers; n++) last = pace.next(tenant, `call-${n}`, { now: n * everyMs, tookMs });
  return last;
}
const near = (value: number, wanted: number) => Math.abs(value - wanted) <= wanted * 0.1 + 1;

test('the more of a tenant look, and the longer a look takes, the slower each; another tenant does not notice', () => {
  const pace = new PollPace();
  const said = [told(pace, 100), told(new PollPace(), 100, { tookMs: 280 }), told(pace, 1, { tenant: 'b' })];
  expect(said.map((ms, at) => near(ms, [2_857, 5_000, 29][at] ?? 0))).toEqual([true, true, true]);
});

test('who stopped looking is not counted any more', () => {
  const pace = new PollPace();
  told(pace, 100, { everyMs: 1 });
  expect(near(pace.next('a', 'call-1', { now: 60_000, tookMs: 80 }), 29)).toBe(true);
});

test('nobody waits longer than five seconds', () => {
  expect(told(new PollPace(), 1_000)).toBe(5_000);
});

test('cards that began together do not stay together', () => {
  const pace = new PollPace();
  told(pace, 100);
  const next = Array.from({ length: 50 }, (_, n) => pace.next('a', `call-${n}`, { now: 2_000, tookMs: 80 }));
  expect(new Set(next).size).toBeGreaterThan(40);
});
