import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { dueMs, type IntroStep, stepIntro } from '../../../shared/relate/introduction.ts';
import type { IntroMove, IntroRow } from './store.ts';

export interface MoveDeps {
  now(): number;
  move(id: string, move: IntroMove): Promise<boolean>;
}

interface Said extends Pick<IntroStep, 'what' | 'by'> {
  /** Who it is in the audit. */
  actor: string;
  /** The version that they saw; whoever saw an older one looks again first. */
  version: number;
  note?: { subject: string; body: string };
}

/** The introduction after what was said of it, stored; a press whose answer was lost counts once. */
export async function sayOf(deps: MoveDeps, row: IntroRow, { what, by, actor, version, note }: Said): Promise<Result<IntroRow>> {
  const isRepeat = row.version === version + 1 && row.trail.at(-1)?.what === what && row.trail.at(-1)?.by === by;
  if (isRepeat && (!note || (note.subject === row.subject && note.body === row.body))) return ok(row);
  if (row.version !== version) return failed({ kind: 'refused', said: 'This introduction has moved on.' });
  const next = stepIntro(row, { what, by }, deps.now());
  if (!next.ok) return next;
  const due = dueMs(next.value);
  const move = { ...next.value, from: row.version, by: actor, dueAt: due === null ? null : new Date(due), ...(note ? { note } : {}) };
  if (!(await deps.move(row.id, move))) return failed({ kind: 'refused', said: 'This introduction has moved on.' });
  return ok({ ...row, ...next.value, ...note, version: row.version + 1 });
}
