import type { LiveFill } from './guidance.ts';

/** Below so many cards a share is luck more than anything else. */
const ENOUGH = 20;

export const isThin = ({ shown }: { shown: number }): boolean => shown < ENOUGH;

/** Part of the cards shown, with its share where there are enough: "9 (41 %)", "3", "0". */
export const sayShare = (part: number, rule: { shown: number }): string =>
  isThin(rule) ? String(part) : `${part} (${Math.round((part / rule.shown) * 100)} %)`;

/** 412 → "0.4 s"; null, where no screen said when it painted, is a dash. */
export const sayDelay = (ms: number | null | undefined): string => (ms == null ? '–' : `${(ms / 1_000).toFixed(1)} s`);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "40000 USD" → "40,000 USD" · "2026-12-01" → "Dec 1, 2026" · anything else as it is. */
export function sayFill({ field, value }: Pick<LiveFill, 'field' | 'value'>): string {
  if (field === 'money' || field === 'seats') return value.replace(/\d+/, (digits) => Number(digits).toLocaleString('en-US'));
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  const name = MONTHS[Number(month) - 1];
  return field === 'date' && name ? `${name} ${Number(day)}, ${year}` : value;
}
