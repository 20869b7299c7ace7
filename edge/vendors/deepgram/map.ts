import * as z from 'zod/mini';
import { smoothVoices, turnsOf, type VoicedWord } from '../../../shared/capture/smooth-voices.ts';
import { unsureIn } from '../../../shared/capture/unsure-words.ts';
import type { Role, Utterance, Word } from '../../../shared/contracts/transcript.ts';
import type { SpeechHeard } from '../../ports/speech.ts';

type HeardTurn = Extract<SpeechHeard, { type: 'turn' }>;

/** One socket message in our words. */
export type LiveHeard =
  | { type: 'listening' }
  | HeardTurn
  /** Still there, nothing new; `heardToMs` says how far. */
  | { type: 'alive'; heardToMs: number }
  | { type: 'fault' }
  | { type: 'ignored' };

/** Understands one live session. Messages go in, in order. */
export interface LiveReader {
  read(message: string): LiveHeard;
  /** When the session closes: the turn that was still open, now as good as it will ever be. */
  last(): HeardTurn | undefined;
}

const fluxMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Connected') }),
  z.object({
    type: z.literal('TurnInfo'),
    event: z.enum(['Update', 'StartOfTurn', 'EagerEndOfTurn', 'TurnResumed', 'EndOfTurn']),
    turn_index: z.int(),
    audio_window_start: z.number(),
    audio_window_end: z.number(),
    transcript: z.string(),
    words: z.array(z.object({ word: z.string(), confidence: z.number(), start: z.optional(z.number()), end: z.optional(z.number()) })),
  }),
  z.object({ type: z.literal('Error') }),
]);

const PAUSES: Record<string, { pause: 'eager' | 'resumed' }> = { EagerEndOfTurn: { pause: 'eager' }, TurnResumed: { pause: 'resumed' } };

/** Flux speaks in turns already. Closing the stream ends no turn, so the last update is kept for then. */
export function fluxReader(): LiveReader {
  let open: HeardTurn | undefined;
  return {
    read(message) {
      const parsed = fluxMessage.safeParse(json(message));
      if (!parsed.success) return { type: 'ignored' };
      const said = parsed.data;
      if (said.type === 'Connected') return { type: 'listening' };
      if (said.type === 'Error') return { type: 'fault' };
      const heardToMs = ms(said.audio_window_end);
      if (said.transcript.trim() === '') return { type: 'alive', heardToMs };
      const words = said.words.map(({ word, confidence, start, end }) => ({
        text: word,
        // Word times are optional here; the window of the turn is then the best we know.
        startMs: ms(start ?? said.audio_window_start),
        endMs: ms(end ?? said.audio_window_end),
        confidence,
      }));
      const final = said.event === 'EndOfTurn';
      const turn: HeardTurn = { type: 'turn', turn: said.turn_index, text: said.transcript.trim(), words, final, heardToMs };
      open = final ? undefined : turn;
      return { ...turn, ...PAUSES[said.event] };
    },
    last: () => open && { ...open, final: true },
  };
}

const liveWord = z.object({
  word: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number(),
  punctuated_word: z.optional(z.string()),
  speaker: z.optional(z.int()),
});
const novaMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Results'),
    start: z.number(),
    duration: z.number(),
    is_final: z.optional(z.boolean()),
    speech_final: z.optional(z.boolean()),
    channel: z.object({ alternatives: z.array(z.object({ transcript: z.string(), words: z.array(liveWord) })) }),
  }),
  z.object({ type: z.literal('UtteranceEnd') }),
  z.object({ type: z.literal('Error') }),
]);

type NovaSaid =
  | { type: 'ignored' }
  | { type: 'fault' }
  /** The vendor's second sign that speech ended. */
  | { type: 'end' }
  | { type: 'words'; words: (Word & { voice?: number })[]; isFinal: boolean; isEnd: boolean; heardToMs: number };

/** One of nova's messages as it is, before turns are made of it. */
export function novaResults(message: string): NovaSaid {
  const parsed = novaMessage.safeParse(json(message));
  if (!parsed.success) return { type: 'ignored' };
  const said = parsed.data;
  if (said.type === 'Error') return { type: 'fault' };
  if (said.type === 'UtteranceEnd') return { type: 'end' };
  const words = (said.channel.alternatives[0]?.words ?? []).map((word) => ({
    ...wordOf(word),
    ...(word.speaker === undefined ? {} : { voice: word.speaker }),
  }));
  return {
    type: 'words',
    words,
    isFinal: said.is_final === true,
    isEnd: said.speech_final === true,
    heardToMs: ms(said.start + said.duration),
  };
}

/** Nova finishes a turn piece by piece; the pieces are put together here, one turn for each `speech_final`. */
export function novaReader(): LiveReader {
  let turn = 0;
  let settled: Word[] = [];
  let loose: Word[] = [];
  let heardToMs = 0;

  const say = (words: Word[], final: boolean): HeardTurn => ({
    type: 'turn',
    turn,
    text: words.map(({ text }) => text).join(' '),
    words,
    final,
    heardToMs,
  });
  const finish = (): HeardTurn | undefined => {
    const words = [...settled, ...loose];
    settled = [];
    loose = [];
    if (words.length === 0) return undefined;
    const done = say(words, true);
    turn += 1;
    return done;
  };

  return {
    read(message) {
      const said = novaResults(message);
      if (said.type === 'ignored' || said.type === 'fault') return said;
      // Speech can end without `speech_final` where the line is noisy; this is the vendor's second sign.
      // Words that may still change are not ended by it: they come once more when they are final.
      if (said.type === 'end') return (loose.length === 0 && finish()) || { type: 'alive', heardToMs };
      heardToMs = said.heardToMs;
      const { words } = said;
      if (said.isFinal) settled = [...settled, ...words];
      loose = said.isFinal ? [] : words;
      if (said.isEnd) return finish() ?? { type: 'alive', heardToMs };
      return words.length === 0 ? { type: 'alive', heardToMs } : say([...settled, ...loose], false);
    },
    last: finish,
  };
}

const fileWord = z.object({
  word: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number(),
  punctuated_word: z.optional(z.string()),
  speaker: z.optional(z.int()),
});
const fileAnswer = z.object({
  metadata: z.object({ channels: z.number(), duration: z.optional(z.number()) }),
  results: z.object({
    utterances: z.optional(
      z.array(
        z.object({
          start: z.number(),
          end: z.number(),
          confidence: z.number(),
          channel: z.int(),
          transcript: z.string(),
          speaker: z.optional(z.int()),
          words: z.optional(z.array(fileWord)),
        }),
      ),
    ),
  }),
});

/**
 * A recording's answer as utterances in the order of time, or nothing when it has not the shape we asked for.
 * With a channel each the role is known where it was told; of voices in one channel everybody is `other` and "Speaker 1" onward, in the
 * order in which they first speak, with the recogniser's slips between voices smoothed out.
 */
export function utterancesOf(answer: unknown, channels: readonly Role[]): Utterance[] | undefined {
  const parsed = fileAnswer.safeParse(answer);
  if (!parsed.success || !parsed.data.results.utterances) return undefined;
  const said = parsed.data.results.utterances.filter(({ transcript }) => transcript.trim() !== '');
  said.sort((one, other) => one.start - other.start || one.channel - other.channel);
  const words = channels.length > 1 ? [] : said.flatMap((utterance) => utterance.words?.flatMap(voicedOf) ?? []);
  // One voice alone has nothing to be smoothed, and no word without its voice may be lost.
  if (new Set(words.map(({ voice }) => voice)).size > 1 && said.every((one) => one.words?.every(({ speaker }) => speaker !== undefined)))
    return turnsOf(smoothVoices(words));
  return said.map((utterance, seq) => {
    const role = channels.length > 1 ? (channels[utterance.channel] ?? 'other') : 'other';
    return {
      seq,
      role,
      speaker: role === 'other' ? `Speaker ${(utterance.speaker ?? utterance.channel) + 1}` : role,
      text: utterance.transcript.trim(),
      startMs: ms(utterance.start),
      endMs: ms(utterance.end),
      confidence: utterance.confidence,
      ...unsureIn(utterance.words?.map(wordOf) ?? []),
    };
  });
}

/** Seconds of one voice that a recording's answer is paid for: each channel that is heard by itself counts by itself. */
export function paidSeconds(answer: unknown, isSplit: boolean): number {
  const parsed = fileAnswer.safeParse(answer);
  if (!parsed.success) return 0;
  const { duration = 0, channels } = parsed.data.metadata;
  return duration * (isSplit ? channels : 1);
}

const voicedOf = (word: z.infer<typeof fileWord>): VoicedWord[] =>
  word.speaker === undefined ? [] : [{ ...wordOf(word), voice: word.speaker }];

const wordOf = (word: z.infer<typeof liveWord>): Word => ({
  text: word.punctuated_word ?? word.word,
  startMs: ms(word.start),
  endMs: ms(word.end),
  confidence: word.confidence,
});

const ms = (seconds: number): number => Math.round(seconds * 1_000);

function json(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
