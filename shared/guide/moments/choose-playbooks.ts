import type { Assignment, Moment, Playbook } from '../../contracts/playbook.ts';
import { readyPacks } from '../packs/ready.ts';

/** A rep as calls name them. */
export interface RepOf {
  userId: string;
  email: string;
}

/** Is a playbook for this rep's calls? */
export function isFor({ everyone, teams, reps }: Assignment, rep: RepOf): boolean {
  const names = [rep.userId, rep.email].filter((name) => name !== '').map((name) => name.toLowerCase());
  const has = (list: readonly string[]): boolean => list.some((one) => names.includes(one.toLowerCase()));
  return everyone || has(reps) || teams.some((team) => has(team.reps));
}

/** The moments that guide this rep's calls: of enabled playbooks, each once, a tenant's own before a pack's. */
export function momentsFor(playbooks: readonly Playbook[], rep: RepOf): Moment[] {
  const theirs = playbooks.filter(({ enabled, assigned }) => enabled && isFor(assigned, rep));
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
