import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** One timed line of a call folder; `t` is milliseconds since the call's first audio. */
export interface Timed {
  t: number;
  msg: Record<string, unknown>;
}

/** What somebody says, and which kinds of moment it may count as. Seconds since the call's first audio; `ch` 0 is the customer, 1 the rep. */
export interface Trigger {
  id: string;
  types: readonly string[];
  ch: number;
  cue_start: number;
  cue_end: number;
}

interface Spoken {
  text: string;
  startMs: number;
  endMs: number;
  confidence: number;
}

/** A recorded call as a folder: `twilio_frames.jsonl`, `triggers.json`, and how its words came (`deepgram_live.jsonl`, `truth.json`). */
export interface CallFolder {
  frames: readonly Timed[];
  /** Mu-law by channel, put together from the frames. */
  tracks: readonly [Uint8Array, Uint8Array];
  /** Nova's messages for both channels, in order; empty when the folder has none. */
  schedule: readonly Timed[];
  triggers: readonly Trigger[];
  /** Each channel's turns, word by word. */
  turns: readonly [readonly Spoken[][], readonly Spoken[][]];
  durationMs: number;
}

const line = z.object({ t: z.number(), msg: z.record(z.string(), z.unknown()) });
const trigger = z.object({ id: z.string(), types: z.array(z.string()), ch: z.int(), cue_start: z.number(), cue_end: z.number() });
const media = z.object({ event: z.literal('media'), media: z.object({ track: z.enum(['inbound', 'outbound']), payload: z.string() }) });
const heardWord = z.object({ word: z.string(), start: z.number(), end: z.number(), confidence: z.optional(z.number()) });
const truth = z.object({
  turns: z.array(z.object({ role: z.string(), words: z.array(heardWord) })),
});
const results = z.object({
  type: z.literal('Results'),
  channel_index: z.array(z.int()),
  is_final: z.boolean(),
  speech_final: z.boolean(),
  channel: z.object({ alternatives: z.array(z.object({ words: z.array(heardWord) })) }),
});

export function readFolder(dir: string): CallFolder {
  const text = (name: string) => readFileSync(join(dir, name), 'utf8');
  const lines = (name: string): Timed[] =>
    text(name)
      .split('\n')
      .filter((one) => one.trim() !== '')
      .map((one) => line.parse(JSON.parse(one)));
  const frames = lines('twilio_frames.jsonl');
  const schedule = existsSync(join(dir, 'deepgram_live.jsonl')) ? lines('deepgram_live.jsonl') : [];
  return {
    frames,
    tracks: [trackOf(frames, 'inbound'), trackOf(frames, 'outbound')],
    schedule,
    triggers: existsSync(join(dir, 'triggers.json')) ? z.array(trigger).parse(JSON.parse(text('triggers.json'))) : [],
    turns: existsSync(join(dir, 'truth.json')) ? toldTurns(truth.parse(JSON.parse(text('truth.json'))).turns) : heardTurns(schedule),
    durationMs: frames.at(-1)?.t ?? 0,
  };
}

function trackOf(frames: readonly Timed[], track: string): Uint8Array {
  return Buffer.concat(
    frames.flatMap(({ msg }) => {
      const one = media.safeParse(msg);
      return one.success && one.data.media.track === track ? [Buffer.from(one.data.media.payload, 'base64')] : [];
    }),
  );
}

const spoken = ({ word, start, end, confidence = 0.98 }: z.infer<typeof heardWord>): Spoken => ({
  text: word,
  startMs: Math.round(start * 1_000),
  endMs: Math.round(end * 1_000),
  confidence,
});

const toldTurns = (turns: z.infer<typeof truth>['turns']): CallFolder['turns'] => [
  turns.filter(({ role }) => role !== 'rep').map(({ words }) => words.map(spoken)),
  turns.filter(({ role }) => role === 'rep').map(({ words }) => words.map(spoken)),
];

/** Without the truth, what was settled in the schedule is the best we know. */
function heardTurns(schedule: readonly Timed[]): CallFolder['turns'] {
  const turns: [Spoken[][], Spoken[][]] = [[], []];
  const open: [Spoken[], Spoken[]] = [[], []];
  for (const { msg } of schedule) {
    const said = results.safeParse(msg);
    if (!said.success || !said.data.is_final) continue;
    const ch = said.data.channel_index[0] === 1 ? 1 : 0;
    open[ch].push(...(said.data.channel.alternatives[0]?.words ?? []).map(spoken));
    if (!said.data.speech_final || open[ch].length === 0) continue;
    turns[ch].push(open[ch]);
    open[ch] = [];
  }
  for (const ch of [0, 1] as const) if (open[ch].length > 0) turns[ch].push(open[ch]);
  return turns;
}
