import type { SeenCall } from '../../edge/db/call-filter.ts';
import type { Db } from '../../edge/db/client.ts';
import { heldOf } from '../../edge/db/customer-memory.ts';
import { type ListAsk, listCalls } from '../../edge/db/list-calls.ts';
import { searchSaid } from '../../edge/db/search-said.ts';
import { library } from '../../edge/remember/library/library.ts';
import { memoryOf } from '../../edge/remember/memory/memory.ts';
import { ownMeaning } from '../../edge/remember/search/own-meaning.ts';
import { search } from '../../edge/remember/search/search.ts';
import { dice } from '../../sandbox/kit/dice.ts';
import type { Percentiles } from '../../sandbox/torture/percentiles.ts';
import { COMMON, type MemoryRig, WORDS } from './rig.ts';

const viewer = { id: 'rep1', email: 'lena@brightloop.example' };
const nowMs = Date.parse('2026-11-20T12:00:00Z');
/** The CRM is asked once a minute for each record, and is not what is measured here. */
const seen = async <T extends SeenCall>(calls: readonly T[]): Promise<T[]> => [...calls];

export async function measure(db: Db, rig: MemoryRig, asks: number, say: (line: string) => void) {
  const roll = dice(11);
  const rare = () => `w${COMMON.length + Math.floor((WORDS - COMMON.length) * roll())}`;
  const common = () => COMMON[Math.floor(roll() * 10)] ?? '';

  const questions = [
    () => ({ text: common() }),
    () => ({ text: `${common()} ${common()} ${common()}` }),
    () => ({ text: `${common()} ${rare()}` }),
    () => ({ text: `what did they say about ${rare()} and ${rare()}` }),
    () => ({ text: `${common()} ${common()}`, record: { object: 'deal' as const, id: String(1 + Math.floor(roll() * 300)) } }),
    () => ({ text: `${common()} ${rare()}`, repId: `rep${Math.floor(roll() * 50)}` }),
    () => ({ text: common(), from: new Date(nowMs - 90 * 86_400_000), to: new Date(nowMs) }),
  ];
  const deps = {
    now: () => nowMs,
    meaning: ownMeaning,
    seen,
    find: (ask: Parameters<typeof searchSaid>[2]) => searchSaid(db, rig.heard, ask),
  };
  let empty = 0;
  const searchMs = await times(asks, questions, async (ask) => {
    const { hits } = await search(deps, { ...ask, viewer });
    empty += hits.length === 0 ? 1 : 0;
  });
  say(`search ${JSON.stringify(searchMs)}, ${empty} of ${asks} found nothing`);

  const [{ id: middle } = { id: '' }] = await listCalls(db, rig.many, {
    viewer,
    words: [],
    limit: 1,
    to: new Date('2025-11-20T00:00:00Z'),
  });
  const lists: (() => Omit<ListAsk, 'viewer' | 'words' | 'limit'> & { text?: string })[] = [
    () => ({}),
    () => ({ after: middle }),
    () => ({ repId: `rep${Math.floor(roll() * 50)}` }),
    () => ({ repId: `rep${Math.floor(roll() * 50)}`, after: middle }),
    () => ({ record: { object: 'deal', id: String(1 + Math.floor(roll() * 20_000)) } }),
    () => ({ from: new Date('2026-01-01'), to: new Date('2026-02-01') }),
    () => ({ risk: 'overdue' }),
    () => ({ risk: 'overdue', repId: `rep${Math.floor(roll() * 50)}` }),
    () => ({ risk: 'ghosted' }),
  ];
  const callListMs = await times(asks, lists, (ask) => library({ list: (all) => listCalls(db, rig.many, all), seen }, { ...ask, viewer }));
  say(`list ${JSON.stringify(callListMs)}`);
  const wordListMs = await times(asks, [() => ({ text: common() }), () => ({ text: `${common()} ${rare()}` })], (ask) =>
    library({ list: (all) => listCalls(db, rig.heard, all), seen }, { ...ask, viewer }),
  );
  say(`list by words ${JSON.stringify(wordListMs)}`);

  const ref = { object: 'deal', id: 'big' } as const;
  let after: { atMs: number; id: string } | undefined;
  const memoryMs = await times(asks, [() => ref], async () => {
    const memory = await memoryOf({ now: () => nowMs, seen, heldOf: (of, how) => heldOf(db, rig.heard, of, how) }, ref, {
      viewer,
      maySee: true,
      ...(after ? { after } : {}),
    });
    const [atMs, id] = memory.timeline.next?.split('.') ?? [];
    after = atMs !== undefined && id !== undefined ? { atMs: Number(atMs), id } : undefined;
  });
  return { searchMs, callListMs, memoryMs, wordListMs };
}

/** Each kind in turn; the first round warms up. */
async function times<T>(asks: number, kinds: readonly (() => T)[], ask: (it: T) => Promise<unknown>): Promise<Percentiles> {
  const took: number[] = [];
  for (let n = -kinds.length; n < asks; n++) {
    const kind = kinds[(n + kinds.length) % kinds.length];
    if (!kind) break;
    const it = kind();
    const began = performance.now();
    await ask(it);
    if (n >= 0) took.push(performance.now() - began);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
