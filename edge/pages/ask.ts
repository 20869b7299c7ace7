import type * as z from 'zod/mini';
import { answer } from '../../shared/contracts/view.ts';

/** What the service said; `signed-out` when it does not know who sits here. */
export type Said<T> = { ok: true; value: T } | { ok: false; why: string } | 'signed-out';

const TIMEOUT_MS = 15_000;

/** How a page of ours asks the service: as the session that `kept` holds under `key`. `away` is said when nothing readable comes back. */
export function asker({ kept, key, away }: { kept: Storage; key: string; away: string }) {
  const ask = async <T>(method: string, path: string, shape: z.ZodMiniType<T>, body?: object): Promise<Said<T>> => {
    try {
      const reply = await fetch(path, {
        method,
        headers: { authorization: `Bearer ${kept.getItem(key) ?? ''}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (reply.status === 401) {
        kept.removeItem(key);
        return 'signed-out';
      }
      const read = answer(shape).safeParse(await reply.json());
      if (!read.success) return { ok: false, why: away };
      const said = read.data;
      return said.ok ? { ok: true, value: said.value as T } : { ok: false, why: said.what };
    } catch {
      return { ok: false, why: away };
    }
  };
  return {
    ask,
    isSignedIn: (): boolean => kept.getItem(key) !== null,
    /** Opens the session with what proves who sits here. */
    signIn: async (path: string, shape: z.ZodMiniType<{ token: string }>, body: object): Promise<Said<true>> => {
      const said = await ask('POST', path, shape, body);
      if (said === 'signed-out' || !said.ok) return said;
      kept.setItem(key, said.value.token);
      return { ok: true, value: true };
    },
  };
}
