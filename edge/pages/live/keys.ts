import type { FeedbackAction } from '../../../shared/contracts/guidance.ts';

export type Act =
  | { is: 'card'; action: Exclude<FeedbackAction, 'unpinned' | 'undone' | 'why'> | 'pin' | 'why' }
  | { is: 'undo' | 'flag' | 'quiet' | 'now' | 'help' };

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

/** What a single key does, with what the help says of it. */
export const keyHelp: readonly { keys: readonly string[]; act: Act; says: string }[] = [
  { keys: ['u', 'Enter'], act: { is: 'card', action: 'used' }, says: 'Used it' },
  { keys: ['d', 'Escape'], act: { is: 'card', action: 'dismissed' }, says: 'Put the card away' },
  { keys: ['s'], act: { is: 'card', action: 'snoozed' }, says: 'Again in five minutes' },
  { keys: ['p'], act: { is: 'card', action: 'pin' }, says: 'Keep the card, or let it go' },
  { keys: ['w'], act: { is: 'card', action: 'why' }, says: 'Why this card?' },
  { keys: ['z'], act: { is: 'undo' }, says: 'Take back what you did with the last card' },
  { keys: ['f'], act: { is: 'flag' }, says: 'Flag this moment' },
  { keys: ['q'], act: { is: 'quiet' }, says: 'Quiet, or not' },
  { keys: ['n'], act: { is: 'now' }, says: 'Back to now in the transcript' },
  { keys: ['?'], act: { is: 'help' }, says: 'These keys' },
];

/** `focus`: `text` while something is typed or chosen, `button` on what Enter presses itself. Nothing where a modifier says it is another program's. */
export function actOf(pressed: Pressed, focus: 'text' | 'button' | 'page'): Act | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat || focus === 'text') return undefined;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (key === 'Enter' && focus === 'button') return undefined;
  return keyHelp.find(({ keys }) => keys.includes(key))?.act;
}
