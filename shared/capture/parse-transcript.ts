import type { Utterance } from '../contracts/transcript.ts';
import { assignRoles } from './assign-roles.ts';
import { audioKind } from './audio-kind.ts';
import { decodeText } from './decode-text.ts';
import type { Line } from './line.ts';
import { looksSrt, looksVtt, readCues } from './read-cues.ts';
import { readJson } from './read-json.ts';
import { readPlain } from './read-plain.ts';

type TranscriptFormat = 'vtt' | 'srt' | 'text' | 'deepgram' | 'twilio' | 'zoom' | 'json';

export type Parsed =
  | { ok: true; format: TranscriptFormat; utterances: Utterance[]; startedAt?: string }
  /** One sentence for people: what is wrong and what to do. */
  | { ok: false; why: string };

/** The most a transcript may weigh, in bytes. */
export const TRANSCRIPT_BYTES_MAX = 20 * 1024 * 1024;
/** More lines than a working day of talk. */
const LINES_MAX = 50_000;

/**
 * Any transcript file as utterances with roles. The content decides, not the name's ending: a mislabelled file is read as what it is.
 * Never throws.
 */
export function parseTranscript(bytes: Uint8Array, name: string, names: { repName?: string; customerName?: string } = {}): Parsed {
  const file = shown(name);
  if (bytes.length === 0) return refuse(`${file} is empty; export the transcript again and hand over the new file.`);
  const audio = audioKind(bytes);
  if (audio)
    return refuse(
      `${file} is a recording (${audio}), and hearing it needs a speech key: set DEEPGRAM_API_KEY, or hand over its transcript.`,
    );
  if (bytes.length > TRANSCRIPT_BYTES_MAX)
    return refuse(`${file} is larger than 20 MB, which no transcript is; hand over the text alone, or split it by call.`);
  const decoded = decodeText(bytes);
  if (decoded === undefined)
    return refuse(`${file} is not text in UTF-8 or UTF-16; save it as UTF-8 text, WebVTT, SRT or JSON and try again.`);
  const text = decoded.trim();
  if (text === '') return refuse(`${file} is empty; export the transcript again and hand over the new file.`);

  const read = readAny(text);
  if ('why' in read) return refuse(`${file} ${read.why}`);
  const lines = read.lines.filter((line) => line.text.trim() !== '');
  if (lines.length === 0) return refuse(`${file} holds no spoken words; check that the transcript was finished before it was exported.`);
  if (lines.length > LINES_MAX) return refuse(`${file} holds more than ${LINES_MAX} lines; split it by call and hand over one at a time.`);
  // What the file itself says of a speaker's side outranks any guess.
  const sides = new Map(lines.flatMap(({ speaker, side }) => (side ? [[speaker, side] as const] : [])));
  const utterances = assignRoles(utterancesOf(lines), names).map((one) => ({ ...one, role: sides.get(one.speaker) ?? one.role }));
  return { ok: true, format: read.format, utterances, ...(read.startedAt ? { startedAt: read.startedAt } : {}) };
}

interface Read {
  format: TranscriptFormat;
  lines: Line[];
  startedAt?: string;
}

function readAny(text: string): Read | { why: string } {
  if (looksVtt(text)) return { format: 'vtt', lines: readCues(text) };
  if (looksSrt(text)) return { format: 'srt', lines: readCues(text) };
  if (/^[[{]\s*["{[\]}]/.test(text)) {
    const values = json(text);
    if (values === undefined) return { why: 'begins like JSON but is broken or cut off; export it again and hand over the whole file.' };
    return (
      readJson(values) ?? {
        why: 'is JSON of a kind not known here; hand over a Deepgram, Twilio or Zoom transcript, or WebVTT, SRT or "Name: words" lines.',
      }
    );
  }
  if (/^(?:<!doctype|<html|<\?xml|%pdf|\{\\rtf)/i.test(text))
    return { why: 'is a document, not a transcript; save its words as plain text with "Name: words" lines and try again.' };
  const lines = readPlain(text);
  const named = new Set(lines.map((line) => line.speaker).filter((speaker) => speaker !== '')).size;
  if (lines.length === 0 || named === 0)
    return { why: 'does not say who speaks; hand over WebVTT, SRT, JSON, or text with one "Name: words" line for each turn.' };
  return { format: 'text', lines };
}

/** One JSON value, or one a line. */
function json(text: string): unknown {
  const one = parse(text);
  if (one !== undefined) return one;
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  if (rows.length < 2) return undefined;
  const values = rows.map(parse);
  return values.includes(undefined) ? undefined : values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines of one voice in a row become one utterance; missing times are counted from the words. */
function utterancesOf(lines: readonly Line[]): Utterance[] {
  const utterances: Utterance[] = [];
  const named = lines.some((line) => line.speaker !== '');
  let clockMs = 0;
  lines.forEach((line, nth) => {
    const text = line.text.replace(/\s+/g, ' ').trim();
    const speaker = line.speaker || (named ? (utterances.at(-1)?.speaker ?? 'Speaker 1') : 'Speaker 1');
    const startMs = Math.round(line.startMs ?? clockMs);
    const spokenMs = text.split(' ').length * MS_A_WORD;
    const nextMs = lines[nth + 1]?.startMs;
    const endMs = Math.round(
      Math.max(
        startMs,
        line.endMs ??
          (line.startMs !== undefined && nextMs !== undefined && nextMs > startMs
            ? Math.min(nextMs, startMs + spokenMs * 2)
            : startMs + spokenMs),
      ),
    );
    clockMs = Math.max(clockMs, endMs);
    const last = utterances.at(-1);
    if (last && last.speaker === speaker && startMs - last.endMs <= PAUSE_MS && last.text.length < UTTERANCE_CHARS_MAX) {
      last.text += ` ${text}`;
      last.endMs = Math.max(last.endMs, endMs);
      last.confidence = Math.min(last.confidence, line.confidence ?? 1);
    } else utterances.push({ seq: utterances.length, role: 'other', speaker, text, startMs, endMs, confidence: line.confidence ?? 1 });
  });
  return utterances;
}

const refuse = (why: string): Parsed => ({ ok: false, why });
/** A file's name in a sentence: short, one line, no path. */
const shown = (name: string): string =>
  name
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 80) || 'The file';

const MS_A_WORD = 400;
const PAUSE_MS = 2_000;
const UTTERANCE_CHARS_MAX = 2_000;
