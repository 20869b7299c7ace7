import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { type JwtPolicy, verifyJwt } from './jwt.ts';

const nowS = 1_800_000_000;
const secret = Buffer.alloc(32, 7);
const claims = { iss: 'org', sub: 'user', aud: 'us', iat: nowS, exp: nowS + 60, jti: 'j' };
const policy: JwtPolicy = {
  keys: [{ kty: 'oct', k: secret.toString('base64url') }],
  algorithms: ['HS256'],
  issuer: 'org',
  audience: 'us',
  now: nowS * 1_000,
  skewS: 30,
  lifeMaxS: 120,
};
const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
function made(payload: unknown, header: object = {}): string {
  const text = `${part({ alg: 'HS256', typ: 'JWT', ...header })}.${part(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const takes = async (more: object, rules: Partial<JwtPolicy> = {}) =>
  (await verifyJwt(made({ ...claims, ...more }), { ...policy, ...rules })) !== null;

test('gives the claims of a token that keeps every rule', async () => {
  expect(await verifyJwt(made(claims), policy)).toEqual(claims);
});

test('a token lives until its end and the skew', async () => {
  const at = (offsetS: number) => takes({}, { now: (nowS + 60 + offsetS) * 1_000 });
  expect([await at(29), await at(30), await at(31)]).toEqual([true, false, false]);
  for (const exp of [undefined, null, String(nowS + 60), [nowS + 60], -1, (nowS + 60) * 1_000]) expect(await takes({ exp })).toBe(false);
});

test('lives no longer than we allow, and says since when', async () => {
  expect([await takes({ exp: nowS + 120 }), await takes({ exp: nowS + 121 }), await takes({ iat: undefined })]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await takes({ iat: undefined, exp: nowS + 9_999 }, { lifeMaxS: null })).toBe(true);
});

test('is not from the future', async () => {
  expect([await takes({ iat: nowS + 30 }), await takes({ iat: nowS + 31 })]).toEqual([true, false]);
  expect([await takes({ nbf: nowS + 30 }), await takes({ nbf: nowS + 31 }), await takes({ nbf: String(nowS) })]).toEqual([
    true,
    false,
    false,
  ]);
});

test('is from the issuer and for us, to the letter', async () => {
  for (const iss of ['Org', 'org/', '', null, undefined, ['org']]) expect(await takes({ iss })).toBe(false);
  expect([await takes({ aud: ['others', 'us'] }), await takes({ iss: 'any', aud: undefined }, { issuer: null, audience: null })]).toEqual([
    true,
    true,
  ]);
  for (const aud of ['us.evil.example', 'u', '', null, undefined, [], ['us.evil.example'], ['us', 1], { 0: 'us' }])
    expect(await takes({ aud })).toBe(false);
});

test('says what we need to know', async () => {
  for (const sub of ['', 7, null, undefined]) expect(await takes({ sub }, { needs: ['sub'] })).toBe(false);
  expect(await takes({}, { needs: ['sub', 'jti'] })).toBe(true);
});

test('comes once, and only a good one is used up', async () => {
  const noted: string[] = [];
  const once = async (jti: string, untilMs: number) => !noted.includes(jti) && noted.push(jti) > 0 && untilMs === (nowS + 90) * 1_000;
  expect(await takes({ aud: 'others' }, { once })).toBe(false);
  expect(noted).toEqual([]);
  expect([await takes({}, { once }), await takes({}, { once })]).toEqual([true, false]);
  for (const jti of ['', undefined, 7, 'x'.repeat(513)]) expect(await takes({ jti }, { once })).toBe(false);
});

test('is a JWT and nothing else that the same key may sign', async () => {
  const typed = async (header: object) => (await verifyJwt(made(claims, header), policy)) !== null;
  expect([
    await typed({ typ: 'jwt' }),
    await typed({ typ: undefined }),
    await typed({ typ: 'at+jwt' }),
    await typed({ cty: 'JWT' }),
  ]).toEqual([true, true, false, false]);
});

test('holds one object that can be read in one way', async () => {
  const text = JSON.stringify(claims);
  for (const payload of ['', '[]', 'null', '"a"', '{', `{"iss":"org",${text.slice(1)}`, text.replace('"exp"', '"\\u0069at"')])
    expect(await verifyJwt(made(payload), policy)).toBeNull();
});
