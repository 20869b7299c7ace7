import type { GuidanceCard } from '../contracts/guidance.ts';
import type { Word } from '../contracts/transcript.ts';
import type { Session, ShownCard } from './session.ts';
import { plainWords, stemOf, tokensOf } from './tokens.ts';

const withinMs = 30_000;
const stemsMin = 2;
const shareMin = 0.25;
const stemsMax = 24;

/** What a rep who acts on this card would say: the words that carry its advice, less those that brought it. */
export function stemsOf({ headline, say, why }: Pick<GuidanceCard, 'headline' | 'say' | 'why'>): string[] {
  const heard = new Set(plainWords(why.quote).map(stemOf));
  const words = plainWords(`${say} ${headline}`).filter((word) => word.length > 3 && !empty.has(word));
  return [...new Set(words.map(stemOf))].filter((stem) => !heard.has(stem)).slice(0, stemsMax);
}

/** The rep spoke: which of the last cards did they act on? Only their next turn counts, and only what they said after the card came. */
export function noteActed(session: Session, turn: number, words: readonly Word[]): Session {
  const open = session.shown.filter((card) => isOpen(card, session.nowMs, turn));
  if (open.length === 0) return session;
  const acted = new Map(open.flatMap((card) => read(card, turn, words)));
  return acted.size === 0 ? session : { ...session, shown: session.shown.map((card) => acted.get(card) ?? card) };
}

const isOpen = ({ atMs, isActedOn, state, nextTurn }: ShownCard, nowMs: number, turn: number): boolean =>
  !isActedOn && state !== 'retracted' && nowMs - atMs <= withinMs * 2 && (nextTurn === null || nextTurn === turn);

function read(card: ShownCard, turn: number, words: readonly Word[]): [ShownCard, ShownCard][] {
  const after = words.filter(({ startMs }) => startMs >= card.atMs && startMs <= card.atMs + withinMs);
  if (after.length === 0) return [];
  const said = new Set(tokensOf(after).map(({ stem }) => stem));
  const held = card.stems.filter((stem) => said.has(stem)).length;
  return [[card, { ...card, nextTurn: turn, isActedOn: held >= stemsMin && held >= shareMin * card.stems.length }]];
}

const empty = new Set(
  'about again also been before being could does doing done down each even from give going have here into just know like make many more most much need next only other over really same should some such sure take than that their them then there these they thing think this those through very want well were what when where which while will with would your yours'.split(
    ' ',
  ),
);
