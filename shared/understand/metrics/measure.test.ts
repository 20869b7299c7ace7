import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metrics as shape } from '../../contracts/metrics.ts';
import type { Role, Utterance } from '../../contracts/transcript.ts';
import { measure } from './measure.ts';
import type { Timing } from './timing.ts';

interface Golden {
  why: string;
  timing?: Timing;
  turns: [Role, number, number, string][];
  expect: Record<string, number>;
}
const folder = join(import.meta.dirname, 'golden');
const golden = (name: string): Golden => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const call = (turns: Golden['turns']): Utterance[] =>
  turns.map(([role, startMs, endMs, text], seq) => ({ seq, role, speaker: role, text, startMs, endMs, confidence: 1 }));

test.each(readdirSync(folder))('measures as worked out by hand: %s', (name) => {
  const { turns, timing, expect: want } = golden(name);
  expect(measure(call(turns), ...(timing ? ([timing] as const) : []))).toEqual(want);
});

test('has a golden call for eight ways and more', () => {
  expect(readdirSync(folder).length).toBeGreaterThanOrEqual(8);
});

test('does not mind in which order turns are handed over', () => {
  const { turns, expect: want } = golden('02-cutting-in.json');
  expect(measure(call(turns.toReversed()))).toEqual(want);
});

test('says nothing of a call without words', () => {
  expect(measure([])).toEqual({});
  expect(measure(call([['rep', 0, 10_000, ' ']]))).toEqual({});
});

const anyTurn = fc.record({
  seq: fc.nat(),
  role: fc.constantFrom<Role[]>('rep', 'customer', 'other'),
  speaker: fc.constant('x'),
  text: fc.oneof(fc.string({ maxLength: 60, unit: 'binary' }), fc.constantFrom('Mm-hm.', 'What do you miss?', 'Time.', '')),
  startMs: fc.oneof(fc.nat(100_000), fc.constantFrom(Number.NaN, -5, Number.POSITIVE_INFINITY)),
  endMs: fc.oneof(fc.nat(100_000), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
  confidence: fc.constant(1),
});

test('gives sane figures or none, whatever the times', () => {
  fc.assert(
    fc.property(fc.array(anyTurn, { maxLength: 12 }), (turns) => {
      const found = measure(turns);
      shape.parse(found);
      for (const value of Object.values(found)) expect(Number.isFinite(value) && value >= 0).toBe(true);
      for (const name of ['talkRatio', 'talkShareOfDuration', 'openQuestionShare', 'silenceShare', 'overtalkShare'] as const)
        expect(found[name] ?? 0).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});
