import type { Evidence, Utterance } from '../../contracts/transcript.ts';
import { sameVoice } from '../../understand/quotes/around.ts';
import { takenBackAt } from '../../understand/quotes/taken-back.ts';
import { indexTranscript } from '../../understand/verify-quote.ts';

/**
 * Do the turns of `said` from the place `from` on take these words back? The verifier's own rule, asked only where somebody who spoke before
 * says something that could: most turns do not, and every turn of a running call is asked.
 */
export function takenBackIn(said: readonly Utterance[], from: number): (evidence: Evidence) => boolean {
  const first = said[Math.max(0, from - FAR)]?.seq ?? 0;
  const suspects = said.slice(from).flatMap((one, nth) => (MAY.test(one.text) ? [suspectOf(one, from + nth)] : []));
  if (suspects.length === 0) return () => false;
  const places = new Map(said.slice(Math.max(0, from - FAR)).map((one, nth) => [one.seq, Math.max(0, from - FAR) + nth]));
  const known = new Map<string, boolean>();
  return (evidence) => {
    if (evidence.seq < first) return false;
    const key = `${evidence.seq} ${evidence.quote}`;
    const held = known.get(key);
    if (held !== undefined) return held;
    const place = places.get(evidence.seq);
    const isGone = place !== undefined && suspects.some((suspect) => takesBack(said, place, suspect, evidence.quote));
    known.set(key, isGone);
    return isGone;
  };
}

interface Suspect {
  turn: Utterance;
  at: number;
  words: ReadonlySet<string>;
  drops: boolean;
}

const suspectOf = (turn: Utterance, at: number): Suspect => ({
  turn,
  at,
  words: new Set(wordsOf(turn.text)),
  drops: DROPS.test(turn.text),
});

function takesBack(said: readonly Utterance[], place: number, suspect: Suspect, quote: string): boolean {
  const mine = said[place];
  if (!mine || suspect.at < place || suspect.at - place > FAR || !sameVoice(mine, suspect.turn)) return false;
  // What is not said at once has to name what it takes back; that is cheaper asked of the bare words.
  if (suspect.at - place > SOON) {
    const shared = wordsOf(quote).filter((word) => suspect.words.has(word)).length;
    if (shared < (suspect.drops ? 1 : SHARED_MIN)) return false;
  }
  const start = mine.text.indexOf(quote);
  if (start < 0) return false;
  const index = indexTranscript(between(said, place, suspect.at));
  const words = index.words.slice(0, index.first[1]);
  const first = words.findIndex((word) => word.start >= start);
  const last = words.findLastIndex((word) => word.end <= start + quote.length);
  return first >= 0 && last >= first && takenBackAt(index, first, last) !== undefined;
}

/** The turn with the words, the ones after it in which a bare "scratch that" still means them, and the one that may take them back with what it answers. */
function between(said: readonly Utterance[], place: number, until: number): Utterance[] {
  const near = Math.min(until, place + SOON);
  return [...said.slice(place, near + 1), ...said.slice(Math.max(near + 1, until - 1), until + 1)];
}

const wordsOf = (text: string): string[] => (text.toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((word) => !COMMON.has(word));

/** Both sides' turns within which a bare "scratch that" still means the words. */
const SOON = 5;
/** As far as the verifier looks. */
const FAR = 40;
/** Said again with a "not", and no word that drops it. */
const SHARED_MIN = 3;
const MAY =
  /\b(?:scratch|strike|forget|ignore|disregard|taking|take (?:that|it|back)|never ?mind|nevermind|wrong|misspoke|correct(?:ion|ing)?|thoughts?|kidding|joking|wish|chang\w+|too soon|actually|wait|hold on|hang on|instead|no|not|never|off|anymore|fell|pulled|cut|frozen|drop\w*|sorry|rather|meant?|make (?:it|that))\b|n['’]t\b/i;
const DROPS =
  /\b(?:scratch|forget|drop|strike|ignore|disregard|instead of|no longer|changed (?:my|our) mind|take back|taking back|off|anymore|fell through|pulled|cut|frozen)\b/i;
const COMMON = new Set(
  'that this with have will would could should from they them then what when where which there here your about just like want need really going think know some more much very well also into over been were does only make made take than because'.split(
    ' ',
  ),
);
