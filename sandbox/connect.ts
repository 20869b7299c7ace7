import { type Card, hubspotCard, requestId, salesforceCard, unwrap } from './ask.ts';
import { cast } from './cast.ts';
import type { apexGateway } from './salesforce/apex.ts';
import type { SalesforceTwin } from './salesforce/protocol.ts';

interface Connected {
  publicUrl: string;
  worker: { origin: string };
  salesforce: Pick<SalesforceTwin, 'installKey' | 'setInstallKey'>;
  apex: ReturnType<typeof apexGateway>;
  keys: Record<string, string>;
}

/** Installs the app in both hosts as their admins would, unless that was done before. Real keys mean a person does it. */
export async function connect(sandbox: Connected): Promise<void> {
  const { publicUrl, worker, salesforce, keys } = sandbox;
  if (!keys['HUBSPOT_CLIENT_ID'] && (await isNew(hubspotCard(sandbox), `/v1/record/deal/${cast.hubspot.dealId}/next`))) {
    await agree(publicUrl, worker.origin, 'hubspot', {});
    await settle(hubspotCard(sandbox), 'hubspot');
  }
  if (!keys['SALESFORCE_CONSUMER_KEY'] && salesforce.installKey() === undefined) {
    const page = await agree(publicUrl, worker.origin, 'salesforce', { login_hint: cast.salesforce.integrationUser.username });
    const key = /id="install-key">([^<]+)</.exec(page)?.[1];
    if (!key) throw new Error('The Salesforce connection page showed no install key.');
    // What the setup tab does with it: into the org's external credential.
    salesforce.setInstallKey(key);
    await settle(salesforceCard(sandbox, cast.salesforce.integrationUser.id), 'salesforce');
  }
}

async function isNew(card: Card, path: string): Promise<boolean> {
  const said = (await card.get(path)) as { ok: boolean; code?: string };
  return !said.ok && said.code === 'not-connected';
}

/** The browser's part of an OAuth install: start, agree, come back with the same cookie. */
export async function agree(
  publicUrl: string,
  worker: string,
  host: 'hubspot' | 'salesforce',
  further: Record<string, string>,
): Promise<string> {
  const start = await fetch(`${worker}/oauth/${host}/start`, { redirect: 'manual' });
  const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
  const consent = new URL(start.headers.get('location') ?? '');
  consent.searchParams.set('sandbox_approve', '1');
  for (const [name, value] of Object.entries(further)) consent.searchParams.set(name, value);
  const agreed = await fetch(consent, { redirect: 'manual' });
  const back = agreed.headers.get('location');
  if (!back?.startsWith(publicUrl))
    throw new Error(`${host} did not send the browser back: ${agreed.status} ${(await agreed.text()).slice(0, 300)}`);
  const done = await fetch(worker + back.slice(publicUrl.length), { headers: { cookie } });
  const page = await done.text();
  if (!done.ok) throw new Error(`${host} was not connected: ${page.replace(/<[^>]+>/g, ' ').slice(0, 300)}`);
  return page;
}

/** What an admin tells the settings page: the telephone account, and who the competition is. */
async function settle(card: Card, host: 'hubspot' | 'salesforce'): Promise<void> {
  const { accountSid, authToken, number } = cast.twilio[host];
  const { name, email, phone } = cast.rep;
  const userId = host === 'hubspot' ? String(cast.hubspot.rep.userId) : cast.salesforce.rep.userId;
  const ownerId = host === 'hubspot' ? cast.hubspot.rep.ownerId : cast.salesforce.rep.userId;
  const lines = [{ number, dial: phone, userId, ownerId, email, name }];
  unwrap(await card.post('/v1/settings/telephony', { requestId: requestId(), accountSid, authToken, lines }));
  unwrap(await card.post('/v1/settings/competitors', { requestId: requestId(), names: [...cast.competitors] }));
}
