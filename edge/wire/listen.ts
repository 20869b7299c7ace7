import type { ListenBody } from '../../shared/contracts/listen.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { browserRoutes } from '../capture/browser-routes.ts';
import * as calls from '../capture/store.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';
import { consentRuleOf, mustAskFirst, NOT_YET, neverRecord } from './never-record.ts';
import { overPlan } from './plan-minutes.ts';

export function wireListen(parts: Parts, sight: Sight) {
  const { db, bindings, now, settings } = parts;
  return browserRoutes({
    publicUrl: settings.PUBLIC_URL,
    maySee: (who, ref) => sight.record(who, ref),
    mayStart: async (tenantId) => !(await overPlan(parts, tenantId)),
    begin: (who, record, asked) => begin(parts, who, record, asked),
    issueTicket: async ({ tenantId, callId, userId, origin }, forMs) => {
      const token = random();
      const expiresAt = new Date(now() + forMs);
      await tenants.saveTicket(db, tenantId, {
        hash: await sha256Hex(token),
        purpose: 'listen',
        subject: callId,
        user: { id: userId, ...(origin === undefined ? {} : { origin }) },
        expiresAt,
      });
      return { token, expiresAt: expiresAt.toISOString() };
    },
    burnTicket: async (token) => {
      const burnt = await tenants.burnTicket(db, await sha256Hex(token), new Date(now()));
      if (burnt?.purpose !== 'listen') return null;
      const { id, origin } = burnt.user;
      const opens = { tenantId: burnt.tenantId, callId: burnt.subject, userId: String(id ?? '') };
      return typeof origin === 'string' ? { ...opens, origin } : opens;
    },
    connect: (tenantId, callId, request) => callStub(bindings, tenantId, callId).fetch(request),
  });
}

const ANOTHER = 'This press belongs to another call. Press again.';

type Asked = Pick<ListenBody, 'requestId' | 'microphone'>;

async function begin(parts: Parts, who: Who, record: RecordRef, asked: Asked): Promise<string | { never: string }> {
  const { db, now } = parts;
  const { tenantId, connectionId } = who;
  const running = await calls.liveCallOfRecord(db, tenantId, record);
  // Pressed again, perhaps because the page was closed: the same conversation goes on.
  if ((running?.source === 'browser' || running?.source === 'salesforce') && running.repId === who.user.id) {
    await tell(parts, who, running);
    return running.id;
  }

  const [crm, tenant] = await Promise.all([parts.crmOf(tenantId, connectionId), tenants.tenantOf(db, tenantId)]);
  const [known, name] = crm.ok
    ? await Promise.all([crm.value.record(record), crm.value.nameOf(who.user.id)])
    : ([undefined, undefined] as const);
  const person = known?.ok ? known.value.people[0] : undefined;
  if (!known?.ok && (await mustAskFirst(parts, tenantId, ['domains', 'words']))) return { never: NOT_YET };
  const never = await neverRecord(parts, tenantId, {
    rep: { userId: who.user.id, email: who.user.email },
    numbers: [],
    emails: known?.ok ? known.value.people.flatMap(({ email }) => email ?? []) : [],
    ...(known?.ok ? { title: known.value.name } : {}),
  });
  const startedAt = new Date(now());
  const customerName = person?.name ?? 'Customer';
  const { id: callId } = await calls.createCall(db, tenantId, {
    connectionId,
    // One microphone for everybody: after the call too, its voices have to be told apart.
    source: asked.microphone?.hears === 'everyone' ? 'salesforce' : 'browser',
    externalId: asked.requestId,
    record,
    contactId: record.object === 'contact' ? record.id : (person?.ref.id ?? null),
    repId: who.user.id,
    repEmail: who.user.email,
    repName: (name?.ok ? name.value : null) ?? (who.user.email.split('@')[0] || 'You'),
    customerName,
    customerEmail: person?.email ?? null,
    direction: 'outbound',
    startedAt,
    timeZone: tenant?.timeZone ?? 'UTC',
    ...(never === null ? {} : ({ status: 'failed', trouble: never, missed: 'never-record' } as const)),
  });
  const begun = await calls.callOf(db, tenantId, callId);
  // A press is one call of one rep on one record: with another's id nobody gets into that other's call.
  if (begun?.repId !== who.user.id || begun.record?.object !== record.object || begun.record.id !== record.id) return { never: ANOTHER };
  if (never !== null) return { never };
  await tell(parts, who, begun);
  return callId;
}

/** The call's object hears of it. Told again, nothing changes; and a first time that failed is made good. */
async function tell(
  parts: Parts,
  { tenantId, user }: Who,
  call: Pick<calls.CallRow, 'id' | 'customerName' | 'repName' | 'startedAt' | 'source'>,
): Promise<void> {
  await callStub(parts.bindings, tenantId, call.id).begin({
    tenantId,
    callId: call.id,
    customerName: call.customerName,
    repName: call.repName,
    startedAtMs: call.startedAt.getTime(),
    repTrack: 'outbound',
    source: 'browser',
    ...(call.source === 'salesforce' ? { tracks: 'mixed' } : {}),
    // Nobody's number is known, so nobody's place is.
    consentRule: await consentRuleOf(parts, tenantId, { userId: user.id, numbers: [null] }),
  });
}
