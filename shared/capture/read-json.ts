import * as z from 'zod/mini';
import { clockMs, type Line } from './cue-time.ts';

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
  if (people.success) {
    const lines = people.data.participants.flatMap((person) =>
      person.transcripts.map((one) => ({
        speaker: person.display_name ?? person.name ?? '',
        text: one.text,
        ...span(one.start_time, one.end_time),
      })),
    );
    return { format: 'zoom', lines: lines.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)), ...started(people.data.start_time) };
  }
  const list = z.array(z.unknown()).safeParse(value);
  const rtms = list.success ? list.data.flatMap((one) => zoomMessage.safeParse(one).data ?? []) : [];
  if (rtms.length > 0) return fromZoomMessages(rtms);
  return flat(value);
}

const num = z.union([z.number(), z.string()]);
const dgWord = z.object({
  word: z.string(),
  punctuated_word: z.optional(z.string()),
  start: z.number(),
  end: z.number(),
  confidence: z.optional(z.number()),
  speaker: z.optional(z.number()),
});
const dgResults = z.object({
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
  channels: z.array(z.object({ alternatives: z.array(z.object({ transcript: z.string(), words: z.optional(z.array(dgWord)) })) })),
});
const deepgram = z.object({ results: dgResults });

function fromDeepgram({ utterances, channels }: z.output<typeof dgResults>): Line[] {
  if (utterances && utterances.length > 0) {
    return utterances.map((one) => ({
      speaker: name(channels.length > 1 ? (one.channel ?? 0) : (one.speaker ?? 0)),
      text: one.transcript,
      startMs: one.start * 1000,
      endMs: one.end * 1000,
      ...sure(one.confidence),
    }));
  }
  const lines = channels.flatMap((channel, nth) => turns(channel.alternatives[0]?.words ?? [], channels.length > 1 ? nth : undefined));
  if (lines.length > 0) return lines.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
  return channels.flatMap((channel, nth) =>
    channel.alternatives[0]?.transcript ? [{ speaker: name(nth), text: channel.alternatives[0].transcript }] : [],
  );
}

/** Words of one channel, cut where the voice changes or falls silent for a second. */
function turns(words: readonly z.output<typeof dgWord>[], channel: number | undefined): Line[] {
  const lines: Line[] = [];
  let last: z.output<typeof dgWord> | undefined;
  for (const word of words) {
    const speaker = name(channel ?? word.speaker ?? 0);
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

const zoomPeople = z.object({
  start_time: z.optional(z.string()),
  participants: z.array(
    z.object({
      display_name: z.optional(z.string()),
      name: z.optional(z.string()),
      transcripts: z.array(z.object({ text: z.string(), start_time: z.nullish(num), end_time: z.nullish(num) })),
    }),
  ),
});
const zoomMessage = z.object({
  msg_type: z.literal(17),
  content: z.object({ user_name: z.string(), data: z.string(), timestamp: z.number() }),
});

/** Live messages carry wall time, so the first one tells when the call was. */
function fromZoomMessages(messages: readonly z.output<typeof zoomMessage>[]) {
  const first = messages.reduce((least, one) => Math.min(least, one.content.timestamp), Number.POSITIVE_INFINITY);
  const lines = messages.map(({ content }) => ({ speaker: content.user_name, text: content.data, startMs: content.timestamp - first }));
  const wall = first > 1e12 && first < 1e13 ? { startedAt: new Date(first).toISOString() } : {};
  return { format: 'zoom' as const, lines: lines.toSorted((a, b) => a.startMs - b.startMs), ...wall };
}

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
function flat(value: unknown): { format: 'zoom' | 'json'; lines: Line[]; startedAt?: string } | undefined {
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
    const who = speaker_name ?? user_name ?? username ?? plain ?? (typeof speaker === 'number' ? name(speaker) : speaker) ?? role ?? '';
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

const name = (nth: number): string => `Speaker ${nth + 1}`;

/** Seconds as a number or figure, or a clock. */
function span(start: string | number | null | undefined, end: string | number | null | undefined): { startMs?: number; endMs?: number } {
  const [from, to] = [msOf(start), msOf(end)];
  return { ...(from === undefined ? {} : { startMs: from }), ...(to === undefined ? {} : { endMs: to }) };
}

function msOf(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : clockMs(String(value));
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

function sure(value: string | number | null | undefined): { confidence?: number } {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? { confidence: Math.max(0, Math.min(1, number)) } : {};
}

function started(value: unknown): { startedAt?: string } {
  return typeof value === 'string' && Number.isFinite(Date.parse(value)) && /^\d{4}-\d\d-\d\dT/.test(value) ? { startedAt: value } : {};
}
