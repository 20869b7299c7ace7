import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 5_000;
const BYTES_MAX = 256 * 1024;

const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())).check(z.maxLength(100)) });

/**
 * The keys a directory signs its tokens with, and the two names it signs under: tokens of version 1 and of version 2 both stand beside
 * notifications. `login` is an origin; the names never change with it.
 */
export async function graphSigners(
  login: string,
  directoryId: string,
): Promise<Result<{ keys: readonly Record<string, unknown>[]; issuers: readonly string[] }>> {
  try {
    const response = await fetch(`${login}/${encodeURIComponent(directoryId)}/discovery/v2.0/keys`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const read = keySet.safeParse(response.status === 200 && text.length <= BYTES_MAX ? (JSON.parse(text) as unknown) : undefined);
    if (!read.success) return failed({ kind: 'broken', said: 'Microsoft does not say its signing keys.' });
    const issuers = [`https://login.microsoftonline.com/${directoryId}/v2.0`, `https://sts.windows.net/${directoryId}/`];
    return ok({ keys: read.data.keys, issuers });
  } catch {
    return failed({ kind: 'broken', said: 'Microsoft does not say its signing keys.' });
  }
}
