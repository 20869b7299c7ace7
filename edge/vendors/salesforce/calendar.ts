import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { ok } from '../../../shared/kit/result.ts';
import type { CrmCalendar } from '../../ports/crm-calendar.ts';
import { salesforceClient, type TokenSource } from './client.ts';

const METHOD_MS = 9_500;
const MEETINGS_MAX = 50;

const id = z.nullable(z.string());
const event = z.object({ Id: z.string(), StartDateTime: z.nullable(z.string()), OwnerId: id, WhatId: id, WhoId: id });

/** The org's events, as far as the integration user may see them. */
export const salesforceCalendar = ({ token }: { token: TokenSource }): CrmCalendar => ({
  async between(from, to) {
    const client = salesforceClient({ token });
    const soql = `SELECT Id, StartDateTime, OwnerId, WhatId, WhoId FROM Event WHERE StartDateTime >= ${literal(from)} AND StartDateTime <= ${literal(to)} ORDER BY StartDateTime LIMIT ${MEETINGS_MAX}`;
    const events = await client.query(soql, event, AbortSignal.timeout(METHOD_MS));
    if (!events.ok) return events;
    return ok(
      events.value.flatMap(({ Id, StartDateTime, OwnerId, WhatId, WhoId }) => {
        // Salesforce writes its offset without a colon.
        const startsMs = Date.parse((StartDateTime ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
        if (Number.isNaN(startsMs)) return [];
        const about = [WhatId, WhoId].flatMap(refOf);
        return [{ id: Id, startsAt: new Date(startsMs).toISOString(), about, host: OwnerId === null ? null : { id: OwnerId, email: '' } }];
      }),
    );
  },
});

/** An event may be about anything; what it is shows in the id. */
function refOf(found: string | null): RecordRef[] {
  const object = objects[found?.slice(0, 3) ?? ''];
  return object && found !== null ? [{ object, id: found }] : [];
}

const objects: Record<string, RecordRef['object'] | undefined> = { '006': 'deal', '001': 'company', '003': 'contact', '00Q': 'lead' };

/** SOQL writes moments without quotes, to the second. */
const literal = (iso: string): string => `${new Date(Date.parse(iso)).toISOString().slice(0, 19)}Z`;
