import { visible, withoutAddresses } from './harmless.ts';

/**
 * A model's sentence made harmless for a CRM field: one line, no links, markup, hidden or direction-changing signs; '' when nothing is left.
 * A bare "acme.com" stays only where it was `said`.
 */
export function cleanLine(text: string, charsMax: number, said = ''): string {
  const heard = said.toLowerCase();
  const plain = visible(text.slice(0, 2_000).normalize('NFKC'))
    .replace(/!?\[([^\]]{0,200})\]\s?\([^)]{0,500}\)?/g, '$1')
    .replace(/<[^>]{0,300}>?/g, ' ')
    .replace(/&#?\w{1,10};/g, ' ')
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}/g, ' ');
  const line = withoutAddresses(plain)
    .replaceAll('(link)', ' ')
    .replace(/\b(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}\b/gi, (bare) => (heard.includes(bare.toLowerCase()) ? bare : ' '))
    .replace(/[`*_#>|~[\]{}\\<]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;!?])/g, '$1')
    .trim();
  if (line.length <= charsMax) return line;
  const cut = line.lastIndexOf(' ', charsMax);
  return line.slice(0, cut > 0 ? cut : charsMax).trim();
}
