/** A text as a SOQL literal, quotes included. SOQL has no bind variables over REST, so nothing else may put a text into a query. */
export const quote = (text: string): string => `'${text.replace(/[\\'"\n\r\t\b\f]/g, (char) => escapes[char] ?? `\\${char}`)}'`;

const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

/** `('a','b')` */
export const quoteAll = (texts: readonly string[]): string => `(${texts.map(quote).join(',')})`;

/** Matches these digits in this order with anything between them, because people write numbers in many ways. */
export const digitsLike = (digits: string): string => quote(`%${[...digits].join('%')}%`);
