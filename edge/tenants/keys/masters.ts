import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { type Bytes, fromBase64 } from '../bytes.ts';

/** The keys that wrap every tenant's own key, by name. New ones are wrapped with `current`. */
export interface Masters {
  current: string;
  /** 32 bytes each. */
  keys: ReadonlyMap<string, Bytes>;
}

export interface MasterSettings {
  /** `{"k1": "<32 bytes, base64>", …}`; counts alone when it is there. */
  SEAL_KEYS?: string | undefined;
  /** One key, the same as a map of one. */
  SEAL_KEY?: string | undefined;
  /** `k1` unless given. */
  SEAL_KEY_ID?: string | undefined;
}

const name = /^[A-Za-z0-9_-]{1,20}$/;
const map = z.record(z.string(), z.string());

/** The master keys of an environment, or the name of the setting that is missing or malformed. */
export function readMasters({ SEAL_KEYS, SEAL_KEY, SEAL_KEY_ID = 'k1' }: MasterSettings): Result<Masters, keyof MasterSettings> {
  const from = SEAL_KEYS ? 'SEAL_KEYS' : 'SEAL_KEY';
  if (!name.test(SEAL_KEY_ID)) return failed('SEAL_KEY_ID');
  const said = map.safeParse(SEAL_KEYS ? parse(SEAL_KEYS) : { [SEAL_KEY_ID]: SEAL_KEY });
  if (!said.success) return failed(from);
  const keys = new Map<string, Bytes>();
  for (const [kid, text] of Object.entries(said.data)) {
    const raw = fromBase64(text);
    if (!name.test(kid) || raw?.length !== 32) return failed(from);
    keys.set(kid, raw);
  }
  return keys.has(SEAL_KEY_ID) ? ok({ current: SEAL_KEY_ID, keys }) : failed('SEAL_KEY_ID');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
