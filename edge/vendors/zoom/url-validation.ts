import * as z from 'zod/mini';
import { verifyZoom } from './signature.ts';

/**
 * The answer is an HMAC under the very secret that signs webhooks, over a text the asker chose. What Zoom asks for is one word; a text
 * with a colon in it could be `v0:time:body`, and the answer would be a signature for it.
 */
const question = z.object({
  event: z.literal('endpoint.url_validation'),
  payload: z.object({ plainToken: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/)) }),
});

/**
 * Zoom's `endpoint.url_validation`, to be answered with 200 and this as JSON within three seconds; `null` when it is not one, is not
 * harmless to answer, or carries a signature that does not fit.
 */
export async function answerValidation(request: {
  secret: string;
  rawBody: string;
  signature: string | null;
  timestamp: string | null;
  now: number;
}): Promise<{ plainToken: string; encryptedToken: string } | null> {
  const asked = question.safeParse(parsed(request.rawBody));
  if (!asked.success || request.secret === '') return null;
  const isBare = request.signature === null && request.timestamp === null;
  if (!isBare && !(await verifyZoom(request))) return null;
  const { plainToken } = asked.data.payload;
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(request.secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const tag = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(plainToken)));
  return { plainToken, encryptedToken: Array.from(tag, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

function parsed(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody);
  } catch {
    return undefined;
  }
}
