import { harmlessName, visible, withoutAddresses } from '../../understand/harmless.ts';

/** Anything that a mail program would turn into something to click: an address with or without its scheme, and a mail address. */
export const hasLink = (text: string): boolean => withoutAddresses(text) !== text || BARE.test(text) || /\S@\S/.test(text);

/** A name fit to stand in a mail; '' for a number, a placeholder, or what somebody could click. */
export function nameToSay(name: string): string {
  const said = harmlessName(name).replace(/[<>"]/g, '').slice(0, NAME_CHARS).trim();
  return !/\p{L}{2}/u.test(said) || /\d{3}/.test(said) || NOBODY.test(said) || hasLink(name) ? '' : said;
}

/** One short line without anything to click or to hide in. */
export const lineToSay = (text: string, charsMax: number): string =>
  hasLink(visible(text)) ? '' : visible(text).slice(0, charsMax).trim();

const NAME_CHARS = 80;
/** What stands for a customer whose name nobody knows. */
const NOBODY = /^(customer|speaker|unknown|erased|somebody|caller|the customer)\b/i;
const BARE =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}-]{2,63}(?:\.[\p{L}\p{N}-]{2,63})*\.(?:com|net|org|io|co|ai|app|dev|info|biz|xyz|shop|site|online|link|click|example|de|fr|es|it|nl|pt|br|eu|uk|us|ru|cn)(?![\p{L}\p{N}])/iu;
