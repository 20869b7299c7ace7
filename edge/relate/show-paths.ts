import type { PathsView } from '../../shared/contracts/paths.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { explainPaths, type Hop } from '../../shared/relate/explain-paths.ts';
import { memberKey } from './graph/known.ts';
import type { FoundPath } from './graph/relationship-graph.ts';
import { type Acquaintance, acquaintances, personKey, personOf } from './known-people.ts';
import type { SeenTouch } from './store.ts';

export interface ShowPathsDeps {
  now(): number;
  /** The people of a record whom an introduction could be to. */
  targetsOf(ref: RecordRef): Promise<RecordRef[]>;
  pathsTo(targets: string[]): Promise<FoundPath[]>;
  touchesOf(persons: readonly RecordRef[]): Promise<SeenTouch[]>;
  /** Written down before it is shown. */
  note(paths: number): Promise<void>;
}

/** The ways to a record's people as this viewer may see them: each hop from what proves it now, never from the graph alone. */
export async function showPaths(deps: ShowPathsDeps, ref: RecordRef, viewerId: string): Promise<PathsView> {
  const nowMs = deps.now();
  const viewer = memberKey(viewerId);
  const targets = await deps.targetsOf(ref);
  const found = targets.length === 0 ? [] : await deps.pathsTo(targets.map(personKey));
  const persons = [...new Set(found.flatMap(({ keys }) => keys))].map(personOf).filter((person) => person !== null);
  const known = persons.length === 0 ? [] : acquaintances(await deps.touchesOf(persons), nowMs);
  const proven = found.flatMap(({ score, keys }) => {
    const hops = keys.slice(1).map((to, at) => hopOf(known, keys[at] ?? '', to, viewer));
    return hops.every((hop) => hop !== null) ? { score, hops } : [];
  });
  const answer = explainPaths(proven, viewerName, nowMs);
  if (proven.some(({ hops }) => hops.some(({ isOpen }) => !isOpen))) await deps.note(answer.paths.length);
  return { asOf: new Date(nowMs).toISOString(), ...answer };
}

/** Null when what proved it is gone by now. */
function hopOf(known: readonly Acquaintance[], from: string, to: string, viewer: string): Hop | null {
  const one = known.find(({ rep, person }) => rep === from && person === to);
  if (!one) return null;
  const isOpen = from === viewer;
  return { from: isOpen ? viewerName : one.repName, to: one.personName, tie: one.tie, evidence: one.evidence, proof: 'seen', isOpen };
}

// Two of one name are not taken for each other.
const viewerName = 'You';
