import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KnownAlert, notices } from './notices.ts';
import type { Alert } from './slo.ts';

const minuteMs = 60_000;
const late: Alert = { name: 'lag-late', level: 'error', ms: 130_000 };
const parked: Alert = { name: 'changes-parked', level: 'warn', count: 1 };

/** What is told minute by minute, when these alerts stand in each. */
function hear(minutes: readonly (readonly Alert[])[]): string[] {
  let known: KnownAlert[] = [];
  return minutes.flatMap((alerts, minute) => {
    const { tell, keep } = notices(known, alerts, minute * minuteMs);
    known = keep;
    return tell.map(({ name, is, sinceMs }) => `${minute} ${name} ${is}, since ${sinceMs / minuteMs}`);
  });
}
const times = (count: number, alerts: readonly Alert[]) => Array.from({ length: count }, () => alerts);

test('tells of an error at once, each hour, and when it is over', () => {
  expect(hear([...times(1, []), ...times(70, [late]), ...times(10, [])])).toEqual([
    '1 lag-late raised, since 1',
    '61 lag-late still, since 1',
    '75 lag-late over, since 1',
  ]);
});

test('tells of a warning once a day', () => {
  expect(hear(times(1_500, [parked]))).toEqual(['0 changes-parked raised, since 0', '1440 changes-parked still, since 0']);
});

test('a good minute between bad ones is not the end of it', () => {
  expect(hear([[late], [], [], [late], [], [late]])).toEqual(['0 lag-late raised, since 0']);
});

test('tells at once when a warning becomes an error', () => {
  expect(hear([[{ ...late, level: 'warn' }], [late], [late]])).toEqual(['0 lag-late raised, since 0', '1 lag-late raised, since 0']);
});

test('whatever comes and goes, an alert is not told more than once in five minutes, and what was told ends', () => {
  fc.assert(
    fc.property(fc.array(fc.subarray([late, parked]), { maxLength: 300 }), (minutes) => {
      const told = hear([...minutes, ...times(6, [])]).map((line) => line.split(' '));
      for (const name of ['lag-late', 'changes-parked']) {
        const mine = told.filter(([, which]) => which === name);
        for (const [n, [minute, , is]] of mine.entries())
          if (is === 'raised' && n > 0) expect(mine[n - 1]![2]).toBe('over,');
          else if (is === 'over,') expect(Number(minute) - Number(mine[n - 1]![0])).toBeGreaterThanOrEqual(5);
        expect(mine.length === 0 || mine.at(-1)![2] === 'over,').toBe(true);
      }
    }),
  );
});
