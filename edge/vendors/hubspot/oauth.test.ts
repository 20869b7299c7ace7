import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { declared } from '../../../sandbox/hubspot/authorize.ts';
import { type Hubspot, startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import { authorizeUrl, exchangeCode, refreshToken } from './oauth.ts';

const redirectUri = 'https://relos.example/oauth/hubspot/callback';
const { clientId, clientSecret, portalId, rep } = cast.hubspot;
const verifier = 'a-verifier-of-forty-three-characters-or-more-0';
const challenge = createHash('sha256').update(verifier).digest('base64url');

let hubspot: Hubspot | undefined;
afterEach(() => hubspot?.close());

test('a person agrees, the code becomes tokens, tokens become new tokens', async () => {
  const { api, code } = await agree();
  const first = await exchangeCode({ api, clientId, clientSecret, redirectUri, code, verifier });
  if (!first.ok) throw new Error(first.fault.said);
  const { accessToken, refreshToken: refresh, ...rest } = first.value;
  expect(rest).toEqual({ expiresInS: 1800, hubId: String(portalId), userId: String(rep.userId), scopes: [...declared.requiredScopes] });
  expect(accessToken.length).toBeGreaterThanOrEqual(300);
  const second = await refreshToken({ api, clientId, clientSecret, refreshToken: refresh });
  expect(second.ok && second.value.accessToken !== accessToken).toBe(true);
});

test('a code used twice, a wrong verifier and an unknown refresh token are expired', async () => {
  const { api, code } = await agree();
  const ask = { api, clientId, clientSecret, redirectUri, code, verifier };
  const wrong = await exchangeCode({ ...ask, verifier: 'somebody else' });
  const again = await exchangeCode(ask);
  const refresh = await refreshToken({ api, clientId, clientSecret, refreshToken: 'never given' });
  expect([wrong, again, refresh].map((told) => !told.ok && told.fault.kind)).toEqual(['expired', 'expired', 'expired']);
});

test('a wrong client secret is refused', async () => {
  const { api, code } = await agree();
  const told = await exchangeCode({ api, clientId, clientSecret: 'wrong', redirectUri, code, verifier });
  expect(told).toEqual({ ok: false, fault: { kind: 'refused', said: 'HubSpot refused to give tokens (401).' } });
});

async function agree() {
  hubspot = await startHubspot({ port: 0, redirectUrls: [redirectUri] });
  const url = authorizeUrl({
    authorize: `${hubspot.origin}/oauth/authorize`,
    clientId,
    redirectUri,
    scopes: declared.requiredScopes,
    state: 'st-1',
    challenge,
  });
  const page = await fetch(`${url}&sandbox_approve=1`, { redirect: 'manual' });
  const back = new URL(page.headers.get('location') ?? '');
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 'st-1']);
  return { api: hubspot.origin, code: back.searchParams.get('code') ?? '' };
}
