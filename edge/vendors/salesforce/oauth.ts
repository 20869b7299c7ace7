import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { oauthFault } from './faults.ts';

/** `login` is an origin everywhere here: `https://login.salesforce.com`, a My Domain, or the sandbox. */
export interface AuthorizeAsk {
  login: string;
  consumerKey: string;
  redirectUri: string;
  state: string;
  /** base64url SHA-256 of the PKCE verifier. */
  challenge: string;
}

/** Where the admin's browser goes to prove the org. No refresh token is asked for: the connection lives on JWT bearer. */
export function authorizeUrl({ login, consumerKey, redirectUri, state, challenge }: AuthorizeAsk): string {
  const url = new URL('/services/oauth2/authorize', login);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: consumerKey,
    redirect_uri: redirectUri,
    scope: 'openid api',
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

export interface Org {
  /** 18 characters. */
  orgId: string;
  instanceUrl: string;
  userId: string;
  username: string;
}

const tokenReply = z.object({ access_token: z.string(), instance_url: z.url(), id: z.url() });
const userinfo = z.object({ user_id: z.string(), organization_id: z.string(), preferred_username: z.string() });

/** The callback's code for the org's and the admin's identity, as two sources agree on it. The session that came with it is ended. */
export async function exchangeCode(ask: {
  login: string;
  consumerKey: string;
  consumerSecret: string;
  redirectUri: string;
  code: string;
  verifier: string;
}): Promise<Result<Org>> {
  const reply = await tokens(ask.login, {
    grant_type: 'authorization_code',
    client_id: ask.consumerKey,
    client_secret: ask.consumerSecret,
    redirect_uri: ask.redirectUri,
    code: ask.code,
    code_verifier: ask.verifier,
  });
  if (!reply.ok) return reply;
  const token = tokenReply.safeParse(reply.value);
  if (!token.success) return failed({ kind: 'broken', said: 'Salesforce answered the sign-in with something else.' });
  const { access_token: accessToken, instance_url: instanceUrl, id } = token.data;
  const info = await speak(new URL('/services/oauth2/userinfo', instanceUrl), { headers: { authorization: `Bearer ${accessToken}` } });
  // We act as the integration user, by another one.
  await revokeToken({ accessToken, instanceUrl });
  if (!info.ok) return info;
  const who = userinfo.safeParse(info.value);
  const { orgId, userId } = identityIn(id);
  if (!who.success || who.data.organization_id !== orgId || who.data.user_id !== userId)
    return failed({ kind: 'refused', said: 'Salesforce named two different organisations in one sign-in.' });
  return ok({ orgId, instanceUrl: new URL(instanceUrl).origin, userId, username: who.data.preferred_username });
}

export interface Minted {
  accessToken: string;
  instanceUrl: string;
}

const lifeSeconds = 180;

/** An access token for the integration user, by an assertion signed with our key. `expired` when a person has to connect the org again. */
export async function mintToken(ask: {
  login: string;
  consumerKey: string;
  /** PKCS #8, PEM. */
  privateKeyPem: string;
  username: string;
  /** The org the session must be of; a sandbox that was refreshed is another one under the same name. */
  orgId: string;
  /** Milliseconds. */
  now: number;
}): Promise<Result<Minted>> {
  const assertion = await sign(
    { iss: ask.consumerKey, sub: ask.username, aud: new URL(ask.login).origin, exp: Math.floor(ask.now / 1000) + lifeSeconds },
    ask.privateKeyPem,
  );
  const reply = await tokens(ask.login, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  if (!reply.ok) return reply;
  const token = tokenReply.safeParse(reply.value);
  if (!token.success) return failed({ kind: 'broken', said: 'Salesforce answered the sign-in with something else.' });
  const minted = { accessToken: token.data.access_token, instanceUrl: new URL(token.data.instance_url).origin };
  if (identityIn(token.data.id).orgId.slice(0, 15) === ask.orgId.slice(0, 15)) return ok(minted);
  // A session in an org that is not ours to speak to: nobody would ever end it.
  await revokeToken(minted);
  return failed({ kind: 'expired', said: 'This user belongs to another Salesforce org now. Connect it again.' });
}

/** Ends a session. One that is over already is as good. */
export async function revokeToken({ accessToken, instanceUrl }: Minted): Promise<Result<true>> {
  try {
    const response = await fetch(new URL('/services/oauth2/revoke', instanceUrl), {
      method: 'POST',
      body: new URLSearchParams({ token: accessToken }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return ok(true);
    const body: unknown = await response.json().catch(() => undefined);
    return isOver.safeParse(body).success ? ok(true) : failed(oauthFault(response.status, body));
  } catch {
    return failed({ kind: 'broken', said: 'Salesforce could not be reached.' });
  }
}

const isOver = z.object({ error: z.literal('invalid_token') });

/** `id` ends in `/<org>/<user>`. */
function identityIn(id: string) {
  const [orgId = '', userId = ''] = new URL(id).pathname.split('/').slice(-2);
  return { orgId, userId };
}

async function sign(claims: Record<string, string | number>, privateKeyPem: string): Promise<string> {
  const der = Uint8Array.from(atob(privateKeyPem.replace(/-----[^-]+-----|\\n|\s/g, '')), (char) => char.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const utf8 = new TextEncoder();
  const signed = `${base64url(utf8.encode(JSON.stringify({ alg: 'RS256' })))}.${base64url(utf8.encode(JSON.stringify(claims)))}`;
  const signature = await crypto.subtle.sign(algorithm.name, key, utf8.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const tokens = (login: string, form: Record<string, string>) =>
  speak(new URL('/services/oauth2/token', login), { method: 'POST', body: new URLSearchParams(form) });

const timeoutMs = 4_000;

async function speak(url: URL, init: RequestInit): Promise<Result<unknown>> {
  try {
    // A redirect would carry the secret to another host.
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? ok(body) : failed(oauthFault(response.status, body));
  } catch {
    return failed({ kind: 'broken', said: 'Salesforce could not be reached.' });
  }
}
