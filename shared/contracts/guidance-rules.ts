import * as z from 'zod/mini';
import { quiet } from './guidance.ts';

/** One rule over the last ninety days, all calls of the tenant. Counts are of cards. */
export const ruleMetrics = z.object({
  ruleId: z.string(),
  name: z.string(),
  /** e.g. "objection", "etiquette" */
  topic: z.string(),
  /** How often its words came, shown or not. */
  fired: z.int(),
  /** `shown` holds what was taken back as the words changed only in `retracted`. */
  shown: z.int(),
  used: z.int(),
  dismissed: z.int(),
  ignored: z.int(),
  retracted: z.int(),
  /** The rep's next turn, within thirty seconds, held what the card said. */
  actedOn: z.int(),
  /** Dismissed ÷ shown, since it was last put back; null before the first. */
  overrideRate: z.nullable(z.number()),
  /** From the end of the word to the card on the screen; null until a screen said so. */
  speechToScreenMs: z.nullable(z.object({ p50: z.number(), p95: z.number() })),
  /** ISO 8601: since when it brings no card, because people did not want it; null while it does. */
  asideSince: z.nullable(z.string()),
});
export type RuleMetrics = z.infer<typeof ruleMetrics>;

/** `GET /v1/guidance/rules` — for who connected us. `notices` say in a sentence which rules were put aside, and why. */
export const guidanceRulesView = z.object({
  rules: z.array(ruleMetrics),
  notices: z.array(z.object({ ruleId: z.string(), text: z.string(), at: z.string() })),
});
export type GuidanceRulesView = z.infer<typeof guidanceRulesView>;

/** `POST /v1/guidance/rules/:id/restore` — it brings cards again, and is counted anew. */
export const restoreRuleBody = z.object({ requestId: z.uuid() });
export const restoreRuleView = z.object({ ruleId: z.string() });

/** `GET /v1/guidance/mine`, and the answer of `PUT`: how this rep wants to be guided. `rules`: of this rep's calls alone, for nobody else. */
export const myGuidanceView = z.object({
  quiet,
  never: z.array(z.object({ ruleId: z.string(), name: z.string() })),
  rules: z.optional(z.array(ruleMetrics)),
});
export type MyGuidanceView = z.infer<typeof myGuidanceView>;
/** `PUT /v1/guidance/mine` — `never`: the ids of all rules that bring this rep no card from now on. */
export const myGuidanceBody = z.object({
  requestId: z.uuid(),
  quiet,
  never: z.array(z.string().check(z.minLength(1), z.maxLength(40))).check(z.maxLength(500)),
});
