import { verify } from 'node:crypto';

const ends = 5 * 60;
const skew = 30;

/** A JWT bearer assertion the way the token endpoint reads it: RS256 by our certificate, for us, soon over. Answers its user name. */
export function readAssertion(
  assertion: string,
  expected: { publicKeyPem: string; consumerKey: string; audiences: readonly string[]; nowMs: number },
): { username: string } | { error: string; description: string } {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(assertion)) return grant('invalid assertion');
  const header = object(head);
  const claims = object(body);
  if (!header || !claims || header.alg !== 'RS256') return grant('invalid assertion');
  if (claims.iss !== expected.consumerKey) return { error: 'invalid_client_id', description: 'client identifier invalid' };
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), expected.publicKeyPem, Buffer.from(signature, 'base64url')))
    return grant('invalid assertion');
  if (!expected.audiences.includes(String(claims.aud))) return grant('audience is invalid');
  const now = expected.nowMs / 1000;
  if (typeof claims.exp !== 'number' || claims.exp < now - skew || claims.exp > now + ends + skew)
    return grant('assertion is expired or lives too long');
  if (typeof claims.sub !== 'string') return grant('invalid assertion');
  return { username: claims.sub };
}

const grant = (description: string) => ({ error: 'invalid_grant', description });

function object(part: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
