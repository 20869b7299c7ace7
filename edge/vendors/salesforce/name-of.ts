import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { strange, type Talk } from './client.ts';
import type { SalesforceFault } from './faults.ts';
import { isId } from './map.ts';

const user = z.object({ Name: z.string() });

/** A user's name, as the org had it some minutes ago at most. */
export async function nameOf({ client, signal }: Talk, userId: string): Promise<Result<string | null, SalesforceFault>> {
  if (!isId(userId)) return ok(null);
  const reply = await client.definition(`/sobjects/User/${userId}?fields=Name`, signal);
  if (!reply.ok) return reply.fault.kind === 'gone' ? ok(null) : reply;
  const read = user.safeParse(reply.value);
  return read.success ? ok(read.data.Name) : failed(strange);
}
