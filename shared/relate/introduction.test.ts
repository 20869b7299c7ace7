import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueMs, eventsFor, type Introduction, type IntroEvent, type IntroStep, isReminderDue, stepIntro } from './introduction.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 10, 20);
const fresh: Introduction = { state: 'draft', trail: [] };
const events = [
  'approve',
  'remind',
  'withdraw',
  'accept',
  'decline',
  'not-now',
  'expire',
  'forwarded',
  'replied',
  'meeting',
  'opportunity',
  'won',
  'lost',
] as const satisfies IntroEvent[];
const people = ['rep', 'connector', 'clock'] as const;
const anyStep = fc.record({ what: fc.constantFrom(...events), by: fc.constantFrom(...people), afterDays: fc.integer({ min: 0, max: 20 }) });

function walk(steps: readonly { what: IntroEvent; by: IntroStep['by']; afterDays?: number }[]) {
  let [intro, nowMs] = [fresh, startMs];
  for (const { what, by, afterDays = 0 } of steps) {
    nowMs += afterDays * dayMs;
    const next = stepIntro(intro, { what, by }, nowMs);
    if (next.ok) intro = next.value;
  }
  return { intro, nowMs };
}

test('no way leads past a consent: what the target hears of was approved by the rep and then accepted by the connector', () => {
  let beyond = 0;
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
      const { trail, state } = walk(steps).intro;
      const first = trail.findIndex(({ what }) => ['forwarded', 'replied', 'meeting', 'opportunity', 'won', 'lost'].includes(what));
      if (first < 0) return;
      beyond++;
      const before = trail.slice(0, first).map(({ what, by }) => `${by} ${what}`);
      expect(before).toContain('rep approve');
      expect(before.indexOf('connector accept')).toBeGreaterThan(before.indexOf('rep approve'));
      expect(trail.some(({ what }) => what === 'decline' || what === 'not-now' || what === 'expire')).toBe(false);
      expect(state).not.toBe('draft');
    }),
    { numRuns: 20_000, seed: 7 },
  );
  expect(beyond).toBeGreaterThan(20);
});

test('nobody speaks for another, and what is over stays over', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), anyStep, (steps, more) => {
      const { intro, nowMs } = walk(steps);
      const next = stepIntro(intro, more, nowMs);
      if (['declined', 'expired', 'withdrawn', 'won', 'lost'].includes(intro.state)) expect(next.ok).toBe(false);
      if (next.ok && (more.what === 'accept' || more.what === 'decline')) expect(more.by).toBe('connector');
      if (next.ok && more.what === 'expire') expect(more.by).toBe('clock');
      if (next.ok && more.what !== 'expire') expect(eventsFor(intro, more.by)).toContain(more.what);
    }),
    { numRuns: 3_000, seed: 7 },
  );
});

test('from the ask to the closed deal, and what each one may say meanwhile', () => {
  const path = [
    { what: 'approve', by: 'rep' },
    { what: 'accept', by: 'connector' },
    { what: 'forwarded', by: 'connector' },
    { what: 'meeting', by: 'rep' },
    { what: 'opportunity', by: 'rep' },
    { what: 'won', by: 'rep' },
  ] as const;
  expect(walk(path).intro.state).toBe('won');
  expect(eventsFor(fresh, 'rep')).toEqual(['approve', 'withdraw']);
  expect(eventsFor(walk(path.slice(0, 1)).intro, 'connector')).toEqual(['accept', 'decline', 'not-now']);
  expect(eventsFor(walk(path.slice(0, 3)).intro, 'rep')).toEqual(['replied', 'meeting', 'opportunity', 'won', 'lost']);
});

test('a reminder is due once after four days, and without an answer it expires after fourteen', () => {
  const asked = walk([{ what: 'approve', by: 'rep' }]).intro;
  expect(dueMs(asked)).toBe(startMs + 14 * dayMs);
  expect([isReminderDue(asked, startMs + 3 * dayMs), isReminderDue(asked, startMs + 4 * dayMs)]).toEqual([false, true]);
  const reminded = stepIntro(asked, { what: 'remind', by: 'rep' }, startMs + 4 * dayMs);
  if (!reminded.ok) throw new Error('not reminded');
  expect(isReminderDue(reminded.value, startMs + 9 * dayMs)).toBe(false);
  expect(stepIntro(reminded.value, { what: 'remind', by: 'rep' }, startMs + 9 * dayMs).ok).toBe(false);
  expect(stepIntro(asked, { what: 'expire', by: 'clock' }, startMs + 13 * dayMs).ok).toBe(false);
  expect(stepIntro(asked, { what: 'expire', by: 'clock' }, startMs + 14 * dayMs)).toMatchObject({ value: { state: 'expired' } });
});
