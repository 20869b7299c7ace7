import * as z from 'zod/mini';

/** A line that somebody of the team types to the rep of a running call. `atMs`: from the start of the call. Never part of the recording. */
export const whisper = z.object({
  id: z.string(),
  /** The name of who typed it. */
  from: z.string(),
  text: z.string(),
  atMs: z.number(),
});
export type Whisper = z.infer<typeof whisper>;

/** Who of the team looks right now, by name, and at what: that the call runs and its alerts, or its cards too. */
export const watcher = z.object({ name: z.string(), sees: z.enum(['alerts', 'cards']) });
export type Watcher = z.infer<typeof watcher>;

/** What the rep is told of those who help. */
export const liveHelp = z.object({ watchedBy: z.array(watcher), whisper: z.nullable(whisper) });
export type LiveHelp = z.infer<typeof liveHelp>;

/** "Jordan Blake can see this call’s cards." A sentence for each of them; empty when nobody looks. */
export const watcherWords = ({ watchedBy }: LiveHelp): string[] =>
  watchedBy.map(({ name, sees }) =>
    sees === 'cards'
      ? `Your team lead ${name} can see this call’s cards.`
      : `Your team lead ${name} can see that this call runs, and its alerts.`,
  );
