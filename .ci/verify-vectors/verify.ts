import { graph } from './graph.ts';
import { aesGcm, hkdf, hmac } from './primitives.ts';
import { ssrf } from './ssrf.ts';
import { jws, jwt } from './tokens.ts';
import { type Check, Unreadable, type Vector } from './vector.ts';
import { hubspot, slack, svix, twilio, zoom } from './webhooks.ts';

export interface Tally {
  passed: number;
  failed: number;
}

export interface Verdict extends Tally {
  groups: Record<string, Tally>;
  /** `group id: why`. */
  failures: string[];
}

const checks: Readonly<Record<string, Check>> = {
  hubspot,
  twilio,
  slack,
  svix,
  zoom,
  graph,
  jws,
  jwt,
  hkdf_sha256: hkdf,
  hmac_sha256: hmac,
  aes256gcm: aesGcm,
  ssrf,
};

/** Every vector of every group through our own verifiers. One that we cannot read, or have no verifier for, has failed. */
export async function verifyVectors(groups: Readonly<Record<string, readonly unknown[]>>): Promise<Verdict> {
  const verdict: Verdict = { passed: 0, failed: 0, groups: {}, failures: [] };
  for (const [name, vectors] of Object.entries(groups)) {
    const tally = { passed: 0, failed: 0 };
    for (const [n, vector] of vectors.entries()) {
      const wrong = await look(Object.hasOwn(checks, name) ? checks[name] : undefined, vector);
      if (wrong === null) tally.passed++;
      else {
        tally.failed++;
        verdict.failures.push(`${name} ${idOf(vector, n)}: ${wrong}`);
      }
    }
    verdict.groups[name] = tally;
    verdict.passed += tally.passed;
    verdict.failed += tally.failed;
  }
  return verdict;
}

async function look(check: Check | undefined, vector: unknown): Promise<string | null> {
  if (!check) return 'we verify nothing of this group';
  if (!isVector(vector)) return 'it is no object';
  try {
    return await check(vector);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    // A verifier that throws on what a stranger sends would answer 500 instead of no.
    return `our code threw ${error instanceof Error ? error.name : 'something'}`;
  }
}

const isVector = (value: unknown): value is Vector => typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (vector: unknown, n: number): string =>
  isVector(vector) && typeof vector['id'] === 'string' ? vector['id'] : `number ${n + 1}`;
