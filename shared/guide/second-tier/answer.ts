import * as z from 'zod/mini';
import type { JsonReader } from './read-json.ts';

/** What the model may show. Compliance is for rules alone: it is never left to a guess. */
const kinds = ['price', 'objection', 'competitor', 'question'] as const;

/** The shape that is asked for. The proof comes before the words, so that no word is shown without it while the answer still arrives. */
export const answerSchema: Record<string, unknown> = {
  type: 'object',
  additionalProperties: false,
  required: ['show', 'kind', 'card_id', 'evidence_quote', 'confidence', 'headline', 'say', 'ask', 'expires_s'],
  properties: {
    show: { type: 'boolean' },
    kind: { type: 'string', enum: [...kinds] },
    card_id: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    evidence_quote: { type: 'string' },
    confidence: { type: 'number' },
    headline: { type: 'string' },
    say: { type: 'string' },
    ask: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    expires_s: { type: 'number' },
  },
};

const headShape = z.object({
  show: z.literal(true),
  kind: z.enum(kinds),
  card_id: z.nullable(z.string().check(z.maxLength(64))),
  evidence_quote: z.string().check(z.minLength(1), z.maxLength(400)),
  confidence: z.number().check(z.gte(0), z.lte(1)),
  headline: z.string().check(z.minLength(1), z.maxLength(200)),
});
const wholeShape = z.extend(headShape, {
  say: z.string().check(z.minLength(1), z.maxLength(600)),
  ask: z.nullable(z.string().check(z.maxLength(400))),
  expires_s: z.number(),
});

/** Everything up to the headline; the rest is still on its way. */
export type Head = z.infer<typeof headShape>;
export type Whole = z.infer<typeof wholeShape>;

/** What an answer comes to so far: `nothing` is for good, whether it says so or is none of the asked shape. */
export type Reading = { is: 'open' } | { is: 'nothing' } | { is: 'head'; head: Head } | { is: 'whole'; head: Head; whole: Whole };

export function readAnswer({ at, fields }: JsonReader): Reading {
  if (at === 'broken' || fields['show'] === false) return { is: 'nothing' };
  if (at === 'end') {
    const whole = wholeShape.safeParse(fields);
    return whole.success ? { is: 'whole', head: whole.data, whole: whole.data } : { is: 'nothing' };
  }
  if (fields['headline'] === undefined) return { is: 'open' };
  const head = headShape.safeParse(fields);
  return head.success ? { is: 'head', head: head.data } : { is: 'nothing' };
}
