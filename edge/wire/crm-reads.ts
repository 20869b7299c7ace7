import type { Standing } from '../../shared/act/human-wins.ts';
import { printed } from '../../shared/act/news.ts';
import type { FieldValue } from '../../shared/act/plan-fields.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { ok, type Result } from '../../shared/kit/result.ts';
import { fieldsOf } from '../act/known/store.ts';
import type { Connected } from '../act/plan.ts';
import * as view from '../db/crm-view.ts';
import { mergeRecord } from '../db/merge-record.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { Crm, FieldNow } from '../ports/crm.ts';

const NAME_MS = 1_000;

/** What the room of changes asks a CRM, and what it remembers of the answers. */
export function crmReads(parts: Parts) {
  const { db, now } = parts;
  const asked = async <T>({ tenantId, connectionId }: Connected, ask: (crm: Crm) => Promise<Result<T>>): Promise<Result<T>> => {
    const crm = await parts.crmOf(tenantId, connectionId);
    return crm.ok ? ask(crm.value) : crm;
  };

  /** What stands in these fields, and whether it is what we wrote there last. */
  async function standing(on: Connected, ref: RecordRef, fields: readonly string[]): Promise<Result<(FieldValue & Standing)[]>> {
    const read = await asked(on, (crm) => crm.fields(ref, fields));
    return read.ok ? ok(await remembered(on, ref, read.value)) : read;
  }

  /** With what we remember of each field. */
  async function remembered(on: Connected, ref: RecordRef, read: readonly FieldNow[]): Promise<(FieldValue & Standing)[]> {
    if (read.length === 0) return [];
    const known = await fieldsOf(
      db,
      on.tenantId,
      on.connectionId,
      ref,
      read.map(({ field }) => field),
    );
    const one = async (now: FieldNow): Promise<FieldValue & Standing> => {
      const ours = known.find(({ field }) => field === now.field);
      const print = now.value === null ? null : await sha256Hex(printed(on.tenantId, now.field, now.value));
      // The CRM cannot say who, but its news could.
      const heard = ours?.seenBy !== null && ours?.seenHash === print ? ours?.seenBy : undefined;
      return {
        ...now,
        by: now.by === 'unknown' ? (heard ?? 'unknown') : now.by,
        isOurValue: ours?.wroteHash ? ours.wroteHash === print : 'unknown',
      };
    };
    return Promise.all(read.map(one));
  }

  return {
    standing,
    remembered,
    recordOf: (on: Connected, ref: RecordRef) => asked(on, (crm) => crm.record(ref)),
    whereIs: (on: Connected, ref: RecordRef) => asked(on, (crm) => crm.whereIs(ref)),

    /** A user's name, if their CRM says it at once: nobody waits for a name. */
    async nameOf(on: Connected, userId: string): Promise<string | null> {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<null>((done) => {
        timer = setTimeout(() => done(null), NAME_MS);
      });
      const name = asked(on, (crm) => crm.nameOf(userId)).then(
        (read) => (read.ok ? read.value : null),
        () => null,
      );
      return Promise.race([name, late]).finally(() => clearTimeout(timer));
    },

    findPeople: (on: Connected, { by, value }: { by: 'email' | 'phone'; value: string }) =>
      asked(on, (crm) => (by === 'email' ? crm.findByEmail(value) : crm.findByPhone(value))),
    follow: (on: Connected, from: RecordRef, into: RecordRef, also: readonly RecordRef[]) =>
      mergeRecord(db, on.tenantId, on.connectionId, [from], into, also),

    /** Reads the fields we have to do with again, and those named. */
    async refresh(on: Connected, ref: RecordRef, names: readonly string[]): Promise<Result<number>> {
      const known = await fieldsOf(db, on.tenantId, on.connectionId, ref);
      const read = await standing(on, ref, [...new Set([...names, ...known.map(({ field }) => field)])]);
      if (!read.ok) return read;
      const seen = await Promise.all(
        read.value.map(
          async ({ field, value, by, at, isOurValue }): Promise<view.Seen> => ({
            record: ref,
            field,
            print: value === null ? null : await sha256Hex(printed(on.tenantId, field, value)),
            atMs: at === undefined || Number.isNaN(Date.parse(at)) ? now() : Date.parse(at),
            by: by === 'us' || (by === 'unknown' && isOurValue === true) ? 'us' : 'other',
          }),
        ),
      );
      return ok((await view.saveSeen(db, on.tenantId, on.connectionId, seen, [ref])).length);
    },
  };
}
