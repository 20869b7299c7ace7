import { dealFields } from '../../shared/act/fields.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Host } from '../../shared/contracts/tenant.ts';
import { ok, passes, type Result } from '../../shared/kit/result.ts';
import type { Known, KnownDeal } from '../../shared/remember/briefing/known.ts';
import { claimRounds } from '../db/rounds.ts';
import type { RosApp } from '../http/app.ts';
import { log } from '../http/log.ts';
import { openSight, type Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { showPaths } from '../relate/show-paths.ts';
import * as relations from '../relate/store.ts';
import { AHEAD_MS, LOOK_EVERY_MS, lookAhead } from '../remember/ahead/look-ahead.ts';
import * as ahead from '../remember/ahead/store.ts';
import { inTime } from '../remember/brief/in-time.ts';
import { briefRoutes } from '../remember/brief/routes.ts';
import { PREPARED_FOR_MS, showBrief } from '../remember/brief/show-brief.ts';
import { recall } from '../remember/brief/store.ts';
import { graphStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { learnedOf } from './learned.ts';

const CONNECTIONS_A_SWEEP = 50;
const SIGHT_MS = 1_200;
const PATHS_MAX = 3;
const ROUND = 'meetings-ahead';
const crmNames: Record<Host, string> = { hubspot: 'HubSpot', salesforce: 'Salesforce' };

/** The brief before a call, and what is read ahead of a meeting so that it opens at once. */
export function wireBrief(parts: Parts): { routes: (app: RosApp) => void; round: () => Promise<void> } {
  const { db, now } = parts;
  const sight = patientSight(parts);
  return {
    routes: briefRoutes({
      maySeeRecord: (who, ref) => sight.record(who, ref),
      briefOf: (who, ref) => {
        const { tenantId, connectionId, host, user } = who;
        return showBrief(
          {
            now,
            timeZoneOf: async (of) => (await parts.lately.tenantOf(of))?.timeZone ?? 'UTC',
            recall: () => recall(db, tenantId, ref, user),
            meeting: () => meetingOf(parts, who, ref),
            seen: (calls) => sight.calls(who, calls),
            dealNow: () => dealOf(parts, { tenantId, connectionId, host }, ref),
            pathTo: (people) => pathTo(parts, who, ref, people),
          },
          { tenantId, viewer: user, ref, crm: crmNames[host] },
        );
      },
    }),
    round: async () => {
      const before = new Date(now() - LOOK_EVERY_MS);
      for (const host of ['hubspot', 'salesforce'] as const)
        for (const on of await claimRounds(db, ROUND, [host], new Date(now()), before, CONNECTIONS_A_SWEEP))
          await look(parts, { ...on, host });
    },
  };
}

/** The record's meeting within the hour, if the calendar has one. */
export const meetingOf = ({ db, now }: Parts, { tenantId, connectionId }: Pick<Who, 'tenantId' | 'connectionId'>, ref: RecordRef) =>
  ahead.nextMeeting(db, tenantId, connectionId, ref, { after: new Date(now() - LOOK_EVERY_MS), before: new Date(now() + AHEAD_MS) });

interface On {
  tenantId: string;
  connectionId: string;
  host: Host;
}

/** One that cannot be asked is asked again at its next turn. */
async function look(parts: Parts, on: On): Promise<void> {
  const { db, now } = parts;
  const { tenantId, connectionId } = on;
  const calendar = await parts.calendarOf(tenantId, connectionId);
  if (!calendar.ok) return;
  const looked = await lookAhead({
    now,
    between: (from, to) => calendar.value.between(from, to),
    save: (rows) => ahead.saveAhead(db, tenantId, connectionId, rows),
    unprepared: (before, limit) => ahead.unprepared(db, tenantId, connectionId, before, limit),
    dealOf: (ref) => dealOf(parts, on, ref),
    reach: async (host, ref) => {
      const crm = await parts.crmOf(tenantId, connectionId);
      return crm.ok ? crm.value.reach(host, ref) : crm;
    },
    savePrepared: (one, prepared) => ahead.savePrepared(db, tenantId, connectionId, one, prepared),
  });
  if (!looked.ok) log({ at: 'cron', what: 'meetings-not-looked-for', level: 'warn', tenant: tenantId, kind: looked.fault.kind });
}

/**
 * The CRM's own answer. While it is slow or away, whoever holds a meeting on the record still sees what the CRM let them see when that was
 * read ahead: half an hour ago at most.
 */
function patientSight(parts: Parts): Sight {
  const { db, now } = parts;
  return openSight({
    now,
    sharingOf: async (tenantId) => (await tenants.tenantOf(db, tenantId))?.sharing ?? 'owner',
    crmOf: async (tenantId, connectionId) =>
      ok({
        reach: async (user, ref) => {
          const asked = parts.crmOf(tenantId, connectionId).then((crm) => (crm.ok ? crm.value.reach(user, ref) : crm));
          const soon = await inTime(SIGHT_MS, asked);
          if (soon && (soon.ok || !passes(soon.fault))) return soon;
          const held = await meetingOf(parts, { tenantId, connectionId }, ref);
          const isFresh = held?.preparedAt && now() - held.preparedAt.getTime() < PREPARED_FOR_MS;
          return held?.reach && isFresh && held.hostId === user.id ? ok(held.reach) : asked;
        },
      }),
  });
}

/** The record itself, and a deal's fields, in one go. */
async function dealOf(parts: Parts, { tenantId, connectionId, host }: On, ref: RecordRef): Promise<Result<KnownDeal>> {
  const crm = await parts.crmOf(tenantId, connectionId);
  if (!crm.ok) return crm;
  const names = dealFields[host];
  const fields = ref.object === 'deal' ? Object.values(names) : [];
  const read = await crm.value.before({ record: ref, fields, ours: [] });
  if (!read.ok) return read;
  const { record, fields: stand } = read.value;
  const nowOf = (name: string) => stand.find(({ field }) => field === name);
  const stage = record.stages.find(({ id }) => id === record.stageId);
  const amount = Number(nowOf(names.amount)?.value ?? Number.NaN);
  const closeOn = /^\d{4}-\d\d-\d\d/.exec(nowOf(names.closeDate)?.value ?? '')?.[0];
  const nextStep = nowOf(names.nextStep)?.value;
  // Salesforce may answer with the record's last save, which says nothing of the stage.
  const stageMovedAt = host === 'hubspot' ? nowOf(names.stage)?.at : undefined;
  return ok({
    at: new Date(parts.now()).toISOString(),
    name: record.name,
    people: record.people.map(({ name }) => name).slice(0, 10),
    ...(stage ? { stage: stage.label } : {}),
    ...(Number.isFinite(amount) && amount > 0 ? { amount } : {}),
    ...(closeOn === undefined ? {} : { closeOn }),
    ...(nextStep ? { nextStep } : {}),
    ...(stageMovedAt === undefined ? {} : { stageMovedAt }),
  });
}

/** Only a way over somebody else is worth a line: whom the viewer knows themself, they know. */
async function pathTo(parts: Parts, who: Who, ref: RecordRef, people: readonly RecordRef[]): Promise<Known['path']> {
  const { tenantId } = who;
  const shown = await showPaths(
    {
      now: parts.now,
      targetsOf: async () => [...people],
      pathsTo: (targets) => graphStub(parts.bindings, tenantId).paths({ tenantId, targets, most: PATHS_MAX }),
      learnedOf: (keys) => learnedOf(parts, tenantId, keys),
      note: (paths) => relations.notePaths(parts.db, tenantId, who.user.id, ref, paths),
    },
    ref,
    who.user.id,
  );
  if (shown.paths.some(({ hops }) => hops.length === 1 && hops[0]?.from === 'You')) return undefined;
  const over = shown.paths.find(({ tier }) => tier === 'strong' || tier === 'warm');
  return over ? { introducer: over.introducer, target: over.target } : undefined;
}
