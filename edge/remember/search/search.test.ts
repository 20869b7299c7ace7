import { expect, test } from 'vitest';
import type { SeenCall } from '../../db/call-filter.ts';
import type { SaidRow } from '../../db/search-said.ts';
import { library } from '../library/library.ts';
import { onlySeen } from '../memory/memory.ts';
import { keepIndex } from './keep-index.ts';
import { ownMeaning } from './own-meaning.ts';
import { search } from './search.ts';
import type { SavedIndex } from './store.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const call = (id: string, deal = id): SeenCall => ({
  id,
  record: { object: 'deal', id: deal },
  repId: '71',
  repEmail: '',
  isPrivate: false,
  repName: 'Sam',
  customerName: 'Maya',
  atMs: nowMs,
});
const row = (id: string, text: string, seq = 0): SaidRow => ({
  call: call(id),
  seq,
  role: 'customer',
  speaker: 'Maya',
  text,
  startMs: 0,
  endMs: 900,
  weight: 1,
  alike: null,
});
const viewer = { id: '71', email: '' };
const desk = (rows: SaidRow[], open: (id: string) => boolean) => {
  const looked: string[][] = [];
  const deps = {
    now: () => nowMs,
    meaning: ownMeaning,
    find: async () => rows,
    seen: async (calls: readonly SeenCall[]) => {
      looked.push(calls.map(({ id }) => id));
      return calls.filter(({ id }) => open(id));
    },
  };
  return { deps, looked };
};

test('shows only what the asker may see, three turns of a call at most', async () => {
  const rows = [...[0, 1, 2, 3].map((seq) => row('a', 'the budget', seq)), row('b', 'the budget')];
  const view = await search(desk(rows, (id) => id === 'a').deps, { text: 'budget', viewer });
  expect([view.isPartial, view.hits.map(({ callId, seq }) => [callId, seq])]).toEqual([
    false,
    [
      ['a', 0],
      ['a', 1],
      ['a', 2],
    ],
  ]);
  expect((await search(desk(rows, () => true).deps, { text: 'the and', viewer })).hits).toEqual([]);
});

test('stops asking the CRM after forty records, and says so', async () => {
  const rows = Array.from({ length: 100 }, (_, at) => row(`c${at}`, 'the budget'));
  const { deps, looked } = desk(rows, () => false);
  expect(await search(deps, { text: 'budget', viewer })).toEqual({ hits: [], isPartial: true });
  expect(looked.flat().length).toBe(48);
});

test('a call is indexed by the words alone where the model does not answer', async () => {
  const saved: SavedIndex[] = [];
  const away = { maker: 'away', strangers: 0.5, signsOf: async () => ({ ok: false, fault: { kind: 'busy', said: '' } }) as const };
  const said = [
    { seq: 0, role: 'customer', speaker: 'M', text: 'The frozen budget of our board', startMs: 0, endMs: 1, confidence: 1 } as const,
  ];
  await keepIndex(
    { meaning: away, utterancesOf: async () => said, save: async (one) => void saved.push(one) },
    { id: 'c', startedAt: new Date(nowMs) },
  );
  expect(saved.map(({ maker, meanings, words }) => [maker, meanings.length, words.length])).toEqual([['words-1', 1, 3]]);
});

test('a page of calls goes on past those that the asker may not see, and leads to the next', async () => {
  const all = Array.from(
    { length: 70 },
    (_, at) =>
      ({
        ...call(`c${String(at).padStart(2, '0')}`, 'same'),
        status: 'understood',
        source: 'twilio',
        durationMs: 1,
        trouble: null,
        missed: null,
      }) as const,
  );
  const deps = {
    list: async ({ after, limit }: { after?: string; limit: number }) =>
      all.slice(after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1).slice(0, limit),
    seen: async <T extends SeenCall>(calls: readonly T[]) => calls.filter(({ id }) => Number(id.slice(1)) % 2 === 0),
  };
  const first = await library(deps, { viewer });
  expect([first.calls.length, first.calls.at(-1)?.id, first.next]).toEqual([30, 'c58', 'c58']);
  const second = await library(deps, { viewer, after: first.next ?? '' });
  expect([second.calls.map(({ id }) => id), second.next]).toEqual([['c60', 'c62', 'c64', 'c66', 'c68'], null]);
  expect(await library(deps, { viewer, text: 'the' })).toEqual({ calls: [], next: null });
});

test('of a customer nothing is kept that stands on a hidden call', async () => {
  const said = { quote: 'q', seq: 0, role: 'customer', speaker: 'M', startMs: 0, endMs: 1 } as const;
  const fact = { kind: 'pain', key: 'k', text: 't', last: said, first: said, firstAtMs: 1, lastAtMs: 2 };
  const held = {
    calls: [call('a'), call('b')].map((one) => ({ ...one, source: 'twilio', direction: 'inbound', durationMs: 1, insight: null }) as const),
    facts: [
      { ...fact, lastCallId: 'a', firstCallId: 'b', heardIn: ['a', 'b'] },
      { ...fact, lastCallId: 'b', firstCallId: 'a', heardIn: ['b'] },
    ],
    moments: [null, 'a', 'b'].map((callId) => ({ id: `${callId}`, atMs: 1, callId, body: null, call: null })),
    standsOn: [call('a'), call('b')],
  };
  const seen = await onlySeen({ seen: async (calls) => calls.filter(({ id }) => id === 'a') }, held, false);
  expect([seen.calls.map(({ id }) => id), seen.moments.map(({ id }) => id)]).toEqual([['a'], ['a']]);
  expect(seen.facts).toEqual([{ ...fact, lastCallId: 'a', heardIn: ['a'], first: null, firstCallId: null, firstAtMs: 2 }]);
});
