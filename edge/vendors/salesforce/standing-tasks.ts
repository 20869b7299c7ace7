import * as z from 'zod/mini';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { Talk } from './client.ts';
import type { SalesforceFault } from './faults.ts';
import { quoteAll } from './soql.ts';

const text = z.optional(z.nullable(z.string()));
const task = z.object({
  Id: z.string(),
  ROS_Key__c: text,
  Subject: text,
  Description: text,
  ActivityDate: text,
  Status: text,
  OwnerId: text,
  WhatId: text,
  CreatedById: text,
  LastModifiedById: text,
  LastModifiedDate: z.string(),
  LastModifiedBy: z.optional(z.nullable(z.object({ Name: text, Username: text }))),
});
export type StandingTask = z.output<typeof task>;

const columns =
  'Id, ROS_Key__c, Subject, Description, ActivityDate, Status, OwnerId, WhatId, CreatedById, LastModifiedById, LastModifiedDate, LastModifiedBy.Name, LastModifiedBy.Username';

/** The tasks that stand under these keys or ids, with who changed them last. */
export async function standingTasks(
  { client, signal }: Talk,
  by: 'Id' | 'ROS_Key__c',
  values: readonly string[],
): Promise<Result<StandingTask[], SalesforceFault>> {
  return values.length === 0 ? ok([]) : client.query(`SELECT ${columns} FROM Task WHERE ${by} IN ${quoteAll(values)}`, task, signal);
}

/** Only if nobody touches the task in between. Salesforce compares whole seconds. */
export const unlessModified = (moment: string): Record<string, string> => ({
  'If-Unmodified-Since': new Date(Date.parse(moment.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))).toUTCString(),
});

/** Which of these fields hold something else than `ours`. */
export const differing = (held: StandingTask, ours: Record<string, unknown>, names: readonly (keyof StandingTask)[]): string[] =>
  names.filter((name) => tidy(held[name]) !== tidy(ours[name]));

/** Salesforce writes its own line breaks and drops blanks at the end. */
const tidy = (value: unknown): string => (typeof value === 'string' ? value.replaceAll('\r\n', '\n').trimEnd() : '');
