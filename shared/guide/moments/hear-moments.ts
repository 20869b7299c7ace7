import type { GuidanceCard } from '../../contracts/guidance.ts';
import type { Moment } from '../../contracts/playbook.ts';
import type { Word } from '../../contracts/transcript.ts';
import { offer, release } from '../arbiter.ts';
import { limitsOf } from '../arbiter-limits.ts';
import type { CompiledPlays } from '../compile-plays.ts';
import type { Heard, Told } from '../heard.ts';
import type { Match } from '../match-plays.ts';
import type { Session } from '../session.ts';
import { plainWords } from '../tokens.ts';
import { suits } from './check-record.ts';
import { dueNow } from './due.ts';
import { hearFloor } from './floor.ts';
import { readSlot } from './read-slot.ts';
import { type Fill, type MomentState, noMoments, noteFired } from './state.ts';

type Turn = Extract<Heard, { type: 'turn' }>;

/** A turn was heard: who has the floor, what was ticked and filled in, and what that makes due. `silent`: sure matches that bring no card. */
export function hearMoments(session: Session, said: Turn, silent: readonly Match[], plays: CompiledPlays): [Session, Told[]] {
  const [ticked, ticks] = tick(session, said, silent, plays);
  const [filled, fills] = said.final ? fill(ticked, said, plays) : [ticked, []];
  const state = hearFloor(stateOf(filled), said, filled.turns);
  const running = said.role === 'rep' && !said.final ? said.words : [];
  const [next, told] = passMoments({ ...filled, moments: state }, plays, running);
  return [next, [...ticks, ...fills, ...told]];
}

/** Time went by, or the record became known: what is due now, and when to look again. `running`: the words of the rep's open turn. */
export function passMoments(session: Session, plays: CompiledPlays, running: readonly Word[] = []): [Session, Told[]] {
  // Who is not heard is not guided either.
  if (session.consent !== 'granted' || plays.timed.length === 0) return [session, []];
  let next = session;
  let wakeAtMs: number | null = null;
  const told: Told[] = [];
  for (const moment of plays.timed) {
    const state = stateOf(next);
    if (isOver(moment, state) || !suits(moment, state.record)) continue;
    const due = dueNow(moment, next, state, running);
    const waitMs = state.came[moment.id] ? (state.came[moment.id]?.lastAtMs ?? 0) + moment.cooldownSeconds * 1_000 : 0;
    if (due.isDue && next.nowMs >= waitMs) {
      const [after, shown] = bring(next, moment, due.measured);
      next = after;
      told.push(...shown);
      if (isOver(moment, stateOf(next))) continue;
      wakeAtMs = sooner(wakeAtMs, next.nowMs + moment.cooldownSeconds * 1_000);
    } else if (due.isDue) wakeAtMs = sooner(wakeAtMs, waitMs);
    else if (due.wakeAtMs !== null) wakeAtMs = sooner(wakeAtMs, Math.max(due.wakeAtMs, waitMs));
  }
  return [{ ...next, moments: { ...stateOf(next), wakeAtMs } }, told];
}

const stateOf = ({ moments }: Session): MomentState => moments ?? noMoments;
const sooner = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));

const isOver = ({ id, oncePerCall, maxPerCall }: Moment, { came }: MomentState): boolean =>
  (came[id]?.times ?? 0) >= (oncePerCall ? 1 : maxPerCall);

function bring(session: Session, moment: Moment, measured: string | undefined): [Session, Told[]] {
  const { nowMs, callId } = session;
  const state = stateOf(session);
  const times = (state.came[moment.id]?.times ?? 0) + 1;
  const came = { ...state.came, [moment.id]: { times, lastAtMs: nowMs } };
  const moments = noteFired({ ...state, came }, { momentId: moment.id, atMs: nowMs, role: 'rep', turn: -1, startMs: nowMs, quote: '' });
  const card: GuidanceCard = {
    id: `${callId}.${moment.id}.t${times}`,
    playId: moment.id,
    kind: moment.compliance ? 'compliance' : moment.kind,
    headline: moment.headline,
    say: moment.say,
    // Nobody said anything: what was measured is the reason.
    why: { quote: '', role: 'rep', startMs: nowMs, endMs: nowMs, rule: measured ? `${moment.name}: ${measured}` : moment.name },
    confidence: 1,
  };
  const limits = limitsOf({ kind: card.kind, moment });
  return release(offer({ ...session, moments }, { card, subject: moment.id, role: 'rep', turn: -1, sinceMs: nowMs, limits }));
}

const SAID_MAX = 1_000;

/** Notes what had to be said, and ticks points of the checklist, each once. */
function tick(session: Session, { role, turn, words }: Turn, silent: readonly Match[], plays: CompiledPlays): [Session, Told[]] {
  let next = session;
  const told: Told[] = [];
  for (const match of silent) {
    const moment = plays.byId.get(match.playId)?.moment;
    const state = stateOf(next);
    if (!moment && !state.fired.some((one) => one.momentId === match.playId && one.role === role && one.turn === turn)) {
      const spoken = words.slice(match.firstToken, match.lastToken + 1);
      const said = { role, turn, startMs: spoken[0]?.startMs ?? 0, quote: spoken.map(({ text }) => text).join(' ') };
      next = { ...next, moments: noteFired(state, { momentId: match.playId, atMs: next.nowMs, ...said }) };
    }
    if (!moment || state.said.includes(moment.id) || state.said.length >= SAID_MAX) continue;
    const said = [...state.said, moment.id];
    if (moment.rule.is !== 'step') {
      next = { ...next, moments: { ...state, said } };
      continue;
    }
    const spoken = words.slice(match.firstToken, match.lastToken + 1);
    const quote = spoken.map(({ text }) => text).join(' ');
    const evid = { quote, role, startMs: spoken[0]?.startMs ?? 0 };
    const one = { momentId: moment.id, name: moment.name, stage: moment.rule.stage, ...evid };
    const seq = next.seq + 1;
    next = { ...next, seq, moments: { ...state, said, ticks: [...state.ticks.filter(({ momentId }) => momentId !== moment.id), one] } };
    told.push({ type: 'step', seq, step: { id: moment.id, name: moment.name, stage: moment.rule.stage, done: true, evid } });
  }
  return [next, told];
}

const FILLS_MAX = 50;

/** The last word counts: a figure that is said anew takes the place of the one before. */
function fill(session: Session, { role, text, words }: Turn, plays: CompiledPlays): [Session, Told[]] {
  let next = session;
  const told: Told[] = [];
  for (const moment of plays.slots) {
    const { rule } = moment;
    const state = stateOf(next);
    if (rule.is !== 'slot' || (rule.said !== 'anyone' && rule.said !== role) || !suits(moment, state.record)) continue;
    if (rule.near.length > 0 && !rule.near.some((phrase) => holdsWords(text, phrase))) continue;
    const read = readSlot(rule.slot, text, { startedAtMs: session.startedAtMs, timeZone: state.record?.timeZone ?? 'UTC' });
    const before = state.fills.find(({ momentId }) => momentId === moment.id);
    if (!read || before?.value === read.value || (!before && state.fills.length >= FILLS_MAX)) continue;
    const evid = { quote: read.quote, role, startMs: words[0]?.startMs ?? 0 };
    const one: Fill = { momentId: moment.id, slot: rule.slot, value: read.value, ...evid };
    const seq = next.seq + 1;
    next = { ...next, seq, moments: { ...state, fills: [...state.fills.filter(({ momentId }) => momentId !== moment.id), one] } };
    told.push({ type: 'fill', seq, fill: { id: moment.id, name: moment.name, field: rule.slot, value: read.value, evid } });
  }
  return [next, told];
}

const holdsWords = (text: string, phrase: string): boolean =>
  ` ${plainWords(text).join(' ')} `.includes(` ${plainWords(phrase).join(' ')} `);
