import * as z from 'zod/mini';
import { recordRef } from './record.ts';
import { evidence } from './transcript.ts';

export const riskCode = z.enum([
  'no_activity',
  'ghosted',
  'overdue',
  'not_enough_contacts',
  'no_power',
  'pricing_not_mentioned',
  'red_flag',
  'stalled_in_stage',
  'no_next_step',
  'competitor_late',
  'champion_silent',
  'sentiment_drop',
  'single_threaded',
]);
export type RiskCode = z.infer<typeof riskCode>;

/** `over`: what it stood on is no longer so. */
export const riskState = z.enum(['proposed', 'confirmed', 'dismissed', 'over']);
export type RiskState = z.infer<typeof riskState>;

/** Why a manager put a risk aside. Only `wrong` and `harmless` count against the rule that proposed it. */
export const dismissReason = z.enum(['wrong', 'harmless', 'handled', 'known']);
export type DismissReason = z.infer<typeof dismissReason>;

/** How often managers agreed with a code. Null before the first decision. */
export const precision = z.object({
  code: riskCode,
  decided: z.int(),
  right: z.int(),
  precision: z.nullable(z.number()),
  isMuted: z.boolean(),
});
export type Precision = z.infer<typeof precision>;

/** Words on one of the record's calls. */
export const riskEvidence = z.extend(evidence, { callId: z.string() });
export type RiskEvidence = z.infer<typeof riskEvidence>;

export const riskView = z.object({
  id: z.string(),
  code: riskCode,
  /** One line for people: what is so, never what will be. */
  text: z.string(),
  severity: z.enum(['low', 'medium', 'high']),
  /** 0..1, above 0.8. */
  confidence: z.number(),
  /** From dates and counts alone, not from what was said. */
  isDeterministic: z.boolean(),
  evidence: z.array(riskEvidence),
  state: riskState,
  /** ISO 8601 */
  since: z.string(),
  decidedBy: z.optional(z.string()),
  reason: z.optional(dismissReason),
});
export type RiskView = z.infer<typeof riskView>;

/** One thing that tells won deals from lost ones at this tenant. `weight` is in bits, above 0 for won. */
export const healthSignal = z.object({ key: z.string(), text: z.string(), weight: z.number() });
export type HealthSignal = z.infer<typeof healthSignal>;

/** How a deal compares with the tenant's own closed ones. Never a bare number, and none at all on thin history. */
export const dealHealth = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('known'),
    /** 0..100: this share of the closed deals looked worse. */
    percentile: z.int(),
    plus: z.array(healthSignal),
    minus: z.array(healthSignal),
    won: z.int(),
    lost: z.int(),
  }),
  z.object({ state: z.literal('thin'), why: z.string(), won: z.int(), lost: z.int() }),
]);
export type DealHealth = z.infer<typeof dealHealth>;

/** `GET /v1/record/:object/:id/risks` */
export const risksView = z.object({
  record: recordRef,
  risks: z.array(riskView),
  health: dealHealth,
  /** Codes that could not be looked for, because what they need is not known here. */
  unknown: z.array(riskCode),
  /** Only for who may decide. */
  precision: z.array(precision),
});
export type RisksView = z.infer<typeof risksView>;

/** `POST /v1/risks/:id/confirm|dismiss`. `reason` is asked for with a dismissal. */
export const decideRiskBody = z.object({ requestId: z.uuid(), reason: z.optional(dismissReason) });
export type DecideRiskBody = z.infer<typeof decideRiskBody>;
export const decidedRisk = z.object({ id: z.string(), state: riskState, reason: z.optional(dismissReason) });
export type DecidedRisk = z.infer<typeof decidedRisk>;
