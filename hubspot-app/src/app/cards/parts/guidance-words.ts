import type { GuidanceCard, LiveFill, LiveStep, PastCard, Quiet } from '@ros/contracts';
import { sayFill } from '@ros/contracts';
import type { PutAway } from '../hooks/use-touch.ts';
import { clock, roleWords } from './words.ts';

/** What a press did, in the moment after it. */
export const doneWords: Record<PutAway, string> = {
  used: 'Noted as used.',
  dismissed: 'Dismissed.',
  snoozed: 'Not now. It may come again in five minutes.',
  less: 'Less of this on this call.',
  muted: 'Not again in this call.',
  never: 'Not again in any of your calls.',
};

const pastWords: Record<PastCard['state'], string> = {
  used: 'used',
  dismissed: 'dismissed',
  snoozed: 'not now',
  less: 'less of this',
  muted: 'not in this call',
  never: 'in none of your calls',
  replaced: 'a newer one came',
  collapsed: 'passed by',
  pinned: 'pinned',
};

/** "1:02 Price objection: used" */
export const pastLine = ({ card, state, atMs }: PastCard): string => `${clock(atMs)} ${card.headline}: ${pastWords[state]}`;

/** Why a card came: the rule, how sure it is, and how often its subject came up. */
export function whyLine({ headline, why, confidence, times = 1 }: GuidanceCard): string {
  const because = why.quote === '' ? '' : ', because of the words above';
  const often = times > 1 ? ` It came up ${times} times.` : '';
  return `${headline}: rule “${why.rule}”, ${Math.round(confidence * 100)} % sure${because}.${often}`;
}

/** What ticked a point; empty while nothing did. */
export function tickedWords({ done, evid, byHand }: LiveStep): string {
  if (!done) return '';
  if (evid && !byHand) return `“${evid.quote}” ${roleWords[evid.role]}, ${clock(evid.startMs)}`;
  return 'Ticked by you';
}

/** "Budget: 40,000 USD – heard 3:12" */
export const fillLine = (fill: LiveFill): string => `${fill.name}: ${sayFill(fill)} – heard ${clock(fill.evid.startMs)}`;

export const quietWords: Record<Quiet, string> = {
  off: '',
  critical: 'Quiet: only what has to be said still comes.',
  full: 'Quiet: nothing comes, not even what has to be said.',
};
