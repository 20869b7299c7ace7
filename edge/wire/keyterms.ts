import { keytermsOf as rank } from '../../shared/capture/keyterms.ts';
import { pack } from '../../shared/guide/pack.ts';
import { captureSettingsOf } from '../capture/consent/store.ts';
import * as calls from '../capture/store.ts';
import type { Parts } from '../parts.ts';

const playbook = pack.flatMap(({ names }) => names ?? []);

/** The names recognition should know on this call, best first. A CRM that is away costs only its own. */
export async function keytermsOf(parts: Parts, tenantId: string, callId: string): Promise<string[]> {
  const { db, lately } = parts;
  const [call, tenant, { words }] = await Promise.all([
    calls.callOf(db, tenantId, callId),
    lately.tenantOf(tenantId),
    captureSettingsOf(db, tenantId),
  ]);
  const crm = call?.record ? await parts.crmOf(tenantId, call.connectionId) : undefined;
  const found = call?.record && crm?.ok ? await crm.value.record(call.record) : undefined;
  const record = found?.ok ? found.value : undefined;
  return rank({
    people: [...(call ? [call.customerName, call.repName] : []), ...(record?.people.map(({ name }) => name) ?? [])],
    companies: record ? [record.name] : [],
    emails: [call?.customerEmail ?? '', ...(record?.people.map(({ email }) => email ?? '') ?? [])],
    products: words.products,
    competitors: tenant?.competitors ?? [],
    playbook,
  });
}
