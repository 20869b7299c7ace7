import { type DealGates, type GateId, gateId, type LiveGate, type LiveRisk } from '../../contracts/gates.ts';
import type { Methodology } from '../../contracts/methodology.ts';
import { meddpiccQuestions } from '../../understand/methodology/gap-questions.ts';
import { stageGates } from '../../understand/methodology/stage-gates.ts';
import type { DealHeard } from './deal-heard.ts';
import { gateWords } from './gate-words.ts';

/** What is known of a call's deal before a word is said. */
export interface DealKnown {
  /** Null where the CRM does not say, and on a call about no deal. */
  stage: { label: string; probability: number; isClosed: boolean } | null;
  /** How far earlier calls proved each gate, as a methodology scores it. */
  met: Partial<Record<GateId, number>>;
}

export const nothingKnown: DealKnown = { stage: null, met: {} };

/** How the deal stands: the gates its stage still needs, those before them too, the risks above 0.8, and the next thing to ask. */
export function gatesOf({ stage, met }: DealKnown, heard: DealHeard, risks: readonly LiveRisk[]): DealGates {
  const gates = needsOf(stage).map(([id, least]) => gateOf(id, least, met[id] ?? 0, heard));
  const open = gates.filter((one) => one.state === 'open');
  const next = open.find((one) => !one.isAsked) ?? open[0];
  return {
    stage: stage?.label ?? null,
    gates,
    risks: risks
      .filter((one) => one.confidence > SURE)
      .toSorted((a, b) => GRAVE.indexOf(b.severity) - GRAVE.indexOf(a.severity) || b.confidence - a.confidence)
      .slice(0, RISKS_MAX),
    next: next ? { gateId: next.id, line: lineOf(next), ask: next.ask ?? '' } : null,
  };
}

const lineOf = ({ id, isAsked }: LiveGate): string => `${isAsked ? 'Not answered yet' : 'Not asked yet'}: ${gateWords[id].short}`;

function gateOf(id: GateId, least: number, before: number, { proofs, asked }: DealHeard): LiveGate {
  const { name } = gateWords[id];
  if (before >= least) return { id, name, state: 'met' };
  const all = proofs[id] ?? [];
  const theirs = all.filter((one) => one.role === 'customer');
  const proof = theirs.at(-1) ?? (least < THEY_SAID ? all.at(-1) : undefined);
  if (!proof) return { id, name, state: 'open', ask: meddpiccQuestions[id][0], ...(asked.includes(id) ? { isAsked: true } : {}) };
  return { id, name, state: 'newly-met', quote: proof.quote, role: proof.role, atMs: proof.startMs };
}

/** What the stage asks for before the deal goes on, in the order of a sale; all of it while the stage is not known. */
function needsOf(stage: DealKnown['stage']): [GateId, number][] {
  if (stage?.isClosed) return [];
  const reached = stage ? RUNGS.indexOf(rungOf(stage)) : RUNGS.length;
  const least = new Map<GateId, number>();
  for (const one of stageGates.filter((gate) => RUNGS.indexOf(gate.stage) <= reached + 1))
    for (const [id, score] of one.asks) least.set(id, Math.max(score, least.get(id) ?? 0));
  return gateId.options.flatMap((id) => {
    const score = least.get(id);
    return score === undefined ? [] : [[id, score] satisfies [GateId, number]];
  });
}

type Rung = Methodology['carries'];

/** Where in a sale a pipeline's own stage stands: by its name, else by the chance of winning that the CRM gives it. */
function rungOf({ label, probability }: NonNullable<DealKnown['stage']>): Rung {
  const named = NAMED.find(([re]) => re.test(label));
  return named ? named[1] : (RUNGS[CHANCES.findIndex((most) => probability < most)] ?? 'commit');
}

const RUNGS: readonly Rung[] = ['discovery', 'evaluation', 'proposal', 'negotiation', 'commit'];
const CHANCES = [0.25, 0.45, 0.65, 0.9, 2];
/** The furthest first: "proposal in negotiation" negotiates. */
const NAMED: readonly (readonly [RegExp, Rung])[] = [
  [/\b(?:commit\w*|verbal|signature|signing|contract sent|closing)\b/i, 'commit'],
  [/\b(?:negotiat\w*|redlin\w*|contract\w*|legal|procurement)\b/i, 'negotiation'],
  [/\b(?:propos\w*|quot\w+|offer\w*|price)\b/i, 'proposal'],
  [/\b(?:evaluat\w*|demo\w*|presentation\w*|trial|pilot|poc|proof of concept|solution|perception|value)\b/i, 'evaluation'],
  [/\b(?:discover\w*|qualif\w*|prospect\w*|new|appointment\w*|needs|intro\w*)\b/i, 'discovery'],
];
/** From this score on the customer's own words are needed. */
const THEY_SAID = 2;
const SURE = 0.8;
const RISKS_MAX = 3;
const GRAVE = ['low', 'medium', 'high'];
