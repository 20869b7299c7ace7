/**
 * A flat JSON object read while it arrives: each field is known as soon as its value closes. Nothing is kept but what lacks. Anything that
 * is no such object is `broken` for good.
 */
export interface JsonReader {
  at: 'start' | 'key' | 'in-key' | 'colon' | 'value' | 'in-text' | 'in-word' | 'after' | 'end' | 'broken';
  /** The piece that is open, as it was written. */
  raw: string;
  isEscaped: boolean;
  /** The field whose value comes next. */
  key: string;
  fields: Readonly<Record<string, string | number | boolean | null>>;
}

const RAW_MAX = 2_000;
const FIELDS_MAX = 24;

export const newReader = (): JsonReader => ({ at: 'start', raw: '', isEscaped: false, key: '', fields: {} });

/** Feed pieces of any size, in order. Answers the reader after it, and the names of the fields that this piece closed. */
export function readJson(reader: JsonReader, piece: string): [JsonReader, string[]] {
  let next = reader;
  const closed: string[] = [];
  for (const sign of piece) {
    const before = next;
    next = take(next, sign);
    if (next.fields !== before.fields) closed.push(before.key);
    if (next.at === 'broken') break;
  }
  return [next, closed];
}

function take(reader: JsonReader, sign: string): JsonReader {
  const { at } = reader;
  if (at === 'broken') return reader;
  if (at === 'in-key' || at === 'in-text') return inText(reader, sign);
  if (at === 'in-word') return inWord(reader, sign);
  if (/\s/.test(sign)) return reader;
  if (at === 'start' && sign === '{') return { ...reader, at: 'key' };
  if (at === 'key' && sign === '"') return { ...reader, at: 'in-key', raw: sign };
  if (at === 'key' && sign === '}' && Object.keys(reader.fields).length === 0) return { ...reader, at: 'end' };
  if (at === 'colon' && sign === ':') return { ...reader, at: 'value' };
  if (at === 'value' && sign === '"') return { ...reader, at: 'in-text', raw: sign };
  if (at === 'value' && /[-\w]/.test(sign)) return { ...reader, at: 'in-word', raw: sign };
  if (at === 'after' && sign === ',') return { ...reader, at: 'key' };
  if (at === 'after' && sign === '}') return { ...reader, at: 'end' };
  return broken(reader);
}

function inText(reader: JsonReader, sign: string): JsonReader {
  const raw = reader.raw + sign;
  if (raw.length > RAW_MAX) return broken(reader);
  if (reader.isEscaped) return { ...reader, raw, isEscaped: false };
  if (sign === '\\') return { ...reader, raw, isEscaped: true };
  if (sign !== '"') return { ...reader, raw };
  const text = parsed(raw);
  if (typeof text !== 'string') return broken(reader);
  if (reader.at === 'in-text') return close(reader, text);
  return text in reader.fields ? broken(reader) : { ...reader, at: 'colon', raw: '', key: text };
}

function inWord(reader: JsonReader, sign: string): JsonReader {
  if (/[-+.\w]/.test(sign)) return reader.raw.length > 40 ? broken(reader) : { ...reader, raw: reader.raw + sign };
  const value = parsed(reader.raw);
  return value === undefined ? broken(reader) : take(close(reader, value), sign);
}

function close(reader: JsonReader, value: string | number | boolean | null): JsonReader {
  if (Object.keys(reader.fields).length >= FIELDS_MAX) return broken(reader);
  return { ...reader, at: 'after', raw: '', fields: { ...reader.fields, [reader.key]: value } };
}

const broken = (reader: JsonReader): JsonReader => ({ ...reader, at: 'broken', raw: '' });

function parsed(raw: string): string | number | boolean | null | undefined {
  try {
    return JSON.parse(raw) as string | number | boolean | null;
  } catch {
    return undefined;
  }
}
