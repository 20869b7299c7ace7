import type {
  CallSpend,
  Checklist,
  Consent,
  DealGates,
  GuidanceCard,
  GuidanceDown,
  LiveFill,
  LiveHelp,
  LiveStep,
  LiveView,
  PastCard,
  Quiet,
} from 'c/rosContracts';

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
  /** Cards that left the screen, the newest first. */
  past: PastCard[];
  quiet: Quiet;
  checklist?: Checklist;
  /** How the deal stands. */
  gates?: DealGates;
  /** Who of the team looks, and what they whisper. */
  help: LiveHelp;
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
  past: [],
  quiet: 'off',
  help: { watchedBy: [], whisper: null },
  ended: false,
};

/** One frame of the socket. A frame that came before is left out: every frame may come twice. */
export function foldFrame(shown: Shown, frame: GuidanceDown): Shown {
  // A hello says how things stand; its number may well be the one we have.
  if (frame.type === 'hello')
    return { ...shown, seq: Math.max(shown.seq, frame.seq), consent: frame.consent, card: frame.card, ...asideOf(frame), ...helpOf(frame) };
  if (frame.type === 'stat') return { ...shown, talkShareRep: frame.talkShareRep, ...costOf(frame) };
  if (frame.type === 'watched') return { ...shown, help: { ...shown.help, watchedBy: frame.by } };
  if (frame.type === 'whisper') {
    const { type: _, ...whisper } = frame;
    return { ...shown, help: { ...shown.help, whisper } };
  }
  if (frame.type === 'whisper-gone')
    return shown.help.whisper?.id === frame.id ? { ...shown, help: { ...shown.help, whisper: null } } : shown;
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
    case 'past':
      return { ...shown, seq, past: frame.past };
    case 'quiet':
      return { ...shown, seq, quiet: frame.quiet };
    case 'step':
      return { ...withStep(shown, frame.step), seq };
    case 'fill':
      return { ...withFill(shown, frame.fill), seq };
    case 'gates':
      return { ...shown, seq, gates: frame.gates };
    case 'ended':
      return { ...shown, seq, card: null, ended: true };
    default:
      return { ...shown, seq };
  }
}

/** One polled answer. */
export function foldView(shown: Shown, view: LiveView): Shown {
  if (view.state === 'same') return { ...shown, ...costOf(view), ...helpOf(view) };
  if (view.state === 'ended') return { ...shown, seq: Math.max(shown.seq, view.seq), card: null, ended: true };
  const { customerName, elapsedMs, talkShareRep } = view;
  const measured = { ...shown, customerName, elapsedMs, talkShareRep, ...costOf(view), ...helpOf(view) };
  // The socket was faster: keep what it said, take only the measures.
  if (view.seq < shown.seq) return measured;
  const last = view.lines.at(-1);
  return { ...measured, seq: view.seq, consent: view.consent, card: view.card, ...asideOf(view), ...(last ? heardOf(last) : {}) };
}

/** The rep keeps a card, on the screen or among those that gave way, or lets it go. */
export function withPin(shown: Shown, cardId: string, pinned: boolean): Shown {
  const card = shown.card?.id === cardId ? { ...shown.card, pinned } : shown.card;
  const past = shown.past.map((one) =>
    one.card.id === cardId ? { ...one, state: pinned ? ('pinned' as const) : ('collapsed' as const) } : one,
  );
  return { ...shown, card, past };
}

/** The rep's own tick, before the service has it. */
export function withTick(shown: Shown, id: string, done: boolean): Shown {
  const point = shown.checklist?.points.find((one) => one.id === id);
  return point ? withStep(shown, { id, name: point.name, stage: point.stage, done, byHand: true }) : shown;
}

/** A point of the checklist as it is now; one that the playbook does not have is left out. */
function withStep(shown: Shown, step: LiveStep): Shown {
  if (!shown.checklist) return shown;
  const points = shown.checklist.points.map((point) => (point.id === step.id ? step : point));
  return { ...shown, checklist: { ...shown.checklist, points } };
}

function withFill(shown: Shown, fill: LiveFill): Shown {
  const { points, fills } = shown.checklist ?? { points: [], fills: [] };
  const at = fills.findIndex(({ id }) => id === fill.id);
  return { ...shown, checklist: { points, fills: at < 0 ? [...fills, fill] : fills.with(at, fill) } };
}

type Aside = Pick<Extract<LiveView, { state: 'live' }>, 'past' | 'quiet' | 'checklist' | 'gates'>;
const asideOf = ({ past, quiet, checklist, gates }: Aside): Pick<Shown, 'past' | 'quiet' | 'checklist' | 'gates'> => ({
  past: past ?? [],
  quiet: quiet ?? 'off',
  ...(checklist ? { checklist } : {}),
  ...(gates ? { gates } : {}),
});

const helpOf = ({ help }: { help?: LiveHelp | undefined }): Pick<Shown, 'help'> => ({ help: help ?? nothingShown.help });

const heardOf = (line: Line): Pick<Shown, 'heard' | 'of'> => ({ heard: line.text, of: line });

const costOf = ({
  spend,
  unguided,
}: Pick<Exclude<LiveView, { state: 'ended' }>, 'spend' | 'unguided'>): Pick<Shown, 'spend' | 'unguided'> => ({
  ...(spend ? { spend } : {}),
  ...(unguided === undefined ? {} : { unguided }),
});
