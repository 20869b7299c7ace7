import { Bug, must } from '../../../shared/kit/must.ts';
import { failed, type Result } from '../../../shared/kit/result.ts';
import { hkdfSha256 } from '../../http/crypto.ts';
import { utf8 } from '../bytes.ts';
import { type DataKey, type Place, readSealed, seal, unseal } from '../seal.ts';
import { unsealEarlier } from './earlier.ts';
import type { Masters } from './masters.ts';
import { newKey, unwrap, type WrappedKey } from './wrap.ts';

export interface StoredKey extends WrappedKey {
  /** Null while it is the tenant's key in use. */
  retiredAt: Date | null;
}

/** `key-gone`: the tenant's keys were rotated meanwhile, seal anew. `gone`: there is nothing to keep it in. */
export type Kept = 'saved' | 'key-gone' | 'gone';

export interface KeyringDeps {
  masters: Masters;
  now(): number;
  keysOf(tenantId: string): Promise<StoredKey[]>;
  /** Leaves the tenant with exactly one key in use, whoever was first. */
  addKey(tenantId: string, key: WrappedKey): Promise<void>;
}

/** Every secret of every tenant goes through here. */
export interface Keyring {
  /** Makes the tenant's key where there is none. */
  ensure(tenantId: string): Promise<void>;
  /** Seals with the tenant's key in use and saves it. */
  keep(place: Place, plain: string, save: (sealed: string) => Promise<Kept>): Promise<'saved' | 'gone'>;
  /** `broken` when it does not open here. */
  open(place: Place, sealed: string): Promise<Result<string>>;
  /** A key for one file of the tenant's, from its key in use, named `kid`. */
  fileKey(tenantId: string, file: string): Promise<DataKey>;
  /** The key of a file that was sealed before; null when the tenant's key is gone, and the file with it. */
  fileKeyOf(tenantId: string, file: string, kid: string): Promise<DataKey | null>;
}

interface Bunch {
  untilMs: number;
  inUse: DataKey;
  byKid: ReadonlyMap<string, DataKey>;
}

/** Opened keys stay in memory this long, for this many tenants; so long an erased tenant's key may outlive its row. */
const LIFE_MS = 60_000;
const TENANTS_MAX = 200;
const TRIES = 3;

export function openKeyring({ masters, now, keysOf, addKey }: KeyringDeps): Keyring {
  const bunches = new Map<string, Bunch>();

  async function load(tenantId: string): Promise<Bunch> {
    let stored = await keysOf(tenantId);
    if (!stored.some(({ retiredAt }) => retiredAt === null)) {
      await addKey(tenantId, await newKey(masters, tenantId));
      stored = await keysOf(tenantId);
    }
    const byKid = new Map<string, DataKey>();
    for (const key of stored) {
      const opened = await unwrap(masters, tenantId, key);
      if (opened) byKid.set(key.kid, opened);
    }
    const inUse = byKid.get(stored.find(({ retiredAt }) => retiredAt === null)?.kid ?? '');
    if (!inUse) throw new Bug('a tenant key does not open with the master keys that are set');
    const bunch = { untilMs: now() + LIFE_MS, inUse, byKid };
    bunches.delete(tenantId);
    bunches.set(tenantId, bunch);
    // The oldest goes first.
    for (const oldest of bunches.keys()) {
      if (bunches.size <= TENANTS_MAX) break;
      bunches.delete(oldest);
    }
    return bunch;
  }

  async function bunchOf(tenantId: string): Promise<Bunch> {
    const known = bunches.get(tenantId);
    return known && known.untilMs > now() ? known : load(tenantId);
  }

  return {
    async ensure(tenantId) {
      await bunchOf(tenantId);
    },

    async keep(place, plain, save) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const { inUse } = await bunchOf(place.tenantId);
        const kept = await save(await seal(inUse, place, plain));
        if (kept !== 'key-gone') return kept;
        bunches.delete(place.tenantId);
      }
      throw new Bug('a tenant key was gone each time something was sealed with it');
    },

    async open(place, sealed) {
      const kid = readSealed(sealed)?.kid;
      if (kid === undefined) return failed({ kind: 'broken', said: 'A stored secret is not of a form we know.' });
      if (masters.keys.has(kid)) return unsealEarlier(masters, place, sealed);
      // A key that is not on the bunch may be newer than it.
      const key = (await bunchOf(place.tenantId)).byKid.get(kid) ?? (await load(place.tenantId)).byKid.get(kid);
      if (!key) return failed({ kind: 'broken', said: 'The key of a stored secret is not here.' });
      return unseal(key, place, sealed);
    },

    async fileKey(tenantId, file) {
      const { inUse } = await bunchOf(tenantId);
      return keyOfFile(inUse, tenantId, file);
    },

    async fileKeyOf(tenantId, file, kid) {
      const known = bunches.get(tenantId);
      const held = known && known.untilMs > now() ? known.byKid.get(kid) : undefined;
      if (held) return keyOfFile(held, tenantId, file);
      // Looked up without making one: a tenant that is gone must stay gone.
      const stored = (await keysOf(tenantId)).find((key) => key.kid === kid);
      const opened = stored && (await unwrap(masters, tenantId, stored));
      return opened ? keyOfFile(opened, tenantId, file) : null;
    },
  };
}

async function keyOfFile({ kid, raw }: DataKey, tenantId: string, file: string): Promise<DataKey> {
  const key = await hkdfSha256(raw, utf8(tenantId), utf8(`ros|file|v1|${file}`), 32);
  return { kid, raw: must(key, 'a derived key') };
}
