import * as z from 'zod/mini';
import { type Line, num, span, started, unnamed } from './line.ts';

const row = z.object({
  text: z.optional(z.string()),
  transcript: z.optional(z.string()),
  content: z.optional(z.string()),
  speaker: z.nullish(num),
  speaker_name: z.nullish(z.string()),
  user_name: z.nullish(z.string()),
  username: z.nullish(z.string()),
  name: z.nullish(z.string()),
  role: z.nullish(z.string()),
  start: z.nullish(num),
  end: z.nullish(num),
  start_time: z.nullish(num),
  end_time: z.nullish(num),
  ts: z.nullish(num),
  end_ts: z.nullish(num),
});

/** A list of turns, bare or under its usual name: Zoom's `timeline`, and what most other tools export. */
export function readTurns(value: unknown): { format: 'zoom' | 'json'; lines: Line[]; startedAt?: string } | undefined {
  const box = z.looseObject({}).safeParse(value);
  const held: Record<string, unknown> = box.success ? box.data : {};
  const key = Array.isArray(value)
    ? ''
    : (['transcript', 'transcripts', 'timeline', 'utterances', 'turns', 'segments', 'sentences', 'messages'].find((one) =>
        Array.isArray(held[one]),
      ) ?? undefined);
  if (key === undefined) return undefined;
  const list = z.array(z.unknown()).safeParse(key === '' ? value : held[key]);
  if (!list.success) return undefined;
  const lines = list.data.flatMap((item): Line[] => {
    const one = row.safeParse(item);
    const text = one.data?.text ?? one.data?.transcript ?? one.data?.content;
    if (!one.success || !text?.trim()) return [];
    const { speaker, speaker_name, user_name, username, name: plain, role } = one.data;
    const side =
      role === 'rep' || role === 'agent'
        ? ('rep' as const)
        : role === 'customer' || role === 'prospect'
          ? ('customer' as const)
          : undefined;
    const who = speaker_name ?? user_name ?? username ?? plain ?? (typeof speaker === 'number' ? unnamed(speaker) : speaker) ?? role ?? '';
    return [
      {
        speaker: String(who),
        text,
        ...span(one.data.start ?? one.data.start_time ?? one.data.ts, one.data.end ?? one.data.end_time ?? one.data.end_ts),
        ...(side ? { side } : {}),
      },
    ];
  });
  if (lines.length === 0) return undefined;
  return {
    format: key === 'timeline' || list.data.some((item) => z.object({ user_name: z.string() }).safeParse(item).success) ? 'zoom' : 'json',
    lines,
    ...started(held['started_at'] ?? held['startedAt'] ?? held['start_time']),
  };
}
