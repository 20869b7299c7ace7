import { eq, sql } from 'drizzle-orm';
import type { CallIndex } from '../../../shared/remember/search/index-call.ts';
import type { Signs } from '../../../shared/remember/search/signs.ts';
import type { Db } from '../../db/client.ts';
import { saidMeanings, saidWords } from './tables.ts';

export interface SavedIndex {
  callId: string;
  /** When the call began. */
  at: Date;
  words: CallIndex['words'];
  maker: string;
  meanings: readonly { seq: number; signs: Signs }[];
}

/** The call's place in the search, whole: what was there before goes. The database drops it for a call that was erased. */
export async function saveIndex(db: Db, tenantId: string, { callId, at, words, maker, meanings }: SavedIndex): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q.delete(saidWords).where(eq(saidWords.callId, callId)),
    q.delete(saidMeanings).where(eq(saidMeanings.callId, callId)),
    // One parameter however long the call.
    q.execute(sql`insert into said_words (tenant_id, call_id, word, at, seqs)
      select ${tenantId}::uuid, ${callId}::uuid, w.word, ${at.toISOString()}::timestamptz, w.seqs
      from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w(word int, seqs int[])`),
    q.execute(sql`insert into said_meanings (tenant_id, call_id, seq, maker, signs)
      select ${tenantId}::uuid, ${callId}::uuid, m.seq, ${maker}, m.signs::bit(256)
      from jsonb_to_recordset(${JSON.stringify(meanings)}::jsonb) as m(seq int, signs text)`),
  ]);
}
