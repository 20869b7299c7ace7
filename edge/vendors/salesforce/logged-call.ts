import * as z from 'zod/mini';
import { sameCall } from '../../../shared/act/same-call.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { LoggedCallAsk } from '../../ports/crm.ts';
import type { Talk } from './client.ts';
import { isId } from './map.ts';
import { quoteAll } from './soql.ts';

export const callRow = z.object({ Id: z.string(), CreatedDate: z.string(), CallDurationInSeconds: z.nullable(z.number()) });
const marginMs = 6 * 60_000;

/** Another product's task for this conversation. */
export async function loggedCall({ client, signal }: Talk, ask: LoggedCallAsk): Promise<Result<string | null>> {
  const soql = callsAround(ask);
  if (soql === undefined) return ok(null);
  const rows = await client.query(soql, callRow, signal);
  return rows.ok ? ok(sameCallOf(ask, rows.value)) : rows;
}

/** Other products' calls around this time on the record or with the person; undefined where there can be none. */
export function callsAround(ask: LoggedCallAsk): string | undefined {
  const ids = [ask.record.id, ...(ask.contact ? [ask.contact.id] : [])].filter(isId);
  const startMs = Date.parse(ask.startedAt);
  if (ids.length === 0 || Number.isNaN(startMs)) return undefined;
  const from = literal(startMs - marginMs);
  const to = literal(startMs + 2 * Math.max(0, ask.durationMs) + marginMs);
  const on = quoteAll(ids);
  return `SELECT Id, CreatedDate, CallDurationInSeconds FROM Task WHERE TaskSubtype = 'Call' AND ROS_Key__c = null AND (WhoId IN ${on} OR WhatId IN ${on}) AND CreatedDate >= ${from} AND CreatedDate <= ${to} LIMIT 100`;
}

/** A task knows when it was saved, at the start or the end, and how long the call took. */
export const sameCallOf = (ask: Omit<LoggedCallAsk, 'record'>, rows: readonly z.output<typeof callRow>[]): string | null =>
  sameCall(
    ask,
    rows.map(({ Id, CreatedDate, CallDurationInSeconds }) => {
      const savedMs = Date.parse(CreatedDate.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
      const durationMs = CallDurationInSeconds === null ? null : CallDurationInSeconds * 1_000;
      return { id: Id, startsMs: [savedMs, savedMs - (durationMs ?? 0)], durationMs, numbers: [] };
    }),
  );

/** SOQL writes moments without quotes, to the second. */
const literal = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
