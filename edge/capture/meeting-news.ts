import * as z from 'zod/mini';

/** What a meeting platform told us, as the inbox keeps it: which meeting, and who held it. No address, no token and no word of it. */
export const meetingNews = z.object({
  connectionId: z.uuid(),
  meetingId: z.string().check(z.minLength(1), z.maxLength(4_096)),
  hostEmail: z.optional(z.string().check(z.maxLength(320))),
  /** The account took our app out; with `forget` it wants everything deleted that came from there. */
  left: z.optional(z.enum(['forget', 'keep'])),
  /** When the platform said so, milliseconds since 1970. */
  atMs: z.number(),
});
export type MeetingNews = z.infer<typeof meetingNews>;

export type MeetingProvider = 'zoom' | 'graph';

/** `later` is nobody's failed try; `never` is given up. */
export type MeetingOutcome = { is: 'done' } | { is: 'again'; afterMs?: number } | { is: 'later'; inMs: number } | { is: 'never' };
