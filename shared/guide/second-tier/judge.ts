import type { GuidanceCard } from '../../contracts/guidance.ts';
import type { Evidence, Utterance } from '../../contracts/transcript.ts';
import { plain } from '../../kit/ids.ts';
import { cleanLine } from '../../understand/clean-line.ts';
import type { Hidden } from '../../understand/hide-people.ts';
import { indexTranscript, type TranscriptIndex, verifyIn } from '../../understand/verify-quote.ts';
import type { CompiledPlays } from '../compile-plays.ts';
import type { Play } from '../play.ts';
import type { Head, Whole } from './answer.ts';
import { isGrounded } from './claims.ts';
import { lastOf } from './transcript.ts';

/** What an answer is judged by; made once a question. */
export interface Bench {
  hidden: Hidden;
  /** The last minute and a half, as the model saw it. */
  recent: TranscriptIndex;
  /** What the customer said in it. */
  said: readonly string[];
  heard: ReadonlySet<string>;
  plays: CompiledPlays['byId'];
}

/** A card that may be shown, and what it is shown once for. */
export interface Advice {
  card: GuidanceCard;
  subject: string;
  /** The play it names: a card of that play on the screen is put in this customer's words. */
  playId: string | null;
}

const QUOTE_AGE_MAX_MS = 90_000;
/** Nothing less sure than the rules' own cards. */
const CONFIDENCE_MIN = 0.8;
const HEADLINE_MAX = 60;
const SAY_MAX = 140;
const ASK_MAX = 100;

/** `said` is the call as it is hidden, `names` everybody's name. */
export function openBench(hidden: Hidden, said: readonly Utterance[], names: readonly string[], plays: CompiledPlays['byId']): Bench {
  const recent = lastOf(said, QUOTE_AGE_MAX_MS);
  const heard = new Set([...said.map(({ text }) => text), ...names].flatMap((text) => plain(text).split(' ')));
  return {
    hidden,
    recent: indexTranscript(recent),
    said: recent.flatMap(({ role, text }) => (role === 'rep' ? [] : [text])),
    heard,
    plays,
  };
}

/** A card as soon as its headline is there: nothing without a proof in the last minute and a half. */
export function judgeHead(bench: Bench, head: Head, id: string): Advice | null {
  if (head.confidence <= CONFIDENCE_MIN) return null;
  const play = head.card_id === null ? null : bench.plays.get(head.card_id);
  if (play === undefined || play?.kind === 'compliance' || play?.silent) return null;
  const evidence = proven(bench, head.evidence_quote);
  if (!evidence) return null;
  const headline = worded(bench, head.headline, HEADLINE_MAX, play, evidence, 'label');
  if (headline === undefined) return null;
  const { quote, role, startMs, endMs } = evidence;
  return {
    subject: play?.id ?? `second ${plain(headline)}`,
    playId: play?.id ?? null,
    card: {
      id,
      playId: play?.id ?? SECOND,
      kind: play?.kind ?? head.kind,
      headline,
      say: play && !play.say.includes('{') ? play.say : '',
      why: { quote, role, startMs, endMs, rule: play?.name ?? 'Second look' },
      confidence: head.confidence,
    },
  };
}

/** The same card with what there is to say. A sentence that claims too much leaves the play's own, or nothing. */
export function judgeWhole(bench: Bench, whole: Whole, id: string): Advice | null {
  const advice = judgeHead(bench, whole, id);
  if (!advice) return null;
  const play = advice.playId === null ? null : (bench.plays.get(advice.playId) ?? null);
  const evidence = proven(bench, whole.evidence_quote);
  if (!evidence) return null;
  const say = worded(bench, whole.say, SAY_MAX, play, evidence, 'speech') ?? advice.card.say;
  if (say === '') return null;
  const asked = whole.ask === null ? undefined : worded(bench, whole.ask, ASK_MAX, play, evidence, 'speech');
  const ask = asked?.endsWith('?') && asked !== say ? { ask: asked } : {};
  return { ...advice, card: { ...advice.card, say, ...ask } };
}

/** Words of the customer's, found where the model saw them and given back as they were spoken. */
function proven({ hidden, recent }: Bench, quote: string): Evidence | undefined {
  const verdict = verifyIn(recent, { quote });
  if (!verdict.ok || verdict.evidence.role === 'rep' || verdict.caution.includes('taken back')) return undefined;
  return hidden.shown(verdict.evidence);
}

function worded(
  { hidden, heard, said }: Bench,
  text: string,
  most: number,
  play: Play | null,
  { quote }: Evidence,
  as: 'label' | 'speech',
): string | undefined {
  const named = hidden.named(text);
  if (named === undefined || /[{}[\]]/.test(named)) return undefined;
  const line = cleanLine(named, most * 4, quote);
  // What does not fit is not cut: half a sentence is worse than none.
  if (line === '' || line.length > most) return undefined;
  const card = play ? [play.headline, play.say, play.name] : [];
  return isGrounded(line, { card, said, heard }, as) ? line : undefined;
}

const SECOND = 'second-look';
