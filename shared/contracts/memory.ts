import * as z from 'zod/mini';
import { recordRef } from './record.ts';
import { evidence, role } from './transcript.ts';
import { callBrief } from './view.ts';

/** Words on a call: who said them, in which call and when it began. Its audio is `startMs` into the call. */
export const cited = z.extend(evidence, { callId: z.string(), at: z.string() });
export type Cited = z.infer<typeof cited>;

/** One turn that answers a search. */
export const searchHit = z.object({
  callId: z.string(),
  record: z.nullable(recordRef),
  customerName: z.string(),
  repName: z.string(),
  /** When the call began, ISO 8601. */
  at: z.string(),
  seq: z.int(),
  role,
  speaker: z.string(),
  /** The transcript's own words, at most 300 characters. */
  quote: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  /** For ordering only: higher is better. */
  score: z.number(),
});
export type SearchHit = z.infer<typeof searchHit>;

/**
 * `GET /v1/search?q=&customer=deal/7001&rep=&from=&to=` — what was said, over all calls that the asker may see, the best first, at most
 * twenty. `isPartial`: not all that was found could be checked in time for who may see it.
 */
export const searchView = z.object({ hits: z.array(searchHit), isPartial: z.boolean() });
export type SearchView = z.infer<typeof searchView>;

/** `GET /v1/calls?rep=&deal=&account=&risk=&from=&to=&q=&after=` — newest first; a page may be short while `next` says that there is more. */
export const callListView = z.object({ calls: z.array(callBrief), next: z.nullable(z.string()) });
export type CallListView = z.infer<typeof callListView>;

/** One thing that happened with a customer. Slack and emails of a mailbox come under the same shape once they are read. */
export const touchpoint = z.object({
  id: z.string(),
  kind: z.enum(['call', 'meeting', 'email', 'slack', 'note', 'task']),
  /** ISO 8601 */
  at: z.string(),
  direction: z.optional(z.enum(['inbound', 'outbound'])),
  /** In a line for people. */
  title: z.string(),
  /** What it came to, or what was written; at most 600 characters. */
  text: z.optional(z.string()),
  /** Whoever took part, ours first. */
  people: z.array(z.string()),
  callId: z.nullable(z.string()),
});
export type Touchpoint = z.infer<typeof touchpoint>;

export const memoryFact = z.object({
  kind: z.string(),
  text: z.string(),
  /** Absent where it was said once, or where the asker may not see the call. */
  first: z.optional(cited),
  last: cited,
  /** In how many calls that the asker may see, of the newest 150. */
  times: z.int(),
  /** 0..1: how much it still counts today; what was said again counts anew. */
  strength: z.number(),
});
export type MemoryFact = z.infer<typeof memoryFact>;

/** What was said differently at different times: "Budget: 40,000 on May 3, 55,000 on June 2". The newest comes last. */
export const contradiction = z.object({
  about: z.string(),
  text: z.string(),
  sayings: z.array(z.object({ text: z.string(), said: cited })),
});
export type Contradiction = z.infer<typeof contradiction>;

export const customerMemory = z.object({
  record: recordRef,
  /** As the newest call that the asker may see has it; null before the first. */
  company: z.nullable(z.string()),
  /** Newest first, a page at a time: `?after=` takes `next`. */
  timeline: z.object({ items: z.array(touchpoint), next: z.nullable(z.string()) }),
  facts: z.array(memoryFact),
  contradictions: z.array(contradiction),
  painPoints: z.array(z.string()),
  goals: z.array(z.string()),
  concerns: z.array(z.string()),
  purchaseTimeline: z.nullable(z.string()),
  budget: z.object({ mentioned: z.boolean(), range: z.optional(z.string()) }),
  competitors: z.array(z.string()),
  internalStakeholders: z.array(z.object({ name: z.string(), role: z.optional(z.string()) })),
  lastTouched: z.nullable(z.string()),
  sentiment: z.nullable(z.enum(['positive', 'neutral', 'negative'])),
  /** 0..1 a call, oldest first, and in a sentence where it goes. Null on fewer than two calls. */
  sentimentTrend: z.nullable(
    z.object({
      direction: z.enum(['rising', 'steady', 'falling']),
      why: z.string(),
      calls: z.array(z.object({ callId: z.string(), at: z.string(), sentiment: z.number() })),
    }),
  ),
  /** 0..100 as the sum of its reasons. Null before the first contact. */
  engagement: z.nullable(z.object({ score: z.int(), why: z.array(z.object({ points: z.int(), text: z.string() })) })),
  recommendedNextStep: z.nullable(
    z.object({
      action: z.enum(['call', 'email', 'meeting', 'proposal']),
      timing: z.enum(['today', 'this-week', 'this-month']),
      /** Why this, now. */
      context: z.string(),
      because: z.optional(cited),
    }),
  ),
});
/** `GET /api/customer/:id/memory[?object=deal&after=]` — all of it from calls that the asker may see. */
export type CustomerMemory = z.infer<typeof customerMemory>;

/** `POST /v1/customers/:id/ask` — a question in words about one customer. */
export const askCustomerBody = z.object({
  requestId: z.uuid(),
  question: z.string().check(z.minLength(2), z.maxLength(300)),
  object: z.optional(recordRef.shape.object),
});

/**
 * `known: false`: nothing that the asker may see answers it; `sources` then hold what comes nearest. `by`: out of what was remembered, out of
 * a search over what was said, or put together by a model, each of whose quotes was found in the transcript.
 */
export const customerAnswer = z.object({
  known: z.boolean(),
  answer: z.string(),
  by: z.enum(['memory', 'search', 'model']),
  sources: z.array(cited),
});
export type CustomerAnswer = z.infer<typeof customerAnswer>;
