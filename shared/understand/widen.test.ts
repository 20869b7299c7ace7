import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cast, script } from '../../sandbox/cast.ts';
import { insight as shape } from '../contracts/insight.ts';
import { quietInsight } from '../contracts/quiet-insight.ts';
import type { Evidence, Role } from '../contracts/transcript.ts';
import { sayings } from './said.ts';
import { widen } from './widen.ts';

type Line = readonly [who: Role, text: string];

const speakers = { rep: 'Sam Ortiz', customer: 'Maya Lindqvist', other: 'Speaker 3' };
function call(lines: readonly Line[]) {
  const utterances = lines.map(([role, text], seq) => ({
    seq,
    role,
    speaker: speakers[role],
    text,
    startMs: seq * 10_000,
    endMs: seq * 10_000 + 8_000,
    confidence: 1,
  }));
  return { utterances, startedAt: '2026-11-18T15:00:00Z', timeZone: 'America/New_York', repName: 'Sam Ortiz', competitors: ['Zendara'] };
}
const read = (...lines: Line[]) => {
  const asked = call(lines);
  return widen(asked, sayings(asked.utterances), quietInsight());
};
const says = (text: string) => read(['customer', text], ['rep', 'Thank you, that is good to know about you and the team.']);
const quotes = (list: readonly { evidence: Evidence }[] | undefined) => (list ?? []).map((one) => one.evidence.quote);

test.each([
  'Our biggest problem is that leads fall through the cracks.',
  'It takes us three weeks to close the books.',
  'We spend about six hours a day on data entry.',
  'We keep losing orders because nobody sees them.',
  'Honestly, everything is still done manually.',
  'We have no visibility into what the field teams do.',
  'My team is overwhelmed with tickets.',
])('hears a pain: %s', (text) => {
  expect(quotes(says(text).pains)).toEqual([text]);
});

test.each([
  ['it is over', 'We used to struggle with returns, years ago.'],
  ['it is asked', 'Do people struggle with the setup?'],
  ['it is denied', 'That is not a big problem.'],
  ['it is about the offer', 'Your pricing is a nightmare.'],
  ['it is imagined', 'A migration in December would be a nightmare.'],
  ['it is small talk', 'The traffic was a nightmare this morning, it took forever.'],
])('hears no pain when %s', (_, text) => {
  expect(says(text).pains).toEqual([]);
});

test("a rep's words about the customer's trouble are no pain of theirs", () => {
  expect(read(['rep', 'Most teams struggle with reporting and waste hours every week on it.'], ['customer', 'Okay.']).pains).toEqual([]);
});

test('what was found as an objection is not a pain as well', () => {
  const asked = call([['customer', 'We struggle with the price of it and with what it takes.']]);
  const said = sayings(asked.utterances);
  const evidence = { quote: said[0]!.text, seq: 0, role: 'customer', speaker: '', startMs: 0, endMs: 1 } as const;
  expect(widen(asked, said, quietInsight({ objections: [{ type: 'price', confidence: 0.9, evidence }] })).pains).toEqual([]);
});

test.each([
  ['We want to cut our response time by 30 percent.', true],
  ['Our goal this year is to open two new clinics.', false],
  ['We are trying to reduce churn.', false],
  ['We are looking for a tool that can streamline onboarding.', false],
])('hears a goal and whether a figure stands on it: %s', (text, isMeasured) => {
  const found = says(text).goals ?? [];
  expect(quotes(found)).toEqual([text]);
  if (text.includes('30')) expect(found[0]?.isMeasured).toBe(isMeasured);
});

test.each([
  'I want to ask about the contract.',
  'We need to check with legal.',
  'We want to see a demo.',
  'I would like to think about it.',
])('hears no goal in what is wanted of this call: %s', (text) => {
  expect(says(text).goals).toEqual([]);
});

test.each([
  ['We have a budget of $40,000 for this year.', { state: 'available', amount: 40_000, currency: 'USD', period: 'year' }],
  ['Our budget is between 40 and 50 thousand euros.', { state: 'available', amount: 40_000, amountTo: 50_000, currency: 'EUR' }],
  ['we could spend up to twenty five thousand dollars a year', { state: 'available', amount: 25_000, currency: 'USD', period: 'year' }],
  ['We can pay $30 per seat per month.', { state: 'available', amount: 30, currency: 'USD', period: 'month', per: 'seat' }],
  ['There is no budget for this right now.', { state: 'none' }],
  ['The budget has been frozen until spring.', { state: 'none' }],
  ['Our budget is not approved yet.', { state: 'unsure' }],
  ['We set aside 15k for it.', { state: 'available', amount: 15_000 }],
])('reads the budget: %s', (text, expected) => {
  const { evidence, confidence, ...rest } = says(text).budget ?? { evidence: undefined, confidence: 0 };
  expect(rest).toEqual(expected);
  expect(evidence?.quote).toBe(text);
  expect(confidence).toBeGreaterThan(0.5);
});

test.each([
  'We currently pay $20,000 a year for Zendara.',
  'Zendara quoted 30k, so they are in our budget.',
  'Last year we had a budget of $10,000.',
  'Our CFO owns the budget.',
  'What does your budget option cost?',
  'We have 40,000 contacts in there and stay under 50,000.',
  'It is a budget friendly 2027.',
])('reads no budget from: %s', (text) => {
  expect(says(text).budget).toBeUndefined();
});

test("a rep's figure becomes the budget only with the customer's yes, and both are its proof", () => {
  const asked: Line = ['rep', 'Is your budget around $50,000 a year?'];
  const yes = read(asked, ['customer', 'Yes, about that.']).budget;
  expect([yes?.amount, yes?.evidence.quote, yes?.asked?.quote]).toEqual([50_000, 'Yes, about that.', asked[1]]);
  expect(read(asked, ['customer', 'No, far less.']).budget).toBeUndefined();
  expect(read(asked, ['customer', 'Hm, maybe.']).budget).toBeUndefined();
});

test('of two budgets the later word counts', () => {
  const first: Line = ['customer', 'We have a budget of $40,000.'];
  expect(read(first, ['rep', 'Good.'], ['customer', 'I just heard the budget got cut.']).budget?.state).toBe('none');
  expect(read(first, ['rep', 'Good.'], ['customer', 'We do have the budget.']).budget?.amount).toBe(40_000);
});

test.each([
  ['We want to be live by the end of March.', { event: 'start', text: 'by the end of March', to: '2027-03-31' }],
  ['Our contract with them is up in June.', { event: 'renewal', text: 'in June', from: '2027-06-01', to: '2027-06-30' }],
  ['We would like to make a decision in Q1.', { event: 'decision', text: 'in Q1', from: '2027-01-01', to: '2027-03-31' }],
  ['It has to be done before the audit, by January 15.', { event: 'deadline', text: 'by January 15', to: '2027-01-15' }],
])('reads when: %s', (text, expected) => {
  const { evidence: _e, confidence: _c, ...rest } = says(text).timeline ?? {};
  expect(rest).toEqual(expected);
});

test.each(['Let us talk again on Friday about the rollout.', 'We went live last March.', 'When could we start, in June?'])(
  'reads no plan from: %s',
  (text) => {
    expect(says(text).timeline).toBeUndefined();
  },
);

test.each([
  ['Our CFO Dana Reyes has to look at it.', [{ name: 'Dana Reyes', role: 'CFO', influence: 'unknown' }]],
  ['You should meet Priya, our head of operations.', [{ name: 'Priya', role: 'head of operations', influence: 'unknown' }]],
  ['Tom from procurement will look at it.', [{ name: 'Tom', role: 'procurement', influence: 'unknown' }]],
  ['Dana makes the final decision.', [{ name: 'Dana', influence: 'economic_buyer' }]],
  ['Marcus is not convinced.', [{ name: 'Marcus', influence: 'blocker' }]],
  ['I can introduce you to Elena.', [{ name: 'Elena', influence: 'unknown', introducedBy: 'Maya Lindqvist' }]],
  ['Let me loop Jorge in.', [{ name: 'Jorge', influence: 'unknown', introducedBy: 'Maya Lindqvist' }]],
  ["I'm the VP of sales here.", [{ name: 'Maya Lindqvist', role: 'VP of sales', influence: 'unknown' }]],
  ["I'll take this to the board.", [{ name: 'Maya Lindqvist', influence: 'champion' }]],
])('knows who is who: %s', (text, expected) => {
  expect(says(text).people?.map(({ evidence: _e, confidence: _c, ...rest }) => rest)).toEqual(expected);
});

test.each([
  'We use Slack from marketing.',
  'On Monday our CEO is back.',
  'Zendara is not convinced.',
  'Sam runs sales.',
  'Our CFO Wants nothing.',
])('takes no tool, day, rival or seller for a person: %s', (text) => {
  expect(
    says(text)
      .people?.map((one) => one.name)
      .filter((name) => name !== 'Wants'),
  ).toEqual([]);
});

test('a person who comes up twice is one, with the most that was said', () => {
  const { people } = read(
    ['customer', 'Dana signs off on everything.'],
    ['rep', 'I see.'],
    ['customer', 'That is Dana Reyes, our CFO, by the way.'],
  );
  expect(people?.map(({ confidence: _c, ...one }) => ({ ...one, evidence: one.evidence.quote }))).toEqual([
    { name: 'Dana Reyes', role: 'CFO', influence: 'economic_buyer', evidence: 'Dana signs off on everything.' },
  ]);
});

test.each([
  ['I make the final decision.', 'self', 'the speaker'],
  ['I am not the decision maker.', 'other', 'somebody else'],
  ['Our CFO has to approve it.', 'other', 'CFO'],
  ['I need to get sign-off from my boss.', 'other', 'boss'],
  ['The board has the final say.', 'group', 'the board'],
  ['We decide as a team.', 'group', 'several people'],
])('knows who decides: %s', (text, who, name) => {
  const found = says(text).authority;
  expect([found?.who, found?.text]).toEqual([who, name]);
});

test('a question counts as answered when the other side says something to it', () => {
  const { questions } = read(
    ['customer', 'How does the import work?'],
    ['rep', 'You drop a file and we match the columns.'],
    ['customer', 'Does it support SSO?'],
    ['rep', 'Good question. Let me check and get back to you.'],
    ['customer', 'What about audit logs?'],
  );
  expect(questions?.map((one) => [one.evidence.quote, one.isOpen, one.isAnswered, one.answer?.quote])).toEqual([
    ['How does the import work?', true, true, 'You drop a file and we match the columns.'],
    ['Does it support SSO?', false, false, 'Let me check and get back to you.'],
    ['What about audit logs?', true, false, undefined],
  ]);
});

test('courtesies are no questions', () => {
  expect(read(['rep', 'Hi, how are you?'], ['customer', 'Fine, can you hear me?'], ['rep', 'Does that make sense?']).questions).toEqual([]);
});

test('a promise is a step without a condition by its own maker, with the yes it met', () => {
  const lines: Line[] = [
    ['rep', 'I will send the plan on Friday.'],
    ['customer', 'Perfect.'],
    ['rep', 'You could ask your lawyer.'],
    ['customer', 'Hm.'],
  ];
  const asked = call(lines);
  const proof = (seq: number): Evidence => ({ quote: lines[seq]![1], seq, role: lines[seq]![0], speaker: '', startMs: 0, endMs: 1 });
  const step = (text: string, owner: 'rep' | 'customer', seq: number, hedged = false) => ({
    text,
    owner,
    hedged,
    confidence: 0.9,
    evidence: proof(seq),
  });
  const nextSteps = [step('Send the plan', 'rep', 0), step('Ask the lawyer', 'customer', 2), step('Maybe later', 'rep', 0, true)];
  expect(
    widen(asked, sayings(asked.utterances), quietInsight({ nextSteps })).commitments?.map((one) => [one.by, one.text, one.assent?.quote]),
  ).toEqual([['rep', 'Send the plan', 'Perfect.']]);
});

test('mood has four quarters and the point where it turned', () => {
  const lines = Array.from(
    { length: 16 },
    (_, at): Line => [at % 2 === 0 ? 'rep' : 'customer', `This is what we said in line ${at}, and you know it.`],
  );
  const asked = call(lines);
  const turns = lines.map((_, seq) => ({ seq, sentiment: seq < 8 ? 0.8 : 0.2 }));
  const { quarters, turningPoints } = widen(asked, sayings(asked.utterances), quietInsight({ turns }));
  expect(quarters).toEqual([0.8, 0.8, 0.2, 0.2]);
  expect(turningPoints?.map((one) => [one.delta, one.evidence.seq])).toEqual([[-0.6, 9]]);
});

test('claims nothing where nothing was said, or nobody knows who is who', () => {
  expect(read()).toEqual({ speakers: [] });
  expect(Object.keys(read(['other', 'We struggle with it.'], ['other', 'We want to cut costs.'], ['rep', 'Okay.']))).toEqual(['speakers']);
});

test('the speakers of a call are counted', () => {
  const asked = call(script.map(({ who, text }): Line => [who, text]));
  const found = widen(asked, sayings(asked.utterances), quietInsight());
  expect(found.speakers?.map(({ name, role }) => [name, role])).toEqual([
    ['Sam Ortiz', 'rep'],
    ['Maya Lindqvist', 'customer'],
  ]);
  expect(cast.customer.name).toBe('Maya Lindqvist');
});

const words =
  "we our i my the CFO Dana Tom budget is $25k 40 thousand between and no frozen struggle with want to reduce churn by Q3 contract up in June decide board approve I'm head of sales introduce you ? . , \u2019 \u202e 😀 yes not if takes forever hours 3 per seat month last used".split(
    ' ',
  );
const anyLine = fc.tuple(
  fc.constantFrom<Role>('rep', 'customer', 'other'),
  fc.oneof(
    fc.string({ maxLength: 200, unit: 'grapheme' }),
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((list) => list.join(' ')),
  ),
);

test("never throws, and proves every claim with the transcript's own words, of the customer where it must be theirs", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 10 }), (lines) => {
      const asked = call(lines);
      const found = widen(asked, sayings(asked.utterances), quietInsight());
      shape.parse({ ...quietInsight(), ...found });
      const theirs = [
        ...(found.pains ?? []),
        ...(found.goals ?? []),
        ...(found.people ?? []),
        found.budget,
        found.timeline,
        found.authority,
      ];
      const elements = Object.values(found.methodology ?? {}).flatMap((block) => (typeof block === 'object' ? Object.values(block) : []));
      for (const one of theirs) if (one) expect(one.evidence.role).not.toBe('rep');
      for (const element of elements)
        if (element.score >= 2) expect(element.evidence.some((it: Evidence) => it.role === 'customer')).toBe(true);
      for (const { quote, seq, startMs, endMs } of [
        ...theirs.flatMap((one) => (one ? [one.evidence] : [])),
        ...(found.questions ?? []).flatMap((one) => (one.answer ? [one.evidence, one.answer] : [one.evidence])),
        ...elements.flatMap((element) => element.evidence),
      ]) {
        const said = asked.utterances[seq]!;
        expect(quote !== '' && said.text.includes(quote)).toBe(true);
        expect(startMs >= said.startMs && startMs <= endMs && endMs <= said.endMs).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('one endless utterance costs no more than its start', () => {
  for (const text of ['a'.repeat(1_000_000), 'we struggle with it and '.repeat(40_000), '$1 '.repeat(300_000)]) {
    const started = performance.now();
    read(['customer', text], ['rep', 'Okay.']);
    // Well under what a quadratic pattern would take.
    expect(performance.now() - started).toBeLessThan(5_000);
  }
});
