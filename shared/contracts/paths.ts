import * as z from 'zod/mini';
import { introPerson } from './intro.ts';

const tier = z.enum(['strong', 'warm', 'weak', 'dormant']);
const nextStep = z.enum(['ask', 'warm_first', 'go_direct']);

/** One step of a path: how readily `to` answers `from`. */
export const pathHop = z.object({
  from: z.string(),
  to: z.string(),
  tier,
  /** 0..1; null on a colleague's tie, of which others learn the tier alone. */
  trust: z.nullable(z.number()),
  freshness: z.enum(['active', 'cooling', 'dormant']),
  /** "12 emails", "last 9 days ago", "both ways"; of a colleague's tie in classes, never a count or a date. */
  chips: z.array(z.string()),
  isWeakest: z.boolean(),
});
export type PathHop = z.infer<typeof pathHop>;

export const warmPath = z.object({
  rank: z.int(),
  /** Of the weakest hop. */
  tier,
  /** 0..1 */
  score: z.number(),
  /** Who stands next to the target: whom to ask. */
  introducer: z.string(),
  /** The one of ours it begins with. */
  teammate: z.string(),
  target: z.string(),
  hops: z.array(pathHop),
  /** Everybody on it by key, from ours to the target: what an introduction is asked with. */
  people: z.array(introPerson),
  next: nextStep,
  why: z.string(),
});
export type WarmPath = z.infer<typeof warmPath>;

/** `GET /v1/record/:object/:id/paths` — who here can introduce us to the people of a record, at most five ways, warmest first. */
export const pathsView = z.object({
  asOf: z.string(),
  verdict: z.enum(['warm', 'weak', 'none']),
  /** "Ana can introduce you to Maya", or "No verified warm path yet". */
  message: z.string(),
  paths: z.array(warmPath),
  next: nextStep,
});
export type PathsView = z.infer<typeof pathsView>;
