import type { Assignment, SavedPlaybook } from '../../contracts/playbook.ts';

const TIES_MAX = 5;

/** Whose calls another playbook guides as closely as this one, a sentence each: both then guide, and somebody should know. */
export function sayTies(saved: SavedPlaybook, all: readonly SavedPlaybook[]): string[] {
  if (!saved.enabled) return [];
  return all
    .filter(({ id, enabled }) => enabled && id !== saved.id)
    .flatMap((other) => {
      const shared = sharedBy(saved.assigned, other.assigned);
      return shared === null ? [] : [`“${saved.name}” and “${other.name}” are both for ${shared}: both guide these calls.`];
    })
    .slice(0, TIES_MAX);
}

/** Whom both name on the same level, the closest level first; null: nobody. */
function sharedBy(one: Assignment, other: Assignment): string | null {
  const byName = common(one.reps, other.reps);
  if (byName.length > 0) return listed(byName);
  const inTeams = common(members(one), members(other));
  if (inTeams.length > 0) return `${listed(inTeams)}, by team`;
  return one.everyone && other.everyone ? 'everyone' : null;
}

const members = ({ teams }: Assignment): string[] => teams.flatMap(({ reps }) => reps);

function common(one: readonly string[], other: readonly string[]): string[] {
  const theirs = new Set(other.map((rep) => rep.toLowerCase()));
  return [...new Set(one.map((rep) => rep.toLowerCase()))].filter((rep) => theirs.has(rep));
}

const listed = (reps: readonly string[]): string =>
  reps.length > 3 ? `${reps.slice(0, 3).join(', ')} and ${reps.length - 3} more` : reps.join(', ');
