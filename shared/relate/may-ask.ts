import type { Introduction } from './introduction.ts';

const dayMs = 86_400_000;
const monthMs = 30 * dayMs;
const asksAMonth = 3;
const restAfterNoMs = 14 * dayMs;
const sameTargetMs = 90 * dayMs;

/** Somebody was asked before, by anybody here. */
export interface EarlierAsk extends Introduction {
  target: string;
}

/** Why this connector is not asked now, in a sentence; null when they may be. Who is asked too often stops answering anybody. */
export function whyNotAsk(earlier: readonly EarlierAsk[], target: string, connectorName: string, nowMs: number): string | null {
  const asked = earlier.flatMap((ask) => {
    const step = ask.trail.find(({ what }) => what === 'approve');
    return step && ask.state !== 'withdrawn' ? [{ ...ask, askedMs: Date.parse(step.at) }] : [];
  });
  if (asked.some((ask) => ask.target === target && ask.state === 'requested')) return `${connectorName} is already asked about this.`;
  const no = asked.flatMap(({ target: of, trail }) =>
    trail.filter(({ what }) => what === 'decline' || what === 'not-now').map(({ at }) => ({ of, ageMs: nowMs - Date.parse(at) })),
  );
  if (no.some(({ of, ageMs }) => of === target && ageMs < sameTargetMs)) return `${connectorName} said no to this within three months.`;
  if (no.some(({ ageMs }) => ageMs < restAfterNoMs)) return `${connectorName} said no to another request within two weeks.`;
  const lately = asked.filter((ask) => nowMs - ask.askedMs < monthMs).length;
  return lately >= asksAMonth ? `${connectorName} was asked ${lately} times within a month. Give them a rest.` : null;
}
