import type { GuidanceCard } from '../contracts/guidance.ts';
import type { Role } from '../contracts/transcript.ts';
import { offer, rank, release, retract } from './arbiter.ts';
import { noteActed } from './arbiter-acted.ts';
import { limitsOf } from './arbiter-limits.ts';
import type { CompiledPlays } from './compile-plays.ts';
import type { Heard, Told } from './heard.ts';
import { isSure, type Match, matchPlays } from './match-plays.ts';
import { suits } from './moments/check-record.ts';
import { hearMoments } from './moments/hear-moments.ts';
import { type Fired, noMoments, noteFired } from './moments/state.ts';
import { type Placed, placeVoice } from './place-voice.ts';
import type { Play } from './play.ts';
import type { LiveTurn, Session } from './session.ts';

type Turn = Extract<Heard, { type: 'turn' }>;

/** One side said something more, or it was understood better: the line, cards that no longer stand, cards that now do. */
export function hearTurn(was: Session, said: Turn, plays: CompiledPlays): [Session, Told[]] {
  const placed = placeVoice(was, said);
  const { session, heard } = placed;
  const before = session.turns[heard.role];
  // A late or repeated partial of a finished turn says nothing new.
  if (before && (heard.turn < before.index || (heard.turn === before.index && before.final))) return release(session);

  const known = before?.index === heard.turn ? before : null;
  // While nobody knows whose turn it is, only what anybody may say brings a card.
  const all = matchPlays(heard.words, placed.isSure ? heard.role : 'other', plays);
  const matches = mayCome(session, all, plays);
  const [written, lines] = writeLine(placed, known);
  const acted = heard.role === 'rep' ? noteActed(written, heard.turn, heard.words) : written;
  const [standing, gone] = retract(acted, heard.role, heard.turn, new Set(matches.map((match) => match.subject)));

  let next = remember(standing, heard.role, [...matches, ...all.filter((match) => plays.byId.get(match.playId)?.silent)]);
  const told = [...lines, ...gone];
  for (const match of worthShowing(matches, known, heard.final, plays)) {
    const play = plays.byId.get(match.playId);
    if (!play) continue;
    const card = cardOf(session.callId, heard, match, play);
    const from = { subject: match.subject, role: heard.role, turn: heard.turn, sinceMs: next.nowMs, limits: limitsOf(play) };
    const [after, shown] = release(offer(next, { card, ...from }));
    next = noteOffered(after, heard.role, match.subject);
    next = { ...next, moments: noteFired(next.moments ?? noMoments, firedOf(card, heard, next.nowMs)) };
    told.push(...shown);
  }
  const silent = all.filter((match) => plays.byId.get(match.playId)?.silent && isNoted(match, heard.final, known));
  const [noted, moments] = hearMoments(next, heard, silent, plays);
  const [last, late] = release(noted);
  return [last, [...told, ...moments, ...late]];
}

/** Milder than for a card once the turn is over: a reminder of what was said costs more than a tick too many. */
const isNoted = (match: Match, final: boolean, known: LiveTurn | null): boolean =>
  isSure(match, known?.heard.includes(match.subject) ?? false) || (final && match.confidence >= 0.6);

/** What may bring a card on this call; how often is the arbiter's to say. */
const mayCome = (session: Session, matches: readonly Match[], plays: CompiledPlays): Match[] =>
  matches.filter(({ playId }) => {
    const play = plays.byId.get(playId);
    return play && !play.silent && (!play.moment || suits(play.moment, session.moments?.record ?? null));
  });

const firedOf = ({ playId, why }: GuidanceCard, { role, turn }: Turn, atMs: number): Fired => ({
  momentId: playId,
  atMs,
  role,
  turn,
  startMs: why.startMs,
  quote: why.quote,
});

const linesMax = 8;

/** The line as it reads now, and who spoke how long. Says nothing when it reads as before. */
function writeLine({ session, heard, speaker, isSure: isKnown }: Placed, known: LiveTurn | null): [Session, Told[]] {
  const { role, turn, text, words, final, atMs } = heard;
  const startMs = words[0]?.startMs ?? known?.startMs ?? atMs;
  const endMs = words.at(-1)?.endMs ?? known?.endMs ?? atMs;
  const isSame = known?.text === text;
  const live: LiveTurn = {
    index: turn,
    text,
    final,
    startMs,
    endMs,
    changedAtMs: isSame ? known.changedAtMs : session.nowMs,
    heard: known?.heard ?? [],
    offered: known?.offered ?? [],
    vanished: known?.vanished ?? [],
  };
  const spokenMs = final ? words.reduce((sum, word) => sum + Math.max(0, word.endMs - word.startMs), 0) : 0;
  const next = {
    ...session,
    turns: { ...session.turns, [role]: live },
    heardToMs: { ...session.heardToMs, [role]: Math.max(session.heardToMs[role], endMs) },
    speechMs: { ...session.speechMs, [role]: session.speechMs[role] + spokenMs },
  };
  if ((isSame && known.final === final) || (!known && text === '')) return [next, []];

  const seq = session.seq + 1;
  const line = { role, turn, text, final, ...(speaker === undefined ? {} : { speaker }), ...(isKnown ? {} : { isGuess: true }) };
  const at = session.lines.findIndex((other) => other.role === role && other.turn === turn);
  const lines = at < 0 ? [...session.lines, line].slice(-linesMax) : session.lines.with(at, line);
  return [{ ...next, seq, lines }, [{ type: 'line', seq, line }]];
}

/** One match a subject: sure, and not offered in this turn before. The most important first. */
function worthShowing(matches: readonly Match[], known: LiveTurn | null, final: boolean, plays: CompiledPlays): Match[] {
  const seen = new Set<string>();
  return matches
    .filter((match) => {
      if (seen.has(match.subject) || !isSure(match, known?.heard.includes(match.subject) ?? false)) return false;
      seen.add(match.subject);
      // Words that came, went and came again would flicker; once the turn is final they have settled.
      return !known?.offered.includes(match.subject) || (final && known.vanished.includes(match.subject));
    })
    .sort((a, b) => rank(b.kind) - rank(a.kind) || priorityOf(b, plays) - priorityOf(a, plays) || a.firstToken - b.firstToken);
}

/** A pack's own plays stand in the middle, as moments do by default. */
const priorityOf = ({ playId }: Match, plays: CompiledPlays): number => plays.byId.get(playId)?.moment?.priority ?? 50;

/** What this hearing leaves behind for the next one of the same turn. */
function remember(session: Session, role: Role, matches: readonly Match[]): Session {
  const live = session.turns[role];
  if (!live) return session;
  const heard = unique(matches.map((match) => match.subject));
  const vanished = unique([...live.vanished, ...live.offered.filter((subject) => !heard.includes(subject))]);
  return { ...session, turns: { ...session.turns, [role]: { ...live, heard, vanished } } };
}

function noteOffered(session: Session, role: Role, subject: string): Session {
  const live = session.turns[role];
  return live ? { ...session, turns: { ...session.turns, [role]: { ...live, offered: unique([...live.offered, subject]) } } } : session;
}

const unique = (all: string[]): string[] => [...new Set(all)];

const sayMax = 140;

function cardOf(callId: string, { role, turn, words }: Turn, match: Match, play: Play): GuidanceCard {
  const spoken = words.slice(match.firstToken, match.lastToken + 1);
  const fill = (text: string) => text.replaceAll('{competitor}', match.slots.competitor ?? '');
  return {
    id: `${callId}.${play.id}.${role.charAt(0)}${turn}.${match.firstToken}`,
    playId: play.id,
    kind: play.kind,
    headline: fill(play.headline),
    say: fill(play.say).slice(0, sayMax),
    why: {
      quote: spoken.map((word) => word.text).join(' '),
      role,
      startMs: spoken[0]?.startMs ?? 0,
      endMs: spoken.at(-1)?.endMs ?? 0,
      rule: play.name,
    },
    confidence: match.confidence,
  };
}
