import { expect, test } from 'vitest';
import type { CustomerMemory, SearchHit } from '../../../shared/contracts/memory.ts';
import { ok } from '../../../shared/kit/result.ts';
import { customerMemory } from '../../../shared/remember/memory/customer-memory.ts';
import type { Model } from '../../ports/model.ts';
import { type AskCustomerDeps, askCustomer } from './ask-customer.ts';

const at = '2026-11-20T15:00:00.000Z';
const evidence = { quote: 'we have forty thousand', seq: 3, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900 } as const;
const none = customerMemory({ object: 'deal', id: '1' }, { calls: [], facts: [], moments: [], next: null }, Date.parse(at));
const budget = { kind: 'budget', text: 'Budget: 40,000 USD', last: { ...evidence, callId: 'a', at }, times: 1, strength: 1 };
const hit = (quote: string): SearchHit => ({
  ...evidence,
  quote,
  callId: 'a',
  at,
  record: null,
  customerName: 'Maya',
  repName: 'Sam',
  score: 1,
});
const pilot = hit('The pilot starts with five drivers in Leeds.');
const said = ({ quote, callId }: { quote: string; callId: string }) => [quote, callId];

function desk(over: { memory?: Partial<CustomerMemory>; hits?: SearchHit[]; model?: unknown; hasTokens?: boolean } = {}) {
  const log: unknown[] = [];
  const model: Model = {
    ask: async ({ data, more }) => {
      log.push(['model', data, more]);
      return ok({ value: over.model, model: 'm', tokens: 100 });
    },
  };
  const deps: AskCustomerDeps = {
    memory: async () => ({ ...none, ...over.memory }),
    search: async (text) => {
      log.push(['search', text]);
      return { hits: over.hits ?? [], isPartial: false };
    },
    model: 'model' in over ? model : undefined,
    takeTokens: async () => over.hasTokens ?? true,
    giveTokens: async (tokens) => void log.push(['give', tokens > 0]),
    fence: () => 'FENCE',
  };
  return { deps, log };
}

test('what was kept is told at once, with its proof', async () => {
  const { deps, log } = desk({ memory: { facts: [budget] }, model: {} });
  expect(await askCustomer(deps, 'What is their budget?')).toEqual({
    known: true,
    answer: 'Budget: 40,000 USD.',
    by: 'memory',
    sources: [budget.last],
  });
  expect(log).toEqual([]);
});

test('what was kept of two things, said differently, or about one of them', async () => {
  const facts = [
    budget,
    { ...budget, kind: 'promise', text: 'We promised: Send the plan' },
    { ...budget, kind: 'promise', text: 'They promised: Ask legal' },
  ];
  const told = { about: 'Budget', text: 'Budget: 40,000 on May 3, 2026; 55,000 on June 2, 2026', sayings: [] };
  const { deps } = desk({ memory: { facts, contradictions: [told] } });
  expect((await askCustomer(deps, 'budget?')).answer).toBe(`Budget: 40,000 USD. They said it differently before: ${told.text}.`);
  expect((await askCustomer(deps, 'What did they promise about legal?')).answer).toBe('What was promised: Ask legal.');
});

test('without a model what was said is shown, and where nothing holds it, that is said', async () => {
  const found = await askCustomer(desk({ hits: [pilot] }).deps, 'How many drivers are in the pilot?');
  expect([found.known, found.by, found.sources.map(said)]).toEqual([true, 'search', [[pilot.quote, 'a']]]);
  const near = await askCustomer(desk({ hits: [pilot] }).deps, 'Which insurance covers their drivers abroad?');
  expect([near.known, near.sources.map(said)]).toEqual([false, [[pilot.quote, 'a']]]);
  const nothing = await askCustomer(desk().deps, 'What is their budget?');
  expect(nothing).toEqual({ known: false, answer: 'Nothing that you may see of this customer answers this.', by: 'search', sources: [] });
});

test('a model answers with words that stand in the transcript', async () => {
  const value = { known: true, answer: 'Five, in <b>Leeds</b>.', quotes: [{ line: 0, quote: 'starts with five drivers' }] };
  const { deps, log } = desk({ hits: [pilot], model: value });
  const told = await askCustomer(deps, 'How many?');
  expect([told.known, told.by, told.answer.includes('<'), told.sources.map(said)]).toEqual([
    true,
    'model',
    false,
    [['starts with five drivers', 'a']],
  ]);
  expect(log).toEqual([
    ['search', 'How many?'],
    ['model', `-----FENCE\n[0,"2026-11-20","customer","${pilot.quote}"]\n-----FENCE`, 'The rep asks: "How many?"'],
    ['give', true],
  ]);
});

test.each([
  ['a quote that nobody said', { known: true, answer: 'Six.', quotes: [{ line: 0, quote: 'starts with six drivers' }] }],
  ['a line that is not there', { known: true, answer: 'Five.', quotes: [{ line: 4, quote: 'starts with five drivers' }] }],
  ['no quote', { known: true, answer: 'Five.', quotes: [] }],
  ['nothing known', { known: false, answer: '', quotes: [] }],
  ['another shape', 'five'],
])('a model’s answer with %s does not stand', async (_, model) => {
  expect((await askCustomer(desk({ hits: [pilot], model }).deps, 'How many drivers in the pilot?')).by).toBe('search');
});

test('a month that is used up asks no model', async () => {
  const { deps, log } = desk({ hits: [pilot], model: {}, hasTokens: false });
  expect((await askCustomer(deps, 'How many drivers in the pilot?')).by).toBe('search');
  expect(log).toEqual([['search', 'How many drivers in the pilot?']]);
});
