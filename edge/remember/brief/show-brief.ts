import type { BriefView } from '../../../shared/contracts/brief.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { brief } from '../../../shared/remember/briefing/brief.ts';
import type { Known, KnownCall, KnownDeal } from '../../../shared/remember/briefing/known.ts';
import type { Prepared } from '../ahead/store.ts';
import { inTime } from './in-time.ts';
import type { Recalled } from './store.ts';

/** What decides who may see a call. */
type SeenCall = Recalled['cited'][number];

export interface ShowBriefDeps {
  now(): number;
  /** IANA */
  timeZoneOf(tenantId: string): Promise<string>;
  recall(): Promise<Recalled>;
  /** The record's next meeting within the hour, with what was read for it. */
  meeting(): Promise<Prepared | null>;
  /** Those of the calls that the viewer may see. */
  seen(calls: readonly SeenCall[]): Promise<SeenCall[]>;
  dealNow(): Promise<Result<KnownDeal>>;
  /** The warmest way to one of these over somebody else. */
  pathTo(people: readonly RecordRef[]): Promise<Known['path']>;
}

interface BriefAsk {
  tenantId: string;
  viewer: { id: string; email: string };
  ref: RecordRef;
  /** The CRM's name, for people. */
  crm: string;
}

/** A brief is read in thirty seconds: nobody waits ten for the CRM. */
const DEAL_MS = 1_200;
const PATH_MS = 500;
/** What was read ahead speaks for the record so long. */
export const PREPARED_FOR_MS = 30 * 60_000;

/** What to know before a call on a record, as far as the viewer may see it. Opens within two seconds, however slow the CRM is. */
export async function showBrief(deps: ShowBriefDeps, ask: BriefAsk): Promise<BriefView> {
  const { ref, viewer } = ask;
  const asked = inTime(DEAL_MS, deps.dealNow());
  const [recalled, meeting, timeZone] = await Promise.all([deps.recall(), deps.meeting(), deps.timeZoneOf(ask.tenantId)]);
  const seen = new Set((await deps.seen([...recalled.calls, ...recalled.cited])).map(({ id }) => id));
  const calls = recalled.calls.filter(({ id }) => seen.has(id));
  const [now, path] = await Promise.all([asked, inTime(PATH_MS, deps.pathTo(peopleOf(ref, calls)))]);

  const nowMs = deps.now();
  const isFresh = meeting?.preparedAt && nowMs - meeting.preparedAt.getTime() < PREPARED_FOR_MS;
  const deal = now?.ok ? now.value : isFresh ? (meeting.deal ?? undefined) : undefined;
  const understood = calls.flatMap((call) => (call.insight ? [knownCall(call, call.insight, viewer)] : []));
  const [newest] = calls.filter(({ isDestroyed }) => !isDestroyed);
  const known: Known = {
    nowMs,
    timeZone,
    calls: understood,
    ...(newest?.status === 'failed' ? { unheard: { callId: newest.id, at: newest.at } } : {}),
    facts: recalled.facts.filter(({ callId }) => seen.has(callId)),
    risks: recalled.risks.filter(({ quotes }) => quotes.every((callId) => seen.has(callId))),
    ...(deal ? { deal } : {}),
    ...(path ? { path } : {}),
  };
  return {
    record: ref,
    isFirst: understood.length === 0,
    lines: brief(known),
    asOf: new Date(nowMs).toISOString(),
    ...(meeting ? { meetingAt: meeting.startsAt.toISOString() } : {}),
    ...(deal ? {} : { gap: `${ask.crm} did not answer in time: what stands on the record itself is missing here.` }),
  };
}

type Row = Recalled['calls'][number];

function knownCall(row: Row, insight: NonNullable<Row['insight']>, viewer: BriefAsk['viewer']): KnownCall {
  const isOwn = row.repId === viewer.id || (row.repEmail !== '' && row.repEmail.toLowerCase() === viewer.email);
  return {
    id: row.id,
    at: row.at,
    rep: isOwn ? 'You' : row.repName,
    customerName: row.customerName,
    headline: insight.headline,
    ...(insight.proof ? { proof: insight.proof } : {}),
    sentiment: insight.sentiment,
    nextSteps: insight.nextSteps.map(({ dueAt, ...step }) => (dueAt === null ? step : { ...step, dueAt })),
    people: insight.people.map(({ role, ...person }) => (role === null ? person : { ...person, role })),
    asked: insight.asked,
    ...(insight.wentAheadMs === null ? {} : { wentAheadMs: insight.wentAheadMs }),
    gaps: insight.gaps.map(({ question, ...gap }) => (question === null ? gap : { ...gap, question })),
  };
}

/** The person themself, or whom we spoke with about it. */
function peopleOf(ref: RecordRef, calls: readonly Row[]): RecordRef[] {
  if (ref.object === 'contact' || ref.object === 'lead') return [ref];
  const ids = new Set(calls.flatMap(({ contactId }) => (contactId === null ? [] : [contactId])));
  return [...ids].map((id) => ({ object: 'contact', id }));
}
