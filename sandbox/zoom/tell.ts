import { createHmac, randomBytes } from 'node:crypto';
import type { ZoomApp } from './state.ts';

const TIMEOUT_MS = 3_000;

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

/** One webhook, signed as Zoom does: `v0=` and HMAC-SHA256 of `v0:timestamp:body`. Answers the status; 200 and 204 count as taken. */
export async function tell(
  app: Pick<ZoomApp, 'secretToken'>,
  url: string,
  event: Record<string, unknown>,
  nowMs: number,
  forged = false,
): Promise<number> {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(nowMs / 1_000));
  const signature = `v0=${hmac(forged ? 'somebody else' : app.secretToken, `v0:${timestamp}:${body}`)}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.body?.cancel();
  return answer.status;
}

/** `endpoint.url_validation`: true when the address answers with the token and its HMAC, within three seconds. */
export async function validate(app: Pick<ZoomApp, 'secretToken'>, url: string, nowMs: number): Promise<boolean> {
  const plainToken = randomBytes(16).toString('base64url');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload: { plainToken }, event_ts: nowMs, event: 'endpoint.url_validation' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const said = (await answer.json().catch(() => null)) as Record<string, unknown> | null;
  return answer.status === 200 && said?.['plainToken'] === plainToken && said['encryptedToken'] === hmac(app.secretToken, plainToken);
}
