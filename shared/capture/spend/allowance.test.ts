import { expect, test } from 'vitest';
import { type Allowance, answered, hear, mayListen, noneYet } from './allowance.ts';

/** Deterministic, so that a failure can be looked at. */
function dice(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Calls that run at once, each with two voices, against one month; answers take up to nine seconds. */
function month(calls: number, capS: number, seed: number, isAway = () => false) {
  const roll = dice(seed);
  const all: Allowance[] = Array.from({ length: calls }, () => noneYet());
  const taken = all.map(() => 0);
  const due: { atS: number; call: number; askedS: number }[] = [];
  for (let atS = 0; atS < 600; atS += 0.5) {
    for (const one of due.splice(0)) {
      if (one.atS > atS) {
        due.push(one);
        continue;
      }
      const held = taken.reduce((sum, seconds, call) => sum + (call === one.call ? one.askedS : seconds), 0);
      const said = isAway() ? 'away' : held <= capS ? 'taken' : 'over';
      if (said === 'taken') taken[one.call] = one.askedS;
      all[one.call] = answered(all[one.call] ?? noneYet(), said, one.askedS);
    }
    for (const [call, before] of all.entries()) {
      if (!mayListen(before)) continue;
      const { next, ask } = hear(before, 1);
      all[call] = next;
      if (ask !== undefined) due.push({ atS: atS + 0.05 + roll() * 9, call, askedS: ask });
    }
  }
  return { heardS: all.reduce((sum, { heardS }) => sum + heardS, 0), taken: taken.reduce((sum, s) => sum + s, 0), all };
}

test.each([1, 2, 3, 4, 5])('a hundred calls over the cap at once go over it by 20 seconds each at most (%s)', (seed) => {
  const { heardS, taken, all } = month(100, 30_000, seed);
  expect(taken).toBeLessThanOrEqual(30_000);
  expect(heardS).toBeLessThanOrEqual(30_000 + 100 * 20);
  // And nothing is left lying that somebody could have used: each call ends within what it takes at a time.
  expect(heardS).toBeGreaterThan(30_000 - 100 * 60);
  expect(all.every((one) => !mayListen(one))).toBe(true);
});

test('where the month is used up before they begin, a hundred calls hear 20 seconds each at most', () => {
  expect(month(100, 0, 7).heardS).toBeLessThanOrEqual(100 * 20);
});

test('with room for everybody nobody waits', () => {
  expect(month(100, 1_000_000, 8).heardS).toBe(100 * 1_200);
});

test('while the ledger is away a call is heard for ten minutes more, and no longer', () => {
  const { all } = month(3, 1_000_000, 9, () => true);
  expect(all.map(({ heardS }) => heardS)).toEqual([600, 600, 600]);
});

test('what is held is heard to its end when the month has no more', () => {
  let { next, ask } = hear(noneYet(), 1);
  expect(ask).toBe(61);
  next = answered(next, 'taken', 61);
  ({ next, ask } = hear(next, 31));
  expect(ask).toBe(121);
  next = answered(next, 'over', 121);
  expect([next.heldS - next.heardS, mayListen(next), mayListen(hear(next, 29).next)]).toEqual([29, true, false]);
});

test('asks once at a time, and again once the ledger was away', () => {
  const { next } = hear(noneYet(), 1);
  expect(hear(next, 1).ask).toBeUndefined();
  const away = answered(next, 'away', 61);
  expect([hear(away, 1).ask, hear(away, 30).ask]).toEqual([undefined, 91]);
});
