import * as z from 'zod/mini';
import { riskCode, riskView } from './risk.ts';
import { role } from './transcript.ts';

/** The elements of MEDDPICC that a sale's stages ask for, see `carries` of a methodology. */
export const gateId = z.enum(['identifyPain', 'champion', 'metrics', 'economicBuyer', 'decisionProcess', 'paperProcess']);
export type GateId = z.infer<typeof gateId>;

/** One thing that has to be known before the deal leaves its stage. */
export const liveGate = z.object({
  id: gateId,
  /** For people: "Who decides". */
  name: z.string(),
  /** open: nobody proved it · met: an earlier call proved it · newly-met: this call did, with `quote` at `atMs`. Words that are taken back open it again. */
  state: z.enum(['open', 'met', 'newly-met']),
  /** While it is open: a question that the rep can put. */
  ask: z.optional(z.string()),
  /** While it is open: the rep has asked for it on this call. */
  isAsked: z.optional(z.boolean()),
  /** The words of this call that met it, and who said them. */
  quote: z.optional(z.string()),
  role: z.optional(role),
  /** Milliseconds from the start of the call. */
  atMs: z.optional(z.number()),
});
export type LiveGate = z.infer<typeof liveGate>;

/** What endangers the deal, with this call's words so far. Nothing of it is written: after the call it is looked for again. */
export const liveRisk = z.object({
  code: riskCode,
  /** One line for people: what is so, never what will be. */
  text: z.string(),
  severity: riskView.shape.severity,
  /** Above 0.8, or it is not here. */
  confidence: z.number(),
  /** It came up on this call. */
  isNew: z.boolean(),
  /** The newest words of this call that it stands on. */
  quote: z.optional(z.string()),
  atMs: z.optional(z.number()),
});
export type LiveRisk = z.infer<typeof liveRisk>;

/** How the deal stands while the call runs: what its stage still needs, and the three risks that weigh most. */
export const dealGates = z.object({
  /** The deal's stage as the CRM calls it; null while that is not known, and then the gates of all stages are here. */
  stage: z.nullable(z.string()),
  /** In the order in which a sale asks for them; empty for a deal that is closed. */
  gates: z.array(liveGate),
  /** At most three, the gravest first. */
  risks: z.array(liveRisk),
  /** The next open gate in one calm line, "Not asked yet: who signs?", for when no card is on the screen. `ask` is the question to put. */
  next: z.nullable(z.object({ gateId, line: z.string(), ask: z.string() })),
});
export type DealGates = z.infer<typeof dealGates>;
