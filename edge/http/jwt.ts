import { type Jwk, type JwsAlgorithm, openJws } from './jws.ts';
import { readStrictObject } from './strict-json.ts';

type Claims = Record<string, unknown>;

export interface JwtPolicy {
  keys: readonly Jwk[];
  algorithms: readonly JwsAlgorithm[];
  /** The exact `iss`; `null` where the key alone says who it is. */
  issuer: string | null;
  /** The exact `aud`, alone or in a list; `null` where there is none to expect. */
  audience: string | null;
  /** Milliseconds. */
  now: number;
  /** How far two clocks may be apart. */
  skewS: number;
  /** The longest a token may live, `exp` − `iat`; `null` leaves it to the issuer. */
  lifeMaxS: number | null;
  /** Claims that must be there, as text with something in it. */
  needs?: readonly string[];
  /** Notes a `jti` for as long as the token lives, and says whether it is new. Without it a token may come again. */
  once?: (jti: string, untilMs: number) => Promise<boolean>;
}

/** The claims of a JWT (RFC 7519, with the advice of RFC 8725), or `null` when any rule of the policy is broken. */
export async function verifyJwt(token: string, policy: JwtPolicy): Promise<Claims | null> {
  const opened = await openJws(token, policy.keys, policy.algorithms);
  // A token that calls itself something else was made for another purpose.
  if (!opened || !/^jwt$/i.test(String(opened.header['typ'] ?? 'JWT')) || 'cty' in opened.header) return null;
  const claims = readStrictObject(opened.payload);
  if (!claims || !isTimely(claims, policy) || !isForUs(claims, policy)) return null;
  if (policy.needs?.some((name) => !isText(claims[name]))) return null;
  if (!policy.once) return claims;
  // Last, so that a token which is refused for another reason uses nothing up.
  const { jti, exp } = claims;
  return isText(jti) && (await policy.once(jti, (Number(exp) + policy.skewS) * 1_000)) ? claims : null;
}

function isTimely({ exp, nbf, iat }: Claims, { now, skewS, lifeMaxS }: JwtPolicy): boolean {
  const nowS = now / 1_000;
  if (!isMoment(exp) || nowS >= exp + skewS) return false;
  if (nbf !== undefined && (!isMoment(nbf) || nbf > nowS + skewS)) return false;
  if (iat !== undefined && (!isMoment(iat) || iat > nowS + skewS || iat >= exp)) return false;
  return lifeMaxS === null || (iat !== undefined && exp - iat <= lifeMaxS);
}

function isForUs({ iss, aud }: Claims, { issuer, audience }: JwtPolicy): boolean {
  if (issuer !== null && iss !== issuer) return false;
  if (audience === null) return true;
  return Array.isArray(aud) ? aud.every((one) => typeof one === 'string') && aud.includes(audience) : aud === audience;
}

/** Seconds since 1970. Milliseconds by mistake would make a token live for ever. */
const isMoment = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 100_000_000_000;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 512;
