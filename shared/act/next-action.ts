import type { ChangeItem } from '../contracts/change.ts';
import type { CallBrief, NextView } from '../contracts/view.ts';
import { never } from '../kit/must.ts';
import { firstName } from './say-promise.ts';

export type NextAction = Omit<Extract<NextView, { state: 'next' }>, 'state'>;

/**
 * Of everything that waits for a person, the one thing to do now; `after` counts the rest. Null when nothing waits.
 * `calls` are those the viewer may see; an item of any other call is left out.
 */
export function nextAction(items: readonly { callId: string; item: ChangeItem }[], calls: readonly CallBrief[]): NextAction | null {
  const known = new Map(calls.map((call) => [call.id, call]));
  const open = items.flatMap(({ callId, item }) => {
    const call = known.get(callId);
    return call && isOpen(item) ? [{ item, call }] : [];
  });
  const [first] = open.sort(
    (a, b) =>
      urgency(a.item) - urgency(b.item) || Date.parse(b.call.startedAt) - Date.parse(a.call.startedAt) || (a.item.id < b.item.id ? -1 : 1),
  );
  if (!first) return null;

  const { item, call } = first;
  const [evidence] = item.evidence;
  const why = item.state === 'parked' ? (item.trouble ?? 'It could not be written') : item.reason;
  return {
    callId: call.id,
    title: titleOf(item, firstName(call.customerName)),
    why,
    ...(evidence ? { evidence } : {}),
    change: item,
    after: open.length - 1,
  };
}

const isOpen = ({ state, policy }: ChangeItem): boolean => policy !== 'never' && (state === 'waiting' || state === 'parked');

/** A customer waiting for an answer comes first; then the deal; then what we failed to write; then the rest. */
function urgency({ state, body: { kind } }: ChangeItem): number {
  if (state === 'parked') return 2;
  return { 'draft-email': 0, 'move-stage': 1, 'add-task': 3, 'log-call': 4, 'add-note': 5 }[kind];
}

/** An imperative with the person's name. */
function titleOf({ state, body }: ChangeItem, name: string): string {
  if (state === 'parked') return `Retry ${written[body.kind]} for ${name}`;
  switch (body.kind) {
    case 'draft-email':
      return `Send ${name} your follow-up`;
    case 'move-stage':
      return `Move ${name}’s deal to ${body.toLabel}`;
    case 'add-task':
      return body.subject.includes(name) ? body.subject : `${body.subject} (${name})`;
    case 'log-call':
      return `Log the call with ${name}`;
    case 'add-note':
      return `Add the note on ${name}`;
    default:
      return never(body);
  }
}

const written: Record<ChangeItem['body']['kind'], string> = {
  'log-call': 'the call log',
  'add-note': 'the note',
  'add-task': 'the task',
  'move-stage': 'the stage',
  'draft-email': 'the email',
};
