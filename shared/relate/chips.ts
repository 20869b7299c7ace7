import { contactsOf, type Evidence, lastContactMs } from './evidence.ts';

const dayMs = 86_400_000;

export type Freshness = 'active' | 'cooling' | 'dormant';

/** A month is a living tie, a quarter a cooling one. */
export function freshnessOf(evidence: Evidence, nowMs: number): Freshness {
  const lastMs = lastContactMs(evidence);
  if (lastMs === null || nowMs - lastMs > 90 * dayMs) return 'dormant';
  return nowMs - lastMs > 30 * dayMs ? 'cooling' : 'active';
}

/** Evidence as its owner may read it: "12 emails", "3 meetings", "last 9 days ago", "both ways". */
export function chipsOf(evidence: Evidence, nowMs: number): string[] {
  const counted = [
    many(evidence.introductions, 'introduction'),
    many(evidence.meetings, 'meeting'),
    many(evidence.calls, 'call'),
    many(evidence.emails, 'email'),
    many(evidence.messages, 'message'),
  ];
  const lastMs = lastContactMs(evidence);
  const days = lastMs === null ? null : Math.max(0, Math.floor((nowMs - lastMs) / dayMs));
  const last = days === null ? '' : days === 0 ? 'last within a day' : days === 1 ? 'last a day ago' : `last ${days} days ago`;
  return [...counted, last, directionOf(evidence)].filter((chip) => chip !== '');
}

/** Evidence as a colleague may read it, in classes: never a count, a date or a subject. */
export function coarseChipsOf(evidence: Evidence, nowMs: number): string[] {
  const lastMs = lastContactMs(evidence);
  if (lastMs === null) return [];
  const contacts = contactsOf(evidence);
  const volume = contacts <= 5 ? '1–5 contacts' : contacts <= 20 ? '6–20 contacts' : 'more than 20 contacts';
  const days = (nowMs - lastMs) / dayMs;
  const last = days <= 7 ? 'within a week' : days <= 30 ? 'within a month' : days <= 90 ? 'within three months' : 'longer ago';
  return [volume, last, directionOf(evidence)];
}

function directionOf({ lastInMs, lastOutMs }: Evidence): string {
  if (lastInMs !== null && lastOutMs !== null) return 'both ways';
  return lastInMs !== null ? 'never answered by us' : lastOutMs !== null ? 'never answered by them' : '';
}

const many = (count: number, noun: string) => (count === 0 ? '' : count === 1 ? `1 ${noun}` : `${count} ${noun}s`);
