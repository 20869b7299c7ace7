import type { Consent, GuidanceCard, Hearing, PastCard, PlayKind } from '../../../shared/contracts/guidance.ts';
import type { Role } from '../../../shared/contracts/transcript.ts';
import type { LinkState } from './link.ts';
import type { Line, Shown } from './shown.ts';

/** Every sentence that the window says. */

export const linkWords: Record<LinkState, string> = {
  connecting: 'Connecting…',
  open: '',
  cut: 'The connection was cut. Trying again; the call goes on being heard.',
  used: 'This address opens one window, once. Open the live window again from the record.',
  private: 'This call is private now: only its rep sees it.',
  crowded: 'This call is open in too many windows, so this one was closed. You can close it.',
  destroyed: 'This call was stopped and destroyed. Nothing of it is kept.',
};

export const overWords = 'What was said, and what follows from it, stands on the record in a minute.';

export const consentWords: Record<Consent, string> = {
  unknown: 'Not asked yet. Nothing is kept.',
  announced: 'Announced. Nothing is kept until they agree.',
  granted: 'They agreed to recording.',
  refused: 'They refused. Nothing is kept.',
  expired: 'Ask again: their yes is too old, or somebody joined. Nothing is kept.',
};

export const hearingWords: Record<Hearing, string> = {
  listening: '',
  behind: 'The words come late at the moment.',
  away: 'Nobody hears the call for a moment. It is being recorded all the same.',
};

export const kindWords: Record<PlayKind, string> = {
  price: 'Price',
  objection: 'Objection',
  competitor: 'Competitor',
  question: 'Question',
  compliance: 'Must say',
};

export const pastWords: Record<PastCard['state'], string> = {
  replaced: 'passed',
  collapsed: 'passed',
  used: 'used',
  dismissed: 'put away',
  snoozed: 'later',
  pinned: 'kept',
  less: 'less of its kind',
  muted: 'not on this call',
  never: 'never again',
};

const roleWords: Record<Role, string> = { rep: 'You', customer: 'Customer', other: 'Somebody' };
const guessWords: Record<Role, string> = { rep: ' (probably you)', customer: ' (probably the customer)', other: '' };

/** Whose words these are. Where one microphone hears everybody and nobody is sure, it says so. */
export const speakerWords = ({ role, speaker, isGuess }: Line, customerName: string): string => {
  if (speaker !== undefined && isGuess) return `${speaker}${guessWords[role]}`;
  return role === 'customer' && customerName ? customerName : (speaker ?? roleWords[role]);
};

/** 761000 → "12:41" */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A fluent talk is 110 to 170 words a minute; a monologue is worth a word from here on. */
const MONOLOGUE_MS = 60_000;
const FAST = 170;

export function talkWords({ shareRep, monologueMs, wordsPerMinute }: Shown['talk']): string {
  if (shareRep === null) return 'Nobody has spoken yet.';
  const all = [`You spoke ${Math.round(shareRep * 100)} %`];
  if (monologueMs >= MONOLOGUE_MS) all.push(`${clock(monologueMs)} without a word of theirs`);
  if (wordsPerMinute !== null) all.push(`${Math.round(wordsPerMinute)} words a minute${wordsPerMinute > FAST ? ', fast' : ''}`);
  return all.join(' · ');
}

export const whyWords = ({ why, confidence, times }: GuidanceCard, customerName: string): string => {
  const who = why.role === 'rep' ? 'you' : why.role === 'customer' ? customerName || 'the customer' : 'somebody';
  const often = times && times > 1 ? ` It came up ${times} times.` : '';
  return `Rule “${why.rule}”: ${who} said this at ${clock(why.startMs)}; ${Math.round(confidence * 100)} % sure.${often}`;
};

/** A call has two voices, and each is heard: its minutes of speech are more than its own. */
export const spendWords = (spend: Shown['spend']): string => {
  if (!spend || spend.speechSeconds === 0) return '';
  const usd = spend.usd === undefined ? '' : `, $${spend.usd.toFixed(3)}`;
  return `Live speech so far: ${Math.round(spend.speechSeconds / 6) / 10} min${usd}`;
};

/** What stands where a card would be. */
export function calmWords({ consent, quiet, unguided, gates }: Shown): { calm: string; line: string } {
  if (consent !== 'granted') return { calm: 'Not listening', line: 'Cards come once they have agreed.' };
  if (unguided !== null) return { calm: 'No cards', line: unguided };
  if (quiet === 'full') return { calm: 'Quiet', line: 'You asked for no cards.' };
  if (quiet === 'critical') return { calm: 'Quiet', line: 'Only what has to be said comes up.' };
  return { calm: 'Listening', line: gates?.next?.line ?? '' };
}
