import type { Role, Utterance } from '../../contracts/transcript.ts';

/** What was said in a running call, as the model may read it. Kept in memory only; forgotten with the call's consent. */
export interface Transcript {
  /** Finished turns in the order in which they ended; their `seq` counts over the call. */
  done: readonly Utterance[];
  open: Readonly<Partial<Record<Role, Utterance & { turn: number }>>>;
  nextSeq: number;
}

export interface SpokenTurn {
  role: Role;
  turn: number;
  text: string;
  final: boolean;
  /** Call time. */
  startMs: number;
  endMs: number;
}

const CHARS_MAX = 60_000;
const CHARS_KEPT = 40_000;
const TURN_CHARS_MAX = 4_000;

export const newTranscript = (): Transcript => ({ done: [], open: {}, nextSeq: 0 });

/** Finished turns are only added, so that what a vendor keeps of the beginning stays right; a very long call loses its beginning at once. */
export function writeTurn(transcript: Transcript, { role, turn, text, final, startMs, endMs }: SpokenTurn): Transcript {
  const { [role]: _, ...others } = transcript.open;
  const said = { role, speaker: role, text: text.slice(0, TURN_CHARS_MAX), startMs, endMs, confidence: 1 };
  if (text.trim() === '') return { ...transcript, open: others };
  if (!final) return { ...transcript, open: { ...others, [role]: { ...said, seq: OPEN_FROM + ORDER.indexOf(role), turn } } };
  const done = shortened([...transcript.done, { ...said, seq: transcript.nextSeq }]);
  return { done, open: others, nextSeq: transcript.nextSeq + 1 };
}

export const openTurns = ({ open }: Transcript): Utterance[] => Object.values(open).sort((a, b) => a.startMs - b.startMs);

/** Those of the last `forMs` before the last word that anybody said. */
export function lastOf(said: readonly Utterance[], forMs: number): Utterance[] {
  const lastMs = said.reduce((last, { endMs }) => Math.max(last, endMs), 0);
  return said.filter(({ endMs }) => endMs >= lastMs - forMs);
}

function shortened(done: readonly Utterance[]): readonly Utterance[] {
  let chars = done.reduce((sum, { text }) => sum + text.length, 0);
  if (chars <= CHARS_MAX) return done;
  let from = 0;
  for (; chars > CHARS_KEPT && from < done.length - 1; from++) chars -= done[from]?.text.length ?? 0;
  return done.slice(from);
}

/** Unfinished turns have no place yet: they stand after all that have one. */
const OPEN_FROM = 1_000_000;
const ORDER: readonly Role[] = ['rep', 'customer', 'other'];
