/** One vector, as the file has it. */
export type Vector = Readonly<Record<string, unknown>>;

/** What is wrong, or `null` when our code answers as the vector says. */
export type Check = (record: Vector) => Promise<string | null>;

/** A vector that does not say what it must: it fails, with this sentence. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

export function text(record: Vector, name: string): string {
  const value = record[name];
  if (typeof value !== 'string') throw new Unreadable(`it has no text in "${name}"`);
  return value;
}

/** What a header may be: text, or not there at all. */
export function header(record: Vector, name: string): string | null {
  const value = record[name] ?? null;
  if (typeof value === 'number') return String(value);
  if (value !== null && typeof value !== 'string') throw new Unreadable(`"${name}" is neither text nor nothing`);
  return value;
}

export function hex(record: Vector, name: string): Uint8Array<ArrayBuffer> {
  const digits = text(record, name);
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new Unreadable(`"${name}" is not hex`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, n) => Number.parseInt(digits.slice(n * 2, n * 2 + 2), 16));
}

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What the vector expects of a verifier. Where nothing is said, a published answer is one to accept. */
export function isValid(record: Vector): boolean {
  const value = record['expectValid'] ?? true;
  if (typeof value !== 'boolean') throw new Unreadable('"expectValid" is neither true nor false');
  return value;
}

/** Milliseconds; without a clock of its own a vector is checked at the moment it was signed. */
export function clock(record: Vector, signedAtMs: number): number {
  const now = record['now'] ?? signedAtMs;
  if (typeof now !== 'number') throw new Unreadable('"now" is not a number');
  return now;
}

export const agrees = (wanted: boolean, said: boolean): string | null =>
  wanted === said ? null : `expected ${wanted ? 'yes' : 'no'}, our answer is ${said ? 'yes' : 'no'}`;

/** Everything a vector says in words, for those that describe a case instead of giving its bytes. */
export const wordsOf = (record: Vector): string =>
  ['id', 'case', 'request', 'why', 'comment', 'expect'].map((name) => (typeof record[name] === 'string' ? record[name] : '')).join(' ');
