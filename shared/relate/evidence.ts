import { type Touch, weighTouch } from './touch.ts';

/** What was seen between two people, counted; only what counts for trust. */
export interface Evidence {
  emails: number;
  meetings: number;
  calls: number;
  messages: number;
  introductions: number;
  /** Epoch milliseconds of the last contact each way; null for never. */
  lastInMs: number | null;
  lastOutMs: number | null;
}

export const noEvidence: Evidence = {
  emails: 0,
  meetings: 0,
  calls: 0,
  messages: 0,
  introductions: 0,
  lastInMs: null,
  lastOutMs: null,
};

/** The evidence with one more contact; order does not matter. */
export function addEvidence(evidence: Evidence, touch: Touch): Evidence {
  const atMs = Date.parse(touch.at);
  if (Number.isNaN(atMs) || weighTouch(touch) === 0) return evidence;
  const kind = kinds[touch.channel] ?? 'messages';
  const way = touch.way ?? 'both';
  return {
    ...evidence,
    [kind]: evidence[kind] + 1,
    lastInMs: way === 'out' ? evidence.lastInMs : Math.max(atMs, evidence.lastInMs ?? atMs),
    lastOutMs: way === 'in' ? evidence.lastOutMs : Math.max(atMs, evidence.lastOutMs ?? atMs),
  };
}

/** The same evidence, seen by the other one. */
export const turnEvidence = (evidence: Evidence): Evidence => ({ ...evidence, lastInMs: evidence.lastOutMs, lastOutMs: evidence.lastInMs });

export const contactsOf = ({ emails, meetings, calls, messages, introductions }: Evidence): number =>
  emails + meetings + calls + messages + introductions;

/** Epoch milliseconds, null for never. */
export const lastContactMs = ({ lastInMs, lastOutMs }: Evidence): number | null =>
  lastInMs === null || lastOutMs === null ? (lastInMs ?? lastOutMs) : Math.max(lastInMs, lastOutMs);

type Kind = 'emails' | 'meetings' | 'calls' | 'messages' | 'introductions';
const kinds: Record<string, Kind> = { email: 'emails', meeting: 'meetings', call: 'calls', intro: 'introductions' };
