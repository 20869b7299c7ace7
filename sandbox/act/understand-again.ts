import { neon, neonConfig } from '@neondatabase/serverless';
import { type Insight, insight as insightShape } from '../../shared/contracts/insight.ts';
import type { Side } from './side.ts';

neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`;

/**
 * Another analyzer has understood the call otherwise. There is no door for this yet, so it is done where an analyzer leaves its work:
 * the call's insight is another one, and what follows from it is not done. Handing the call over again makes it go on.
 */
export async function understandAgain(url: string, side: Side, account: string, callId: string, anew: (before: Insight) => Insight) {
  const sql = neon(url);
  const [, found] = await sql.transaction([
    sql`select set_config('role', 'ros_app', true)`,
    sql`select tenant_id from resolve_connection(${side.host}, ${account})`,
  ]);
  const tenant = String(found?.[0]?.['tenant_id']);
  const asTenant = sql`select set_config('role', 'ros_app', true), set_config('app.tenant_id', ${tenant}, true)`;
  const [, rows] = await sql.transaction([asTenant, sql`select body from insights where call_id = ${callId}::uuid`]);
  const body = anew(insightShape.parse(rows?.[0]?.['body']));
  await sql.transaction([
    asTenant,
    sql`update insights set body = ${JSON.stringify(body)}::jsonb, analyzer = ${body.analyzer} where call_id = ${callId}::uuid`,
    sql`update calls set status = 'transcribed' where id = ${callId}::uuid`,
  ]);
}
