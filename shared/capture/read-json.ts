import * as z from 'zod/mini';
import { type Line, num, span, sure } from './line.ts';
import { deepgram, fromDeepgram } from './read-deepgram.ts';
import { readTurns } from './read-turns.ts';
import { fromZoomMessages, fromZoomPeople, zoomMessage, zoomPeople } from './read-zoom.ts';

/** A JSON transcript's kind and lines; undefined when no known shape fits. Fields nobody asked for are ignored. */
export function readJson(
  value: unknown,
): { format: 'deepgram' | 'twilio' | 'zoom' | 'json'; lines: Line[]; startedAt?: string } | undefined {
  const dg = deepgram.safeParse(value);
  if (dg.success) return { format: 'deepgram', lines: fromDeepgram(dg.data.results) };
  const tw = twilio.safeParse(value);
  if (tw.success)
    return {
      format: 'twilio',
      lines: tw.data.sentences
        .toSorted((a, b) => (a.sentence_index ?? 0) - (b.sentence_index ?? 0))
        .map((one) => ({
          speaker: `Speaker ${one.media_channel}`,
          text: one.transcript,
          ...span(one.start_time, one.end_time),
          ...sure(one.confidence),
        })),
    };
  const people = zoomPeople.safeParse(value);
  if (people.success) return fromZoomPeople(people.data);
  const list = z.array(z.unknown()).safeParse(value);
  const rtms = list.success ? list.data.flatMap((one) => zoomMessage.safeParse(one).data ?? []) : [];
  if (rtms.length > 0) return fromZoomMessages(rtms);
  return readTurns(value);
}

const twilio = z.object({
  sentences: z.array(
    z.object({
      media_channel: z.number(),
      transcript: z.string(),
      sentence_index: z.optional(z.number()),
      start_time: z.nullish(num),
      end_time: z.nullish(num),
      confidence: z.nullish(num),
    }),
  ),
});
