import * as z from 'zod/mini';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/**
 * What Zoom tells of a running meeting's stream, as the inbox keeps it. Its address is in no other place than in the message; it is opened
 * only where the vendor's own list of hosts has it.
 */
export const liveNews = z.object({
  connectionId: z.uuid(),
  /** The meeting's uuid, by which its recording is known too. */
  meetingId: text(200),
  streamId: text(200),
  is: z.enum(['started', 'interrupted', 'stopped']),
  /** Absent where the one from before still holds. */
  address: z.optional(text(2_048)),
  /** The number that people join by. */
  number: z.optional(text(40)),
  stopReason: z.optional(z.number()),
  /** When Zoom said so, milliseconds since 1970. */
  atMs: z.number(),
});
export type LiveNews = z.infer<typeof liveNews>;

const id = z.union([z.string(), z.number()]);
const flat = z.object({
  meeting_uuid: text(200),
  rtms_stream_id: text(200),
  meeting_id: z.optional(id),
  server_urls: z.optional(text(2_048)),
  stop_reason: z.optional(z.number()),
});
/** Zoom sends these facts beside the account; some of its pages show them one level deeper. */
const rtmsEvent = z.object({
  event: z.enum(['meeting.rtms_started', 'meeting.rtms_interrupted', 'meeting.rtms_stopped']),
  payload: z.union([flat, z.object({ object: flat })]),
});
const named = { 'meeting.rtms_started': 'started', 'meeting.rtms_interrupted': 'interrupted', 'meeting.rtms_stopped': 'stopped' } as const;

/** The news in a body, or `malformed`; null when it is about something else. */
export function liveNewsIn(body: unknown, connectionId: string, atMs: number): LiveNews | 'malformed' | null {
  const name = z.object({ event: z.string() }).safeParse(body).data?.event ?? '';
  if (!Object.hasOwn(named, name)) return null;
  const read = rtmsEvent.safeParse(body);
  if (!read.success) return 'malformed';
  const { event, payload } = read.data;
  const { meeting_uuid, rtms_stream_id, meeting_id, server_urls, stop_reason } = 'object' in payload ? payload.object : payload;
  if (event === 'meeting.rtms_started' && server_urls === undefined) return 'malformed';
  return {
    connectionId,
    meetingId: meeting_uuid,
    streamId: rtms_stream_id,
    is: named[event],
    ...(server_urls === undefined ? {} : { address: server_urls }),
    ...(meeting_id === undefined ? {} : { number: String(meeting_id) }),
    ...(stop_reason === undefined ? {} : { stopReason: stop_reason }),
    atMs,
  };
}
