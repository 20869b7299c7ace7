import { env, SELF } from 'cloudflare:test';
import { inject } from 'vitest';
import { createCall, type NewCall } from '../capture/store.ts';
import { type Db, openDb } from '../db/client.ts';
import type { Env } from '../env.ts';
import { install, type Owned, resolveConnection } from '../tenants/store.ts';

/** The portal the HubSpot twin grants, its deal, and two of its users: the deal's owner, and somebody of another team. */
export const portal = { id: '4242', dealId: '7001' } as const;
export const sam = { id: '71', email: 'sam@brightloop.example' };
export const lena = { id: '72', email: 'lena@brightloop.example' };
/** Signed by HubSpot, but nobody the CRM knows. */
export const nobody = { id: '99', email: 'nobody@brightloop.example' };

const settings = inject('worker');
export const publicUrl = settings['PUBLIC_URL'] ?? '';
export const bindings = env as unknown as Env;
export const openTestDb = (): Db => openDb(settings['DATABASE_URL'] ?? '');

export interface Asked {
  method?: string;
  /** With its query, without what HubSpot appends. */
  path: string;
  body?: unknown;
  user?: { id: string; email: string };
  portalId?: string;
  headers?: Record<string, string>;
  /** Milliseconds the signature is old. */
  ageMs?: number;
}

/** Asks the Worker as a card does: through HubSpot's proxy, which appends who asks and signs the whole. */
export async function ask({
  method = 'GET',
  path,
  body,
  user = sam,
  portalId = portal.id,
  headers = {},
  ageMs = 0,
}: Asked): Promise<Response> {
  const identity = `userId=${user.id}&portalId=${portalId}&userEmail=${encodeURIComponent(user.email)}&appId=${settings['HUBSPOT_APP_ID']}`;
  const { href } = new URL(`${publicUrl}${path}${path.includes('?') ? '&' : '?'}${identity}`);
  const raw = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const timestamp = String(Date.now() - ageMs);
  const signed = await hmac('SHA-256', settings['HUBSPOT_CLIENT_SECRET'] ?? '', method + href + raw + timestamp);
  return SELF.fetch(href, {
    method,
    redirect: 'manual',
    headers: { 'x-hubspot-signature-v3': signed, 'x-hubspot-request-timestamp': timestamp, ...headers },
    ...(body === undefined ? {} : { body: raw }),
  });
}

/** Signs a webhook (its form) or a socket's handshake (no form) as Twilio does. */
export const signLine = (secret: string, url: string, form: Record<string, string> = {}): Promise<string> =>
  hmac(
    'SHA-1',
    secret,
    Object.keys(form)
      .sort()
      .reduce((text, name) => text + name + form[name], url),
  );

async function hmac(hash: 'SHA-1' | 'SHA-256', secret: string, text: string): Promise<string> {
  const utf8 = (words: string) => new TextEncoder().encode(words);
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash }, false, ['sign']);
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text)))));
}

/** The browser's part of an install up to where the host sends it back: the way back, and the cookie to bring. */
export async function agree(): Promise<{ start: Response; back: string; cookie: string }> {
  const start = await SELF.fetch(`${publicUrl}/oauth/hubspot/start`, { redirect: 'manual' });
  const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
  const consent = new URL(start.headers.get('location') ?? '');
  consent.searchParams.set('sandbox_approve', '1');
  const agreed = await fetch(consent, { redirect: 'manual' });
  return { start, back: agreed.headers.get('location') ?? '', cookie };
}

/** Connects the twin's portal through the real routes. */
export async function connectPortal(db: Db): Promise<Owned> {
  const { back, cookie } = await agree();
  const done = await SELF.fetch(back, { headers: { cookie } });
  const owned = await resolveConnection(db, 'hubspot', portal.id);
  if (!done.ok || !owned) throw new Error(`the portal was not connected: ${done.status}`);
  return owned;
}

/** A tenant nobody of the twin's portal belongs to. */
export const otherTenant = (db: Db): Promise<Owned> =>
  install(db, {
    provider: 'hubspot',
    externalId: `other-${crypto.randomUUID()}`,
    tenantName: 'Other',
    timeZone: 'America/New_York',
    installerId: '1',
    installerEmail: 'boss@other.example',
  });

/** A call that is over and understood, so that nothing goes on by itself. */
export async function quietCall(db: Db, { tenantId, connectionId }: Owned, over: Partial<NewCall> = {}): Promise<string> {
  const { id } = await createCall(db, tenantId, {
    connectionId,
    source: 'twilio',
    externalId: `CA${crypto.randomUUID()}`,
    record: { object: 'deal', id: portal.dealId },
    repId: sam.id,
    repEmail: sam.email,
    repName: 'Sam Okafor',
    customerName: 'Maya Lindqvist',
    direction: 'inbound',
    startedAt: new Date(),
    timeZone: 'America/New_York',
    status: 'understood',
    consent: 'granted',
    ...over,
  });
  return id;
}
