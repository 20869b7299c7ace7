import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { startGraph } from '../../../sandbox/graph/protocol.ts';
import * as signIn from './sign-in.ts';

const redirectUri = 'https://ros.example/oauth/graph/callback';
const consented = 'https://ros.example/oauth/graph/consented';
const directoryId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ours = { clientId: '5b1c9a3e-2f64-4c7a-9d0e-6a7b8c9d0e1f', clientSecret: 'our-secret', redirectUris: [redirectUri, consented] };
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open() {
  const graph = await startGraph({ port: 0, app: { directoryId, clientId: 'c', clientSecret: 's' }, consentable: ours });
  closing.push(() => graph.close());
  const app = { login: graph.origin, clientId: ours.clientId, clientSecret: ours.clientSecret };
  const visit = async (page: string, more: Record<string, string> = { sandbox_approve: '1' }) => {
    const url = new URL(page);
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    const answer = await fetch(url, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? 'https://nowhere.example/').searchParams;
  };
  const page = signIn.signInUrl(app, { redirectUri, state: 'state-1', challenge, nonce: 'nonce-1' });
  return { app, visit, page };
}
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

test('says who signed in, for us alone and for this time alone', async () => {
  const { app, visit, page } = await open();
  const back = await visit(page);
  const token = await signIn.idTokenOf(app, { redirectUri, code: back.get('code') ?? '', verifier });
  expect([back.get('state'), token.ok]).toEqual(['state-1', true]);
  expect(claimsOf(token.ok ? token.value : '')).toMatchObject({ tid: directoryId, aud: ours.clientId, nonce: 'nonce-1' });
});

test('a code works once, with its own verifier, back to its own address', async () => {
  const { app, visit, page } = await open();
  const codeOf = async () => (await visit(page)).get('code') ?? '';
  const code = await codeOf();
  await signIn.idTokenOf(app, { redirectUri, code, verifier });
  for (const grant of [
    { redirectUri, code, verifier },
    { redirectUri, code: await codeOf(), verifier: 'w'.repeat(43) },
    { redirectUri: 'https://evil.example/', code: await codeOf(), verifier },
  ])
    expect(await signIn.idTokenOf(app, grant)).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  const wrong = await signIn.idTokenOf({ ...app, clientSecret: 'x' }, { redirectUri, code: await codeOf(), verifier });
  expect(wrong).toMatchObject({ ok: false, fault: { kind: 'expired' } });
});

test('asks for the consent of one directory, and hears a no', async () => {
  const { app, visit } = await open();
  const page = signIn.consentUrl(app, { directoryId, redirectUri: consented, state: 'state-2' });
  expect(Object.fromEntries(await visit(page))).toMatchObject({ admin_consent: 'True', tenant: directoryId, state: 'state-2' });
  expect((await visit(page, { sandbox_deny: '1' })).get('error')).toBe('access_denied');
  const elsewhere = signIn.consentUrl(app, { directoryId, redirectUri: 'https://evil.example/', state: 's' });
  expect((await visit(elsewhere)).get('tenant')).toBeNull();
});

test('a Microsoft that is away is worth another try', async () => {
  const app = { login: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b' };
  expect(await signIn.idTokenOf(app, { redirectUri, code: 'c', verifier })).toMatchObject({ ok: false, fault: { kind: 'broken' } });
});
