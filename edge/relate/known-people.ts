import type { RecordRef } from '../../shared/contracts/record.ts';
import { activityAt, neverSeen, see } from '../../shared/relate/activity.ts';
import { addEvidence, type Evidence, noEvidence } from '../../shared/relate/evidence.ts';
import { factorCode } from '../../shared/relate/paths/factor.ts';
import { linkStrength } from '../../shared/relate/paths/link-strength.ts';
import { foldTouches, type Tie, turn } from '../../shared/relate/tie.ts';
import { type Known, memberKey } from './graph/known.ts';
import type { SeenTouch } from './store.ts';

export const personKey = ({ object, id }: RecordRef): string => `${object}/${id}`;

/** The person a key is of; null for a member of the team. */
export function personOf(key: string): RecordRef | null {
  const [object = '', id = ''] = key.split('/');
  return object === 'contact' || object === 'lead' ? { object, id } : null;
}

/** What one of ours and a person went through, seen from ours. */
export interface Acquaintance {
  rep: string;
  repName: string;
  person: string;
  personName: string;
  tie: Tie;
  evidence: Evidence;
}

/** Touches by the two they are of; names are those of the last one. */
export function acquaintances(touches: readonly SeenTouch[], nowMs: number): Acquaintance[] {
  const pairs = new Map<string, SeenTouch[]>();
  for (const touch of touches) {
    if (touch.atMs > nowMs) continue;
    const pair = `${memberKey(touch.repId)} ${personKey(touch.person)}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), touch]);
  }
  return [...pairs.values()].flatMap((pair) => {
    const [last] = pair.toSorted((a, b) => b.atMs - a.atMs);
    if (!last) return [];
    const said = pair.map(({ atMs, minutes, channel }) => ({ at: new Date(atMs).toISOString(), minutes, channel }));
    return {
      rep: memberKey(last.repId),
      repName: last.repName ?? 'A colleague',
      person: personKey(last.person),
      personName: last.personName,
      tie: foldTouches(said, nowMs),
      evidence: said.reduce(addEvidence, noEvidence),
    };
  });
}

/** The same for the graph: each person with all of their links. */
export function knownPeople(touches: readonly SeenTouch[], nowMs: number, epochMs: number): Known[] {
  const people = new Map<string, Known>();
  for (const { person, rep, tie } of acquaintances(touches, nowMs)) {
    const known = people.get(person) ?? { key: person, factor: factorOf(touches, person, nowMs), links: [] };
    // Seen from ours, a tie says how readily they answer us.
    known.links.push({ with: rep, toThem: linkStrength(tie, nowMs, epochMs), fromThem: linkStrength(turn(tie), nowMs, epochMs) });
    people.set(person, known);
  }
  return [...people.values()];
}

function factorOf(touches: readonly SeenTouch[], person: string, nowMs: number): number {
  const theirs = touches.filter((touch) => personKey(touch.person) === person && touch.atMs <= nowMs).map(({ atMs }) => atMs);
  const seen = theirs.toSorted((a, b) => a - b).reduce(see, neverSeen);
  return factorCode(activityAt(seen, nowMs));
}
