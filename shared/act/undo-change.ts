import type { ChangeBody, ChangeItem } from '../contracts/change.ts';
import { never } from '../kit/must.ts';

const undoDays = 30;
const undoMs = undoDays * 24 * 60 * 60_000;

/** withdraw: it has not left yet · write: this takes it back · no: why not, in a sentence. */
export type Undo = { do: 'withdraw' } | { do: 'write'; body: ChangeBody } | { do: 'no'; why: string };

/** How a change is taken back now. Whether the CRM still holds what we wrote is asked when the undo is sent. */
export function undoChange(item: ChangeItem, wrote: ChangeBody | null, nowMs: number): Undo {
  const no = (why: string): Undo => ({ do: 'no', why });
  if (item.undoes !== undefined) return no('An undo is not undone. Change it in the CRM.');
  switch (item.state) {
    case 'due':
      // What stands in the CRM under an older version must be taken back there.
      return wrote === null ? { do: 'withdraw' } : no('A newer version of this is on its way. Try again in a minute.');
    case 'writing':
      return no('This is being written right now. Try again in a minute.');
    case 'approved':
      return no('An approved email cannot be undone: it was handed to you, and nothing was sent.');
    case 'written':
      break;
    case 'waiting':
    case 'parked':
    case 'declined':
    case 'superseded':
    case 'shadow':
      return no('This was not written, so there is nothing to undo.');
    case 'undone':
      return no('This is undone already.');
    default:
      return never(item.state);
  }
  if (undoableUntil(item, nowMs) === null) return no(`This was written more than ${undoDays} days ago. Change it in the CRM.`);
  return reversed(wrote ?? item.body, item.crmId);
}

/** ISO 8601; null when there is nothing to undo any more. */
export function undoableUntil({ state, writtenAt, undoes, body }: ChangeItem, nowMs: number): string | null {
  if (state !== 'written' || undoes !== undefined || writtenAt === undefined || reversed(body, '1').do === 'no') return null;
  const untilMs = Date.parse(writtenAt) + undoMs;
  return untilMs > nowMs ? new Date(untilMs).toISOString() : null;
}

function reversed(body: ChangeBody, crmId: string | undefined): Undo {
  switch (body.kind) {
    case 'log-call':
      return removed('call', body.title, crmId);
    case 'add-note':
      return removed('note', 'The note of the call', crmId);
    case 'add-task':
      return removed('task', body.subject, crmId);
    case 'move-stage':
      return {
        do: 'write',
        body: { kind: 'move-stage', from: body.to, to: body.from, fromLabel: body.toLabel, toLabel: body.fromLabel },
      };
    case 'set-field': {
      const { toLabel: _, ...field } = body;
      const held = (body.from ?? '').replaceAll('\r\n', '\n').trimEnd();
      const stands = body.mode === 'append' && held !== '' ? `${held}\n${body.to}` : body.to;
      return { do: 'write', body: { ...field, mode: 'overwrite', from: stands, to: body.from ?? '' } };
    }
    case 'remove-activity':
    case 'draft-email':
      return { do: 'no', why: 'This cannot be undone.' };
    default:
      return never(body);
  }
}

const removed = (activity: 'call' | 'note' | 'task', title: string, crmId: string | undefined): Undo =>
  crmId === undefined
    ? { do: 'no', why: 'The CRM did not say which record this became. Remove it there.' }
    : { do: 'write', body: { kind: 'remove-activity', activity, crmId, title } };
