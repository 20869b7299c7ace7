/** One element's head: what it is, how much of it follows, and where that begins. */
export interface ElementHead {
  id: number;
  /** Bytes of content; null when the writer did not know, as of a recording that goes on. */
  size: number | null;
  /** Bytes that the head itself takes. */
  length: number;
}

const ID_MAX = 4;
const SIZE_MAX = 8;

/** The head at `at`; `more` when its bytes have not all come, `null` when there is none. Source: RFC 8794, sections 4 to 6. */
export function readHead(bytes: Uint8Array, at: number): ElementHead | 'more' | null {
  const id = readVint(bytes, at, ID_MAX);
  if (typeof id !== 'object' || id === null) return id;
  const size = readVint(bytes, at + id.length, SIZE_MAX);
  if (typeof size !== 'object' || size === null) return size;
  // All ones say that the size is not known.
  const unknown = 2 ** (7 * size.length) - 1;
  const length = id.length + size.length;
  return { id: id.value + 2 ** (7 * id.length), size: size.value === unknown ? null : size.value, length };
}

/** A number whose first bits say how long it is, without that mark. Past 2^53 it is not exact, and far over every bound. */
export function readVint(bytes: Uint8Array, at: number, lengthMax: number): { value: number; length: number } | 'more' | null {
  const first = bytes[at];
  if (first === undefined) return 'more';
  const length = Math.clz32(first) - 23;
  if (length > lengthMax) return null;
  if (at + length > bytes.length) return 'more';
  let value = first - 2 ** (8 - length);
  for (let n = 1; n < length; n++) value = value * 256 + (bytes[at + n] ?? 0);
  return { value, length };
}

/** Big-endian, as all whole numbers of the format. */
export const readUint = (bytes: Uint8Array): number => bytes.reduce((value, byte) => value * 256 + byte, 0);
