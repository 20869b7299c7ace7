import { recordingUrl } from '../../edge/http/safe-url.ts';
import { agrees, type Check, text, Unreadable } from './vector.ts';

/** An address is allowed when one of our sources may have its recordings there. */
export const ssrf: Check = async (vector) => {
  const expected = text(vector, 'expect');
  if (expected !== 'allowed' && expected !== 'blocked') throw new Unreadable('"expect" is neither "allowed" nor "blocked"');
  // A remark in brackets behind an address would have it refused for its spaces alone.
  const url = text(vector, 'url').replace(/\s+\([^()]*\)$/, '');
  const sources = ['twilio', 'zoom', 'graph'] as const;
  return agrees(
    expected === 'allowed',
    sources.some((source) => recordingUrl(url, source) !== null),
  );
};
