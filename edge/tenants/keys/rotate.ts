import { must } from '../../../shared/kit/must.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { type DataKey, readSealed, seal, unseal } from '../seal.ts';
import { unsealEarlier } from './earlier.ts';
import type { Kept, StoredKey } from './keyring.ts';
import type { Masters } from './masters.ts';
import type { Secret } from './store.ts';
import { newKey, unwrap, type WrappedKey, wrap } from './wrap.ts';

export interface RotateDeps {
  masters: Masters;
  /** A page of tenants after this one; empty at the end. */
  tenantIds(after?: string): Promise<string[]>;
  keysOf(tenantId: string): Promise<StoredKey[]>;
  rewrap(tenantId: string, was: WrappedKey, next: WrappedKey): Promise<boolean>;
  replaceKey(tenantId: string, key: WrappedKey): Promise<void>;
  deleteUnused(tenantId: string): Promise<number>;
  secretsOf(tenantId: string): Promise<Secret[]>;
  /** In the place of `was` and nothing newer. */
  saveSecret(tenantId: string, connectionId: string, it: { sealed: string; was: string }): Promise<Kept>;
}

/** Wraps every tenant's keys with the master `to`. May be killed and run again: what is done stays done. */
export async function rotateMaster(deps: RotateDeps, to: string): Promise<{ rewrapped: number; closed: number }> {
  let rewrapped = 0;
  let closed = 0;
  for await (const tenantId of everyTenant(deps)) {
    for (const stored of await deps.keysOf(tenantId)) {
      if (stored.kekKid === to) continue;
      const key = await unwrap(deps.masters, tenantId, stored);
      if (!key) closed += 1;
      else if (await deps.rewrap(tenantId, stored, await wrap(deps.masters, to, tenantId, key))) rewrapped += 1;
    }
  }
  return { rewrapped, closed };
}

export interface TenantRotated {
  resealed: number;
  /** Keys that nothing needs any more. */
  deleted: number;
  /** Retired keys that stay, because something is sealed with them that is not moved: recordings, until retention takes those. */
  kept: number;
  /** Secrets that do not open; they and their keys are left as they are. */
  closed: number;
}

/** Gives a tenant a new key and moves all it has under it. Killed in between, the next run ends what this one began. */
export async function rotateTenant(deps: RotateDeps, tenantId: string): Promise<TenantRotated> {
  const keys = await deps.keysOf(tenantId);
  if (keys.length === 0 && (await deps.secretsOf(tenantId)).length === 0) return nothing;
  if (keys.some(({ retiredAt }) => retiredAt !== null)) {
    const ended = await moveUnder(deps, tenantId);
    if (ended && ended.resealed + ended.deleted > 0) return ended;
  }
  await deps.replaceKey(tenantId, await newKey(deps.masters, tenantId));
  return must(await moveUnder(deps, tenantId), 'the key that was just made');
}

const nothing: TenantRotated = { resealed: 0, deleted: 0, kept: 0, closed: 0 };
/** What the Worker saves meanwhile is found by looking again. */
const LOOKS = 5;

/** Seals all of a tenant's secrets with its key in use, then deletes the retired ones; null when that key does not open. */
async function moveUnder(deps: RotateDeps, tenantId: string): Promise<TenantRotated | null> {
  const bunch = await openKeys(deps, tenantId);
  const { inUse } = bunch;
  if (!inUse) return null;
  const closed = new Set<string>();
  let resealed = 0;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const secrets = (await deps.secretsOf(tenantId)).filter(({ sealed }) => readSealed(sealed)?.kid !== inUse.kid && !closed.has(sealed));
    if (secrets.length === 0) break;
    for (const secret of secrets) {
      const plain = await openSecret(deps, bunch.byKid, secret);
      if (!plain.ok) closed.add(secret.sealed);
      else {
        const sealed = await seal(inUse, secret.place, plain.value);
        if ((await deps.saveSecret(tenantId, secret.connectionId, { sealed, was: secret.sealed })) === 'saved') resealed += 1;
      }
    }
  }
  const deleted = await deps.deleteUnused(tenantId);
  const kept = (await deps.keysOf(tenantId)).filter(({ retiredAt }) => retiredAt !== null).length;
  return { resealed, deleted, kept, closed: closed.size };
}

export interface Checked {
  tenants: number;
  keys: number;
  secrets: number;
  /** Keys and secrets that do not open. */
  closed: number;
  /** Secrets of before tenants had keys of their own. */
  earlier: number;
  /** How many keys each master wraps: one that wraps none, and that no earlier secret needs, can be removed. */
  underMaster: Record<string, number>;
}

/** Opens every secret of every tenant, and changes nothing. */
export async function checkKeys(deps: RotateDeps): Promise<Checked> {
  const it: Checked = { tenants: 0, keys: 0, secrets: 0, closed: 0, earlier: 0, underMaster: {} };
  for await (const tenantId of everyTenant(deps)) {
    it.tenants += 1;
    const { stored, byKid } = await openKeys(deps, tenantId);
    it.keys += stored.length;
    it.closed += stored.length - byKid.size;
    for (const { kekKid } of stored) it.underMaster[kekKid] = (it.underMaster[kekKid] ?? 0) + 1;
    for (const secret of await deps.secretsOf(tenantId)) {
      it.secrets += 1;
      if (deps.masters.keys.has(readSealed(secret.sealed)?.kid ?? '')) it.earlier += 1;
      if (!(await openSecret(deps, byKid, secret)).ok) it.closed += 1;
    }
  }
  return it;
}

async function openKeys({ masters, keysOf }: RotateDeps, tenantId: string) {
  const stored = await keysOf(tenantId);
  const byKid = new Map<string, DataKey>();
  for (const key of stored) {
    const opened = await unwrap(masters, tenantId, key);
    if (opened) byKid.set(key.kid, opened);
  }
  return { stored, byKid, inUse: byKid.get(stored.find(({ retiredAt }) => retiredAt === null)?.kid ?? '') };
}

function openSecret({ masters }: RotateDeps, keys: ReadonlyMap<string, DataKey>, { place, sealed }: Secret): Promise<Result<string>> {
  const key = keys.get(readSealed(sealed)?.kid ?? '');
  return key ? unseal(key, place, sealed) : unsealEarlier(masters, place, sealed);
}

export async function* everyTenant({ tenantIds }: Pick<RotateDeps, 'tenantIds'>): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const page = await tenantIds(after);
    yield* page;
    after = page.at(-1);
  } while (after !== undefined);
}
