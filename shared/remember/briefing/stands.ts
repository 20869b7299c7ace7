import type { BriefLine } from '../../contracts/brief.ts';
import { sayDate } from '../../kit/time.ts';
import type { Known, KnownDeal } from './known.ts';
import { fromCall, fromCrm, fromDates } from './sources.ts';

/** Where it stands, in one sentence; honest where little is known. */
export function stands(known: Known): BriefLine {
  const { calls, deal, unheard } = known;
  const [last] = calls;
  const ofDeal = deal ? sayDeal(deal, known) : [];
  const crm = deal ? ofDeal.map(({ field }) => fromCrm(deal, field)) : [];
  if (last) {
    const call = `last call ${sayDay(last.at, known)}: ${last.headline || `with ${last.customerName}, without much to hold on to`}`;
    const text = capital([ofDeal.map(({ text }) => text).join(', '), call].filter((part) => part !== '').join('; '));
    return { kind: 'stands', text: sentence(text), sources: [...crm, fromCall(last, last.proof)] };
  }
  const begin = unheard
    ? `The call of ${sayDay(unheard.at, known)} was not heard. Nothing is known yet`
    : 'First call. Nothing is known yet';
  const but = deal ? ` but ${[deal.name, ...ofDeal.map(({ text }) => text)].join(', ')}` : '';
  const sources = [
    ...(unheard ? [fromCall({ id: unheard.callId, at: unheard.at })] : []),
    ...(deal ? [fromCrm(deal, 'Name'), ...crm] : []),
  ];
  return { kind: 'stands', text: sentence(begin + but), sources: sources.length > 0 ? sources : [fromDates(known)] };
}

function sayDeal({ stage, amount, closeOn }: KnownDeal, known: Known): { text: string; field: string }[] {
  return [
    ...(stage === undefined ? [] : [{ text: stage, field: 'Stage' }]),
    ...(amount === undefined ? [] : [{ text: `worth ${amounts.format(amount)}`, field: 'Amount' }]),
    ...(closeOn === undefined ? [] : [{ text: sayClose(closeOn, known), field: 'Close date' }]),
  ];
}

function sayClose(closeOn: string, { nowMs }: Known): string {
  // A date without a time is the same everywhere.
  const isPast = Date.parse(`${closeOn}T23:59:59Z`) < nowMs;
  const day = sayDate(`${closeOn}T12:00:00Z`, new Date(nowMs).toISOString(), 'UTC');
  return isPast ? `should have closed ${day}` : `closes ${day}`;
}

export const sayDay = (iso: string, { nowMs, timeZone }: Known): string => sayDate(iso, new Date(nowMs).toISOString(), timeZone);

const amounts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
