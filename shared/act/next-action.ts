import type { ChangeItem } from '../contracts/change.ts';
import type { CallBrief, NextView } from '../contracts/view.ts';
import { never } from '../kit/must.ts';
import { sayLabel } from './say-changed.ts';
import { firstName } from './say-promise.ts';

export type NextAction = Omit<Extract<NextView, { state: 'next' }>, 'state'>;

/**
 * Of everything that waits for a person, the one thing to do now; `after` counts the rest. Null when nothing waits.
 * `calls` are those the viewer may see; an item of any other call is left out, one of no call is not.
 */
export function nextAction(items: readonly { callId: string | null; item: ChangeItem }[], calls: readonly CallBrief[]): NextAction | null {
  const known = new Map(calls.map((call) => [call.id, call]));
  const open = items.flatMap(({ callId, item }) => {
    const call = callId === null ? null : known.get(callId);
    return call !== undefined && isOpen(item) ? [{ item, call }] : [];
  });
  const [first] = open.sort(
    (a, b) => urgency(a.item) - urgency(b.item) || startMs(b.call) - startMs(a.call) || (a.item.id < b.item.id ? -1 : 1),
  );
  if (!first) return null;

  const { item, call } = first;
  const [evidence] = item.evidence;
  const why = item.trouble ?? (item.state === 'parked' ? 'It could not be written' : item.reason);
  return {
    callId: call?.id ?? null,
    title: titleOf(item, call ? firstName(call.customerName) : null),
    why,
    ...(evidence ? { evidence } : {}),
    change: item,
    after: open.length - 1,
  };
}

/** What came from no call comes after what did. */
const startMs = (call: CallBrief | null): number => (call ? Date.parse(call.startedAt) : 0);
const isOpen = ({ state, policy }: ChangeItem): boolean =>
  policy !== 'never' && policy !== 'shadow' && (state === 'waiting' || state === 'parked');

/** A customer waiting for an answer comes first; then the deal; then what we failed to write; then the rest. */
function urgency({ state, body: { kind } }: ChangeItem): number {
  if (state === 'parked') return 2;
  return { 'draft-email': 0, 'move-stage': 1, 'set-field': 2, 'add-task': 3, 'log-call': 4, 'add-note': 5, 'remove-activity': 6 }[kind];
}

/** An imperative with the person's name, where a call gives one. */
function titleOf({ state, body, parkedWhy, asks }: ChangeItem, who: string | null): string {
  const name = who ?? 'the customer';
  if (state === 'parked' && parkedWhy === 'lacks') return `Fill in what ${written[body.kind]} needs`;
  if (state === 'parked') return who === null ? `Retry ${written[body.kind]}` : `Retry ${written[body.kind]} for ${name}`;
  const question = asks?.[0]?.label;
  if (question !== undefined) return question;
  switch (body.kind) {
    case 'draft-email':
      return `Send ${name} your follow-up`;
    case 'move-stage':
      return who === null ? `Move the deal to ${body.toLabel}` : `Move ${name}’s deal to ${body.toLabel}`;
    case 'set-field':
      return `Set ${sayLabel(body.label)} to ${clipped(body.toLabel ?? body.to)}`;
    case 'add-task':
      return who === null || body.subject.includes(name) ? body.subject : `${body.subject} (${name})`;
    case 'log-call':
      return `Log the call with ${name}`;
    case 'add-note':
      return `Add the note on ${name}`;
    case 'remove-activity':
      return `Take back “${clipped(body.title)}”`;
    default:
      return never(body);
  }
}

const written: Record<ChangeItem['body']['kind'], string> = {
  'log-call': 'the call log',
  'add-note': 'the note',
  'add-task': 'the task',
  'move-stage': 'the stage',
  'set-field': 'the field',
  'remove-activity': 'the undo',
  'draft-email': 'the email',
};

const clipped = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
