import { randomBytes, randomUUID, type X509Certificate } from 'node:crypto';
import { refusal } from './answer.ts';
import { certificateIn } from './signing.ts';
import type { GraphApp } from './state.ts';

/** The longest a subscription to transcripts is granted: 4,230 minutes, the lowest figure documented for anything of a call or meeting. */
const LIFE_MAX_MS = 4_230 * 60_000;
const HOUR_MS = 3_600_000;
const VALIDATION_MS = 10_000;
const RESOURCE = 'communications/onlineMeetings/getAllTranscripts';

export interface Subscription {
  id: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string;
  clientState: string;
  certificate: X509Certificate | null;
  certificateId: string;
  expiresMs: number;
}

export interface Subscriptions {
  all: Map<string, Subscription>;
  /** POST, GET, PATCH and DELETE /v1.0/subscriptions, and POST …/reauthorize. */
  answer(request: Request): Promise<Response>;
}

/** learn.microsoft.com/graph/api/resources/subscription and teams-changenotifications-callrecording-and-calltranscript */
export function openSubscriptions(app: GraphApp, now: () => number, allowHttp: boolean): Subscriptions {
  const all = new Map<string, Subscription>();
  const shown = (it: Subscription) => ({
    id: it.id,
    resource: RESOURCE,
    applicationId: app.clientId,
    changeType: 'created',
    clientState: null,
    notificationUrl: it.notificationUrl,
    lifecycleNotificationUrl: it.lifecycleNotificationUrl,
    expirationDateTime: new Date(it.expiresMs).toISOString(),
    includeResourceData: it.certificate !== null,
    encryptionCertificateId: it.certificateId,
  });
  const bad = (message: string) => refusal(400, 'ValidationError', message);

  async function create(said: Record<string, unknown>): Promise<Response> {
    const text = (name: string) => (typeof said[name] === 'string' ? said[name] : '');
    const expiresMs = Date.parse(text('expirationDateTime'));
    if (text('resource') !== RESOURCE) return refusal(403, 'ExtensionError', 'Operation: Create; this resource is not offered here.');
    if (text('changeType') !== 'created') return bad('The change type is not supported for this resource.');
    if (!(expiresMs > now())) return bad('Subscription expiration can only be in the future.');
    if (expiresMs > now() + LIFE_MAX_MS) return bad('Subscription expiration can only be 4230 minutes in the future.');
    if (expiresMs > now() + HOUR_MS && text('lifecycleNotificationUrl') === '')
      return bad(
        'lifecycleNotificationUrl is required for subscription creation on this resource when the expirationDateTime value exceeds 1 hour.',
      );
    for (const name of ['notificationUrl', 'lifecycleNotificationUrl'])
      if (!(allowHttp ? /^https?:\/\//.test(text(name)) : text(name).startsWith('https://')))
        return bad(`${name} must be an https address.`);
    if (text('clientState').length > 128) return bad('clientState is longer than 128 characters.');
    const isRich = said['includeResourceData'] === true;
    const certificate = isRich ? certificateIn(text('encryptionCertificate')) : null;
    if (isRich && (!certificate || text('encryptionCertificateId') === ''))
      return bad(
        'encryptionCertificate and encryptionCertificateId are required and must be a certificate with an RSA key of 2048 bits or more.',
      );
    if ([...all.values()].some((one) => one.expiresMs > now() && one.notificationUrl === text('notificationUrl')))
      return refusal(
        409,
        'ExtensionError',
        'Operation: Create; Exception: [Status Code: Conflict; Reason: one subscription per app and resource].',
      );
    for (const name of ['notificationUrl', 'lifecycleNotificationUrl'])
      if (!(await isProven(text(name))))
        return bad('Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.');
    const made: Subscription = {
      id: randomUUID(),
      notificationUrl: text('notificationUrl'),
      lifecycleNotificationUrl: text('lifecycleNotificationUrl'),
      clientState: text('clientState'),
      certificate,
      certificateId: text('encryptionCertificateId'),
      expiresMs,
    };
    all.set(made.id, made);
    return Response.json(shown(made), { status: 201 });
  }

  return {
    all,
    async answer(request) {
      const path = /^\/v1\.0\/subscriptions(?:\/([\w-]+)(\/reauthorize)?)?$/.exec(new URL(request.url).pathname);
      const held = path?.[1] === undefined ? undefined : all.get(path[1]);
      if (!path || (path[1] !== undefined && (!held || held.expiresMs <= now())))
        return refusal(404, 'ResourceNotFound', 'The object was not found.');
      if (!held && request.method === 'GET')
        return Response.json({ value: [...all.values()].filter(({ expiresMs }) => expiresMs > now()).map(shown) });
      const said = request.method === 'POST' || request.method === 'PATCH' ? await jsonOf(request) : {};
      if (!said) return refusal(400, 'BadRequest', 'The body is not JSON.');
      if (!held) return request.method === 'POST' ? create(said) : refusal(405, 'Request_BadRequest', 'Method not allowed.');
      if (path[2]) return new Response(null, { status: 204 });
      if (request.method === 'DELETE') {
        all.delete(held.id);
        return new Response(null, { status: 204 });
      }
      if (request.method === 'GET') return Response.json(shown(held));
      if (request.method !== 'PATCH') return refusal(405, 'Request_BadRequest', 'Method not allowed.');
      const expiresMs = Date.parse(String(said['expirationDateTime'] ?? ''));
      if (!(expiresMs > now()) || expiresMs > now() + LIFE_MAX_MS)
        return bad('Subscription expiration can only be 4230 minutes in the future.');
      held.expiresMs = expiresMs;
      return Response.json(shown(held));
    },
  };
}

/** The address answers with the token, decoded, as plain text, within ten seconds. */
async function isProven(url: string): Promise<boolean> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomBytes(9).toString('base64')}`;
  const address = new URL(url);
  address.searchParams.set('validationToken', token);
  try {
    const answer = await fetch(address, { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(VALIDATION_MS) });
    const type = answer.headers.get('content-type') ?? '';
    return answer.status === 200 && type.startsWith('text/plain') && (await answer.text()) === token;
  } catch {
    return false;
  }
}

async function jsonOf(request: Request): Promise<Record<string, unknown> | null> {
  const text = await request.text();
  if (text === '') return {};
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
