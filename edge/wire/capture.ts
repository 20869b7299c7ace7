import { audioKind } from '../../shared/capture/audio-kind.ts';
import { stricter } from '../../shared/capture/consent/places.ts';
import { parseTranscript } from '../../shared/capture/parse-transcript.ts';
import { recordRef } from '../../shared/contracts/record.ts';
import { lineRoutes } from '../capture/line-routes.ts';
import * as calls from '../capture/store.ts';
import { type UploadTicket, uploadRoutes } from '../capture/upload-routes.ts';
import { Problem } from '../http/problem.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';
import { audioFiles } from './audio-files.ts';
import { consentRuleOf, mustAskFirst, NOT_YET, neverRecord } from './never-record.ts';
import { whoRings } from './people.ts';
import { incomingCalls } from './phone.ts';
import { planAllows } from './plan-minutes.ts';
import { enqueue } from './queue.ts';
import { lineAccountOf } from './telephony.ts';

const UPLOAD_MS = 5 * 60_000;

export function wireCapture(parts: Parts, sight: Sight) {
  const { db, bindings, now, settings } = parts;
  const incoming = incomingCalls(parts);
  return {
    lineRoutes: lineRoutes({
      publicUrl: settings.PUBLIC_URL,
      line: parts.line,
      account: async (accountSid) => {
        const owned = await tenants.resolveConnection(db, 'twilio', accountSid);
        return owned && lineAccountOf(parts, owned.tenantId);
      },
      accountOfTenant: (tenantId) => lineAccountOf(parts, tenantId),
      whoCalls: (account, number) => whoRings(parts, account, number),
      mayStart: (tenantId) => planAllows(parts, tenantId),
      // Either of the two may take it, so neither may be one whom nobody hears.
      whyNotRecorded: async (account, { rep, second = rep, caller, fromNumber }) => {
        const of = { numbers: [fromNumber], emails: caller.emails ?? [] };
        return (
          (await neverRecord(parts, account.tenantId, { rep, ...of })) ??
          (second === rep ? null : await neverRecord(parts, account.tenantId, { rep: second, ...of }))
        );
      },
      mustAskFirst: (tenantId) => mustAskFirst(parts, tenantId, ['domains']),
      pause: (ms) => new Promise((done) => setTimeout(done, ms)),
      create: async (account, call) => {
        const tenant = await tenants.tenantOf(db, account.tenantId);
        const startedAt = new Date(now());
        const { id } = await calls.createCall(db, account.tenantId, {
          connectionId: account.crmConnectionId,
          source: 'twilio',
          externalId: call.externalId,
          record: call.caller.record,
          contactId: call.caller.contact?.id ?? null,
          repId: call.rep.userId,
          repEmail: call.rep.email,
          repName: call.rep.name,
          customerName: call.caller.name,
          customerEmail: call.caller.email,
          fromNumber: call.fromNumber,
          toNumber: call.toNumber,
          direction: 'inbound',
          startedAt,
          timeZone: tenant?.timeZone ?? 'UTC',
          consent: 'announced',
        });
        const numbers = [call.fromNumber];
        const rules = await Promise.all(
          [call.rep, call.second ?? call.rep].map(({ userId }) => consentRuleOf(parts, account.tenantId, { userId, numbers })),
        );
        return { id, startedAtMs: startedAt.getTime(), consentRule: rules.reduce(stricter) };
      },
      whoAnswers: incoming.whoAnswers,
      rings: incoming.rings,
      isOver: incoming.isOver,
      find: async (tenantId, externalId) => (await calls.callByExternal(db, tenantId, 'twilio', externalId))?.id ?? null,
      begin: (facts) => callStub(bindings, facts.tenantId, facts.callId).begin(facts),
      refuse: async (tenantId, callId, trouble, missed) => {
        await calls.failCall(db, tenantId, callId, trouble, missed);
      },
      connect: (tenantId, callId, request) => callStub(bindings, tenantId, callId).fetch(request),
      hangUp: async (tenantId, callId) => {
        await Promise.all([callStub(bindings, tenantId, callId).hangUp(), incoming.left(tenantId, callId)]);
      },
      nudge: (tenantId, callId) => callStub(bindings, tenantId, callId).nudge(),
    }),

    uploadRoutes: uploadRoutes({
      maySee: (who, ref) => sight.record(who, ref),
      issueTicket: async (who, upload) => {
        const token = random();
        const expiresAt = new Date(now() + UPLOAD_MS);
        const user = { ...who.user, connectionId: who.connectionId, record: upload.record, name: upload.name };
        await tenants.saveTicket(db, who.tenantId, {
          hash: await sha256Hex(token),
          purpose: 'upload',
          subject: upload.name,
          user,
          expiresAt,
        });
        return { url: `${settings.PUBLIC_URL}/api/files/${token}`, expiresAt: expiresAt.toISOString() };
      },
      burnTicket: async (token) => {
        const hash = await sha256Hex(token);
        const burnt = await tenants.burnTicket(db, hash, new Date(now()));
        if (burnt?.purpose !== 'upload') return null;
        const said = (name: string) => String(burnt.user[name] ?? '');
        return {
          tenantId: burnt.tenantId,
          connectionId: said('connectionId'),
          record: recordRef.parse(burnt.user['record']),
          name: said('name'),
          user: { id: said('id'), email: said('email') },
          hash,
        };
      },
      inspect: (start, isWhole, name) => inspect(start, isWhole, name, settings.DEEPGRAM_API_KEY !== undefined),
      take: (ticket, file) => take(parts, ticket, file),
    }),
  };
}

/** Small files are read whole at the door, so that a broken one is refused while its sender still looks. */
function inspect(
  start: Uint8Array,
  isWhole: boolean,
  name: string,
  canHear: boolean,
): { ok: true; contentType: string } | { ok: false; why: string } {
  const kind = audioKind(start);
  if (kind !== undefined && canHear) return { ok: true, contentType: audioTypes[kind] ?? 'audio/mpeg' };
  if (!isWhole) return { ok: false, why: 'A file this large can only be a recording, and this is none we know.' };
  const read = parseTranscript(start, name);
  return read.ok ? { ok: true, contentType: 'text/plain' } : read;
}

const audioTypes: Record<string, string> = {
  WAV: 'audio/wav',
  'MP4 or M4A': 'audio/mp4',
  Ogg: 'audio/ogg',
  FLAC: 'audio/flac',
  WebM: 'audio/webm',
};

async function take(
  parts: Parts,
  ticket: UploadTicket,
  file: { body: ReadableStream<Uint8Array>; size: number; contentType: string },
): Promise<string> {
  const { db, bindings, now } = parts;
  const { tenantId, record } = ticket;
  const crm = await parts.crmOf(tenantId, ticket.connectionId);
  const known = crm.ok ? await crm.value.record(record) : crm;
  if (!known.ok && (await mustAskFirst(parts, tenantId, ['domains']))) {
    await file.body.cancel();
    throw new Problem(503, NOT_YET);
  }
  const person = known.ok ? known.value.people[0] : undefined;
  const tenant = await tenants.tenantOf(db, tenantId);
  const never = await neverRecord(parts, tenantId, {
    rep: { userId: ticket.user.id, email: ticket.user.email },
    numbers: [],
    emails: known.ok ? known.value.people.flatMap(({ email }) => email ?? []) : [],
    title: ticket.name,
  });
  const name = `files/${tenantId}/${ticket.hash}`;
  const uploadKey = never === null ? await audioFiles(parts).put(tenantId, name, file.body, file.size, file.contentType) : '';
  if (never !== null) await file.body.cancel();
  const { id: callId } = await calls.createCall(db, tenantId, {
    connectionId: ticket.connectionId,
    source: 'upload',
    externalId: ticket.hash,
    record,
    contactId: record.object === 'contact' ? record.id : (person?.ref.id ?? null),
    repId: ticket.user.id,
    repEmail: ticket.user.email,
    repName: ticket.user.email.split('@')[0] || 'You',
    customerName: person?.name ?? 'Customer',
    customerEmail: person?.email ?? null,
    direction: 'outbound',
    startedAt: new Date(now()),
    endedAt: new Date(now()),
    timeZone: tenant?.timeZone ?? 'UTC',
    ...(never === null
      ? ({ status: 'ended', consent: 'granted', uploadKey } as const)
      : ({ status: 'failed', trouble: never, missed: 'never-record', consent: 'unknown' } as const)),
  });
  if (never === null) await enqueue(bindings, { kind: 'call-ended', tenantId, callId });
  return callId;
}
