import type { CallSpend, ChangeBody, ChangeItem, Consent, PlayKind, Role } from '@ros/contracts';
import type { LiveNow } from '../hooks/use-live.ts';
import type { Reader } from '../hooks/use-reader.ts';
import type { Taken } from './taken-back.ts';

/** 761000 → "12:41" */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** 0.614 → "61 %" */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "Thu, Nov 26, 5:00 PM" where the portal is. */
export function day(iso: string, timeZone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toLocaleString('en-US', { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone });
}

export const kindWords: Record<PlayKind, string> = {
  price: 'Price',
  objection: 'Objection',
  competitor: 'Competitor',
  question: 'Question',
  compliance: 'Must say',
};

export const roleWords: Record<Role, string> = { rep: 'You', customer: 'Customer', other: 'Somebody' };

/** Whose words these are. Where one microphone hears everybody and nobody is sure, it says so. */
export const speakerWords = ({ role, speaker, isGuess }: Pick<LiveNow['lines'][number], 'role' | 'speaker' | 'isGuess'>): string =>
  speaker === undefined || !isGuess ? roleWords[role] : `${speaker}${guessWords[role]}`;

const guessWords: Record<Role, string> = { rep: ' (probably you)', customer: ' (probably the customer)', other: '' };

export const consentWords: Record<Consent, string> = {
  unknown: 'Not asked yet. Nothing is kept.',
  announced: 'Announced. Nothing is kept until they agree.',
  granted: 'They agreed to recording.',
  refused: 'They refused. Nothing is kept.',
  expired: 'That was long ago. Ask again; nothing is kept.',
};

export const joinedWords = 'Somebody joined: ask them too. Nothing is heard until they agree.';

/** What a change is about, in a line. */
export function changeWords(body: ChangeBody): string {
  switch (body.kind) {
    case 'move-stage':
      return 'Deal stage';
    case 'add-task':
      return body.subject;
    case 'add-note':
      return 'Note';
    case 'log-call':
      return body.title;
    case 'draft-email':
      return body.subject;
    case 'set-field':
      return body.label;
    case 'remove-activity':
      return `Take back “${body.title}”`;
  }
}

/** What the two buttons of an open change say. */
export const yesWords = ({ state, body }: ChangeItem): string => (state === 'parked' ? 'Retry' : approveWords(body));
export const noWords = ({ state }: ChangeItem): string => (state === 'parked' ? 'Discard' : 'Not useful');

function approveWords(body: ChangeBody): string {
  switch (body.kind) {
    case 'move-stage':
      return `Move to ${body.toLabel}`;
    case 'add-task':
      return 'Add the task';
    case 'add-note':
      return 'Add the note';
    case 'log-call':
      return 'Log the call';
    case 'draft-email':
      return 'Review the email';
    case 'set-field':
      return `Set ${lowerFirst(body.label)}`;
    case 'remove-activity':
      return 'Take it back';
  }
}

interface StateWords {
  text: string;
  variant: 'success' | 'warning' | 'info' | 'danger' | 'default';
}

/** When it was written and by whose yes; nothing while it is not. */
export function writtenWords({ writtenAt, decidedBy, decidedName = 'a colleague' }: ChangeItem, { id, timeZone }: Reader): string {
  if (writtenAt === undefined) return '';
  const by =
    decidedBy === undefined ? 'without asking, as your settings say' : decidedBy === id ? 'approved by you' : `approved by ${decidedName}`;
  return `Written ${day(writtenAt, timeZone)}, ${by}`;
}

/** Why it still stands there although somebody wanted it back. */
export function undoTrouble({ change, undo }: Taken): string {
  const isStuck = undo?.state === 'parked' || undo?.state === 'superseded';
  return change.state === 'written' && isStuck ? `Not undone: ${undo.trouble ?? 'HubSpot did not take it.'}` : '';
}

/** Where a change stands, in words. */
export function stateWords({ change, undo }: Taken): StateWords {
  const { state, policy, trouble } = change;
  switch (state) {
    case 'waiting':
      if (policy === 'never') return { text: 'Not written, because your settings say so', variant: 'default' };
      return { text: trouble ? `Waits for you: ${trouble}` : 'Waits for you', variant: 'warning' };
    case 'due':
    case 'writing':
      return { text: 'On its way to HubSpot', variant: 'info' };
    case 'written':
      if (undo?.state === 'due' || undo?.state === 'writing') return { text: 'Being undone', variant: 'info' };
      return { text: 'Written', variant: 'success' };
    case 'approved':
      return { text: 'Approved', variant: 'success' };
    case 'declined':
      return { text: 'Not written, because you said no', variant: 'default' };
    case 'parked':
      return { text: `Not written, because ${lowerFirst(trouble ?? 'HubSpot did not take it.')}`, variant: 'danger' };
    case 'superseded':
      return { text: trouble ? `Not written: ${lowerFirst(trouble)}` : 'Replaced by a newer one', variant: 'default' };
    case 'undone':
      return { text: 'Undone', variant: 'default' };
    case 'shadow':
      return { text: `Only watched: ${shadowWords[change.shadowSaw ?? 'open']}`, variant: 'default' };
  }
}

const shadowWords = {
  open: 'this would have been written',
  matched: 'somebody wrote the same',
  differed: 'somebody wrote something else',
};

const lowerFirst = (text: string) =>
  /^[A-Z][a-z]/.test(text) && !text.startsWith('HubSpot') ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** A call has two voices, and each is heard: its minutes of speech are more than its own. */
export const spendLine = ({ speechSeconds, usd }: CallSpend): string =>
  `Live speech so far: ${Math.round(speechSeconds / 6) / 10} min${usd === undefined ? '' : `, $${usd.toFixed(3)}`}`;
