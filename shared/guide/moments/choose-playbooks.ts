import type { Assignment, Moment, Playbook } from '../../contracts/playbook.ts';
import { readyPacks } from '../packs/ready.ts';

/** A rep as calls name them. */
export interface RepOf {
  userId: string;
  email: string;
}

/** Does a list name this rep, by address or by id? Nobody is named by nothing. */
export function namedIn(list: readonly string[], { userId, email }: RepOf): boolean {
  const names = [userId, email].filter((name) => name !== '').map((name) => name.toLowerCase());
  return list.some((one) => names.includes(one.toLowerCase()));
}

/** How closely an assignment names a rep, 3 by name, 2 by team, 1 with everybody; 0: not at all. */
export function closeness({ everyone, teams, reps }: Assignment, rep: RepOf): 0 | 1 | 2 | 3 {
  if (namedIn(reps, rep)) return 3;
  if (teams.some((team) => namedIn(team.reps, rep))) return 2;
  return everyone ? 1 : 0;
}

/** Of the enabled playbooks for a rep those that name them most closely: these guide their calls. */
export function guidesOf<T extends Playbook>(playbooks: readonly T[], rep: RepOf): T[] {
  const theirs = playbooks.map((playbook) => ({ playbook, close: playbook.enabled ? closeness(playbook.assigned, rep) : 0 }));
  const closest = Math.max(0, ...theirs.map(({ close }) => close));
  return closest === 0 ? [] : theirs.filter(({ close }) => close === closest).map(({ playbook }) => playbook);
}

/**
 * Playbooks as far as they guide this rep's calls: those that name the rep most closely, whole, and of the wider ones compliance alone. What
 * has to be shown is nothing that a closer playbook turns off by leaving it out.
 */
export function asTheyGuide<T extends Playbook>(playbooks: readonly T[], rep: RepOf): T[] {
  const guides = guidesOf(playbooks, rep);
  const wider = playbooks.flatMap((one) => {
    if (!one.enabled || guides.includes(one) || closeness(one.assigned, rep) === 0) return [];
    const moments = one.moments.filter(({ enabled, compliance }) => enabled && compliance);
    return moments.length > 0 ? [{ ...one, packs: [], moments }] : [];
  });
  return [...guides, ...wider];
}

/** The moments that guide this rep's calls, each once, a tenant's own before a pack's. */
export function momentsFor(playbooks: readonly Playbook[], rep: RepOf): Moment[] {
  const theirs = asTheyGuide(playbooks, rep);
  const packs = new Set(theirs.flatMap((playbook) => playbook.packs));
  const all = [
    ...theirs.flatMap(({ moments }) => moments.filter((moment) => moment.enabled)),
    ...readyPacks.filter(({ id }) => packs.has(id)).flatMap((pack) => pack.moments),
  ];
  return [...new Map(all.toReversed().map((moment) => [moment.id, moment])).values()].toReversed();
}

/** The exact names of the fields that these moments ask of the call's record. */
export function fieldsAsked(moments: readonly Pick<Moment, 'rule' | 'when'>[]): string[] {
  const checks = moments.flatMap(({ rule, when }) => [...when, ...(rule.is === 'record' ? rule.where : [])]);
  return [...new Set(checks.map(({ field }) => field))];
}
