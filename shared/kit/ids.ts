/** A random (version 4) UUID made from 16 random bytes that the caller brings. */
export function uuidFrom(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError('a UUID takes 16 bytes');
  const hex = Array.from(bytes, (byte, i) => (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Text as a key keeps it: lower case, no accents, words apart by one space, nothing but letters and digits. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
