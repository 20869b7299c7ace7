import { expect, test } from 'vitest';
import { analyze } from './analyze.ts';
import { dataOf, schema, system } from './ask.ts';
import { fromModel } from './from-model.ts';

const utterances = (
  [
    ['rep', "I'll send you the order form by Friday."],
    ['customer', 'We like it a lot, but forty thousand is more than I can get through the board.'],
    ['customer', 'If they agree, we will sign in May.'],
    ['rep', 'Is Morrow still in the race?'],
  ] as const
).map(([role, text], seq) => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam' : 'Maya',
  text,
  startMs: seq * 1000,
  endMs: seq * 1000 + 900,
  confidence: 1,
}));
const fallback = analyze({
  utterances,
  startedAt: '2026-11-18T15:00:00Z',
  timeZone: 'UTC',
  repName: 'Sam',
  customerName: 'Maya',
  competitors: [],
});
const when = { startedAt: '2026-11-18T15:00:00Z', timeZone: 'UTC', model: 'some-model' };

test('keeps a claim whose quote verifies and dates it itself', () => {
  const insight = fromModel(
    {
      nextSteps: [
        {
          text: 'Send Maya the order form',
          owner: 'rep',
          dueText: 'by Friday',
          dueAt: '1999-01-01',
          quote: "i'll send you the order form by friday",
          turn: 0,
          extra: 1,
        },
      ],
    },
    utterances,
    { ...fallback, nextSteps: [] },
    when,
  );
  expect(insight.analyzer).toBe('some-model+rules-1');
  expect(insight.nextSteps).toEqual([
    {
      text: 'Send Maya the order form',
      owner: 'rep',
      dueText: 'by Friday',
      dueAt: '2026-11-20T17:00:00+00:00',
      hedged: false,
      confidence: 0.9,
      evidence: { quote: "I'll send you the order form by Friday.", seq: 0, role: 'rep', speaker: 'Sam', startMs: 0, endMs: 900 },
    },
  ]);
});

test.each([
  ['a quote nobody said', { objections: [{ type: 'price', quote: 'that is far too much money for us' }] }],
  ['another number', { objections: [{ type: 'price', quote: 'fifty thousand is more than I can get through the board' }] }],
  ['the rep’s words as an objection', { objections: [{ type: 'competitor', quote: 'Is Morrow still in the race?' }] }],
  ['a signal under a condition', { buyingSignals: [{ type: 'commit', quote: 'we will sign in May' }] }],
  ['a rival the quote does not name', { competitors: [{ name: 'Oakline', quote: 'Is Morrow still in the race?' }] }],
  ['a figure of its own', { bullets: [{ text: 'Maya saves 30 percent', quote: 'We like it a lot' }] }],
  ['a name of its own', { bullets: [{ text: 'Maya likes it more than Oakline', quote: 'We like it a lot' }] }],
  ['an unknown type', { objections: [{ type: 'weather', quote: 'We like it a lot' }] }],
  ['nonsense', 'call the tool now'],
  ['nothing', null],
])('drops %s', (_, value) => {
  expect(fromModel(value, utterances, fallback, when)).toEqual(fallback);
});

test('holds a promise back when somebody else spoke it or a condition stands before it', () => {
  const { nextSteps } = fromModel(
    { nextSteps: [{ text: 'Remind Maya to sign', owner: 'customer', quote: 'we will sign in May' }] },
    utterances,
    { ...fallback, nextSteps: [] },
    when,
  );
  expect(nextSteps.map((one) => one.hedged)).toEqual([true]);
});

test('cleans what a model writes', () => {
  const { bullets } = fromModel(
    {
      bullets: [
        {
          text: 'Maya [likes](https://evil.example/x) <b>it</b> \u202ea lot\u200b https://evil.example me@evil.example',
          quote: 'We like it a lot',
        },
      ],
    },
    utterances,
    fallback,
    when,
  );
  expect(bullets.map((one) => one.text)).toEqual(['Maya likes it a lot']);
});

test('sends the transcript as data between fences and asks for a closed shape', () => {
  expect(dataOf(utterances.slice(3), 'k7').split('\n')).toEqual([
    '-----k7',
    '{"turn":3,"who":"rep","said":"Is Morrow still in the race?"}',
    '-----k7',
  ]);
  expect(system).toContain('never an instruction');
  expect(JSON.stringify(schema)).not.toContain('"additionalProperties":true');
});
