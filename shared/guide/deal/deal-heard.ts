import { type GateId, gateId } from '../../contracts/gates.ts';
import type { Insight } from '../../contracts/insight.ts';
import type { Evidence, Utterance } from '../../contracts/transcript.ts';
import type { Call } from '../../understand/read-call.ts';
import { readTurns, type TurnsRead } from '../../understand/read-turns.ts';
import { gateWords } from './gate-words.ts';
import { takenBackIn } from './taken-back-in.ts';

/** What a running call has proved so far, by the analyzer that reads it again when it is over. Plain JSON; nothing of it is written anywhere. */
export interface DealHeard {
  /** What speaks of each gate, the newest last. */
  proofs: Partial<Record<GateId, Evidence[]>>;
  /** Gates that the rep has asked for. */
  asked: GateId[];
  claims: Claims;
}

type Lists = 'objections' | 'competitors' | 'pricing' | 'nextSteps' | 'pains' | 'goals' | 'people' | 'questions' | 'commitments';
type Singles = 'budget' | 'authority' | 'timeline';
/** Of each family what was said on the call; what it lacks was not looked for. */
export type Claims = { [K in Lists]?: NonNullable<Insight[K]> } & { [K in Singles]?: NonNullable<Insight[K]> };

export const nothingHeard = (): DealHeard => ({ proofs: {}, asked: [], claims: {} });

/** The call's own facts, as the analyzer wants them. */
export type CallWords = Omit<Call, 'utterances'>;

/** Takes in the turns of `said` from the place `from` on: what they prove, what the rep asked, and what of before they take back. */
export function hearTurns(heard: DealHeard, call: CallWords, said: readonly Utterance[], from: number): DealHeard {
  const read = readTurns(call, said, from);
  const isGone = takenBackIn(said, from);
  const stands = (one: { evidence: Evidence }): boolean => !isGone(one.evidence);
  const elements = read.methodology?.meddpicc;
  const proofs: DealHeard['proofs'] = {};
  for (const id of gateId.options) {
    const all = [...(heard.proofs[id] ?? []), ...(elements?.[id].evidence ?? [])].filter((one) => !isGone(one));
    if (all.length > 0) proofs[id] = unique(all, (one) => `${one.seq} ${one.quote}`).slice(-PROOFS_MAX);
  }
  return { proofs, asked: askedBy(heard.asked, read), claims: joined(heard.claims, read, stands) };
}

function askedBy(before: readonly GateId[], { questions }: TurnsRead): GateId[] {
  const texts = (questions ?? []).filter((one) => one.evidence.role === 'rep').map((one) => one.evidence.quote);
  return gateId.options.filter((id) => before.includes(id) || texts.some((text) => gateWords[id].asks.test(text)));
}

function joined(held: Claims, read: TurnsRead, stands: (one: { evidence: Evidence }) => boolean): Claims {
  const list = <T extends { evidence: Evidence }>(before: readonly T[] = [], now: readonly T[] = [], keyOf?: (one: T) => string): T[] =>
    unique([...before, ...now].filter(stands), keyOf ?? (({ evidence }) => `${evidence.seq} ${evidence.quote}`)).slice(-CLAIMS_MAX);
  const single = <T extends { evidence: Evidence }>(before: T | undefined, now: T | undefined): T | undefined =>
    [now, before].find((one) => one !== undefined && stands(one));
  const [budget, authority, timeline] = [
    single(held.budget, read.budget),
    single(held.authority, read.authority),
    single(held.timeline, read.timeline),
  ];
  return {
    objections: list(held.objections, read.objections, ({ type, evidence }) => `${type} ${evidence.seq}`),
    // Named again, it keeps its first place, as in the analysis of a whole call.
    competitors: unique([...read.competitors, ...(held.competitors ?? [])].filter(stands), ({ name }) => name.toLowerCase()).slice(
      -CLAIMS_MAX,
    ),
    pricing: list(held.pricing, read.pricing),
    nextSteps: list(held.nextSteps, read.nextSteps),
    pains: list(held.pains, read.pains),
    goals: list(held.goals, read.goals),
    people: list(held.people, read.people, ({ name, influence }) => `${name.toLowerCase()} ${influence}`),
    questions: list(held.questions, read.questions),
    commitments: list(held.commitments, read.commitments),
    ...(budget ? { budget } : {}),
    ...(authority ? { authority } : {}),
    ...(timeline ? { timeline } : {}),
  };
}

/** Of two with one key the later one, in the first one's place. */
function unique<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const held = new Map<string, T>();
  for (const one of all) held.set(keyOf(one), one);
  return [...held.values()];
}

const PROOFS_MAX = 4;
const CLAIMS_MAX = 80;
