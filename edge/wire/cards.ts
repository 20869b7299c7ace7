import type { CardLog } from '../../shared/guide/card-log.ts';
import { type Learned, learn } from '../../shared/guide/learn.ts';
import { sayRule, sayRules } from '../../shared/guide/say-rules.ts';
import type { Flag } from '../../shared/guide/session.ts';
import * as calls from '../capture/store.ts';
import { DbRefusal } from '../db/refusal.ts';
import { cardRoutes } from '../guide/card-routes.ts';
import * as cards from '../guide/cards/store.ts';
import * as marks from '../guide/marks/store.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import type { CallFacts } from '../ports/live.ts';
import * as tenants from '../tenants/store.ts';

const DAY_MS = 86_400_000;
/** Six half-lives: what is older weighs nothing. */
const REMEMBERED_MS = 180 * DAY_MS;
const COUNTED_MS = 90 * DAY_MS;

/** What earlier calls say, for a call that begins. Throws while the database is away. */
export const learnedOf =
  ({ db, now }: Parts) =>
  async ({ tenantId, callId }: CallFacts): Promise<Learned> => {
    const call = await calls.callOf(db, tenantId, callId);
    const nowMs = now();
    const { seen, wishes, aside } = await cards.whatIsKnown(db, tenantId, call?.repId ?? '', new Date(nowMs - REMEMBERED_MS));
    const { quiet, never } = wishes;
    return { ...learn(seen, nowMs), never, aside, ...(quiet === null ? {} : { quiet }) };
  };

/** A call's guidance is kept, and rules that nobody wants are put aside. */
export const saveGuidance =
  ({ db, now }: Parts) =>
  async ({ tenantId, callId }: CallFacts, said: CardLog, saidAtMs: number): Promise<void> => {
    const call = await calls.callOf(db, tenantId, callId);
    if (!call) return;
    try {
      await cards.saveCards(db, tenantId, { callId, repId: call.repId, saidAt: new Date(saidAtMs) }, said);
      const dismissed = said.rows.filter(({ outcome }) => outcome === 'dismissed').map(({ ruleId }) => ruleId);
      const nowMs = now();
      const aside = await cards.asideUnwanted(db, tenantId, [...new Set(dismissed)], new Date(nowMs - COUNTED_MS), new Date(nowMs));
      for (const ruleId of aside) log({ at: 'call', what: 'rule-aside', level: 'warn', tenant: tenantId, kind: ruleId });
    } catch (error) {
      // What the database will never take must not keep the call from ending.
      if (!(error instanceof DbRefusal) || error.code === undefined) throw error;
      log({ at: 'call', what: 'guidance-not-kept', level: 'error', kind: error.code, trace: callId });
    }
  };

/** The moments that were flagged are kept with the call. */
export const saveMarks =
  ({ db }: Parts) =>
  async ({ tenantId, callId }: CallFacts, flags: readonly Flag[]): Promise<void> => {
    try {
      await marks.saveMarks(db, tenantId, callId, flags);
    } catch (error) {
      if (!(error instanceof DbRefusal) || error.code === undefined) throw error;
      log({ at: 'call', what: 'marks-not-kept', level: 'error', kind: error.code, trace: callId });
    }
  };

export function wireCards(parts: Parts) {
  const { db, now } = parts;
  return cardRoutes({
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    rulesOf: async (tenantId) => {
      const rows = await cards.metricsOf(db, tenantId, new Date(now() - COUNTED_MS));
      return { rules: rows.map(sayRule), notices: sayRules(rows) };
    },
    restore: (tenantId, ruleId, by) => cards.restoreRule(db, tenantId, ruleId, by, new Date(now())),
    mineOf: async ({ tenantId, user }) => {
      const { quiet, never } = await cards.wishesOf(db, tenantId, user.id);
      const [names, rows] = await Promise.all([
        cards.ruleNames(db, tenantId, never),
        cards.metricsOf(db, tenantId, new Date(now() - COUNTED_MS), user.id),
      ]);
      return {
        quiet: quiet ?? 'off',
        never: never.map((ruleId) => ({ ruleId, name: names.get(ruleId) ?? ruleId })),
        rules: rows.map(sayRule),
      };
    },
    setMine: ({ tenantId, user }, said) => cards.setWishes(db, tenantId, user.id, said, new Date(now())),
  });
}
