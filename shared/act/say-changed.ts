/** Who changed something last, as far as the CRM tells. `at` is ISO 8601. */
export interface Author {
  who?: string | undefined;
  at?: string | undefined;
}

/** "Dana Whitfield changed the amount in HubSpot on 3 November." Days are UTC. */
export function sayChanged(what: string, crm: string, { who, at }: Author): string {
  const day = at === undefined ? null : sayDay(at);
  return `${who ?? 'Somebody'} changed the ${sayLabel(what)} in ${crm}${day === null ? '' : ` on ${day}`}.`;
}

const months = 'January February March April May June July August September October November December'.split(' ');

function sayDay(iso: string): string | null {
  const ms = Date.parse(iso.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(ms)) return null;
  const date = new Date(ms);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** A label inside a sentence: "Close Date" is "close date"; "MRR" and "iPad model" stay as they are. */
export const sayLabel = (label: string): string => label.replace(/(?<=^|\s)\p{Lu}\p{Ll}*(?=\s|$)/gu, (word) => word.toLowerCase());
