import { createHash } from 'node:crypto';
import { neon, neonConfig } from '@neondatabase/serverless';
import { hubspotCard, salesforceCard } from '../ask.ts';
import { cast } from '../cast.ts';
import type { Sandbox } from '../start.ts';
import { acquainted, customerId, members, strangerId, strangers } from './people.ts';

neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`;

const dayMs = 86_400_000;

/**
 * Gives both tenants a past: five of ours, some forty people outside, half a year of calls between them. Their calls are rows alone, as nothing of
 * them is left to hear. Done again it changes nothing.
 */
export async function seedNetwork(sandbox: Pick<Sandbox, 'database' | 'publicUrl' | 'worker' | 'apex'>): Promise<void> {
  const nowMs = Date.now();
  const cards = { hubspot: hubspotCard(sandbox), salesforce: salesforceCard(sandbox) };
  for (const crm of ['hubspot', 'salesforce'] as const) {
    const sql = neon(sandbox.database.url, { fetchOptions: {} });
    const externalId = crm === 'hubspot' ? String(cast.hubspot.portalId) : cast.salesforce.orgId;
    const [, found] = await sql.transaction([
      sql`select set_config('role', 'ros_app', true)`,
      sql`select tenant_id, connection_id from resolve_connection(${crm}, ${externalId})`,
    ]);
    const tenantId = String(found?.[0]?.['tenant_id']);
    const connectionId = String(found?.[0]?.['connection_id']);
    const { calls, ties } = rowsOf(crm, nowMs);
    await sql.transaction([
      sql`select set_config('role', 'ros_app', true), set_config('app.tenant_id', ${tenantId}, true)`,
      sql.query(
        `insert into calls (tenant_id, id, connection_id, source, external_id, contact_id, rep_id, rep_email, rep_name, customer_name, direction,
          started_at, ended_at, duration_ms, time_zone, status, consent)
        select $1::uuid, id, $2::uuid, 'upload', id::text, person, rep, '', "repName", name, 'outbound', at, at + interval '20 minutes', 1200000,
          $4, 'understood', 'granted' from jsonb_to_recordset($3::jsonb) as c(id uuid, person text, rep text, "repName" text, name text, at timestamptz)
        on conflict do nothing`,
        [tenantId, connectionId, JSON.stringify(calls), cast.timeZone],
      ),
      sql.query(
        `insert into touches (tenant_id, call_id, rep_id, person_object, person_id, person_name, at, minutes, channel)
        select $1::uuid, id, rep, 'contact', person, name, at, 20, 'call'
        from jsonb_to_recordset($2::jsonb) as c(id uuid, person text, rep text, name text, at timestamptz) on conflict do nothing`,
        [tenantId, JSON.stringify(calls)],
      ),
      sql.query(
        `insert into ties (tenant_id, from_key, to_key, proof, from_name, to_name, by, at)
        select $1::uuid, "from", "to", 'told', "fromName", "toName", $3, now()
        from jsonb_to_recordset($2::jsonb) as t("from" text, "to" text, "fromName" text, "toName" text) on conflict do nothing`,
        [tenantId, JSON.stringify(ties), members[0]?.ids[crm]],
      ),
    ]);
    // The first who asks has the tenant's graph read all of it.
    await cards[crm].get(`/v1/record/deal/${crm === 'hubspot' ? cast.hubspot.dealId : cast.salesforce.opportunityId}/paths`);
  }
}

function rowsOf(crm: 'hubspot' | 'salesforce', nowMs: number) {
  const personOf = (n: number | null) =>
    n === null ? { id: customerId(crm), name: cast.customer.name } : { id: strangerId(crm, n), name: strangers[n] ?? '' };
  const calls = members.flatMap(({ name: repName, ids, met }) =>
    met.flatMap(([who, daysAgo]) =>
      daysAgo.map((days) => {
        const { id: person, name } = personOf(who);
        const at = new Date(nowMs - days * dayMs - 3_600_000).toISOString();
        return { id: idFrom(`${crm} ${ids[crm]} ${person} ${days}`), person, rep: ids[crm], repName, name, at };
      }),
    ),
  );
  const ties = acquainted.map(([one, other]) => {
    const [a, b] = [personOf(one), personOf(other)];
    return { from: `contact/${a.id}`, to: `contact/${b.id}`, fromName: a.name, toName: b.name };
  });
  return { calls, ties };
}

/** The same text is the same id. */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
