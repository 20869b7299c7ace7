import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Card, hubspotCard, requestId, salesforceCard, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { agree } from '../connect.ts';
import { findPostgres, startCluster } from '../postgres/cluster.ts';
import { apexGateway } from '../salesforce/apex.ts';
import { type Sandbox, startSandbox } from '../start.ts';

/** One customer of ours: a portal or an org, connected, with deals of its own. */
export interface Account {
  n: number;
  host: 'hubspot' | 'salesforce';
  /** Portal id or org id. */
  externalId: string;
  card: Card;
  deals: string[];
  /** Where its dialler hands calls over, and the key it signs them with. */
  source: { url: string; secret: string };
}

export interface World {
  sandbox: Sandbox;
  accounts: Account[];
  /** The database as if its machine lost power, and back. */
  crashDatabase(): Promise<void>;
  restartDatabase(): Promise<void>;
  database: string;
  close(): Promise<void>;
}

const firstStage = 'appointmentscheduled';

/** The whole product with so many accounts, half of them HubSpot's, on PostgreSQL where the machine has one. */
export async function openWorld(tenants: number, dealsEach: number, say: (line: string) => void): Promise<World> {
  const stateDir = mkdtempSync(join(tmpdir(), 'torture-'));
  const bin = findPostgres();
  const cluster = bin ? await startCluster(bin, { survivesCrash: true }) : null;
  const portals = Math.ceil(tenants / 2);
  const orgs = tenants - portals;
  const sandbox = await startSandbox({
    port: 0,
    speed: 1,
    stateDir,
    keepTwins: false,
    portals,
    orgs: Math.max(1, orgs),
    ...(cluster ? { pgUrl: cluster.url } : {}),
    say: (line) => say(`  ${line}`),
  });
  const accounts: Account[] = [];
  for (let n = 0; n < tenants; n++) {
    const account = n % 2 === 0 ? await hubspotAccount(sandbox, n / 2) : await salesforceAccount(sandbox, (n - 1) / 2);
    await setUp(account.card);
    const source = unwrap<Account['source']>(await account.card.post('/v1/settings/call-source', { requestId: requestId() }));
    accounts.push({ ...account, n, source, deals: await makeDeals(sandbox, account, dealsEach) });
  }
  say(`${tenants} accounts connected`);
  return {
    sandbox,
    accounts,
    database: cluster ? `PostgreSQL ${cluster.version}` : 'PGlite',
    crashDatabase: async () => cluster?.crash(),
    restartDatabase: async () => cluster?.restart(),
    async close() {
      await sandbox.close();
      await cluster?.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

type Bare = Omit<Account, 'n' | 'source' | 'deals'>;

async function hubspotAccount(sandbox: Sandbox, n: number): Promise<Bare> {
  const portalId = cast.hubspot.portalId + n;
  // The first one was connected when the sandbox started.
  if (n > 0) await agree(sandbox.publicUrl, sandbox.worker.origin, 'hubspot', { sandbox_portal: String(portalId) });
  return { host: 'hubspot', externalId: String(portalId), card: hubspotCard(sandbox, 'rep', portalId) };
}

async function salesforceAccount(sandbox: Sandbox, n: number): Promise<Bare> {
  const orgId = sandbox.salesforce.orgIds[n];
  if (orgId === undefined) throw new Error(`The Salesforce twin has no org number ${n}.`);
  const org = sandbox.salesforce.org(orgId);
  if (n > 0) {
    const page = await agree(sandbox.publicUrl, sandbox.worker.origin, 'salesforce', { login_hint: org.username });
    const key = /id="install-key">([^<]+)</.exec(page)?.[1];
    if (!key) throw new Error('The Salesforce connection page showed no install key.');
    org.setInstallKey(key);
  }
  const apex = apexGateway({ worker: sandbox.worker.origin, org: { orgId, installKey: org.installKey }, hasAccess: org.hasAccess });
  return { host: 'salesforce', externalId: orgId, card: salesforceCard({ apex }, cast.salesforce.integrationUser.id) };
}

/** These customers let stages move by themselves: what nobody has to press can be pressed 10,000 times. */
async function setUp(card: Card): Promise<void> {
  unwrap(await card.post('/v1/settings/policies', { requestId: requestId(), policies: [{ subject: 'move-stage', policy: 'auto' }] }));
}

/** Deals that our own app has made: what a person had set there would be theirs, and only suggested to. */
async function makeDeals({ hubspot, salesforce }: Sandbox, { host, externalId }: Bare, count: number): Promise<string[]> {
  if (host === 'salesforce') {
    const org = salesforce.org(externalId);
    const { id: us } = cast.salesforce.integrationUser;
    const CloseDate = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const fields = { StageName: 'Prospecting', CloseDate, OwnerId: cast.salesforce.rep.userId, Amount: 1000 };
    return Array.from({ length: count }, (_, n) => org.make('Opportunity', { ...fields, Name: `Seats ${n + 1}` }, us));
  }
  const { accessToken } = hubspot.portal(Number(externalId)).grant();
  const owned = { pipeline: 'default', dealstage: firstStage, hubspot_owner_id: cast.hubspot.rep.ownerId, amount: '1000' };
  const answer = await fetch(`${hubspot.origin}/crm/objects/2026-09/deals/batch/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      inputs: Array.from({ length: count }, (_, n) => ({ properties: { ...owned, dealname: `Seats ${n + 1}` }, associations: [] })),
    }),
  });
  if (!answer.ok) throw new Error(`The HubSpot twin made no deals: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { results: { id: string }[] }).results.map(({ id }) => id);
}
