import { isOver } from '../../shared/capture/phone-call.ts';
import { toE164 } from '../../shared/capture/phone-number.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { failed } from '../../shared/kit/result.ts';
import type { Caller, RepLine } from '../capture/calls.ts';
import { ANNOUNCEMENT, type LineAccount, type NewLineCall, OVER_PLAN } from '../capture/line-routes.ts';
import { type HearDeps, hear } from '../capture/phone/hear.ts';
import { networkPhoneRoutes } from '../capture/phone/network-routes.ts';
import type { Customer } from '../capture/phone/press.ts';
import { repPhoneRoutes } from '../capture/phone/rep-routes.ts';
import * as phones from '../capture/phone/store.ts';
import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { DeskCall } from '../ports/line-desk.ts';
import { callStub } from '../stubs.ts';
import { newCode, openSession, readCode, sealSession } from '../tenants/calling-session.ts';
import * as tenants from '../tenants/store.ts';
import { consentRuleOf, mustAskFirst, NOT_YET, neverRecord } from './never-record.ts';
import { planAllows } from './plan-minutes.ts';
import { lineAccountOf } from './telephony.ts';

const CODE_MS = 5 * 60_000;
/** A week of work: then the rep signs the calling window in again. */
const SESSION_MS = 7 * 24 * 3_600_000;

export function wirePhone(parts: Parts, sight: Sight) {
  const { db, now, settings, telephone } = parts;
  const hears = hearDeps(parts);
  const rep = repPhoneRoutes({
    ...hears,
    now,
    publicUrl: settings.PUBLIC_URL,
    hubspotOrigins: hubspotOrigins(settings.HUBSPOT_AUTHORIZE),
    maySee: (who, ref) => sight.record(who, ref),
    lines: async (tenantId) => (await lineAccountOf(parts, tenantId))?.lines ?? [],
    phoneOf: (tenantId, userId) => phones.repPhoneOf(db, tenantId, userId),
    savePhone: (tenantId, userId, number) => phones.setRepPhone(db, tenantId, userId, number),
    customer: (who, record, number) => customerOf(parts, who, record, number),
    repName: async (who) => {
      const crm = await parts.crmOf(who.tenantId, who.connectionId);
      const name = crm.ok ? await crm.value.nameOf(who.user.id) : crm;
      return (name.ok ? name.value : null) ?? (who.user.email.split('@')[0] || 'You');
    },
    whyNotRecorded: async ({ tenantId, user }, { email }, number) => {
      if (email === undefined && (await mustAskFirst(parts, tenantId, ['domains']))) return NOT_YET;
      return neverRecord(parts, tenantId, {
        rep: { userId: user.id, email: user.email },
        numbers: [number],
        emails: email ? [email] : [],
      });
    },
    begin: (tenantId, call) => phones.beginPhoneCall(db, tenantId, call),
    ring: async (tenantId, ask) => {
      const account = await accountOf(parts, tenantId);
      return account ? telephone.ring(account, ask) : { ok: false, why: 'account-shut', isUnsure: false };
    },
    findRung: async (tenantId, ask) => {
      const account = await accountOf(parts, tenantId);
      return account ? telephone.findRung(account, ask) : failed({ kind: 'expired', said: 'There is no telephone account.' });
    },
    isGone: async (tenantId, externalId) => {
      const account = await accountOf(parts, tenantId);
      const over = account && (await parts.lineDesk.isOver({ ...account, externalId }));
      return over?.ok === true && over.value;
    },
    lastCall: (tenantId, userId) => phones.lastPhoneCall(db, tenantId, userId),
    isEnded: async (tenantId, callId) => {
      const call = await calls.callOf(db, tenantId, callId);
      // One that nobody may hear failed at its start, and goes on all the same.
      return call !== null && call.status !== 'live' && call.missed === null;
    },
    phones: (who, ref) => parts.phonesOf(who.tenantId, who.connectionId, ref),
    issueCode: async (who) => {
      const code = newCode();
      const expiresAt = new Date(now() + CODE_MS);
      const user = { ...who.user, host: who.host };
      await tenants.saveTicket(db, who.tenantId, {
        hash: await sha256Hex(`calling ${code}`),
        purpose: 'calling',
        subject: who.connectionId,
        user,
        expiresAt,
      });
      return { code: `${code.slice(0, 5)}-${code.slice(5)}`, expiresAt: expiresAt.toISOString() };
    },
    signIn: async (typed) => {
      const burnt = await tenants.burnTicket(db, await sha256Hex(`calling ${readCode(typed)}`), new Date(now()));
      if (burnt?.purpose !== 'calling') return null;
      const expiresAtMs = now() + SESSION_MS;
      const { tenantId, subject: connectionId, user } = burnt;
      const host = user['host'] === 'salesforce' ? 'salesforce' : 'hubspot';
      const sitting = { id: String(user['id'] ?? ''), email: String(user['email'] ?? '') };
      const token = await sealSession(settings.masters, { tenantId, connectionId, host, user: sitting, expiresAtMs });
      return { token, expiresAt: new Date(expiresAtMs).toISOString() };
    },
    whoSits: async (token) => {
      const session = await openSession(settings.masters, token, now());
      const connection = session && (await parts.lately.connectionOf(session.tenantId, session.connectionId));
      if (!session || connection?.state !== 'connected') return null;
      const { tenantId, connectionId, host, user } = session;
      return { tenantId, connectionId, host, user };
    },
  });

  const network = networkPhoneRoutes({
    ...hears,
    publicUrl: settings.PUBLIC_URL,
    line: parts.line,
    telephone,
    account: async (accountSid) => {
      const owned = await tenants.resolveConnection(db, 'twilio', accountSid);
      return owned && lineAccountOf(parts, owned.tenantId);
    },
    beginListening: (account, call) => beginListening(parts, account, call),
    passOn: (account, call) => passOn(parts, account, call),
    over: (tenantId, callId) => callStub(parts.bindings, tenantId, callId).hangUp(),
  });
  return (app: RosApp) => {
    rep(app);
    network(app);
  };
}

/** An incoming call in the words of the telephone: whose it is, and that it rings. */
export function incomingCalls(parts: Parts) {
  const { db, now } = parts;
  return {
    whoAnswers: async (account: LineAccount, line: RepLine, { record }: Caller) => {
      const crm = record && (await parts.crmOf(account.tenantId, account.crmConnectionId));
      const known = crm?.ok && record ? await crm.value.record(record) : undefined;
      const owner = known?.ok ? account.lines.find(({ ownerId }) => ownerId !== '' && ownerId === known.value.ownerId) : undefined;
      const about = known?.ok && record?.object !== 'contact' && record?.object !== 'lead' ? known.value.name : null;
      const rep = await dialOf(parts, account.tenantId, owner ?? line);
      const second = owner && owner.userId !== line.userId ? await dialOf(parts, account.tenantId, line) : undefined;
      return { rep, about, ...(second && second.dial !== rep.dial ? { second } : {}) };
    },
    rings: async (
      account: LineAccount,
      callId: string,
      { rep, caller, fromNumber, toNumber, externalId }: NewLineCall,
      about: string | null,
    ) => {
      await phones.beginPhoneCall(db, account.tenantId, {
        id: callId,
        connectionId: account.crmConnectionId,
        direction: 'in',
        phase: 'ringing-rep',
        repId: rep.userId,
        repEmail: rep.email,
        repName: rep.name,
        repPhone: rep.dial,
        ourNumber: toNumber,
        number: fromNumber,
        name: caller.name,
        email: caller.email,
        about,
        record: caller.record,
        contactId: caller.contact?.id ?? null,
        requestId: callId,
        externalId,
        startedAt: new Date(now()),
      });
    },
    isOver: async (tenantId: string, callId: string) => {
      const call = await phones.phoneCallOf(db, tenantId, callId);
      return call !== null && isOver(call);
    },
    /** The customer's side of it is over. */
    left: async (tenantId: string, callId: string) => {
      await hear(hearDeps(parts), tenantId, callId, { is: 'leg', leg: 'customer', status: 'completed' });
    },
  };
}

const dialOf = async ({ db }: Parts, tenantId: string, line: RepLine): Promise<RepLine> => ({
  ...line,
  dial: (await phones.repPhoneOf(db, tenantId, line.userId)) ?? line.dial,
});

/** Whose record it is did not take it: whoever has the number that was called is rung, and it is their call. */
async function passOn(parts: Parts, { tenantId, lines }: LineAccount, call: phones.PhoneCallRow): Promise<RepLine | null> {
  const line = lines.find(({ number }) => number === call.ourNumber);
  if (!line) return null;
  const next = await dialOf(parts, tenantId, line);
  const rep = { repId: next.userId, repEmail: next.email, repName: next.name };
  // Asked again because our answer was lost: they are being rung already.
  if (call.repId !== next.userId && !(await phones.passPhoneCall(parts.db, tenantId, call, { ...rep, repPhone: next.dial }))) return null;
  await calls.setRep(parts.db, tenantId, call.id, rep);
  return next;
}

/** Bridged calls that are over are cleared away, whoever's they are. */
export const clearPhones = (parts: Parts) => async (): Promise<void> => {
  await phones.prunePhoneCalls(parts.db, new Date(parts.now()));
};

function hearDeps(parts: Parts): HearDeps {
  const { db, now } = parts;
  return {
    callOf: (tenantId, id) => phones.phoneCallOf(db, tenantId, id),
    move: (tenantId, was, call) => phones.movePhoneCall(db, tenantId, was, call, new Date(now())),
    hangUp: async (tenantId, externalId) => {
      const account = await accountOf(parts, tenantId);
      return account !== null && (await parts.telephone.hangUp({ ...account, externalId })).ok;
    },
  };
}

/** The telephone account as its network knows it. */
async function accountOf(parts: Parts, tenantId: string): Promise<Omit<DeskCall, 'externalId'> | null> {
  const [account, all] = await Promise.all([lineAccountOf(parts, tenantId), tenants.connectionsOf(parts.db, tenantId)]);
  const line = all.find(({ id }) => id === account?.connectionId);
  return account && line ? { account: line.externalId, secret: account.secret } : null;
}

async function customerOf(parts: Parts, who: Who, record: RecordRef, number: string): Promise<Customer> {
  const [typed, crm] = await Promise.all([
    parts.phonesOf(who.tenantId, who.connectionId, record),
    parts.crmOf(who.tenantId, who.connectionId),
  ]);
  const known = crm.ok ? await crm.value.record(record) : crm;
  const theirs = typed.ok ? typed.value.find((one) => toE164(one.typed, number) === number) : undefined;
  const person = known.ok ? known.value.people.find(({ ref }) => ref.id === theirs?.of.id) : undefined;
  return {
    name: theirs?.name ?? number,
    // Whom the CRM could not name may be anybody.
    ...(known.ok && typed.ok ? { email: person?.email ?? null } : {}),
    contactId: theirs?.of.object === 'contact' ? theirs.of.id : null,
    about: known.ok && (record.object === 'deal' || record.object === 'company') ? known.value.name : null,
  };
}

/** The customer picked up: from here on it is a call as any other one, heard on the rep's line. */
async function beginListening(parts: Parts, account: LineAccount, call: phones.PhoneCallRow): Promise<string | null> {
  const { db, bindings, now, settings } = parts;
  const { tenantId } = account;
  const { id: callId, externalId } = call;
  const sid = await accountOf(parts, tenantId);
  if (externalId === null || !sid) return null;
  const [tenant, mayStart] = await Promise.all([tenants.tenantOf(db, tenantId), planAllows(parts, tenantId)]);
  const startedAt = new Date(now());
  await calls.createCall(db, tenantId, {
    id: callId,
    connectionId: call.connectionId,
    source: 'twilio',
    externalId,
    record: call.record,
    contactId: call.contactId,
    repId: call.repId,
    repEmail: call.repEmail,
    repName: call.repName,
    customerName: call.name,
    customerEmail: call.email,
    fromNumber: call.ourNumber,
    toNumber: call.number,
    direction: 'outbound',
    startedAt,
    timeZone: tenant?.timeZone ?? 'UTC',
    consent: 'announced',
  });
  if (mayStart === 'no') {
    await calls.failCall(db, tenantId, callId, OVER_PLAN, 'over-plan');
    return null;
  }
  // The rep's own phone carries the call, so what comes in on it is the rep.
  const repTrack = 'inbound';
  await callStub(bindings, tenantId, callId).begin({
    tenantId,
    callId,
    customerName: call.name,
    startedAtMs: startedAt.getTime(),
    repTrack,
    repName: call.repName,
    ...(mayStart === 'recorded' ? { withoutGuidance: true } : {}),
    consentRule: await consentRuleOf(parts, tenantId, { userId: call.repId, numbers: [call.number] }),
  });
  // Only now: until the customer picks up there is nobody who could be told. Refused, the call's object asks again by itself.
  await parts.lineDesk.streamAgain(
    { ...sid, externalId },
    {
      mediaUrl: `${settings.PUBLIC_URL.replace(/^http/, 'ws')}/media/twilio/${tenantId}/${callId}`,
      statusUrl: `${settings.PUBLIC_URL}/api/calls/webhook`,
      parameters: { callId, repTrack },
    },
  );
  return ANNOUNCEMENT;
}

/** HubSpot's own pages in every region; in the sandbox its twin. */
function hubspotOrigins(authorize: string): string[] {
  const { origin, hostname } = new URL(authorize);
  return hostname.endsWith('.hubspot.com') ? ['https://app.hubspot.com', 'https://*.hubspot.com'] : [origin];
}
