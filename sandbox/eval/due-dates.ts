import { dueAt } from '../../shared/understand/due.ts';
import { dueText } from '../../shared/understand/due-text.ts';
import { type DueCase, dueCalls } from './due-cases.ts';

export interface DueScore {
  /** Those that name a day, and how many got the right one. */
  dated: number;
  right: number;
  /** Those that name none, and how many stayed without one. */
  open: number;
  silent: number;
  share: number;
  /** What was said, what is meant, what was found. */
  wrong: [said: string, due: string, found: string][];
}

/** The share of right due dates: the words found in the sentence and the time worked out from them, together. */
export function scoreDues(cases: readonly DueCase[]): DueScore {
  const read = cases.map(([call, said, due]) => ({ said, due, found: foundIn(call, said) }));
  const wrong = read.filter(({ due, found }) => !isRight(due, found));
  const dated = read.filter((one) => one.due !== '').length;
  const missed = wrong.filter((one) => one.due !== '').length;
  const open = read.length - dated;
  return {
    dated,
    right: dated - missed,
    open,
    silent: open - (wrong.length - missed),
    share: (read.length - wrong.length) / Math.max(1, read.length),
    wrong: wrong.map(({ said, due, found }) => [said, due, found]),
  };
}

function foundIn(call: DueCase[0], said: string): string {
  const { startedAt, timeZone } = dueCalls[call];
  const due = dueText(said);
  return (due && dueAt(due.text, startedAt, timeZone)) ?? '';
}

const isRight = (due: string, found: string): boolean =>
  due.length > 10 ? Date.parse(due) === Date.parse(found) : found.slice(0, 10) === due;
