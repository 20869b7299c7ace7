/**
 * A file's bytes as text: UTF-8, or UTF-16 with its byte order mark. Undefined when they are neither, or hold binary.
 * Written out because the shared rooms know no platform.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 0);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 1);
  return utf8(bytes, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

function utf8(bytes: Uint8Array, from: number): string | undefined {
  const text = collector();
  for (let at = from; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      // Text has line ends and tabs; other control bytes are a sign of something else.
      if (lead < 9 || (lead > 13 && lead < 32 && lead !== 27)) return undefined;
      text.add(lead);
      at++;
      continue;
    }
    const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    if (more === 0 || lead >= 0xf5 || at + more >= bytes.length) return undefined;
    let code = lead & (0x3f >> more);
    for (let nth = 1; nth <= more; nth++) {
      const next = bytes[at + nth] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    const shortest = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
    if (code < shortest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    text.add(code);
    at += more + 1;
  }
  return text.end();
}

/** `high` is the place of the high byte in each pair. */
function utf16(bytes: Uint8Array, high: 0 | 1): string | undefined {
  if (bytes.length % 2 === 1) return undefined;
  const text = collector();
  for (let at = 2; at < bytes.length; at += 2) {
    const unit = high === 0 ? (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) : ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (unit === 0) return undefined;
    text.unit(unit);
  }
  return text.end();
}

/** Strings grow by chunks: one call per letter would be slow, one for all too long for the stack. */
function collector() {
  const parts: string[] = [];
  let units: number[] = [];
  const unit = (value: number): void => {
    units.push(value);
    if (units.length >= 8_192) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  };
  return {
    unit,
    add(code: number): void {
      if (code < 0x10000) {
        unit(code);
        return;
      }
      unit(0xd7c0 + (code >> 10));
      unit(0xdc00 | (code & 0x3ff));
    },
    end: (): string => parts.join('') + String.fromCharCode(...units),
  };
}
