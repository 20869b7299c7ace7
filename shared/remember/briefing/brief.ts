import type { BriefLine } from '../../contracts/brief.ts';
import { changed } from './changed.ts';
import type { Known } from './known.ts';
import { people } from './people.ts';
import { promises } from './promises.ts';
import { questions } from './questions.ts';
import { stands } from './stands.ts';
import { worries } from './worries.ts';

const LINES_MAX = 12;

/** What to know before a call, in the order it is of use: at most twelve lines, each with its source. Never empty. */
export function brief(known: Known): BriefLine[] {
  const groups = [
    { lines: [stands(known)], most: 1 },
    { lines: people(known), most: 2 },
    { lines: promises(known), most: 3 },
    { lines: worries(known), most: 2 },
    { lines: changed(known), most: 1 },
    { lines: questions(known), most: 3 },
  ];
  // What one group leaves free, the others have.
  let spare = LINES_MAX - groups.reduce((sum, { lines, most }) => sum + Math.min(lines.length, most), 0);
  return groups.flatMap(({ lines, most }) => {
    const more = Math.max(0, Math.min(lines.length - most, spare));
    spare -= more;
    return lines.slice(0, most + more);
  });
}
