import * as z from 'zod/mini';
import { type Line, sure, unnamed } from './line.ts';

const wordShape = z.object({
  word: z.string(),
  punctuated_word: z.optional(z.string()),
  start: z.number(),
  end: z.number(),
  confidence: z.optional(z.number()),
  speaker: z.optional(z.number()),
});

const resultsShape = z.object({
  utterances: z.optional(
    z.array(
      z.object({
        start: z.number(),
        end: z.number(),
        confidence: z.optional(z.number()),
        channel: z.optional(z.number()),
        speaker: z.optional(z.number()),
        transcript: z.string(),
      }),
    ),
  ),
  channels: z.array(z.object({ alternatives: z.array(z.object({ transcript: z.string(), words: z.optional(z.array(wordShape)) })) })),
});

/** Deepgram's answer as its tools save it. */
export const deepgram = z.object({ results: resultsShape });

/** Its utterances where it has them, else its words cut into turns. */
export function fromDeepgram({ utterances, channels }: z.output<typeof resultsShape>): Line[] {
  if (utterances && utterances.length > 0) {
    return utterances.map((one) => ({
      speaker: unnamed(channels.length > 1 ? (one.channel ?? 0) : (one.speaker ?? 0)),
      text: one.transcript,
      startMs: one.start * 1000,
      endMs: one.end * 1000,
      ...sure(one.confidence),
    }));
  }
  const lines = channels.flatMap((channel, nth) => turns(channel.alternatives[0]?.words ?? [], channels.length > 1 ? nth : undefined));
  if (lines.length > 0) return lines.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
  return channels.flatMap((channel, nth) =>
    channel.alternatives[0]?.transcript ? [{ speaker: unnamed(nth), text: channel.alternatives[0].transcript }] : [],
  );
}

/** Words of one channel, cut where the voice changes or falls silent for a second. */
function turns(words: readonly z.output<typeof wordShape>[], channel: number | undefined): Line[] {
  const lines: Line[] = [];
  let last: z.output<typeof wordShape> | undefined;
  for (const word of words) {
    const speaker = unnamed(channel ?? word.speaker ?? 0);
    const text = word.punctuated_word ?? word.word;
    const line = lines.at(-1);
    if (line && last && line.speaker === speaker && word.start - last.end < 1) {
      line.text += ` ${text}`;
      line.endMs = word.end * 1000;
    } else lines.push({ speaker, text, startMs: word.start * 1000, endMs: word.end * 1000, ...sure(word.confidence) });
    last = word;
  }
  return lines;
}
