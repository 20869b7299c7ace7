import { keptShare } from '../../shared/act/email/kept-share.ts';
import { fillAsks } from '../../shared/act/fill-asks.ts';
import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
import type { DecideBody } from '../../shared/contracts/view.ts';
import { type FreshDeps, freshen } from './freshen.ts';
import type { Connected } from './plan.ts';
import { WHO } from './which-person.ts';

export interface ApproveDeps extends FreshDeps {
  /** Moves a waiting change if it still is at that version; the same request again gets the same answer. */
  decide(
    tenantId: string,
    changeId: string,
    decision: {
      version: number;
      to: 'due' | 'approved' | 'declined';
      body?: ChangeBody;
      /** Of an email, how much of our draft they kept, 0..1. */
      keptShare?: number;
      by: string;
      at: string;
      requestId: string;
    },
  ): Promise<Decided>;
  /** The same proposal over what stands there now, still waiting; null when it moved on meanwhile. */
  repropose(tenantId: string, changeId: string, it: { version: number; body: ChangeBody; trouble: string }): Promise<ChangeItem | null>;
  /** Remembers who was on the call, and lets go what waited for it; null when nobody like that was found. */
  settleWho(
    on: Connected,
    changeId: string,
    it: { personId: string; by: string; at: string; requestId: string },
  ): Promise<ChangeItem | null>;
  kick(tenantId: string, connectionId: string): Promise<void>;
}

export interface Decided {
  moved: boolean;
  item: ChangeItem | null;
  /** Why it did not move, for people. */
  refusal?: { code: 'bad-request' | 'stale'; said: string };
}

export interface Decision extends DecideBody, Connected {
  by: string;
  at: string;
  /** The host's name, for people. */
  crm: string;
}

/** The rep's yes. A CRM change becomes due; an email's bytes are frozen as approved, ready to copy, and nothing is sent. */
export async function approve(deps: ApproveDeps, item: ChangeItem, decision: Decision): Promise<Decided> {
  const { tenantId, connectionId } = decision;
  // Shown with its reason, never offered: nobody's yes makes it a write.
  if (item.policy === 'never' || item.policy === 'shadow') return { moved: false, item };
  const isOpen = item.state === 'waiting' || item.state === 'parked';
  if (isOpen && item.asks?.some(({ field }) => field === WHO)) return answerWho(deps, item, decision);

  const filled = isOpen && item.parkedWhy === 'lacks' ? fillAsks(item.body, item.asks ?? [], decision.values ?? {}) : null;
  if (filled && !filled.ok) return { moved: false, item, refusal: { code: 'bad-request', said: filled.fault.said } };
  const fresh = isOpen ? await freshen(deps, decision, item, filled?.value ?? item.body, decision.crm) : { body: item.body, said: null };
  // Nobody has told them yet what they would overwrite.
  if (fresh.said !== null && item.trouble === undefined) {
    const proposed = await deps.repropose(tenantId, item.id, { version: decision.version, body: fresh.body, trouble: fresh.said });
    return { moved: false, item: proposed ?? item, refusal: { code: 'stale', said: fresh.said } };
  }

  const isEmail = item.body.kind === 'draft-email';
  const body: ChangeBody = item.body.kind === 'draft-email' && decision.email ? { ...item.body, ...decision.email } : fresh.body;
  const decided = await deps.decide(tenantId, item.id, {
    version: decision.version,
    to: isEmail ? 'approved' : 'due',
    ...(body === item.body ? {} : { body }),
    ...(body.kind === 'draft-email' && item.body.kind === 'draft-email' ? { keptShare: keptShare(item.body, body) } : {}),
    by: decision.by,
    at: decision.at,
    requestId: decision.requestId,
  });
  if (decided.moved && !isEmail) await deps.kick(tenantId, connectionId);
  return decided;
}

export const decline = (deps: Pick<ApproveDeps, 'decide'>, item: ChangeItem, decision: Decision): Promise<Decided> =>
  deps.decide(decision.tenantId, item.id, {
    version: decision.version,
    to: 'declined',
    by: decision.by,
    at: decision.at,
    requestId: decision.requestId,
  });

async function answerWho(deps: ApproveDeps, item: ChangeItem, decision: Decision): Promise<Decided> {
  const question = item.asks?.find(({ field }) => field === WHO);
  const personId = decision.values?.[WHO];
  if (personId === undefined || !question?.options?.some(({ value }) => value === personId))
    return {
      moved: false,
      item,
      refusal: { code: 'bad-request', said: `${question?.label ?? 'Who was on the call?'} Choose one of them.` },
    };
  if (decision.version !== item.version) return { moved: false, item };
  const { by, at, requestId } = decision;
  const settled = await deps.settleWho(decision, item.id, { personId, by, at, requestId });
  if (!settled) return { moved: false, item, refusal: { code: 'stale', said: 'This person is no longer in your CRM.' } };
  await deps.kick(decision.tenantId, decision.connectionId);
  return { moved: true, item: settled };
}
