import { FRAME_MS } from '../../shared/capture/frames.ts';
import type { Tick } from '../deepgram/ear.ts';
import { fluxTurns } from '../deepgram/flux.ts';
import type { CallFolder, Timed } from './folder.ts';

/** How long after a sound Flux tells of it. */
const ASR_MS = 120;

/** What one mono session hears of one channel: nova as it was recorded, renumbered to one channel. */
export const novaSchedule = ({ schedule }: CallFolder, ch: number): Timed[] =>
  schedule.flatMap(({ t, msg }): Timed[] => {
    const { channel_index: index, channel } = msg;
    if (Array.isArray(index)) return index[0] === ch ? [{ t, msg: { ...msg, channel_index: [0, 1] } }] : [];
    return Array.isArray(channel) && channel[0] === ch ? [{ t, msg: { ...msg, channel: [0, 1] } }] : [];
  });

/** The same words in Flux's cadence: a message a quarter of a second, and one when a turn begins or ends. */
export function fluxSchedule({ turns, durationMs }: CallFolder, ch: 0 | 1, requestId: string): Timed[] {
  const side = ch === 0 ? 'customer' : 'rep';
  const words = turns[ch].flatMap((turn, index) =>
    turn.map((word, at) => ({ ...word, side, turn: index, isLast: at === turn.length - 1 }) as const),
  );
  const flux = fluxTurns(requestId, {
    eotThreshold: 0.7,
    eagerEotThreshold: 0.4,
    eotTimeoutMs: 5_000,
    keyterms: [],
    languageHints: [],
    isMultilingual: false,
  });
  // The greeting is the first message of a session, and numbered so.
  flux.connected();
  const said: Timed[] = [];
  let next = 0;
  for (let endMs = FRAME_MS; endMs <= durationMs + 2_000; endMs += FRAME_MS) {
    const ended: Tick['words'] = [];
    for (let word = words[next]; word && word.endMs <= endMs; word = words[next]) {
      ended.push(word);
      next += 1;
    }
    const inWord = (words[next]?.startMs ?? Number.POSITIVE_INFINITY) < endMs;
    for (const msg of flux.tick({ endMs, words: ended, inWord, isStrange: false })) said.push({ t: endMs + ASR_MS, msg: { ...msg } });
  }
  return said;
}
