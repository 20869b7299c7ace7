import type { Touchpoint } from '../../contracts/memory.ts';
import type { HeldMoment } from './held.ts';

/** A moment as the timeline shows it; null for one that is none. */
export function touchpointOf(moment: HeldMoment): Touchpoint | null {
  const { id, callId, body, call } = moment;
  const same = { id, callId, at: new Date(moment.atMs).toISOString() };
  if (call) {
    const kind = MEETINGS.has(call.source) ? 'meeting' : 'call';
    const title = `${kind === 'meeting' ? 'Meeting' : 'Call'} with ${call.people.at(-1) ?? 'somebody'}`;
    const text = call.headline ? { text: shortened(call.headline) } : {};
    return { ...same, kind, direction: call.direction, title, ...text, people: [...call.people] };
  }
  switch (body?.kind) {
    case 'draft-email':
      return { ...same, kind: 'email', direction: 'outbound', title: body.subject, text: shortened(body.body), people: body.to };
    case 'add-note':
      return { ...same, kind: 'note', title: 'Note', text: shortened(body.body), people: [] };
    case 'add-task':
      return { ...same, kind: 'task', title: body.subject, ...(body.body ? { text: shortened(body.body) } : {}), people: [] };
    default:
      return null;
  }
}

const MEETINGS = new Set(['zoom', 'teams', 'browser']);
const TEXT_MAX = 600;
const shortened = (text: string): string => (text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 2).replace(/\s+\S*$/, '')} …`);
