import type {
  Checklist,
  Consent,
  FeedbackAction,
  GuidanceCard,
  GuidanceDown,
  Hearing,
  LiveMark,
  PastCard,
  Quiet,
} from '../../../shared/contracts/guidance.ts';
import type { LiveHelp } from '../../../shared/contracts/whisper.ts';

type Frame<T extends GuidanceDown['type']> = Extract<GuidanceDown, { type: T }>;
export type Line = Frame<'line'>['line'];
export type Hello = Frame<'hello'>;
type Gates = Frame<'gates'>['gates'];

/** All that the window knows of the call. Plain values: what is drawn is a function of it. */
export interface Shown {
  /** The newest numbered frame in here; -1 before the first. */
  seq: number;
  customerName: string;
  consent: Consent;
  card: GuidanceCard | null;
  /** The newest first; pinned ones before all others. */
  past: readonly PastCard[];
  /** As they began, the oldest first. */
  lines: readonly Line[];
  /** Words that a rule waits for, in the line `key`. */
  heard: readonly { key: string; quote: string }[];
  marks: readonly LiveMark[];
  checklist: Checklist;
  gates: Gates | null;
  talk: { shareRep: number | null; monologueMs: number; wordsPerMinute: number | null };
  /** Who of the team looks, and what they type to the rep. */
  help: LiveHelp;
  spend: Hello['spend'] | null;
  /** Why no card comes, in a sentence. */
  unguided: string | null;
  hearing: Hearing;
  quiet: Quiet;
  isOver: boolean;
  /** Cards that were put away here; what is on its way about them changes nothing until the call has answered. */
  settled: readonly string[];
}

export const nothingShown: Shown = {
  seq: -1,
  customerName: '',
  consent: 'unknown',
  card: null,
  past: [],
  lines: [],
  heard: [],
  marks: [],
  checklist: { points: [], fills: [] },
  gates: null,
  talk: { shareRep: null, monologueMs: 0, wordsPerMinute: null },
  help: { watchedBy: [], whisper: null },
  spend: null,
  unguided: null,
  hearing: 'listening',
  quiet: 'off',
  isOver: false,
  settled: [],
};

/** What stays of a long call: some hours of talk, and a history that is still short. */
const LINES_MAX = 600;
const HEARD_MAX = 300;
const PAST_MAX = 6;
const SETTLED_MAX = 20;

export const keyOf = ({ role, turn }: Pick<Line, 'role' | 'turn'>): string => `${role} ${turn}`;

/** A line as it reads now, in its place. */
export function writeLine(lines: readonly Line[], line: Line): readonly Line[] {
  const at = lines.findIndex((other) => other.turn === line.turn && other.role === line.role);
  return at < 0 ? [...lines, line].slice(-LINES_MAX) : lines.with(at, line);
}

export function noteHeard(heard: Shown['heard'], key: string, quote: string): Shown['heard'] {
  if (quote === '' || heard.some((one) => one.key === key && one.quote === quote)) return heard;
  return [...heard, { key, quote }].slice(-HEARD_MAX);
}

/** One more card of before, in its one place. */
export function addPast(past: readonly PastCard[], card: GuidanceCard, state: PastCard['state']): readonly PastCard[] {
  const others = past.filter((one) => one.card.id !== card.id);
  return [{ card, state, atMs: card.why.endMs }, ...others]
    .sort((a, b) => Number(b.state === 'pinned') - Number(a.state === 'pinned'))
    .slice(0, PAST_MAX);
}

/** The rep pressed something: the card goes at once, whatever the network does. */
export function touch(shown: Shown, cardId: string, action: FeedbackAction): Shown {
  const { card } = shown;
  if (action === 'undone') return { ...shown, settled: shown.settled.filter((id) => id !== cardId) };
  if (card?.id !== cardId || action === 'why') return shown;
  if (action === 'pinned' || action === 'unpinned') return { ...shown, card: { ...card, pinned: action === 'pinned' } };
  const settled = [...shown.settled.filter((id) => id !== cardId), cardId].slice(-SETTLED_MAX);
  return { ...shown, card: null, past: addPast(shown.past, card, action), settled };
}
