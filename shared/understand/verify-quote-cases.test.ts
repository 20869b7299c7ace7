import { expect, test } from 'vitest';
import { callOf } from './quotes/cases/call-of.ts';
import { right } from './quotes/cases/right.ts';
import { cautious, wrong } from './quotes/cases/wrong.ts';
import { verifyQuote } from './verify-quote.ts';

const cases = <T>(kinds: Record<string, readonly T[]>) =>
  Object.entries(kinds).flatMap(([kind, list]) => list.map((one) => ({ kind, one })));

test('accepts none of the wrong quotes', () => {
  const all = cases(wrong);
  const accepted = all.filter(({ one: [said, quote] }) => verifyQuote({ quote, role: 'customer' }, callOf(said)).ok);
  expect(accepted).toEqual([]);
  expect(Object.keys(wrong).length).toBeGreaterThanOrEqual(12);
  expect(all.length).toBeGreaterThanOrEqual(120);
});

test('lets none pass without a word of caution that only half of what was said is true', () => {
  const plain = cases(cautious).flatMap(({ kind, one: [said, quote, caution] }) => {
    const verdict = verifyQuote({ quote, role: 'customer' }, callOf(said));
    return verdict.ok && verdict.caution.includes(caution) ? [] : [{ kind, said, quote, verdict }];
  });
  expect(plain).toEqual([]);
});

test('refuses at most 2 % of the right quotes, and shows the transcript’s own words for the others', () => {
  const all = cases(right);
  const refused = all.filter(({ one: [said, quote] }) => {
    const call = callOf(`R: Hello there, how are things? | C: ${said} | R: I see.`);
    const verdict = verifyQuote({ quote, role: 'customer' }, call);
    if (verdict.ok) expect(call[1]!.text).toContain(verdict.evidence.quote);
    return !verdict.ok;
  });
  expect(all.length).toBeGreaterThanOrEqual(300);
  expect(refused.length / all.length, JSON.stringify(refused)).toBeLessThanOrEqual(0.02);
});
