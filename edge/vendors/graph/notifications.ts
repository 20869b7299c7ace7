import * as z from 'zod/mini';
import type { GraphAnswer, GraphNotice, GraphReadDeps } from '../../ports/meeting-hosts.ts';
import { type EncryptedContent, openContent } from './rich-content.ts';

/** Microsoft Graph's change tracking, the only application that may vouch for a rich notification. */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';

const text = z.string().check(z.maxLength(4_096));
const content = z.object({ data: z.string(), dataKey: z.string(), dataSignature: z.string(), encryptionCertificateId: text });
const notice = z.object({
  subscriptionId: text,
  clientState: text,
  tenantId: z.optional(z.nullable(text)),
  changeType: z.optional(z.nullable(text)),
  lifecycleEvent: z.optional(z.nullable(text)),
  resource: z.optional(z.nullable(text)),
  encryptedContent: z.optional(z.nullable(content)),
});
const post = z.object({
  value: z.array(z.unknown()).check(z.maxLength(1_000)),
  validationTokens: z.optional(z.nullable(z.array(z.string()).check(z.maxLength(100)))),
});

/**
 * One POST to our notification address. A `validationToken` in the address is echoed, decoded, as plain text (within ten seconds).
 * Graph signs nothing: a notification is believed when its `clientState` is the secret we gave its subscription, and a rich one only if
 * every validation token beside it is Graph's too. `url` is the whole address. Lifecycle events come the same way.
 */
export async function readNotifications(request: { url: string; rawBody: string }, deps: GraphReadDeps): Promise<GraphAnswer> {
  const address = URL.parse(request.url);
  if (!address) return refusal(400);
  const tokens = address.searchParams.getAll('validationToken');
  if (tokens.length > 0) return echo(tokens);
  const posted = post.safeParse(parsed(request.rawBody));
  if (!posted.success) return refusal(400);
  const isRich = posted.data.value.some(
    (one) => typeof one === 'object' && one !== null && 'encryptedContent' in one && one.encryptedContent,
  );
  if (isRich && !(await areGraphs(posted.data.validationTokens ?? [], deps.openToken))) return refusal(401);
  const notices: GraphNotice[] = [];
  for (const one of posted.data.value) {
    const read = await believed(one, deps);
    if (read) notices.push(read);
  }
  return notices.length === 0 && posted.data.value.length > 0 ? refusal(401) : { status: 202, headers: {}, body: '', notices };
}

/** Anybody can have any text echoed here, so no browser may take it for more than text. */
function echo(tokens: string[]): GraphAnswer {
  const [token = ''] = tokens;
  if (tokens.length > 1 || !/^\P{Cc}{1,2048}$/u.test(token)) return refusal(400);
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
    body: token,
    notices: [],
  };
}

const refusal = (status: 400 | 401): GraphAnswer => ({ status, headers: {}, body: '', notices: [] });

async function areGraphs(tokens: string[], openToken: (jwt: string) => Promise<Record<string, unknown> | null>): Promise<boolean> {
  for (const token of tokens) {
    const claims = await openToken(token);
    if ((claims?.['azp'] ?? claims?.['appid']) !== PUBLISHER) return false;
  }
  return tokens.length > 0;
}

async function believed(one: unknown, deps: GraphReadDeps): Promise<GraphNotice | null> {
  const read = notice.safeParse(one);
  if (!read.success) return null;
  const { subscriptionId, clientState, tenantId, changeType, lifecycleEvent, resource, encryptedContent } = read.data;
  const wanted = await deps.clientStateOf(subscriptionId, tenantId ?? undefined);
  if (!wanted || !(await isSame(wanted, clientState))) return null;
  const told: GraphNotice = {
    subscriptionId,
    ...(tenantId ? { directoryId: tenantId } : {}),
    ...(changeType ? { changeType } : {}),
    ...(isLifecycle(lifecycleEvent) ? { lifecycleEvent } : {}),
    ...(resource ? { resource } : {}),
  };
  if (!encryptedContent) return told;
  const opened = await opens(encryptedContent, deps.certificateKeyOf);
  return opened === null ? null : { ...told, content: opened };
}

async function opens(
  sealed: EncryptedContent & { encryptionCertificateId: string },
  certificateKeyOf: (certificateId: string) => Promise<CryptoKey | undefined>,
): Promise<unknown> {
  const key = await certificateKeyOf(sealed.encryptionCertificateId);
  return key ? openContent(sealed, key) : null;
}

const isLifecycle = (event: unknown): event is NonNullable<GraphNotice['lifecycleEvent']> =>
  event === 'missed' || event === 'subscriptionRemoved' || event === 'reauthorizationRequired';

/** Compared as digests under a key made for this once: the time taken says nothing about where two texts differ. */
async function isSame(a: string, b: string): Promise<boolean> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
  return crypto.subtle.verify('HMAC', key, await crypto.subtle.sign('HMAC', key, bytes.encode(a)), bytes.encode(b));
}

function parsed(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody);
  } catch {
    return undefined;
  }
}
