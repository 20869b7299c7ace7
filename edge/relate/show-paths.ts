import type { PathsView } from '../../shared/contracts/paths.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { turnEvidence } from '../../shared/relate/evidence.ts';
import { explainPaths, type Hop } from '../../shared/relate/explain-paths.ts';
import { turn } from '../../shared/relate/tie.ts';
import { memberKey } from './graph/known.ts';
import type { FoundPath } from './graph/relationship-graph.ts';
import { type Acquaintance, acquaintances, type Learned, personKey } from './known-people.ts';

export interface ShowPathsDeps {
  now(): number;
  /** The people of a record whom an introduction could be to. */
  targetsOf(ref: RecordRef): Promise<RecordRef[]>;
  pathsTo(targets: string[]): Promise<FoundPath[]>;
  learnedOf(keys: readonly string[]): Promise<Learned>;
  /** Written down before it is shown. */
  note(paths: number): Promise<void>;
}

export type ShownPath = PathsView['paths'][number];

/** The ways to a record's people as this viewer may see them: each hop from what proves it now, never from the graph alone. `only` is one path by its keys. */
export async function showPaths(deps: ShowPathsDeps, ref: RecordRef, viewerId: string, only?: readonly string[]): Promise<PathsView> {
  const nowMs = deps.now();
  const viewer = memberKey(viewerId);
  const targets = (await deps.targetsOf(ref)).map(personKey).filter((key) => !only || key === only.at(-1));
  const found = (targets.length === 0 ? [] : await deps.pathsTo(targets)).filter(({ keys }) => !only || keys.join() === only.join());
  const keys = [...new Set(found.flatMap(({ keys }) => keys))];
  const known = keys.length === 0 ? [] : acquaintances(await deps.learnedOf(keys), nowMs);
  const proven = found.flatMap(({ score, keys }) => {
    const hops = keys.slice(1).map((to, at) => hopOf(known, keys[at] ?? '', to, viewer));
    return hops.every((hop) => hop !== null) ? [{ score, keys, hops }] : [];
  });
  const { paths, ...answer } = explainPaths(proven, viewerName, nowMs);
  if (proven.some(({ hops }) => hops.some(({ isOpen }) => !isOpen))) await deps.note(paths.length);
  const peopleOf = ({ hops, target }: (typeof paths)[number], keys: readonly string[]) =>
    [...hops.map(({ from }) => from), target].map((name, at) => ({ key: keys[at] ?? '', name }));
  return {
    asOf: new Date(nowMs).toISOString(),
    ...answer,
    // None of them is guessed, so what is explained stands in the order of what was found.
    paths: paths.map((path, at) => ({ ...path, people: peopleOf(path, proven[at]?.keys ?? []) })),
  };
}

/** Null when what proved it is gone by now. */
function hopOf(known: readonly Acquaintance[], from: string, to: string, viewer: string): Hop | null {
  const isOpen = from === viewer;
  const there = known.find((one) => one.from === from && one.to === to);
  if (there) return { ...there, from: isOpen ? viewerName : there.fromName, to: there.toName, isOpen };
  const back = known.find((one) => one.from === to && one.to === from);
  if (!back) return null;
  return { from: back.toName, to: back.fromName, tie: turn(back.tie), evidence: turnEvidence(back.evidence), proof: back.proof, isOpen };
}

// Two of one name are not taken for each other.
const viewerName = 'You';
