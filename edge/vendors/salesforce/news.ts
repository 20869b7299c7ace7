import * as z from 'zod/mini';
import { type RecordObject, recordId } from '../../../shared/contracts/record.ts';
import type { CrmNews, Told, ToldNews } from '../../ports/crm-news.ts';

const EVENTS_MAX = 200;

const event = z.object({
  object: z.string(),
  id: recordId,
  change: z.enum(['created', 'updated', 'deleted', 'undeleted', 'merged']),
  by: z.optional(z.string()),
  /** ISO 8601. */
  at: z.string(),
  masterId: z.optional(z.nullable(recordId)),
});
type Event = z.infer<typeof event>;
const delivery = z.object({
  orgId: z.string().check(z.regex(/^00D[A-Za-z0-9]{15}$/)),
  events: z.array(z.unknown()).check(z.maxLength(EVENTS_MAX)),
});

/** What the package's triggers tell, in our words. They carry no values: who needs one reads the record. */
export const salesforceNews: CrmNews = {
  name: 'Salesforce',
  stageField: 'StageName',
  read(body) {
    const read = delivery.safeParse(body);
    if (!read.success) return null;
    const { orgId, events } = read.data;
    return events.map((one) => {
      const known = event.safeParse(one);
      return known.success ? toldOf(orgId, known.data) : { account: orgId, key: '', news: null };
    });
  },
};

const toldOf = (orgId: string, it: Event): Told => ({
  account: orgId,
  key: toldKey(orgId, it.object, it.id, it.change, it.at),
  news: newsOf(it),
});

/** Whole seconds: two changes of one have the same key. */
export const toldKey = (orgId: string, object: string, id: string, change: string, at: string): string =>
  [orgId, object, id, change, at].join('|');

function newsOf({ object: name, id, change, at, masterId }: Event): ToldNews | null {
  const object = objects[name];
  const atMs = Date.parse(at);
  if (!object || Number.isNaN(atMs)) return null;
  const record = { object, id };
  switch (change) {
    case 'updated':
      return { is: 'touched', record, atMs };
    case 'deleted':
      return { is: 'deleted', record, atMs };
    case 'merged':
      return masterId && masterId !== id ? { is: 'merged', record: { object, id: masterId }, atMs, from: [id] } : null;
    // A new record holds nothing of ours yet; what was parked with one that came back is a person's to replay.
    case 'created':
    case 'undeleted':
      return null;
  }
}

const objects: Record<string, RecordObject> = { Opportunity: 'deal', Contact: 'contact', Account: 'company', Lead: 'lead' };
