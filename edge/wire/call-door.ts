import type { Utterance } from '../../shared/contracts/transcript.ts';
import { callDoor, type FinishedCall, type Letter, type Sender, takeLetter } from '../capture/call-door.ts';
import type { Caller } from '../capture/calls.ts';
import { sourceRoutes } from '../capture/source-routes.ts';
import type { SpoolServices } from '../capture/spool.ts';
import * as calls from '../capture/store.ts';
import { isAway } from '../db/refusal.ts';
import type { RosApp } from '../http/app.ts';
import { verifyStandardWebhook } from '../http/standard-webhook.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { spoolStub } from '../stubs.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { crmReads } from './crm-reads.ts';
import { mustAskFirst, neverRecord } from './never-record.ts';
import { whoRings } from './people.ts';
import { enqueue } from './queue.ts';
import { lineAccountOf } from './telephony.ts';

const KEEP_MS = 60_000;
const KEPT_MAX = 1_000;

/** Calls that a dialler or a notetaker hands over when they are done. */
export function wireCallDoor(parts: Parts): { routes: (app: RosApp) => void; spool: SpoolServices } {
  const { db, bindings, now, settings, keyring } = parts;
  const senders = new Map<string, { sender: Sender; untilMs: number }>();

  /** Who sent a moment ago is known without the database. */
  async function senderOf(source: string): Promise<Sender | null> {
    const known = senders.get(source);
    if (known && known.untilMs > now()) return known.sender;
    const owned = await tenants.resolveConnection(db, 'webhook', source);
    const connection = owned && (await tenants.connectionOf(db, owned.tenantId, owned.connectionId));
    if (!owned || !connection?.secretSealed || connection.state !== 'connected') return null;
    const secret = await keyring.open(placeOf(connection), connection.secretSealed);
    if (!secret.ok) return null;
    const sender = { tenantId: owned.tenantId, connectionId: String(connection.settings['crm']), secret: secret.value };
    if (senders.size >= KEPT_MAX) senders.clear();
    senders.set(source, { sender, untilMs: now() + KEEP_MS });
    return sender;
  }

  const lineOf = async (tenantId: string, crmConnectionId: string) => ({
    tenantId,
    crmConnectionId,
    lines: (await lineAccountOf(parts, tenantId))?.lines ?? [],
  });

  const door = {
    senderOf,
    isSigned: (secret: string, { id, timestamp, signature, body }: Letter, nowMs: number) =>
      verifyStandardWebhook({ secret, id, timestamp, signature, rawBody: body, now: nowMs }),
    take: async ({ tenantId, connectionId }: Sender, call: FinishedCall, utterances: readonly Utterance[]) => {
      const { phone } = call.customer;
      const found = call.record || phone === undefined ? null : await whoRings(parts, await lineOf(tenantId, connectionId), phone);
      const record = call.record ?? found?.record ?? null;
      const contact = found?.contact?.id ?? (record?.object === 'contact' ? record.id : null);
      // Thrown, the letter is kept until the CRM can say it.
      const emails = await emailsOn(parts, { tenantId, connectionId }, call, found);
      const startedAt = new Date(call.startedAt);
      const tenant = await parts.lately.tenantOf(tenantId);
      const never = await neverRecord(parts, tenantId, {
        rep: call.rep,
        numbers: phone === undefined ? [] : [phone],
        emails,
      });
      const [fromNumber, toNumber] = call.direction === 'inbound' ? [phone ?? null, null] : [null, phone ?? null];
      const id = await calls.takeFinished(
        db,
        tenantId,
        {
          // From the sender's own id: handed over again, even after a restore, it is the same call with the same keys.
          id: await idOf(`${tenantId}/webhook/${call.id}`),
          connectionId,
          source: 'webhook',
          externalId: call.id,
          record,
          contactId: contact,
          repId: call.rep.userId,
          repEmail: call.rep.email,
          repName: call.rep.name,
          customerName: call.customer.name ?? found?.name ?? 'Customer',
          customerEmail: call.customer.email ?? found?.email ?? null,
          fromNumber,
          toNumber,
          direction: call.direction,
          startedAt,
          endedAt: new Date(startedAt.getTime() + call.durationMs),
          durationMs: call.durationMs,
          timeZone: tenant?.timeZone ?? 'UTC',
          ...(never === null
            ? ({ status: 'transcribed' } as const)
            : ({ status: 'failed', trouble: never, missed: 'never-record' } as const)),
          consent: call.consent,
        },
        never === null ? utterances : [],
      );
      if (never !== null) return id;
      // Lossy on purpose: the sweep finds what a lost message left behind.
      await enqueue(bindings, { kind: 'call-transcribed', tenantId, callId: id }).catch(() => undefined);
      return id;
    },
  };

  const doorRoutes = callDoor({ ...door, now, spool: (letter, receivedMs) => spoolStub(bindings, letter.source).keep(letter, receivedMs) });
  const settingRoutes = sourceRoutes({
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    add: async (who, requestId) => {
      const source = (await sha256Hex(`${who.tenantId}/${requestId}`)).slice(0, 32);
      const secret = `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;
      const it = { provider: 'webhook', externalId: source, settings: { crm: who.connectionId }, by: who.user.id } as const;
      if (await tenants.resolveConnection(db, 'webhook', source)) return null;
      const added = await tenants.addConnection(db, who.tenantId, it);
      if (!added) return null;
      const { connectionId } = added;
      const place = placeOf({ ...it, tenantId: who.tenantId, id: connectionId });
      await keyring.keep(place, secret, (sealed) => saveSecret(db, who.tenantId, connectionId, { sealed }));
      return { url: `${settings.PUBLIC_URL}/api/calls/webhook?source=${source}`, secret };
    },
  });
  return {
    routes: (app) => {
      doorRoutes(app);
      settingRoutes(app);
    },
    spool: {
      now,
      take: (letter, receivedMs) => takeLetter(door, letter, receivedMs),
      isOutage: isAway,
      noteAside: async (source) => {
        const owned = await tenants.resolveConnection(db, 'webhook', source);
        if (owned) await calls.noteLetterAside(db, owned.tenantId, owned.connectionId, new Date(now()));
      },
    },
  };
}

/** Whom the call was with, as far as that decides whether its words may be kept. Throws while it does and the CRM cannot say. */
async function emailsOn(
  parts: Parts,
  on: { tenantId: string; connectionId: string },
  { customer, record }: FinishedCall,
  found: Caller | null,
): Promise<string[]> {
  const said = customer.email === undefined ? [] : [customer.email];
  if (said.length > 0 || !(await mustAskFirst(parts, on.tenantId, ['domains']))) return [...said, ...(found?.emails ?? [])];
  const away = new Error('the CRM cannot say whom this call was with');
  if (!record) {
    if (found?.emails === null) throw away;
    return [...(found?.emails ?? [])];
  }
  const asked = await crmReads(parts).recordOf(on, record);
  if (!asked.ok && asked.fault.kind !== 'gone') throw away;
  return asked.ok ? asked.value.people.flatMap(({ email }) => email ?? []) : [];
}

/** A UUID that always is the same for the same words (version 8 of RFC 9562, from SHA-256). */
export async function idOf(words: string): Promise<string> {
  const hex = await sha256Hex(words);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
