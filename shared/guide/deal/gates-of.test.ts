import { expect, test } from 'vitest';
import type { LiveRisk } from '../../contracts/gates.ts';
import type { Role, Utterance } from '../../contracts/transcript.ts';
import { type DealHeard, hearTurns, nothingHeard } from './deal-heard.ts';
import { type DealKnown, gatesOf, nothingKnown } from './gates-of.ts';

const words = { startedAt: '2026-11-18T15:00:00Z', timeZone: 'UTC', repName: 'Sam', customerName: 'Maya', competitors: ['Zendara'] };
const turns = (...lines: (readonly [Role, string])[]): Utterance[] =>
  lines.map(([role, text], seq) => ({
    seq,
    role,
    speaker: role === 'rep' ? 'Sam' : 'Maya',
    text,
    startMs: seq * 9_000,
    endMs: seq * 9_000 + 8_000,
    confidence: 1,
  }));
/** Turn by turn, as a call hears them; what stood after each. */
function live(said: readonly Utterance[], known: DealKnown = nothingKnown) {
  let heard: DealHeard = nothingHeard();
  return said.map((_, at) => {
    heard = hearTurns(heard, words, said.slice(0, at + 1), at);
    return gatesOf(known, heard, []);
  });
}
const stateOf = (all: ReturnType<typeof live>, id: string) => all.map(({ gates }) => gates.find((one) => one.id === id)?.state);
const inStage = (label: string, probability: number, isClosed = false): DealKnown => ({ stage: { label, probability, isClosed }, met: {} });

test('a gate is met by the customer’s own words, with their place, and never by the rep’s', () => {
  const all = live(
    turns(
      ['rep', 'Our CFO friends tell us that your CFO makes the final decision.'],
      ['customer', 'Well, tell me more about it first.'],
      ['rep', 'Sure. Who has the final say on it?'],
      ['customer', 'Our CFO makes the final decision.'],
    ),
  );
  expect(stateOf(all, 'economicBuyer')).toEqual(['open', 'open', 'open', 'newly-met']);
  expect(all.at(-1)?.gates.find((one) => one.id === 'economicBuyer')).toEqual({
    id: 'economicBuyer',
    name: 'Who decides',
    state: 'newly-met',
    quote: 'Our CFO makes the final decision.',
    role: 'customer',
    atMs: 27_000,
  });
});

test('words that are taken back open the gate again', () => {
  const all = live(
    turns(
      ['customer', 'Our CFO makes the final decision.'],
      ['rep', 'Good to know.'],
      ['customer', 'Actually, scratch that.'],
      ['rep', 'Oh?'],
      ['customer', 'The board makes the final decision.'],
    ),
  );
  expect(stateOf(all, 'economicBuyer')).toEqual(['newly-met', 'newly-met', 'open', 'open', 'newly-met']);
});

test('what a later turn takes back by name opens it, however much was said between', () => {
  const talk = Array.from({ length: 12 }, (_, nth) => [nth % 2 ? 'customer' : 'rep', 'We talked about the weather in spring.'] as const);
  const all = live(
    turns(['customer', 'Our CFO Dana makes the final decision.'], ...talk, ['customer', 'Forget what I said about Dana, forget Dana.']),
  );
  expect([all.at(-2), all.at(-1)].map((one) => stateOf(one ? [one] : [], 'economicBuyer')[0])).toEqual(['newly-met', 'open']);
});

test('what an earlier call proved is met from the start; the stage says what is needed', () => {
  const met = { identifyPain: 3, champion: 1 };
  expect(gatesOf({ ...inStage('Appointment scheduled', 0.2), met }, nothingHeard(), [])).toMatchObject({
    stage: 'Appointment scheduled',
    gates: [
      { id: 'identifyPain', state: 'met' },
      { id: 'champion', state: 'met' },
    ],
    next: null,
  });
  const proposal = gatesOf({ ...inStage('Proposal sent', 0.6), met }, nothingHeard(), []);
  expect(proposal.gates.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'identifyPain met',
    'champion open',
    'metrics open',
    'economicBuyer open',
    'decisionProcess open',
  ]);
});

test('a pipeline in other words is read by its chances, and a closed deal needs nothing', () => {
  const ids = (known: DealKnown) => gatesOf(known, nothingHeard(), []).gates.length;
  expect([ids(inStage('Phase A', 0.1)), ids(inStage('Phase B', 0.5)), ids(inStage('Phase C', 0.95)), ids(nothingKnown)]).toEqual([
    2, 5, 6, 6,
  ]);
  expect(ids(inStage('Won', 1, true))).toBe(0);
});

test('what the rep asked is not offered as unasked', () => {
  const [before, after] = live(
    turns(['customer', 'Hello there, nice to meet you.'], ['rep', 'What is your biggest problem with it today?']),
    inStage('Qualification', 0.1),
  );
  expect([before?.next?.line, after?.next?.line]).toEqual([
    'Not asked yet: what is hardest for them today?',
    'Not asked yet: who else wants this to happen?',
  ]);
  expect(after?.gates[0]).toMatchObject({ state: 'open', isAsked: true });
});

test('at most three risks, the gravest first, and none at 0.8 or under', () => {
  const risk = (code: LiveRisk['code'], severity: LiveRisk['severity'], confidence: number): LiveRisk => ({
    code,
    text: code,
    severity,
    confidence,
    isNew: false,
  });
  const all = [
    risk('overdue', 'medium', 0.98),
    risk('no_power', 'high', 0.8),
    risk('red_flag', 'high', 0.9),
    risk('ghosted', 'high', 0.98),
    risk('no_activity', 'low', 0.98),
  ];
  expect(gatesOf(nothingKnown, nothingHeard(), all).risks.map(({ code }) => code)).toEqual(['ghosted', 'red_flag', 'overdue']);
});

test('a call that was away is read again to the same gates', () => {
  const said = turns(
    ['customer', 'We struggle with the routes, it costs us $20,000 a month.'],
    ['rep', 'Who decides?'],
    ['customer', 'Our CFO makes the final decision. It goes through legal review, which takes two weeks.'],
  );
  expect(gatesOf(nothingKnown, hearTurns(nothingHeard(), words, said, 0), [])).toEqual(live(said).at(-1));
});
