import type { CallSpend, Consent, GuidanceCard, GuidanceDown, LiveView } from 'c/rosContracts';

/** What the live card knows of the running call. */
export interface Shown {
  seq: number;
  consent: Consent;
  card: GuidanceCard | null;
  /** What was last heard, for a person to see that it listens; `of` where one microphone hears everybody. */
  heard: string;
  of?: Line;
  customerName: string;
  elapsedMs: number | null;
  talkShareRep: number | null;
  /** What the call has cost so far, once somebody was heard. */
  spend?: CallSpend;
  /** Why no card comes, in a sentence. */
  unguided?: string;
  ended: boolean;
}

type Line = Extract<GuidanceDown, { type: 'line' }>['line'];

export const nothingShown: Shown = {
  seq: 0,
  consent: 'unknown',
  card: null,
  heard: '',
  customerName: '',
  elapsedMs: null,
  talkShareRep: null,
  ended: false,
};

/** One frame of the socket. A frame that came before is left out: every frame may come twice. */
export function foldFrame(shown: Shown, frame: GuidanceDown): Shown {
  // A hello says how things stand; its number may well be the one we have.
  if (frame.type === 'hello') return { ...shown, seq: Math.max(shown.seq, frame.seq), consent: frame.consent, card: frame.card };
  if (frame.type === 'stat') return { ...shown, talkShareRep: frame.talkShareRep, ...costOf(frame) };
  // What else is not numbered marks what is shown already, which this card does not.
  if (!('seq' in frame) || frame.seq <= shown.seq) return shown;
  const seq = frame.seq;
  switch (frame.type) {
    case 'consent':
      return { ...shown, seq, consent: frame.consent };
    case 'line':
      return { ...shown, seq, ...heardOf(frame.line) };
    case 'card':
      return { ...shown, seq, card: frame.card };
    case 'retract':
      return { ...shown, seq, card: shown.card?.id === frame.cardId ? null : shown.card };
    case 'ended':
      return { ...shown, seq, card: null, ended: true };
    default:
      return { ...shown, seq };
  }
}

/** One polled answer. */
export function foldView(shown: Shown, view: LiveView): Shown {
  if (view.state === 'same') return { ...shown, ...costOf(view) };
  if (view.state === 'ended') return { ...shown, seq: Math.max(shown.seq, view.seq), card: null, ended: true };
  const { customerName, elapsedMs, talkShareRep } = view;
  const measured = { ...shown, customerName, elapsedMs, talkShareRep, ...costOf(view) };
  // The socket was faster: keep what it said, take only the measures.
  if (view.seq < shown.seq) return measured;
  const last = view.lines.at(-1);
  return { ...measured, seq: view.seq, consent: view.consent, card: view.card, ...(last ? heardOf(last) : {}) };
}

const heardOf = (line: Line): Pick<Shown, 'heard' | 'of'> => ({ heard: line.text, of: line });

const costOf = ({
  spend,
  unguided,
}: Pick<Exclude<LiveView, { state: 'ended' }>, 'spend' | 'unguided'>): Pick<Shown, 'spend' | 'unguided'> => ({
  ...(spend ? { spend } : {}),
  ...(unguided === undefined ? {} : { unguided }),
});
