import { isMutual, responseAt, type Tie } from '../tie.ts';
import { responseFor, warmFrom } from '../trust.ts';
import type { Strength } from './set-link.ts';

const dayMs = 86_400_000;
const warmest = responseFor(warmFrom);

/**
 * R of a tie for the lists: as of their epoch, so that what fades from there is R now (a told tie fades with it, until the lists are rebuilt).
 * A tie that only one side feeds is worth the weakest warm one at most: mails nobody answers must not look like a way in.
 */
export function linkStrength(tie: Tie, nowMs: number, epochMs: number): Strength {
  const { fast, slow } = responseAt(tie, nowMs);
  const share = isMutual(tie) || tie.prior > warmest ? 1 : warmest / Math.max(warmest, fast + slow);
  const days = Math.max(0, nowMs - epochMs) / dayMs;
  return { fast: share * fast * 2 ** (days / 14), slow: share * slow * 2 ** (days / 180) };
}
