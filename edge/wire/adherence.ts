import type { PlaybookAdherenceView } from '../../shared/contracts/adherence.ts';
import type { SavedPlaybook } from '../../shared/contracts/playbook.ts';
import { adherenceOf, type KeptPoint, PEOPLE_MIN, type Points, pointsOf, sayAdherence, sumPoints } from '../../shared/guide/adherence.ts';
import { fieldsAsked, guidesOf, namedIn } from '../../shared/guide/moments/choose-playbooks.ts';
import { ledBy } from '../../shared/guide/team-help.ts';
import { captureSettingsOf } from '../capture/consent/store.ts';
import * as calls from '../capture/store.ts';
import { adherenceRoutes } from '../guide/adherence-routes.ts';
import * as books from '../guide/playbooks/store.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { knownRecord } from './known-record.ts';

const CALLS_MAX = 200;
const AT_ONCE = 20;
/** Where a point asks about the record, the CRM has to be asked for each. */
const RECORDS_MAX = 60;
const TIME_MS = 8_000;

/** Played anew over what was stored, so that what is erased counts nowhere and a figure never stands without its words. */
export function wireAdherence(parts: Parts, sight: Sight) {
  const { db } = parts;

  return adherenceRoutes({
    ofCall: async (who, callId) => {
      const call = await calls.callOf(db, who.tenantId, callId);
      if (!call) return 'gone';
      if (!namedIn([call.repId, call.repEmail], repOf(who))) return 'not-theirs';
      const [all, tenant] = await Promise.all([books.playbooksOf(db, who.tenantId), tenants.tenantOf(db, who.tenantId)]);
      const kept = await Promise.all(
        guidesOf(all, { userId: call.repId, email: call.repEmail }).map(async (playbook) => {
          const points = await keptOn(parts, pointsOf(playbook, tenant?.competitors ?? []), call);
          return points === null || points.length === 0 ? [] : [bookOf(playbook, points)];
        }),
      );
      const playbooks = kept.flat();
      return {
        callId,
        playbooks,
        said: playbooks.length > 0 ? '' : 'This call has no words yet, or no playbook with a checklist guides it.',
      };
    },

    ofPlaybook: async (who, id, of) => {
      const all = await books.playbooksOf(db, who.tenantId);
      const playbook = all.find((one) => one.id === id);
      if (!playbook) return 'gone';
      const reps = of === 'mine' ? ownNames(who) : await ledNames(parts, who);
      if (reps === null) return 'not-theirs';
      return summed(parts, sight, who, { playbook, all, of, ...(reps === 'all' ? {} : { reps }) });
    },
  });
}

const repOf = ({ user }: Who) => ({ userId: user.id, email: user.email });
const ownNames = ({ user }: Who): string[] => [user.id, user.email].filter((name) => name !== '').map((name) => name.toLowerCase());

/** Everybody for who connected us; for who leads a team its reps; null for anybody else. */
async function ledNames({ db }: Parts, who: Who): Promise<readonly string[] | 'all' | null> {
  const [connection, { teamHelp }] = await Promise.all([
    tenants.connectionOf(db, who.tenantId, who.connectionId),
    captureSettingsOf(db, who.tenantId),
  ]);
  return connection?.installerId === who.user.id ? 'all' : (ledBy(teamHelp, repOf(who))?.reps ?? null);
}

interface Asked {
  playbook: SavedPlaybook;
  all: readonly SavedPlaybook[];
  of: 'mine' | 'team';
  /** In small letters; absent: everybody. */
  reps?: readonly string[];
}

/** When the time is up it answers for the calls it has looked at, and says how many they were. */
async function summed(parts: Parts, sight: Sight, who: Who, { playbook, all, of, reps }: Asked): Promise<PlaybookAdherenceView> {
  const { db, now } = parts;
  const { id, name, version, savedAt: since } = playbook;
  const [tenant, heard] = await Promise.all([
    tenants.tenantOf(db, who.tenantId),
    calls.heardSince(db, who.tenantId, { since: new Date(since), limit: CALLS_MAX, ...(reps ? { reps } : {}) }),
  ]);
  const points = pointsOf(playbook, tenant?.competitors ?? []);
  const guided = heard.filter(({ repId, repEmail }) => guidesOf(all, { userId: repId, email: repEmail }).some((one) => one.id === id));
  const looked = asksRecord(points) ? guided.slice(0, RECORDS_MAX) : guided;
  const untilMs = now() + TIME_MS;
  const kept: { callId: string; startedAt: string; rep: string; points: KeptPoint[] }[] = [];
  for (let from = 0; from < looked.length && now() < untilMs; from += AT_ONCE) {
    const some = looked.slice(from, from + AT_ONCE);
    const seen = of === 'mine' ? some : await sight.calls(who, some);
    const read = await Promise.all(seen.map(async (call) => ({ call, points: await keptOn(parts, points, call) })));
    for (const { call, points: found } of read)
      if (found) kept.push({ callId: call.id, startedAt: call.startedAt.toISOString(), rep: call.repId || call.repEmail, points: found });
  }
  const people = new Set(kept.map(({ rep }) => rep)).size;
  const isShown = of === 'mine' || people >= PEOPLE_MIN;
  return {
    playbookId: id,
    name,
    version,
    since,
    of,
    calls: kept.length,
    points: isShown ? sumPoints(kept) : [],
    said: sayAdherence(of, kept.length, people),
  };
}

const asksRecord = ({ steps }: Points): boolean => fieldsAsked(steps).length > 0 || steps.some(({ stages }) => stages.length > 0);

/** Null while the call has no words. */
async function keptOn(parts: Parts, points: Points, call: calls.CallRow): Promise<KeptPoint[] | null> {
  const [said, record] = await Promise.all([
    calls.utterancesOf(parts.db, call.tenantId, call.id),
    asksRecord(points) ? knownRecord(parts, call, fieldsAsked(points.steps)) : { stage: null, fields: {}, timeZone: call.timeZone },
  ]);
  return said.length === 0 ? null : adherenceOf(points, { startedAtMs: call.startedAt.getTime(), record, said });
}

const bookOf = ({ id, name, version }: SavedPlaybook, points: readonly KeptPoint[]) => ({
  id,
  name,
  version,
  met: points.filter(({ evid }) => evid).length,
  points: points.map((point) => ({ ...point, met: point.evid !== undefined })),
});
