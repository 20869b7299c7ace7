/**
 * A typed number in E.164 form; null when it cannot be one. A number without its country is read as one of `like`'s, the tenant's own:
 * ten digits in North America; elsewhere it has to carry its country, because how its prefix is written differs from land to land.
 */
export function toE164(typed: string, like: string): string | null {
  // What stands after an extension mark is dialled later, by a person.
  const [main = ''] = typed.trim().split(/\s*(?:;|,|x|ext\.?|#)\s*/i);
  const isPlain = /^(?:tel:)?\+?[\d\s().\-/\u00a0\u2010-\u2013]+$/.test(main);
  const digits = main.replace(/\(0\)/, '').replace(/\D/g, '');
  if (!isPlain || digits === '') return null;
  if (/^(?:tel:)?\s*\+/.test(main)) return checked(digits);
  if (like.startsWith('+1')) {
    if (digits.startsWith('011')) return checked(digits.slice(3));
    const local = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
    return local.length === 10 ? checked(`1${local}`) : null;
  }
  return digits.startsWith('00') ? checked(digits.slice(2)) : null;
}

function checked(digits: string): string | null {
  // North American areas and exchanges never begin with 0 or 1.
  if (digits.startsWith('1') && !/^1[2-9]\d\d[2-9]\d{6}$/.test(digits)) return null;
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
}
