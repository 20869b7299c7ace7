import type { BudgetView } from './usage.ts';

/** 12.4 → "$12.40" */
export const sayUsd = (usd: number): string => `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** 1234.5 → "1,235" */
export const sayMinutes = (minutes: number): string => Math.round(minutes).toLocaleString('en-US');

/**
 * What a month may cost, as people write it: nothing is what the plan gives; "1,000" and "$20.50" are numbers. Undefined where one of them
 * is no number; the rest is checked by `budgetBody`.
 */
export function readBudget(minutes: string, usd: string): BudgetView | undefined {
  const [speechMinutes, modelUsd] = [readCap(minutes), readCap(usd)];
  if (speechMinutes === undefined || modelUsd === undefined) return undefined;
  return { speechMinutes: speechMinutes === null ? null : Math.round(speechMinutes), modelUsd };
}

/** The same as text again. */
export const writeBudget = ({ speechMinutes, modelUsd }: BudgetView): { minutes: string; usd: string } => ({
  minutes: speechMinutes === null ? '' : String(speechMinutes),
  usd: modelUsd === null ? '' : String(modelUsd),
});

function readCap(text: string): number | null | undefined {
  const bare = text.replace(/[\s$]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '');
  if (bare === '') return null;
  return /^\d{1,8}(?:\.\d{1,4})?$/.test(bare) ? Number(bare) : undefined;
}
