import { expect, test } from 'vitest';
import { callOf } from './quotes/cases/call-of.ts';
import { openDesk, readClaims } from './read-claims.ts';

/** "R: …| C: …" as a call on a Wednesday morning in New York. */
const read = (said: string, answer: Record<string, unknown>) => {
  const got = readClaims(
    { bullets: [], ...answer },
    openDesk({
      utterances: callOf(said),
      startedAt: '2026-11-18T15:00:00Z',
      timeZone: 'America/New_York',
      repName: 'Sam',
      customerName: 'Maya',
      competitors: ['Callforge'],
    }),
  );
  if (!got) throw new Error('no answer');
  return got;
};
const stepOf = (quote: string, dueText?: string) => {
  const [step] = read(`R: ${quote}`, {
    nextSteps: [{ text: 'Send the order form', owner: 'rep', quote, turn: 0, ...(dueText === undefined ? {} : { dueText }) }],
  }).claims.nextSteps;
  return step && [step.dueText, step.dueAt?.slice(0, 10), step.hedged];
};

test.each<[string, string | undefined, string | undefined, string | undefined, boolean]>([
  ["I'll send you the order form by Friday.", 'by Friday', 'by Friday', '2026-11-20', false],
  ["I'll send you the order form by Friday.", 'Friday', 'Friday', '2026-11-20', false],
  ["I'll send you the order form by Friday.", undefined, 'by Friday', '2026-11-20', false],
  // Not what the words mean, but a piece of them.
  ["I'll send you the order form in two weeks, not tomorrow.", 'tomorrow', 'in two weeks', '2026-12-02', true],
  ["I'll send you the order form a week from Friday.", 'Friday', 'a week from Friday', '2026-11-27', true],
  // Not in the quote at all.
  ["I'll send you the order form by Friday.", 'by Monday', 'by Friday', '2026-11-20', false],
  ["I'll send you the order form soon.", 'tomorrow', undefined, undefined, false],
])('dates "%s" with a model’s "%s" by the words alone', (quote, picked, due, at, hedged) => {
  expect(stepOf(quote, picked)).toEqual([due, at, hedged]);
});

test.each([
  ['dollars out of a share', 'We need twelve percent off the list price.', 'Maya needs 12 dollars off the list price'],
  ['a share out of a number', 'We need twelve off the list of names.', 'Maya needs 12% off the list of names'],
  ['another currency', 'We have thirty thousand euros for the list.', 'Maya has $30,000 for the list'],
])('a wording that makes %s gives way to what was said', (_, said, text) => {
  const { claims } = read(`C: ${said}`, { bullets: [{ text, quote: said, turn: 0 }] });
  expect(claims.bullets.map((one) => one.text)).toEqual([said]);
});

test.each([
  ['We looked at call forge in May.', ['Callforge']],
  ["Callforge's price is lower.", ['Callforge']],
  ['The callforgery of it all is funny.', []],
])('a rival of the list is in "%s": %j', (said, names) => {
  const { claims } = read(`C: ${said}`, { competitors: [{ name: 'x', listed: 0, quote: said, turn: 0 }] });
  expect(claims.competitors.map((one) => one.name)).toEqual(names);
});

const question = 'So the dispatchers lose ten hours a week with it, right?';
const painOf = (said: string) => {
  const { claims, failing } = read(said, { pains: [{ text: 'The dispatchers lose ten hours a week', quote: question, turn: 0 }] });
  const [pain] = claims.pains;
  return pain ? [pain.asked?.quote, pain.evidence.quote, pain.evidence.role, pain.text, pain.isMeasured, pain.confidence] : failing[0]?.why;
};

test('what the rep asked and the customer said yes to at once is the customer’s word, proved in two parts', () => {
  expect(painOf(`R: ${question} | C: Yes. Every week.`)).toEqual([
    question,
    'Yes.',
    'customer',
    'The dispatchers lose ten hours a week',
    true,
    0.8,
  ]);
});

test.each([
  ['no answer', `R: ${question}`],
  ['the rep’s own yes', `R: ${question} | R: Yes, I would think so.`],
  ['a yes two turns later', `R: ${question} | R: Or so I heard. | C: Yes.`],
  ['a listening noise', `R: ${question} | C: Mm-hm.`],
  ['a no', `R: ${question} | C: No, it is more like two.`],
  ['a yes with another number', `R: ${question} | C: Yes, well, four.`],
  ['a yes to something asked behind it', `R: ${question} And you would start in May? | C: Yes.`],
  ['a question back', `R: ${question} | C: Who told you that?`],
])('a rep’s question with %s proves nothing of the customer', (_, said) => {
  expect(painOf(said)).toBe('speaker');
});

test('a yes under a condition is no commitment', () => {
  const commit = { type: 'commit', quote: 'you will sign the order form in May', turn: 0 };
  const asked = 'R: So you will sign the order form in May, right?';
  expect(read(`${asked} | C: Yes, if legal is happy.`, { buyingSignals: [commit] }).failing.map((one) => one.why)).toEqual(['condition']);
  expect(read(`${asked} | C: Yes.`, { buyingSignals: [commit] }).claims.buyingSignals.map((one) => one.asked?.quote)).toEqual([
    'So you will sign the order form in May, right?',
  ]);
});
