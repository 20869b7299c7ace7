import type { RecordRef } from '../../shared/contracts/record.ts';
import { activityAt, neverSeen, see } from '../../shared/relate/activity.ts';
import { addEvidence, type Evidence, noEvidence } from '../../shared/relate/evidence.ts';
import { factorCode } from '../../shared/relate/paths/factor.ts';
import { linkStrength } from '../../shared/relate/paths/link-strength.ts';
import { foldTouches, type Tie, turn } from '../../shared/relate/tie.ts';
import type { Touch } from '../../shared/relate/touch.ts';
import { type Known, memberKey } from './graph/known.ts';
import type { SeenTouch } from './store.ts';
import type { SeenTogether, ToldTie } from './ties/store.ts';

export const personKey = ({ object, id }: RecordRef): string => `${object}/${id}`;

/** The person a key is of; null for a member of the team. */
export function personOf(key: string): RecordRef | null {
  const [object = '', id = ''] = key.split('/');
  return object === 'contact' || object === 'lead' ? { object, id } : null;
}

/** All that is known of some people: what we saw of them, what we were told, and whom of theirs they met on our calls. */
export interface Learned {
  touches: readonly SeenTouch[];
  told: readonly ToldTie[];
  together: readonly SeenTogether[];
}

/** What two people went through, seen from the first, who is one of ours where either is. */
export interface Acquaintance {
  from: string;
  fromName: string;
  to: string;
  toName: string;
  tie: Tie;
  evidence: Evidence;
  proof: 'seen' | 'told' | 'listed';
}

/** What a member's word is worth: "I know them well" is a strong tie, a contact list hardly one. */
const priors = { told: 2, listed: 0.04 } as const;

interface Pair extends Pick<Acquaintance, 'from' | 'fromName' | 'to' | 'toName'> {
  seen: Touch[];
  proof: ToldTie['proof'] | null;
  lastMs: number;
}

/** By the two they are of; names are those of the last contact. */
export function acquaintances({ touches, told, together }: Learned, nowMs: number): Acquaintance[] {
  const pairs = new Map<string, Pair>();
  const pairOf = (from: string, to: string, names: { from: string; to: string; atMs: number }) => {
    const key = `${from} ${to}`;
    const pair = pairs.get(key) ?? { from, fromName: '', to, toName: '', seen: [], proof: null, lastMs: Number.NEGATIVE_INFINITY };
    if (names.atMs > pair.lastMs) Object.assign(pair, { fromName: names.from, toName: names.to, lastMs: names.atMs });
    pairs.set(key, pair);
    return pair;
  };
  for (const { repId, repName, person, personName, atMs, minutes, channel } of touches) {
    if (atMs > nowMs) continue;
    const names = { from: repName ?? 'A colleague', to: personName, atMs };
    pairOf(memberKey(repId), personKey(person), names).seen.push({ at: new Date(atMs).toISOString(), minutes, channel });
  }
  for (const { one, oneName, other, otherName, atMs, minutes, channel, others } of together) {
    if (atMs > nowMs) continue;
    // Told from either side; one order for both.
    const [from, to] = one < other ? [one, other] : [other, one];
    const names = one < other ? { from: oneName, to: otherName, atMs } : { from: otherName, to: oneName, atMs };
    const pair = pairOf(from, to, names);
    const at = new Date(atMs).toISOString();
    if (!pair.seen.some((touch) => touch.at === at)) pair.seen.push({ at, minutes, channel, others });
  }
  for (const { from, to, proof, fromName, toName } of told) {
    const [one, other] = from.startsWith('user/') || from < to ? [from, to] : [to, from];
    const pair = pairOf(one, other, { from: one === from ? fromName : toName, to: one === from ? toName : fromName, atMs: 0 });
    if (pair.proof !== 'told') pair.proof = proof;
  }
  return [...pairs.values()].map(({ seen, proof, lastMs: _, ...pair }) => ({
    ...pair,
    tie: foldTouches(seen, nowMs, proof ? priors[proof] : 0),
    evidence: seen.reduce(addEvidence, noEvidence),
    // What was seen says more than a list; a word adds to both.
    proof: proof === 'told' ? 'told' : seen.length > 0 ? 'seen' : (proof ?? 'seen'),
  }));
}

/** The same for the graph: each of these people with all of their links. */
export function knownPeople(learned: Learned, keys: readonly string[], nowMs: number, epochMs: number): Known[] {
  const asked = new Set(keys);
  const people = new Map<string, Known>();
  const linksOf = (key: string) => {
    const known = people.get(key) ?? { key, factor: factorOf(learned.touches, key, nowMs), links: [] };
    people.set(key, known);
    return known.links;
  };
  for (const { from, to, tie } of acquaintances(learned, nowMs)) {
    // Seen from the first, a tie says how readily the second answers.
    const there = linkStrength(tie, nowMs, epochMs);
    const back = linkStrength(turn(tie), nowMs, epochMs);
    if (asked.has(to)) linksOf(to).push({ with: from, toThem: there, fromThem: back });
    if (asked.has(from) && personOf(from)) linksOf(from).push({ with: to, toThem: back, fromThem: there });
  }
  return [...people.values()];
}

function factorOf(touches: readonly SeenTouch[], person: string, nowMs: number): number {
  const theirs = touches.filter((touch) => personKey(touch.person) === person && touch.atMs <= nowMs).map(({ atMs }) => atMs);
  const seen = theirs.toSorted((a, b) => a - b).reduce(see, neverSeen);
  return factorCode(activityAt(seen, nowMs));
}
