const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** 15 case-sensitive characters make the id; the last three of 18 only say which of them are capitals. */
export const looksLikeId = (id: string): boolean => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id);

export const core = (id: string): string => id.slice(0, 15);

/** The nth record of an object, as the 18-character id the API shows. */
export function makeId(prefix: string, n: number): string {
  const short = `${prefix}5f${n.toString(36).padStart(10, '0')}`;
  return short + suffix(short);
}

function suffix(short: string): string {
  let out = '';
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(short[chunk + i] ?? '')) bits |= 1 << i;
    out += letters[bits];
  }
  return out;
}
