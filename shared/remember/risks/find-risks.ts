import { type RiskCode, riskCode } from '../../contracts/risk.ts';
import type { DealStory } from './deal-story.ts';
import { type FoundRisk, isShowable, type RiskRule } from './found-risk.ts';
import { fromCalls } from './from-calls.ts';
import { fromDates } from './from-dates.ts';
import { fromPeople } from './from-people.ts';

/** Every risk that can be shown, and the codes that could not be looked for. A closed deal has none. */
export function findRisks(story: DealStory): { risks: FoundRisk[]; unknown: RiskCode[] } {
  if (story.deal.isClosed) return { risks: [], unknown: [] };
  const risks: FoundRisk[] = [];
  const unknown: RiskCode[] = [];
  for (const code of riskCode.options) {
    const found = rules[code](story);
    if (found === 'unknown') unknown.push(code);
    else if (found && isShowable(found)) risks.push(found);
  }
  return { risks, unknown };
}

const rules: Record<RiskCode, RiskRule> = { ...fromDates, ...fromPeople, ...fromCalls };
