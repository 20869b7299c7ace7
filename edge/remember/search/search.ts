import type { SearchView } from '../../../shared/contracts/memory.ts';
import { excerpt } from '../../../shared/remember/search/excerpt.ts';
import { rankHits } from '../../../shared/remember/search/rank-hits.ts';
import { readQuery } from '../../../shared/remember/search/read-query.ts';
import type { SeenCall } from '../../db/call-filter.ts';
import type { SaidAsk, SaidRow } from '../../db/search-said.ts';
import type { Meaning } from '../../ports/meaning.ts';

export interface SearchDeps {
  now(): number;
  meaning: Meaning;
  find(ask: SaidAsk): Promise<SaidRow[]>;
  /** Those of the calls that the asker may see. */
  seen(calls: readonly SeenCall[]): Promise<SeenCall[]>;
}

export interface SearchAsk extends Omit<SaidAsk, 'words' | 'meaning'> {
  text: string;
}

const HITS_MAX = 20;
/** More turns of one call would only push the others away. */
const HITS_A_CALL = 3;
/** Each record that was not looked at lately is a question to the CRM. */
const RECORDS_MAX = 40;
const AT_ONCE = 12;

/** What was said on the calls that the asker may see, the best first. */
export async function search(deps: SearchDeps, { text, ...ask }: SearchAsk): Promise<SearchView> {
  const query = readQuery(text);
  if (query.words.length === 0) return { hits: [], isPartial: false };
  const signs = await deps.meaning.signsOf([query.text]);
  const meaning = signs.ok && signs.value[0] !== undefined ? { maker: deps.meaning.maker, signs: signs.value[0] } : undefined;
  const rows = await deps.find({ ...ask, words: query.words.map(({ number }) => number), ...(meaning ? { meaning } : {}) });
  const found = rows.map((row) => ({ ...row, callId: row.call.id, atMs: row.call.atMs }));
  const ranked = rankHits(query, found, { nowMs: deps.now(), strangers: deps.meaning.strangers });

  const words = query.words.map(({ text: word }) => word);
  const hits: SearchView['hits'] = [];
  const records = new Set<string>();
  const perCall = new Map<string, number>();
  const isOneCustomer = ask.record !== undefined;
  for (let from = 0; from < ranked.length; from += AT_ONCE) {
    if (records.size >= RECORDS_MAX) return { hits, isPartial: true };
    const group = ranked.slice(from, from + AT_ONCE);
    const calls = new Map(group.map(({ call }) => [call.id, call]));
    for (const { record, id } of calls.values()) records.add(record ? `${record.object}/${record.id}` : id);
    const seen = new Set((await deps.seen([...calls.values()])).map(({ id }) => id));
    for (const { call, seq, role, speaker, text: said, startMs, endMs, score } of group) {
      const shown = perCall.get(call.id) ?? 0;
      if (!seen.has(call.id) || (shown >= HITS_A_CALL && !isOneCustomer)) continue;
      perCall.set(call.id, shown + 1);
      hits.push({
        callId: call.id,
        record: call.record,
        customerName: call.customerName,
        repName: call.repName,
        at: new Date(call.atMs).toISOString(),
        seq,
        role,
        speaker,
        quote: excerpt(said, words),
        startMs,
        endMs,
        score,
      });
      if (hits.length === HITS_MAX) return { hits, isPartial: false };
    }
  }
  return { hits, isPartial: false };
}
