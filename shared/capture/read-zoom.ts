import * as z from 'zod/mini';
import { num, span, started } from './line.ts';

/** A meeting by who spoke. */
export const zoomPeople = z.object({
  start_time: z.optional(z.string()),
  participants: z.array(
    z.object({
      display_name: z.optional(z.string()),
      name: z.optional(z.string()),
      transcripts: z.array(z.object({ text: z.string(), start_time: z.nullish(num), end_time: z.nullish(num) })),
    }),
  ),
});

export function fromZoomPeople(meeting: z.output<typeof zoomPeople>) {
  const lines = meeting.participants.flatMap((person) =>
    person.transcripts.map((one) => ({
      speaker: person.display_name ?? person.name ?? '',
      text: one.text,
      ...span(one.start_time, one.end_time),
    })),
  );
  return { format: 'zoom' as const, lines: lines.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)), ...started(meeting.start_time) };
}

/** One live message. */
export const zoomMessage = z.object({
  msg_type: z.literal(17),
  content: z.object({ user_name: z.string(), data: z.string(), timestamp: z.number() }),
});

/** Live messages carry wall time, so the first one tells when the call was. */
export function fromZoomMessages(messages: readonly z.output<typeof zoomMessage>[]) {
  const first = messages.reduce((least, one) => Math.min(least, one.content.timestamp), Number.POSITIVE_INFINITY);
  const lines = messages.map(({ content }) => ({ speaker: content.user_name, text: content.data, startMs: content.timestamp - first }));
  const wall = first > 1e12 && first < 1e13 ? { startedAt: new Date(first).toISOString() } : {};
  return { format: 'zoom' as const, lines: lines.toSorted((a, b) => a.startMs - b.startMs), ...wall };
}
