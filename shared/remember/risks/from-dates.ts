import type { Phase } from './deal-story.ts';
import type { RiskRule } from './found-risk.ts';

const DAY_MS = 86_400_000;
const QUIET_DAYS = 14;
const SILENT_WORKDAYS = 7;
/** Where the tenant has no won deals to compare with. */
const STAGE_DAYS: Record<Phase, number> = { early: 10, mid: 14, late: 21 };

/** Risks that dates and counts alone tell. */
export const fromDates = {
  no_activity: ({ nowMs, deal, touches }) => {
    if (!touches) return 'unknown';
    const last = touches.reduce((newest, one) => Math.max(newest, one.atMs), deal.createdAtMs ?? Number.NEGATIVE_INFINITY);
    if (!Number.isFinite(last)) return 'unknown';
    const days = Math.floor((nowMs - last) / DAY_MS);
    if (days < QUIET_DAYS) return null;
    return risk('no_activity', `Nothing came in or went out for ${days} days`, days >= 2 * QUIET_DAYS ? 'high' : 'medium', `${last}`);
  },

  ghosted: ({ nowMs, touches }) => {
    if (!touches) return 'unknown';
    const heard = touches.filter((one) => one.direction === 'inbound').reduce((newest, one) => Math.max(newest, one.atMs), 0);
    const since = touches.filter((one) => one.direction === 'outbound' && one.atMs > heard);
    const firstTry = since.reduce((oldest, one) => Math.min(oldest, one.atMs), nowMs);
    // Nobody is silent who was never asked: the days count from our first unanswered word.
    if (since.length < 2 || workdays(firstTry, nowMs) < SILENT_WORKDAYS) return null;
    return risk('ghosted', `They did not answer ${since.length} times, for ${workdays(firstTry, nowMs)} working days`, 'high', `${heard}`);
  },

  overdue: ({ nowMs, deal }) => {
    if (deal.closeOn === undefined) return 'unknown';
    const late = Math.floor((nowMs - Date.parse(`${deal.closeOn}T00:00:00Z`)) / DAY_MS);
    if (!Number.isFinite(late)) return 'unknown';
    // A day's grace: the date is somewhere on earth for that long.
    if (late < 2) return null;
    return risk('overdue', `The close date passed ${late} days ago`, late > 30 ? 'high' : 'medium', deal.closeOn);
  },

  stalled_in_stage: ({ nowMs, deal }) => {
    if (deal.inStageSinceMs === undefined || deal.phase === undefined) return 'unknown';
    const days = Math.floor((nowMs - deal.inStageSinceMs) / DAY_MS);
    const most = Math.max(1, deal.wonDaysInStage ?? STAGE_DAYS[deal.phase]);
    if (days <= most) return null;
    const text =
      deal.wonDaysInStage === undefined
        ? `In this stage for ${days} days; ${most} are usual`
        : `In this stage for ${days} days; three of four deals won here took at most ${most}`;
    return risk('stalled_in_stage', text, days > 2 * most ? 'high' : 'medium', `${deal.stageId ?? ''} ${deal.inStageSinceMs}`);
  },
} satisfies Record<string, RiskRule>;

function risk<C extends string>(code: C, text: string, severity: 'medium' | 'high', basis: string) {
  return { code, text, severity, basis, confidence: 0.98, isDeterministic: true, evidence: [] };
}

/** Monday to Friday, whole days from one instant to another. */
function workdays(fromMs: number, toMs: number): number {
  const days = Math.max(0, Math.floor((toMs - fromMs) / DAY_MS));
  const weeks = Math.floor(days / 7);
  let left = 0;
  for (let day = 1; day <= days % 7; day++) {
    const weekday = new Date(fromMs + day * DAY_MS).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left++;
  }
  return weeks * 5 + left;
}
