const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 as signed bytes. Padding and what is no base64 are skipped. */
export function bytesOf(text: string): Int8Array {
  const values = new Uint8Array(128).fill(255);
  for (let at = 0; at < LETTERS.length; at++) values[LETTERS.charCodeAt(at)] = at;
  const bytes = new Int8Array(Math.floor((text.replace(/=+$/, '').length * 3) / 4));
  let held = 0;
  let bits = 0;
  let to = 0;
  for (let at = 0; at < text.length && to < bytes.length; at++) {
    const value = values[text.charCodeAt(at)] ?? 255;
    if (value === 255) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to++] = (held >> bits) & 0xff;
  }
  return bytes;
}
