import * as z from 'zod/mini';
import { buyingType, intent, objectionType, owner } from '../contracts/insight.ts';
import { influence } from '../contracts/need.ts';

const text = z.string();
// Words of one turn, and the number of that turn.
const quoted = { quote: text, turn: z.int() };

/** What each family's claim looks like. No record, address or stage has a place in it. */
export const claimShapes = {
  bullets: z.object({ text, ...quoted }),
  objections: z.object({ type: objectionType, ...quoted }),
  nextSteps: z.object({ text, owner, dueText: z.optional(text), ...quoted }),
  buyingSignals: z.object({ type: buyingType, ...quoted }),
  /** `listed` is a place in the list of competitors that was sent, or -1. */
  competitors: z.object({ name: text, listed: z.int(), ...quoted }),
  pricing: z.object(quoted),
  pains: z.object({ text, ...quoted }),
  goals: z.object({ text, ...quoted }),
  people: z.object({ name: text, role: z.optional(text), influence, ...quoted }),
};
export type Family = keyof typeof claimShapes;
export const families: readonly Family[] = [
  'bullets',
  'objections',
  'nextSteps',
  'buyingSignals',
  'competitors',
  'pricing',
  'pains',
  'goals',
  'people',
];

const list = <S extends z.ZodMiniType>(shape: S) => z.array(shape);

/** The whole answer as the model is asked for it. It is read family by family, so that a malformed claim costs only itself. */
const answerShape = z.object({
  intent,
  headline: z.object({ text, ...quoted }),
  bullets: list(claimShapes.bullets),
  objections: list(claimShapes.objections),
  nextSteps: list(claimShapes.nextSteps),
  buyingSignals: list(claimShapes.buyingSignals),
  competitors: list(claimShapes.competitors),
  pricing: list(claimShapes.pricing),
  pains: list(claimShapes.pains),
  goals: list(claimShapes.goals),
  people: list(claimShapes.people),
});

/** As JSON Schema without limits on numbers and texts, which the vendor does not take. The same bytes for every call: it is part of the cache's key. */
export const schema: Record<string, unknown> = bare(z.toJSONSchema(answerShape)) as Record<string, unknown>;

function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== '$schema' && key !== 'minimum' && key !== 'maximum')
      .map(([key, value]) => [key, bare(value)]),
  );
}
