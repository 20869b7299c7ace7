import { type Jwk, type JwsAlgorithm, openJws } from '../../edge/http/jws.ts';
import { verifyJwt } from '../../edge/http/jwt.ts';
import { tryCase } from './jwt-cases.ts';
import { agrees, type Check, clock, header, isValid, text, Unreadable, type Vector } from './vector.ts';

const known: readonly string[] = 'HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512'.split(' ');

export const jws: Check = async (vector) => {
  const key = keyOf(vector);
  return agrees(isValid(vector), (await openJws(text(vector, 'jws'), [key], pinned(key))) !== null);
};

/** A token with its key, or a case in words. The tokens of standards name no issuer of ours and know no leeway. */
export const jwt: Check = async (vector) => {
  if (!('token' in vector)) return tryCase(text(vector, 'case'), isValid(vector));
  const key = keyOf(vector);
  const policy = {
    keys: [key],
    algorithms: pinned(key),
    issuer: header(vector, 'iss'),
    audience: header(vector, 'aud'),
    now: clock(vector, 0) * 1_000,
    skewS: 0,
    lifeMaxS: null,
  };
  return agrees(isValid(vector), (await verifyJwt(text(vector, 'token'), policy)) !== null);
};

function keyOf(vector: Vector): Jwk {
  if ('k' in vector) return { kty: 'oct', k: text(vector, 'k'), alg: header(vector, 'alg') ?? 'HS256' };
  const jwk = vector['jwk'];
  if (typeof jwk !== 'object' || jwk === null) throw new Unreadable('it has no key');
  return jwk;
}

/** What whoever holds this key would pin: the one algorithm it is for. */
function pinned(key: Jwk): JwsAlgorithm[] {
  if (isKnown(key.alg)) return [key.alg];
  const byCurve: Record<string, JwsAlgorithm> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };
  if (key.kty === 'EC') return [byCurve[String(key.crv)] ?? 'ES256'];
  return [key.kty === 'oct' ? 'HS256' : 'RS256'];
}

const isKnown = (algorithm: unknown): algorithm is JwsAlgorithm => known.some((one) => one === algorithm);
