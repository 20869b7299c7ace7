import { sql } from 'drizzle-orm';
import { bit, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment, ownRows, tenantId } from '../../db/columns.ts';

/** In which calls a word was said, and in which of their turns. Words are numbers: what was said stands in `utterances` alone. */
export const saidWords = pgTable(
  'said_words',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    word: integer('word').notNull(),
    /** When the call began: the newest calls of a common word are read first, and alone. */
    at: moment('at').notNull(),
    seqs: integer('seqs').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.word] }), index('said_words_newest').on(t.tenantId, t.word, t.at), ownRows()],
);

/** What a turn is about, as 256 signs: turns that mean the same differ in few of them. */
export const saidMeanings = pgTable(
  'said_meanings',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    seq: integer('seq').notNull(),
    /** Who made the signs: those of different makers cannot be compared. */
    maker: text('maker').notNull(),
    signs: bit('signs', { dimensions: 256 }).notNull().default(sql`B'0'::bit(256)`),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.seq] }), ownRows()],
);
