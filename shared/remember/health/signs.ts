import type { DealStory } from '../risks/deal-story.ts';

/** What tells how a deal stands: so, not so, or null for not known. */
export type Signs = Record<SignKey, boolean | null>;

export const signKeys = [
  'next_step',
  'many_people',
  'decider',
  'champion',
  'measured_pain',
  'budget',
  'timeline',
  'pricing',
  'no_rival',
  'mood',
  'lately',
] as const;
export type SignKey = (typeof signKeys)[number];

/** For people: when it is so, and when it is not. */
export const signTexts: Record<SignKey, readonly [so: string, notSo: string]> = {
  next_step: ['A dated next step is agreed', 'No dated next step is agreed'],
  many_people: ['Two or more of their people took part', 'Only one of their people took part'],
  decider: ['Who decides is known', 'Nobody said who decides'],
  champion: ['One of them speaks for it', 'None of them speaks for it'],
  measured_pain: ['They put a figure on what it costs them', 'They put no figure on what it costs them'],
  budget: ['They have money for it', 'Nothing was said of their money'],
  timeline: ['They named a date', 'They named no date'],
  pricing: ['Price was talked about', 'Price was not talked about'],
  no_rival: ['No other seller came up', 'Another seller came up'],
  mood: ['The mood rose on the last call', 'The mood fell on the last call'],
  lately: ['There was contact in the last two weeks', 'There was no contact in the last two weeks'],
};

const LATELY_MS = 14 * 86_400_000;

export function signsOf({ nowMs, calls, touches }: DealStory): Signs {
  const last = calls.at(-1)?.insight;
  const all = calls.map((call) => call.insight);
  const any = <T>(read: (insight: (typeof all)[number]) => T | undefined, is: (value: T) => boolean): boolean | null => {
    const known = all.map(read).filter((one) => one !== undefined);
    return known.length === 0 ? null : known.some(is);
  };
  // A single claim is absent both where nobody made it and where nobody looked; an insight that was widened has its methods.
  const single = <T>(read: (insight: (typeof all)[number]) => T | undefined, is: (value: T) => boolean): boolean | null =>
    all.some((one) => one.methodology !== undefined)
      ? all.some((one) => {
          const value = read(one);
          return value !== undefined && is(value);
        })
      : null;
  const moods = last?.quarters?.filter((one) => one !== null) ?? [];
  const [from, to] = [moods[0], moods.at(-1)];
  const times = [...calls.map((call) => call.atMs), ...(touches ?? []).map((one) => one.atMs)];
  return {
    next_step: last?.commitments ? last.commitments.some((one) => one.dueAt !== undefined) : null,
    many_people: any(
      (one) => one.speakers,
      (speakers) => new Set(speakers.filter((it) => it.role === 'customer').map((it) => it.name)).size > 1,
    ),
    decider: single(
      (one) => one.authority ?? one.people?.find((it) => it.influence === 'economic_buyer'),
      () => true,
    ),
    champion: any(
      (one) => one.people,
      (people) => people.some((it) => it.influence === 'champion'),
    ),
    measured_pain: any(
      (one) => one.pains,
      (pains) => pains.some((it) => it.isMeasured),
    ),
    budget: single(
      (one) => one.budget,
      (budget) => budget.state === 'available',
    ),
    timeline: single(
      (one) => one.timeline,
      () => true,
    ),
    pricing: all.length === 0 ? null : all.some((one) => one.pricing.length > 0),
    no_rival: all.length === 0 ? null : all.every((one) => one.competitors.length === 0),
    mood: moods.length < 2 || from === undefined || to === undefined || Math.abs(to - from) < 0.05 ? null : to > from,
    lately: times.length === 0 ? null : times.some((atMs) => atMs > nowMs - LATELY_MS),
  };
}
