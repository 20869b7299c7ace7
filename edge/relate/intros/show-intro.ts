import { type IntroView, introVerb } from '../../../shared/contracts/intro.ts';
import { eventsFor, isReminderDue } from '../../../shared/relate/introduction.ts';
import type { IntroRow } from './store.ts';

/** An introduction as its rep sees it, or a colleague who is asked: they answer on the page that the note leads to. */
export function showIntro(row: IntroRow, viewerId: string, nowMs: number): IntroView {
  const nameOf = (key: string) => row.people.find((one) => one.key === key)?.name ?? '';
  const isMine = row.repId === viewerId;
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    record: row.record,
    repName: row.repName,
    people: row.people,
    connector: nameOf(row.connectorKey),
    target: nameOf(row.targetKey),
    subject: row.subject,
    body: row.body,
    cites: row.cites,
    trail: row.trail,
    verbs: isMine ? eventsFor(row, 'rep').filter(isVerb) : [],
    isReminderDue: isMine && isReminderDue(row, nowMs),
    createdAt: row.createdAt.toISOString(),
  };
}

const isVerb = (what: string): what is IntroView['verbs'][number] => what === 'approve' || introVerb.safeParse(what).success;
