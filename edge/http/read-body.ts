import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { Problem } from './problem.ts';

/** The JSON body as its contract says, or a Problem that names the field and nothing of its content. */
export function parseJson<T extends z.ZodMiniType>(raw: string, contract: T): z.infer<T> {
  // The one character PostgreSQL cannot keep; better said here than broken there.
  if (/\\u0000/.test(raw)) throw new Problem(400, 'The body holds a character that cannot be kept.');
  let said: unknown;
  try {
    said = raw === '' ? {} : JSON.parse(raw);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
  const read = contract.safeParse(said);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new Problem(
    400,
    field ? `The field ${field} is missing or malformed.` : 'The body does not have the expected shape.',
    field || undefined,
  );
}

/** A path parameter that must be one of our ids; anything else cannot exist. */
export function idParam(c: Context, name: string): string {
  const id = c.req.param(name) ?? '';
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) throw new Problem(404, 'There is nothing here.');
  return id;
}
