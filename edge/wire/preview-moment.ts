import type { Moment, PreviewView } from '../../shared/contracts/playbook.ts';
import { fieldsAsked } from '../../shared/guide/moments/choose-playbooks.ts';
import { previewMoment as preview, previewPlays } from '../../shared/guide/moments/preview-moment.ts';
import { sayPreview } from '../../shared/guide/moments/say-preview.ts';
import * as calls from '../capture/store.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { knownRecord } from './known-record.ts';

const CALLS_MAX = 200;
/** Whose records are looked up together. */
const AT_ONCE = 20;
/** Records whose fields are asked for, where the moment wants to know. */
const RECORDS_MAX = 60;
const TIME_MS = 8_000;
const EXAMPLES = 3;

/**
 * What a moment would have done on the tenant's newest calls, as far as the asker may see them. When the time is up it answers for those it
 * has looked at, and says how many they were.
 */
export async function previewMoment(parts: Parts, sight: Sight, who: Who, moment: Moment): Promise<PreviewView> {
  const { db, now } = parts;
  const [tenant, rows] = await Promise.all([tenants.tenantOf(db, who.tenantId), calls.lastHeardCalls(db, who.tenantId, CALLS_MAX)]);
  const plays = previewPlays(moment, tenant?.competitors ?? []);
  const fields = fieldsAsked([moment]);
  const asksRecord = fields.length > 0 || moment.stages.length > 0;
  const untilMs = now() + TIME_MS;
  const found = { fired: 0, callsWith: 0, calls: 0, examples: [] as PreviewView['examples'] };
  let records = 0;

  for (let from = 0; from < rows.length && now() < untilMs && records < RECORDS_MAX; from += AT_ONCE) {
    const seen = await sight.calls(who, rows.slice(from, from + AT_ONCE));
    records += asksRecord ? seen.length : 0;
    const read = await Promise.all(
      seen.map(async (call) => {
        const [said, record] = await Promise.all([
          calls.utterancesOf(db, who.tenantId, call.id),
          asksRecord ? knownRecord(parts, call, fields) : { stage: null, fields: {}, timeZone: call.timeZone },
        ]);
        return { call, said, record };
      }),
    );
    for (const { call, said, record } of read) {
      if (said.length === 0 || record === null) continue;
      const hits = preview(moment, plays, { startedAtMs: call.startedAt.getTime(), record, said });
      found.calls += 1;
      found.fired += hits.length;
      found.callsWith += hits.length > 0 ? 1 : 0;
      const [first] = hits;
      // One of each call: three from the same one would say little.
      if (first && found.examples.length < EXAMPLES) {
        const { quote, speaker, role, atMs: startMs } = first;
        found.examples.push({ callId: call.id, startedAt: call.startedAt.toISOString(), quote, speaker, role, startMs });
      }
    }
  }
  return { said: sayPreview(found), ...found };
}
