import * as z from 'zod/mini';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { CrmCheck, Told } from '../../ports/crm-news.ts';
import { type SalesforceClient, salesforceClient, strange, type Talk, type TokenSource } from './client.ts';
import { isId, objectName, sameId } from './map.ts';
import { toldKey } from './news.ts';
import { quoteAll } from './soql.ts';

const METHOD_MS = 9_500;
/** Rows of one object in one round; the next round goes on where this one ended. */
const ROWS_MAX = 1_000;
/** A long transaction is stamped before it can be seen, so each round looks back over the last one's end. */
const OVERLAP_MS = 5 * 60_000;
/** `/deleted` wants more than a minute between its ends. */
const DELETED_SPAN_MS = 2 * 60_000;

const row = z.object({ Id: z.string(), SystemModstamp: z.string() });
const gone = z.object({ deletedRecords: z.array(z.object({ id: z.string(), deletedDate: z.string() })), latestDateCovered: z.string() });

/** What the package's triggers may have failed to tell: they never hold up a save, so what does not arrive is lost. */
export function salesforceCheck({ orgId, token, now }: { orgId: string; token: TokenSource; now(): number }): CrmCheck {
  const client = salesforceClient({ token });
  return {
    changedSince: (cursors) => changedSince({ client, signal: AbortSignal.timeout(METHOD_MS) }, orgId, cursors, now()),

    async missing(activities) {
      const ids = activities.map(({ crmId }) => crmId).filter(isId);
      if (ids.length === 0) return ok([]);
      const soql = `SELECT Id FROM Task WHERE Id IN ${quoteAll(ids)} LIMIT 200`;
      const found = await client.query(soql, z.object({ Id: z.string() }), AbortSignal.timeout(METHOD_MS));
      if (!found.ok) return found;
      return ok(ids.filter((id) => !found.value.some(({ Id }) => sameId(Id, id))));
    },
  };
}

type Found = Result<{ told: Told[]; cursors: Record<string, string> }>;

async function changedSince(talk: Talk, orgId: string, cursors: Readonly<Record<string, string>>, nowMs: number): Promise<Found> {
  const told: Told[] = [];
  const moved: Record<string, string> = {};
  for (const name of Object.values(objectName)) {
    const changed = await updated(talk, name, cursors[`changed ${name}`], nowMs);
    if (!changed.ok) return changed;
    const lost = await deleted(talk.client, name, cursors[`deleted ${name}`], nowMs, talk.signal);
    if (!lost.ok) return lost;
    moved[`changed ${name}`] = changed.value.cursor;
    moved[`deleted ${name}`] = lost.value.cursor;
    const record = (id: string) => ({ object: objectOf[name], id });
    for (const { Id, SystemModstamp: at } of changed.value.rows)
      told.push({
        account: orgId,
        // More of that second may come to be seen until the next round, which finds it again and has to look again.
        key: toldKey(orgId, name, Id, 'updated', iso(at)) + (nowMs - Date.parse(iso(at)) < OVERLAP_MS ? '|early' : ''),
        news: { is: 'touched', record: record(Id), atMs: Date.parse(iso(at)) },
      });
    for (const { id, deletedDate: at } of lost.value.rows)
      told.push({
        account: orgId,
        key: toldKey(orgId, name, id, 'deleted', iso(at)),
        news: { is: 'deleted', record: record(id), atMs: Date.parse(iso(at)) },
      });
  }
  return ok({ told, cursors: moved });
}

/**
 * The cursor is "instant id back": rows of one instant are told apart by their ids, so a full page loses none. `back` is where the last page
 * of several begins again: what was stamped before their end may have come to be seen since.
 */
async function updated({ client, signal }: Talk, name: string, cursor: string | undefined, nowMs: number) {
  // The first round begins now: what happened before we came is not news.
  if (cursor === undefined) return ok({ rows: [], cursor: `${stamp(nowMs)} ` });
  const [at = '', id = '', back] = cursor.split(' ');
  const next = back ?? stamp(Math.max(Date.parse(at), nowMs - OVERLAP_MS));
  const after = id === '' ? `SystemModstamp >= ${at}` : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > '${id}'))`;
  const soql = `SELECT Id, SystemModstamp FROM ${name} WHERE ${after} ORDER BY SystemModstamp, Id LIMIT ${ROWS_MAX}`;
  const read = await client.query(soql, row, signal);
  if (!read.ok) return read;
  const last = read.value.at(-1);
  if (read.value.length === ROWS_MAX && last)
    return ok({ rows: read.value, cursor: `${stamp(Date.parse(iso(last.SystemModstamp)))} ${last.Id} ${next}` });
  return ok({ rows: read.value, cursor: `${next} ` });
}

async function deleted(client: SalesforceClient, name: string, cursor: string | undefined, nowMs: number, signal: AbortSignal) {
  const startMs = cursor === undefined ? nowMs : Date.parse(cursor);
  const none: z.infer<typeof gone>['deletedRecords'] = [];
  if (nowMs - startMs < DELETED_SPAN_MS) return ok({ rows: none, cursor: stamp(startMs) });
  const asked = `start=${encodeURIComponent(stamp(startMs))}&end=${encodeURIComponent(stamp(nowMs))}`;
  const read = await client.call(`/sobjects/${name}/deleted?${asked}`, { signal });
  if (!read.ok) return read;
  const said = gone.safeParse(read.value);
  if (!said.success) return { ok: false, fault: strange } as const;
  return ok({ rows: said.data.deletedRecords, cursor: stamp(Math.max(startMs, Date.parse(iso(said.data.latestDateCovered)))) });
}

const objectOf = { Opportunity: 'deal', Contact: 'contact', Account: 'company', Lead: 'lead' } as const;
/** Salesforce writes `+0000`, which is no ISO 8601. */
const iso = (text: string) => new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toISOString();
const stamp = (ms: number) => new Date(ms).toISOString();
