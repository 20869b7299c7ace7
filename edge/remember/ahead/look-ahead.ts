import { passes, type Result } from '../../../shared/kit/result.ts';
import type { CrmUser, Reach } from '../../ports/crm.ts';
import type { CrmMeeting } from '../../ports/crm-calendar.ts';
import type { MeetingAhead, Prepared } from './store.ts';

export interface LookAheadDeps {
  now(): number;
  between(from: string, to: string): Promise<Result<CrmMeeting[]>>;
  save(ahead: readonly MeetingAhead[]): Promise<void>;
  unprepared(before: Date, limit: number): Promise<MeetingAhead[]>;
  dealOf(of: MeetingAhead['record']): Promise<Result<NonNullable<Prepared['deal']>>>;
  reach(host: CrmUser, of: MeetingAhead['record']): Promise<Result<Reach>>;
  savePrepared(of: MeetingAhead, prepared: Pick<Prepared, 'deal' | 'reach'> & { preparedAt: Date }): Promise<void>;
}

const MINUTE_MS = 60_000;
/** Cards say so far ahead that a meeting comes. */
export const AHEAD_MS = 60 * MINUTE_MS;
/** Looked for every five minutes, each meeting is prepared fifteen to twenty before it begins. */
export const LOOK_EVERY_MS = 5 * MINUTE_MS;
const PREPARE_MS = 20 * MINUTE_MS;
const ROWS_MAX = 200;
const PREPARE_MAX = 25;
const AT_ONCE = 4;

/** One look into a CRM's calendar: what comes within the hour is known, what begins soon has its record read. Twice is as once. Answers how many were read. */
export async function lookAhead(deps: LookAheadDeps): Promise<Result<number>> {
  const nowMs = deps.now();
  const iso = (ms: number) => new Date(ms).toISOString();
  // A little back: whoever is late still has their brief.
  const found = await deps.between(iso(nowMs - LOOK_EVERY_MS), iso(nowMs + AHEAD_MS));
  if (!found.ok) return found;
  const hosts = new Map(found.value.flatMap(({ host }) => (host ? [[host.id, host] as const] : [])));
  const rows = found.value.flatMap(({ id, startsAt, about, host }) =>
    about.map((record): MeetingAhead => ({ meetingId: id, record, startsAt: new Date(startsAt), hostId: host?.id ?? null })),
  );
  // One statement may not touch a row twice.
  await deps.save(
    [...new Map(rows.map((row) => [`${row.meetingId} ${row.record.object} ${row.record.id}`, row])).values()].slice(0, ROWS_MAX),
  );

  const due = await deps.unprepared(new Date(nowMs + PREPARE_MS), PREPARE_MAX);
  for (let at = 0; at < due.length; at += AT_ONCE)
    await Promise.all(due.slice(at, at + AT_ONCE).map((one) => prepare(deps, one, hosts.get(one.hostId ?? ''))));
  return { ok: true, value: due.length };
}

async function prepare(deps: LookAheadDeps, one: MeetingAhead, host: CrmUser | undefined): Promise<void> {
  const [deal, reach] = await Promise.all([deps.dealOf(one.record), host ? deps.reach(host, one.record) : null]);
  // The next look tries again; what the CRM refuses for good stays as it is.
  if (!deal.ok && passes(deal.fault)) return;
  await deps.savePrepared(one, {
    deal: deal.ok ? deal.value : null,
    reach: reach?.ok ? reach.value : null,
    preparedAt: new Date(deps.now()),
  });
}
