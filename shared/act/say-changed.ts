/** Who changed something last, as far as the CRM tells. `at` is ISO 8601. */
export interface Author {
  who?: string | undefined;
  at?: string | undefined;
}

/** "Dana Whitfield changed the amount in HubSpot on 3 November." Days are UTC. */
export function sayChanged(what: string, crm: string, { who, at }: Author): string {
  const day = at === undefined ? null : sayDay(at);
  return `${who ?? 'Somebody'} changed the ${small(what)} in ${crm}${day === null ? '' : ` on ${day}`}.`;
}

const months = 'January February March April May June July August September October November December'.split(' ');

function sayDay(iso: string): string | null {
  const ms = Date.parse(iso.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(ms)) return null;
  const date = new Date(ms);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** A label inside a sentence; "MRR" and "iPad model" stay as they are. */
const small = (label: string) => (/^\p{Lu}(?:\p{Ll}|$|\s)/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);
