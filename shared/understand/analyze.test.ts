import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cast, script } from '../../sandbox/cast.ts';
import { insight as shape } from '../contracts/insight.ts';
import type { Role } from '../contracts/transcript.ts';
import { analyze } from './analyze.ts';
import { numbersHold } from './summarise.ts';

const call = (turns: readonly { who: Role; text: string }[]) => {
  let clockMs = 0;
  const utterances = turns.map(({ who, text }, seq) => {
    const startMs = clockMs;
    clockMs += text.split(' ').length * 350 + 200;
    return {
      seq,
      role: who,
      speaker: who === 'rep' ? cast.rep.name : cast.customer.name,
      text,
      startMs,
      endMs: clockMs - 200,
      confidence: 1,
    };
  });
  return {
    utterances,
    startedAt: '2026-11-18T15:00:00Z',
    timeZone: cast.timeZone,
    repName: cast.rep.name,
    customerName: cast.customer.name,
    competitors: cast.competitors,
  };
};

test('understands the sample call', () => {
  const insight = analyze(call(script));
  expect(shape.parse(insight)).toEqual(insight);
  expect([...new Set(insight.objections.map((one) => one.type))].sort()).toEqual(['competitor', 'implementation', 'price']);
  expect(insight.objections.find((one) => one.type === 'implementation')?.evidence.quote).toBe(
    'Our IT team has no time for a long integration before the holidays.',
  );
  expect(insight.competitors.map((one) => one.name)).toEqual(['Zendara']);
  expect(insight.nextSteps.map(({ text, owner, dueText, dueAt, hedged }) => ({ text, owner, dueText, dueAt, hedged }))).toEqual([
    {
      text: 'Send Maya the security questionnaire and the rollout plan',
      owner: 'rep',
      dueText: 'by Thursday',
      dueAt: '2026-11-19T17:00:00-05:00',
      hedged: false,
    },
    { text: 'Put the proposal together for Maya', owner: 'rep', dueText: undefined, dueAt: undefined, hedged: false },
    {
      text: 'Meet Maya again to walk through it',
      owner: 'both',
      dueText: 'next Tuesday at ten',
      dueAt: '2026-11-24T10:00:00-05:00',
      hedged: false,
    },
  ]);
  expect(insight.buyingSignals.filter((one) => one.type === 'commit').map((one) => one.evidence.seq)).toEqual([11, 13]);
  expect(insight.pricing.map((one) => one.evidence.seq)).toEqual([5, 7]);
  expect(insight.sentiment).toBeGreaterThan(0.5);
  expect(insight.talkShareRep).toBeGreaterThan(0.4);
  expect(insight.talkShareRep).toBeLessThan(0.7);
  expect(insight.headline).toBe('Maya wants to move ahead; price and rollout are open; Zendara came up');
});

test('finds much the same when the recogniser gives no punctuation', () => {
  const insight = analyze(call(script.map((one) => ({ ...one, text: one.text.toLowerCase().replace(/[^a-z0-9' ]/g, '') }))));
  expect([...new Set(insight.objections.map((one) => one.type))].sort()).toEqual(['competitor', 'implementation', 'price']);
  expect(insight.nextSteps.map((one) => [one.owner, one.dueText])).toEqual([
    ['rep', 'by thursday'],
    ['rep', undefined],
    ['both', 'next tuesday at ten'],
  ]);
});

test('says nothing about an empty call', () => {
  expect(analyze(call([]))).toEqual({
    analyzer: 'heads-1',
    intent: 'discovery',
    sentiment: 0.5,
    talkShareRep: 0,
    headline: 'Nothing was said, or nothing was heard, so there is nothing to tell.',
    limits: ['Nothing was said, or nothing was heard, so there is nothing to tell.'],
    metrics: {},
    speakers: [],
    bullets: [],
    objections: [],
    nextSteps: [],
    buyingSignals: [],
    competitors: [],
    pricing: [],
    turns: [],
  });
});

const anyTurn = fc.record({
  who: fc.constantFrom<Role[]>('rep', 'customer', 'other'),
  text: fc.oneof(
    fc.string({ maxLength: 300, unit: 'grapheme' }),
    fc.string({ maxLength: 300, unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          ...script.flatMap((one) => one.text.split(' ')),
          "can't",
          'expensive',
          '$25k',
          'next',
          'Friday',
          'if',
          'send',
          'me',
          '\u2019',
          '?',
          '',
          '(',
          'Q3',
          'a',
          'hundred',
          'and',
        ),
        { maxLength: 120 },
      )
      .map((words) => words.join(' ')),
  ),
});

test('never throws and never invents, whatever is said', () => {
  fc.assert(
    fc.property(fc.array(anyTurn, { maxLength: 12 }), (turns) => {
      const asked = call(turns);
      const insight = analyze(asked);
      shape.parse(insight);
      expect(insight.turns.length).toBe(turns.length);
      const proofs = [
        insight.bullets,
        insight.objections,
        insight.nextSteps,
        insight.buyingSignals,
        insight.competitors,
        insight.pricing,
      ].flatMap((list) => list.map((one) => one.evidence));
      for (const { quote, seq, role, startMs, endMs } of proofs) {
        const said = asked.utterances[seq]!;
        expect(said.text.includes(quote) && quote !== '').toBe(true);
        expect(quote.split(/\s+/).length).toBeLessThanOrEqual(40);
        expect(role).toBe(said.role);
        expect(startMs >= said.startMs && startMs <= endMs && endMs <= said.endMs).toBe(true);
      }
      for (const { text, evidence } of insight.bullets) expect(numbersHold(text, evidence.quote)).toBe(true);
      for (const one of insight.nextSteps)
        if (one.dueText) expect(asked.utterances.some(({ text }) => text.includes(one.dueText!))).toBe(true);
      for (const one of [...insight.objections, ...insight.buyingSignals]) expect(one.evidence.role).not.toBe('rep');
    }),
    { numRuns: 300 },
  );
});

test('reads a long call within its time', () => {
  const long = call(Array.from({ length: 60 }, () => script).flat());
  analyze(long);
  const started = performance.now();
  analyze(long);
  // 0.2 ms a turn is the aim; ten times that means a pattern has gone quadratic.
  expect((performance.now() - started) / long.utterances.length).toBeLessThan(2);
});
