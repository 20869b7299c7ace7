import * as z from 'zod/mini';

const number = z.optional(z.number());

/** How a call went as a conversation. What could not be measured is absent, never zero. Shares are 0..1. */
export const metrics = z.object({
  /** Rep speech over rep and customer speech, silence left out. */
  talkRatio: number,
  /** The rep's longest run, in which short gaps and "mm-hm" do not count as a break. */
  longestMonologueMs: number,
  /** The same of the customer. */
  longestStoryMs: number,
  /** Rep speech over the whole call, silence counted. */
  talkShareOfDuration: number,
  /** Speaker switches a minute. */
  interactivity: number,
  /** Median wait of the rep after the customer stopped. */
  patienceMs: number,
  /** How many the rep asked. */
  questions: number,
  openQuestionShare: number,
  questionsPer30Minutes: number,
  /** How often the rep cut in. */
  interruptions: number,
  interruptionsPer10Minutes: number,
  /** Words a minute of speech. */
  wpmRep: number,
  wpmCustomer: number,
  /** Fillers of the rep a minute of speech. */
  fillersPerMinute: number,
  fillersPerMinuteCustomer: number,
  silenceShare: number,
  /** Both at once, over the call. */
  overtalkShare: number,
});
export type Metrics = z.infer<typeof metrics>;
