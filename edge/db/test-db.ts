import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { TestDatabase } from '../../.ci/postgres.ts';
import type { NewPhoneCall } from '../capture/phone/store.ts';
import { createCall, type NewCall } from '../capture/store.ts';
import type { IntroRow } from '../relate/intros/store.ts';
import { install, type Owned } from '../tenants/store.ts';
import { type Db, openDb } from './client.ts';

/** Every database this machine can offer: `describe.each(databases)('… ($name)', ({ url }) => …)`. */
export const databases: readonly TestDatabase[] = inject('databaseUrls');

/** Tests share a database and keep apart as customers do: each has a tenant of its own. */
export async function newTenant(url: string): Promise<{ db: Db } & Owned> {
  const db = openDb(url);
  const owned = await install(db, {
    provider: 'hubspot',
    externalId: `portal-${randomUUID()}`,
    tenantName: 'Brightloop',
    timeZone: 'America/New_York',
    installerId: '71',
    installerEmail: 'sam@brightloop.example',
  });
  return { db, ...owned };
}

export async function newCall({ db, tenantId, connectionId }: { db: Db } & Owned, over: Partial<NewCall> = {}): Promise<string> {
  const { id } = await createCall(db, tenantId, { ...sampleCall(connectionId), ...over });
  return id;
}

export const sampleCall = (connectionId: string): NewCall => ({
  connectionId,
  source: 'twilio',
  externalId: `CA${randomUUID()}`,
  record: { object: 'deal', id: '7001' },
  contactId: '9001',
  repId: '501',
  repEmail: 'sam@brightloop.example',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  direction: 'outbound',
  startedAt: new Date('2026-11-20T15:00:00.000Z'),
  timeZone: 'America/New_York',
});

export const samplePhoneCall = (connectionId: string, startedAt: Date): NewPhoneCall => ({
  id: randomUUID(),
  connectionId,
  direction: 'out',
  phase: 'asked',
  repId: '71',
  repEmail: 'sam@brightloop.example',
  repName: 'Sam Okafor',
  repPhone: '+14155550100',
  ourNumber: '+14155550111',
  number: '+14155550142',
  name: 'Maya Lindqvist',
  email: null,
  about: null,
  record: { object: 'deal', id: '7001' },
  contactId: '9001',
  requestId: randomUUID(),
  externalId: null,
  startedAt,
});

export const sampleIntro = (createdAt: Date, over: Partial<IntroRow> = {}): IntroRow => ({
  id: randomUUID(),
  requestId: randomUUID(),
  repId: '71',
  repName: 'Sam Okafor',
  record: { object: 'deal', id: '7001' },
  people: [
    { key: 'user/72', name: 'Ana Brandt' },
    { key: 'contact/9001', name: 'Maya Lindqvist' },
  ],
  connectorKey: 'user/72',
  targetKey: 'contact/9001',
  score: 0.5,
  state: 'draft',
  version: 1,
  subject: 'Could you introduce me?',
  body: 'Hi Ana',
  cites: [],
  trail: [],
  createdAt,
  ...over,
});
