import { isOver, type PhoneHeard } from '../../../shared/capture/phone-call.ts';
import { toE164 } from '../../../shared/capture/phone-number.ts';
import type { DialBody } from '../../../shared/contracts/phone.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { Refusal } from '../../../shared/contracts/view.ts';
import type { Result } from '../../../shared/kit/result.ts';
import type { Who } from '../../http/who.ts';
import type { Rung, Telephone } from '../../ports/telephone.ts';
import type { RepLine } from '../calls.ts';
import { REP_RINGS_S } from '../line-routes.ts';
import { type HearDeps, hear } from './hear.ts';
import type { NewPhoneCall, PhoneCallRow } from './store.ts';

export interface PressDeps extends HearDeps {
  now(): number;
  /** Without a trailing slash. */
  publicUrl: string;
  /** The tenant's telephone lines; empty without an account. */
  lines(tenantId: string): Promise<readonly RepLine[]>;
  /** Where this rep said they want to be rung. */
  phoneOf(tenantId: string, userId: string): Promise<string | null>;
  /** Whose number this is on the record, as far as the CRM can say it now. */
  customer(who: Who, record: RecordRef, number: string): Promise<Customer>;
  repName(who: Who): Promise<string>;
  whyNotRecorded(who: Who, customer: Customer, number: string): Promise<string | null>;
  begin(tenantId: string, call: NewPhoneCall): Promise<{ call: PhoneCallRow; isNew: boolean }>;
  ring(tenantId: string, ask: Parameters<Telephone['ring']>[1]): Promise<Rung>;
  findRung(tenantId: string, ask: Parameters<Telephone['findRung']>[1]): Promise<Result<string | null>>;
  /** Is it over at the network? Unknown counts as running. */
  isGone(tenantId: string, externalId: string): Promise<boolean>;
}

export interface Customer {
  name: string;
  /** Absent when the CRM could not be asked. */
  email?: string | null;
  contactId: string | null;
  about: string | null;
}

export type Pressed = { is: 'call'; call: PhoneCallRow } | { is: 'needs-phone' } | { is: 'no'; code: Refusal; what: string };

/** Another request may still be asking the network until then. */
const ASKING_MS = 15_000;

/** A rep wants to talk to this number: their own phone rings first. The same press twice is one call. */
export async function press(deps: PressDeps, who: Who, record: RecordRef, { requestId, number: typed }: DialBody): Promise<Pressed> {
  const { tenantId, user } = who;
  const lines = await deps.lines(tenantId);
  const own = lines.find(({ userId }) => userId === user.id);
  const line = own ?? lines[0];
  if (!line) return no('not-connected', 'Your company has not connected its telephone account, so nobody can be called from here.');
  const number = toE164(typed, line.number);
  if (!number) return no('bad-request', 'This is no whole telephone number. Write it in the CRM with its country, as +1 415 555 0142.');
  const repPhone = (await deps.phoneOf(tenantId, user.id)) ?? own?.dial;
  if (!repPhone) return { is: 'needs-phone' };
  if (number === repPhone || lines.some((one) => one.number === number)) return no('bad-request', 'This is one of your own numbers.');

  const [customer, repName] = await Promise.all([deps.customer(who, record, number), deps.repName(who)]);
  const never = await deps.whyNotRecorded(who, customer, number);
  if (never !== null) return no('no-permission', `${never} So nobody is called from here.`);

  const wanted: NewPhoneCall = {
    ...customer,
    email: customer.email ?? null,
    id: crypto.randomUUID(),
    connectionId: who.connectionId,
    direction: 'out',
    phase: 'asked',
    repId: user.id,
    repEmail: user.email,
    repName,
    repPhone,
    ourNumber: line.number,
    number,
    record,
    requestId,
    externalId: null,
    startedAt: new Date(deps.now()),
  };
  const begun = await deps.begin(tenantId, wanted);
  if (begun.isNew) return place(deps, tenantId, begun.call);
  if (begun.call.requestId === requestId) return again(deps, tenantId, begun.call);
  if (!(await isLost(deps, tenantId, begun.call))) return no('stale', `You are on a call with ${begun.call.name}. Hang up first.`);
  const next = await deps.begin(tenantId, { ...wanted, id: crypto.randomUUID() });
  return next.isNew ? place(deps, tenantId, next.call) : no('stale', `You are on a call with ${next.call.name}. Hang up first.`);
}

async function place(deps: PressDeps, tenantId: string, call: PhoneCallRow): Promise<Pressed> {
  const at = (what: string) => `${deps.publicUrl}/voice/twilio/${what}/${call.id}`;
  const { repPhone: to, ourNumber: from } = call;
  const rung = await deps.ring(tenantId, { to, from, answerUrl: at('bridge'), toldUrl: at('told'), ringS: REP_RINGS_S });
  if (rung.ok) return shown(deps, tenantId, call, { is: 'placed' }, rung.externalId);
  if (rung.isUnsure) return look(deps, tenantId, call);
  return shown(deps, tenantId, call, { is: 'refused', why: rung.why });
}

/** Nobody could say whether it rings: the network is asked for it before anything is tried again. */
async function look(deps: PressDeps, tenantId: string, call: PhoneCallRow): Promise<Pressed> {
  const found = await deps.findRung(tenantId, { to: call.repPhone, from: call.ourNumber, sinceMs: call.startedAt.getTime() });
  if (found.ok && found.value !== null) return shown(deps, tenantId, call, { is: 'placed' }, found.value);
  return shown(deps, tenantId, call, { is: 'refused', why: 'network' });
}

/** The same press once more: what it brought about; or, when it was cut off in the middle, what the network knows of it. */
async function again(deps: PressDeps, tenantId: string, call: PhoneCallRow): Promise<Pressed> {
  const isCutOff = call.phase === 'asked' && call.externalId === null && deps.now() - call.startedAt.getTime() >= ASKING_MS;
  return isCutOff ? look(deps, tenantId, call) : { is: 'call', call };
}

/** Is the call that stands in the way over, without anybody having told us? */
async function isLost(deps: PressDeps, tenantId: string, call: PhoneCallRow): Promise<boolean> {
  if (call.externalId === null) {
    const looked = await again(deps, tenantId, call);
    return looked.is === 'call' && isOver(looked.call);
  }
  if (!(await deps.isGone(tenantId, call.externalId))) return false;
  await hear(deps, tenantId, call.id, { is: 'hung-up' });
  return true;
}

async function shown(deps: PressDeps, tenantId: string, call: PhoneCallRow, heard: PhoneHeard, externalId?: string): Promise<Pressed> {
  return { is: 'call', call: (await hear(deps, tenantId, call.id, heard, externalId)) ?? call };
}

const no = (code: Refusal, what: string): Pressed => ({ is: 'no', code, what });
