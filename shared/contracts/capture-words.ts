import type { NeverRecord, OwnWords } from './capture.ts';

/** Where reps may sit, by the code that the consent settings keep. Anywhere else is asked as strictly as can be. */
export const places: readonly { code: string; name: string }[] = [
  ...named('US', {
    AL: 'Alabama',
    AK: 'Alaska',
    AZ: 'Arizona',
    AR: 'Arkansas',
    CA: 'California',
    CO: 'Colorado',
    CT: 'Connecticut',
    DE: 'Delaware',
    DC: 'District of Columbia',
    FL: 'Florida',
    GA: 'Georgia',
    HI: 'Hawaii',
    ID: 'Idaho',
    IL: 'Illinois',
    IN: 'Indiana',
    IA: 'Iowa',
    KS: 'Kansas',
    KY: 'Kentucky',
    LA: 'Louisiana',
    ME: 'Maine',
    MD: 'Maryland',
    MA: 'Massachusetts',
    MI: 'Michigan',
    MN: 'Minnesota',
    MS: 'Mississippi',
    MO: 'Missouri',
    MT: 'Montana',
    NE: 'Nebraska',
    NV: 'Nevada',
    NH: 'New Hampshire',
    NJ: 'New Jersey',
    NM: 'New Mexico',
    NY: 'New York',
    NC: 'North Carolina',
    ND: 'North Dakota',
    OH: 'Ohio',
    OK: 'Oklahoma',
    OR: 'Oregon',
    PA: 'Pennsylvania',
    RI: 'Rhode Island',
    SC: 'South Carolina',
    SD: 'South Dakota',
    TN: 'Tennessee',
    TX: 'Texas',
    UT: 'Utah',
    VT: 'Vermont',
    VA: 'Virginia',
    WA: 'Washington',
    WV: 'West Virginia',
    WI: 'Wisconsin',
    WY: 'Wyoming',
  }),
  ...named('CA', {
    AB: 'Alberta',
    BC: 'British Columbia',
    MB: 'Manitoba',
    NB: 'New Brunswick',
    NL: 'Newfoundland and Labrador',
    NS: 'Nova Scotia',
    ON: 'Ontario',
    QC: 'Québec',
    SK: 'Saskatchewan',
    YT: 'Yukon',
  }),
  { code: 'AU', name: 'Australia' },
  { code: 'AT', name: 'Austria' },
  { code: 'BE', name: 'Belgium' },
  { code: 'DK', name: 'Denmark' },
  { code: 'FI', name: 'Finland' },
  { code: 'FR', name: 'France' },
  { code: 'DE', name: 'Germany' },
  { code: 'IE', name: 'Ireland' },
  { code: 'IT', name: 'Italy' },
  { code: 'NL', name: 'Netherlands' },
  { code: 'NZ', name: 'New Zealand' },
  { code: 'NO', name: 'Norway' },
  { code: 'PL', name: 'Poland' },
  { code: 'PT', name: 'Portugal' },
  { code: 'ES', name: 'Spain' },
  { code: 'SE', name: 'Sweden' },
  { code: 'CH', name: 'Switzerland' },
  { code: 'GB', name: 'United Kingdom' },
];

function named(country: string, parts: Record<string, string>): { code: string; name: string }[] {
  const prefix = { US: 'US', CA: 'Canada' }[country] ?? country;
  return Object.entries(parts).map(([code, name]) => ({ code: `${country}-${code}`, name: `${prefix}: ${name}` }));
}

/**
 * One list as people write it, one entry a line: a domain, a number ("+4930*" is the beginning of one), a rep's address or user id, and
 * otherwise words of a meeting's title. What is sent is checked by `neverRecordBody`.
 */
export function readNeverRecord(text: string): NeverRecord {
  const read: NeverRecord = { domains: [], numbers: [], words: [], reps: [] };
  for (const line of new Set(text.split(/\r?\n/).map((one) => one.trim()))) {
    const digits = line.replace(/[\s().-]/g, '');
    if (line === '') continue;
    if (line.includes('@') || /^(\d{2,}|005\w{12,15})$/.test(line)) read.reps.push(line);
    else if (/^\+\d{1,15}\*?$/.test(digits)) read.numbers.push(digits);
    else if (/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i.test(line)) read.domains.push(line.toLowerCase());
    else read.words.push(line);
  }
  return read;
}

/** What a tenant sells, one name a line. What is sent is checked by `ownWordsBody`. */
export const readOwnWords = (text: string): OwnWords => ({
  products: [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((name) => name !== ''),
});

/** The same list as text again. */
export const writeOwnWords = ({ products }: OwnWords): string => products.join('\n');

/** The same list as text again. */
export const writeNeverRecord = ({ domains, numbers, words, reps }: NeverRecord): string =>
  [...domains, ...numbers, ...reps, ...words].join('\n');
