import { dealFields } from '../../shared/act/fields.ts';
import { sayChanged } from '../../shared/act/say-changed.ts';
import { sameValue } from '../../shared/act/settle-field.ts';
import { undoChange } from '../../shared/act/undo-change.ts';
import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
import type { Host } from '../../shared/contracts/tenant.ts';
import type { Refusal, UndoView } from '../../shared/contracts/view.ts';
import type { FreshDeps } from './freshen.ts';
import type { Connected } from './plan.ts';

export interface Pressed {
  by: string;
  /** ISO 8601. */
  at: string;
  requestId: string;
}

export interface UndoDeps extends Pick<FreshDeps, 'standing'> {
  changeOf(tenantId: string, id: string): Promise<KnownChange | null>;
  /** due → declined; false when it has left. */
  withdraw(tenantId: string, id: string, press: Pressed): Promise<boolean>;
  /** The one change that takes this one back, however often it is pressed. */
  addUndo(tenantId: string, id: string, undo: { body: ChangeBody; opKey: string }, press: Pressed): Promise<ChangeItem | null>;
  undoOf(tenantId: string, id: string): Promise<ChangeItem | null>;
  hash(text: string): Promise<string>;
  kick(tenantId: string, connectionId: string): Promise<void>;
}

/** A change with what the outbox knows of it. */
export interface KnownChange {
  callId: string | null;
  connectionId: string;
  requestId: string | null;
  wrote: ChangeBody | null;
  item: ChangeItem;
}

export type Undone = { ok: true; view: UndoView } | { ok: false; code: Refusal; said: string };

/** One click takes back what we wrote, if the CRM still holds it; otherwise it says who changed it. */
export async function undo(deps: UndoDeps, known: KnownChange, host: Host, tenantId: string, press: Pressed): Promise<Undone> {
  const { item, wrote, connectionId } = known;
  const no = (said: string, code: Refusal = 'stale'): Undone => ({ ok: false, code, said });
  if (item.state === 'undone' || (item.state === 'declined' && known.requestId === press.requestId)) return viewOf(deps, tenantId, item);

  const how = undoChange(item, wrote, Date.parse(press.at));
  if (how.do === 'no') return no(how.why, 'bad-request');
  if (how.do === 'withdraw') {
    if (!(await deps.withdraw(tenantId, item.id, press))) return no('It has left already. Look again, then undo it.');
    return viewOf(deps, tenantId, (await deps.changeOf(tenantId, item.id))?.item ?? item);
  }
  const theirs = await changedBy(deps, { tenantId, connectionId }, item, how.body, host);
  if (theirs !== null) return no(`${theirs} It stays as it is.`);
  const opKey = await deps.hash(JSON.stringify(['undo1', tenantId, item.id]));
  const made = await deps.addUndo(tenantId, item.id, { body: how.body, opKey }, press);
  if (made) await deps.kick(tenantId, connectionId);
  return { ok: true, view: { change: item, ...(made ? { undo: made } : {}) } };
}

async function viewOf(deps: UndoDeps, tenantId: string, change: ChangeItem): Promise<Undone> {
  const made = await deps.undoOf(tenantId, change.id);
  return { ok: true, view: { change, ...(made ? { undo: made } : {}) } };
}

/** Somebody else's value stands where ours stood; null when it is ours, or when the CRM cannot say: then the writer looks again. */
async function changedBy(deps: UndoDeps, on: Connected, item: ChangeItem, back: ChangeBody, host: Host): Promise<string | null> {
  const field = back.kind === 'set-field' ? back.field : back.kind === 'move-stage' ? dealFields[host].stage : null;
  if (field === null || (back.kind !== 'set-field' && back.kind !== 'move-stage')) return null;
  const read = await deps.standing(on, item.record, [field]);
  const now = read.ok ? read.value.find((one) => one.field === field) : undefined;
  const value = now?.value ?? '';
  if (!now || sameValue(value, back.from ?? '') || sameValue(value, back.to)) return null;
  return sayChanged(now.label, host === 'salesforce' ? 'Salesforce' : 'HubSpot', now);
}
