import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Quiet } from '../../../shared/contracts/guidance.ts';
import type { Topic } from '../../../shared/guide/arbiter-score.ts';
import type { CardRow } from '../../../shared/guide/card-log.ts';
import type { Outcome } from '../../../shared/guide/learn.ts';
import { moment, ownRows, tenantId } from '../../db/columns.ts';

/** Every card that a rule offered on a call, and what became of it. Ids and times: no word that was said. */
export const guidanceCards = pgTable(
  'guidance_cards',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    cardId: text('card_id').notNull(),
    ruleId: text('rule_id').notNull(),
    /** The rule's name, as it was then. */
    rule: text('rule').notNull(),
    topic: text('topic').$type<Topic>().notNull(),
    repId: text('rep_id').notNull(),
    outcome: text('outcome').$type<Outcome>().notNull(),
    at: moment('at').notNull(),
    isActedOn: boolean('is_acted_on').notNull(),
    /** From the end of the word to the screen; null where no screen said so. */
    speechMs: integer('speech_ms'),
    presses: jsonb('presses').$type<CardRow['presses']>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.callId, t.cardId] }),
    index('guidance_cards_of_rep').on(t.tenantId, t.repId, t.at),
    index('guidance_cards_of_rule').on(t.tenantId, t.ruleId, t.at),
    ownRows(),
  ],
);

/** A rule that was put aside for everybody, because people did not want it, or was put back. */
export const guidanceRules = pgTable(
  'guidance_rules',
  {
    tenantId: tenantId(),
    ruleId: text('rule_id').notNull(),
    /** Null: it was put back. */
    asideAt: moment('aside_at'),
    /** What it was put aside for. */
    shown: integer('shown').notNull(),
    dismissed: integer('dismissed').notNull(),
    /** Only what came after counts. */
    restoredAt: moment('restored_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.ruleId] }), ownRows()],
);

/** How a rep wants to be guided. */
export const guidanceReps = pgTable(
  'guidance_reps',
  {
    tenantId: tenantId(),
    repId: text('rep_id').notNull(),
    quiet: text('quiet').$type<Quiet>(),
    /** Rules that bring this rep no card. */
    never: text('never').array().notNull(),
    /** When they last said so: what is older changes nothing. */
    saidAt: moment('said_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.repId] }), ownRows()],
);
