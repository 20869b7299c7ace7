import { plain } from '../../kit/ids.ts';
import type { DealStory } from './deal-story.ts';
import type { RiskRule } from './found-risk.ts';

const DAY_MS = 86_400_000;
const LATELY_DAYS = 30;
const SILENT_DAYS = 21;

/** Risks of whom we know and whom we do not. They are counts, except that a champion is known by what was said. */
export const fromPeople = {
  not_enough_contacts: (story) => {
    const { deal, calls, nowMs } = story;
    const lately = calls.filter((call) => call.atMs > nowMs - LATELY_DAYS * DAY_MS);
    const heard = calls.slice(-3);
    if (heard.some((call) => !call.insight.speakers)) return 'unknown';
    // A first talk has one person in it; from the middle of the sale, or the third call on, that is a risk.
    if (calls.length < 3 && (deal.phase === undefined || deal.phase === 'early' || lately.length === 0))
      return calls.length === 0 ? 'unknown' : null;
    const people = new Set((calls.length < 3 ? lately : heard).flatMap(voicesOf));
    if (people.size !== 1) return null;
    return {
      code: 'not_enough_contacts',
      text:
        calls.length === 1
          ? 'Only one of their people was on the one call'
          : `Only one of their people was on the last ${Math.min(3, calls.length)} calls`,
      severity: deal.phase === 'late' ? 'high' : 'medium',
      confidence: 0.95,
      isDeterministic: true,
      basis: deal.stageId ?? deal.phase ?? '',
      evidence: [],
    };
  },

  no_power: ({ deal, calls }) => {
    if (deal.phase === undefined || calls.length === 0 || calls.some((call) => !call.insight.people)) return 'unknown';
    if (deal.phase === 'early') return null;
    const known = calls.flatMap((call) => call.insight.people ?? []);
    const decides = calls.some((call) => call.insight.authority?.who === 'self') || known.some((one) => one.influence === 'economic_buyer');
    const titles = [...known.map((one) => one.role), ...(deal.contacts ?? []).map((one) => one.title)];
    if (decides || titles.some((title) => title !== undefined && SENIOR.test(plain(title)))) return null;
    return {
      code: 'no_power',
      text: 'Nobody who decides was on a call, or named on one',
      severity: deal.phase === 'late' ? 'high' : 'medium',
      // Titles are missing in many a CRM, so the count is right and the conclusion a little less.
      confidence: deal.contacts === undefined ? 0.82 : 0.9,
      isDeterministic: true,
      basis: deal.stageId ?? deal.phase,
      evidence: [],
    };
  },

  champion_silent: ({ nowMs, calls }) => {
    if (calls.length === 0 || calls.some((call) => !call.insight.people || !call.insight.speakers)) return 'unknown';
    const claims = calls.flatMap((call) =>
      (call.insight.people ?? [])
        .filter((one) => one.influence === 'champion' && voicesOf(call).includes(plain(one.name)))
        .map((one) => ({ name: one.name, evidence: { ...one.evidence, callId: call.callId } })),
    );
    const champion = claims.at(-1);
    if (!champion) return null;
    const spoke = calls.filter((call) => voicesOf(call).includes(plain(champion.name)));
    const last = spoke.at(-1)?.atMs ?? 0;
    const missed = calls.filter((call) => call.atMs > last).length;
    const days = Math.floor((nowMs - last) / DAY_MS);
    if (missed < 2 && days < SILENT_DAYS) return null;
    return {
      code: 'champion_silent',
      text:
        missed >= 2
          ? `${champion.name}, who was for it, missed the last ${missed} calls`
          : `${champion.name}, who was for it, has not been heard for ${days} days`,
      severity: 'high',
      confidence: 0.85,
      isDeterministic: true,
      basis: `${plain(champion.name)} ${last}`,
      evidence: claims
        .filter((one) => plain(one.name) === plain(champion.name))
        .map((one) => one.evidence)
        .slice(-3),
    };
  },

  single_threaded: ({ deal, paths }) => {
    if (paths === undefined || deal.phase === undefined) return 'unknown';
    if (paths !== 1 || deal.phase === 'early') return null;
    return {
      code: 'single_threaded',
      text: 'Everybody here reaches them through one person only',
      severity: 'medium',
      confidence: 0.95,
      isDeterministic: true,
      basis: deal.stageId ?? deal.phase,
      evidence: [],
    };
  },
} satisfies Record<string, RiskRule>;

const voicesOf = (call: DealStory['calls'][number]): string[] =>
  (call.insight.speakers ?? []).filter((one) => one.role === 'customer').map((one) => plain(one.name));

const SENIOR =
  /\b(?:c[efotimpra]o|ciso|chro|chief|president|founder|owner|partner|director|vp|svp|evp|vice president|head of|principal|superintendent|chair\w*)\b/;
