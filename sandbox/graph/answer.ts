import { randomUUID } from 'node:crypto';

/** An error as Graph words it. */
export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  const innerError = { date: new Date().toISOString().slice(0, 19), 'request-id': randomUUID(), 'client-request-id': randomUUID() };
  return Response.json(
    { error: { code, message, innerError } },
    { status, headers: { 'request-id': innerError['request-id'], ...headers } },
  );
}
