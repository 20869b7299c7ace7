import type { HubspotObject } from './shapes.ts';

/** Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164). */
const two = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

export const isE164 = (number: string) => /^\+[1-9]\d{6,14}$/.test(number);

/** Area code and local number, which is all that HubSpot's searchable numbers hold. */
export function withoutCountry(e164: string): string {
  const digits = e164.slice(1);
  if (digits.startsWith('1') || digits.startsWith('7')) return digits.slice(1);
  return digits.slice(two.has(digits.slice(0, 2)) ? 2 : 3);
}

/** The search that finds a number however it was typed. At most five groups are allowed; these are four. */
export function phoneSearch(e164: string, properties: string[]) {
  const local = withoutCountry(e164);
  const is = (propertyName: string, value: string) => ({ filters: [{ propertyName, operator: 'EQ', value }] });
  return {
    filterGroups: [
      is('phone', e164),
      is('mobilephone', e164),
      is('hs_searchable_calculated_phone_number', local),
      is('hs_searchable_calculated_mobile_number', local),
    ],
    properties,
    sorts: ['-lastmodifieddate'],
    limit: 20,
    after: '0',
  };
}

/** The same local number in another country is somebody else. */
export function hasNumber(contact: HubspotObject, e164: string): boolean {
  const local = withoutCountry(e164);
  return [contact.properties.phone, contact.properties.mobilephone].some((typed) => {
    const digits = (typed ?? '').replace(/\D/g, '');
    if (digits === '') return false;
    if (typed?.trim().startsWith('+')) return digits === e164.slice(1);
    return digits === e164.slice(1) || digits === local || digits === `0${local}` || digits === `00${e164.slice(1)}`;
  });
}
