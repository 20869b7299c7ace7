import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { declared } from '../../../sandbox/hubspot/authorize.ts';
import { type Hubspot, startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import { type Served, serve } from '../../../sandbox/kit/serve.ts';
import { authorizeUrl, exchangeCode, refreshToken, uninstall } from './oauth.ts';

const redirectUri = 'https://relos.example/oauth/hubspot/callback';
const { clientId, clientSecret, portalId, rep } = cast.hubspot;
const verifier = 'a-verifier-of-forty-three-characters-or-more-0';
const challenge = createHash('sha256').update(verifier).digest('base64url');

let hubspot: Hubspot | undefined;
let other: Served | undefined;
afterEach(async () => {
  await Promise.all([hubspot?.close(), other?.close()]);
  hubspot = undefined;
  other = undefined;
});

/** A HubSpot that answers as it is told. */
async function answering(answer: (asked: { method: string; path: string; bearer: string | null; form: string }) => Response | 'reset') {
  other = await serve(
    async (request) =>
      answer({
        method: request.method,
        path: new URL(request.url).pathname,
        bearer: request.headers.get('authorization'),
        form: request.method === 'POST' ? await request.text() : '',
      }),
    { vendor: 'hubspot', port: 0 },
  );
  return other.origin;
}
const given = { access_token: 'a', refresh_token: 'r', expires_in: 1800, hub_id: 42, user_id: 71 };

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

test('what was granted is asked for where it does not come with the tokens', async () => {
  const asked: string[] = [];
  const api = await answering(({ path, form }) => {
    asked.push(`${path} ${new URLSearchParams(form).get('token') ?? ''}`);
    return Response.json(path.endsWith('/introspect') ? { active: true, scope: 'oauth crm.objects.deals.read' } : given);
  });
  const told = await exchangeCode({ api, clientId, clientSecret, redirectUri, code: 'c', verifier });
  expect(told).toMatchObject({ ok: true, value: { scopes: ['oauth', 'crm.objects.deals.read'] } });
  expect(asked).toEqual(['/oauth/2026-09/token ', '/oauth/2026-09/token/introspect a']);
});

test('what HubSpot does not say was granted was not', async () => {
  const api = await answering(({ path }) => Response.json(path.endsWith('/introspect') ? { active: true } : given));
  expect(await exchangeCode({ api, clientId, clientSecret, redirectUri, code: 'c', verifier })).toMatchObject({
    fault: { kind: 'broken' },
  });
});

const refusals: [string, () => Response | 'reset', string][] = [
  ['invalid_grant', () => Response.json({ error: 'invalid_grant' }, { status: 400 }), 'expired'],
  ['a wrong secret of ours', () => Response.json({ error: 'invalid_client' }, { status: 401 }), 'refused'],
  ['too many', () => Response.json({}, { status: 429 }), 'busy'],
  ['down', () => Response.json({ error: 'invalid_grant' }, { status: 503 }), 'broken'],
  ['no JSON', () => new Response('<html>'), 'broken'],
  ['no answer', () => 'reset', 'broken'],
];
test.each(refusals)('only a refresh token that HubSpot no longer knows ends the connection: %s', async (_, answer, kind) => {
  const api = await answering(answer);
  expect(await refreshToken({ api, clientId, clientSecret, refreshToken: 'r' })).toMatchObject({ ok: false, fault: { kind } });
});

test('takes the app out of the portal whose token it has', async () => {
  const asked: unknown[] = [];
  let answer: Response = new Response(null, { status: 204 });
  const api = await answering((one) => {
    asked.push(one);
    return answer;
  });
  expect(await uninstall({ api, accessToken: 'a' })).toEqual({ ok: true, value: true });
  expect(asked).toEqual([{ method: 'DELETE', path: '/appinstalls/2026-09/external-install', bearer: 'Bearer a', form: '' }]);
  for (const [status, kind] of [
    [401, 'expired'],
    [403, 'refused'],
    [429, 'busy'],
    [502, 'broken'],
  ] as const) {
    answer = new Response(null, { status });
    expect(await uninstall({ api, accessToken: 'a' })).toMatchObject({ ok: false, fault: { kind } });
  }
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
