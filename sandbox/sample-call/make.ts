/**
 * Makes the sample call from the script in `cast.ts`: rep.ulaw, customer.ulaw (8 kHz mono mu-law) and words.json.
 * Run by hand when the script changes: `node sandbox/sample-call/make.ts`. Needs espeak-ng and Python 3; tests never run it.
 *
 * Word times are the speech engine's own word events: a word starts where the engine says, and ends at its last audible
 * sample before the next one starts.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { FRAME_BYTES } from '../../shared/capture/frames.ts';
import { SILENCE, toMulaw } from '../../shared/capture/mulaw.ts';
import { script } from '../cast.ts';
import type { SampleTurn, SampleWord } from './read.ts';

const VOICES = { rep: { voice: 'en-us', rate: 178 }, customer: { voice: 'en+f3', rate: 172 } } as const;
const ENGINE_RATE = 22_050;
const RATE = 8_000;
const LEAD_MS = 600;
/** Audible: above the noise a telephone line would hide. */
const AUDIBLE = 60;
/** What speech recognition first mishears, for how many of its messages. A card is shown on it and must be taken back. */
const MISHEARD = { turn: 3, text: 'prize', first: 'price', partials: 2, confidence: 0.91 };

const turns: { rep: SampleTurn[]; customer: SampleTurn[] } = { rep: [], customer: [] };
const pieces: { who: 'rep' | 'customer'; at: number; audio: Uint8Array }[] = [];
let cursor = (LEAD_MS * RATE) / 1_000;

for (const [index, line] of script.entries()) {
  const spoken = speak(line.who, line.text);
  const startMs = cursor / 8;
  const words = spoken.words.map((word, at): SampleWord => {
    const times = { startMs: Math.round(startMs + word.startMs), endMs: Math.round(startMs + word.endMs) };
    const misheard = index === MISHEARD.turn && bare(word.text) === MISHEARD.text;
    const first = { text: word.text.replace(MISHEARD.text, MISHEARD.first), confidence: MISHEARD.confidence, partials: MISHEARD.partials };
    return { text: word.text, ...times, confidence: confidenceOf(index, at), ...(misheard ? { first } : {}) };
  });
  turns[line.who].push({ words });
  pieces.push({ who: line.who, at: cursor, audio: spoken.audio });
  // People leave between a quarter and half a second; whole frames keep every turn on the 20 ms grid.
  const gapMs = 260 + ((index * 7) % 12) * 20;
  cursor = Math.ceil((cursor + spoken.audio.length + gapMs * 8) / FRAME_BYTES) * FRAME_BYTES;
}
const total = Math.ceil((cursor + RATE / 2) / FRAME_BYTES) * FRAME_BYTES;

for (const who of ['rep', 'customer'] as const) {
  const track = new Uint8Array(total).fill(SILENCE);
  for (const piece of pieces) if (piece.who === who) track.set(piece.audio, piece.at);
  writeFileSync(new URL(`${who}.ulaw`, import.meta.url), track);
}
const lines = (list: SampleTurn[]) => `[\n${list.map((turn) => `    ${JSON.stringify(turn)}`).join(',\n')}\n  ]`;
const json = `{\n  "durationMs": ${total / 8},\n  "rep": ${lines(turns.rep)},\n  "customer": ${lines(turns.customer)}\n}\n`;
writeFileSync(new URL('words.json', import.meta.url), json);
console.log(`${total / 8_000} s, ${total * 2} bytes of audio`);

function speak(who: 'rep' | 'customer', text: string): { audio: Uint8Array; words: { text: string; startMs: number; endMs: number }[] } {
  const said = spawnSync('python3', [new URL('speak.py', import.meta.url).pathname], {
    input: JSON.stringify({ ...VOICES[who], text }),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (said.status !== 0) throw new Error(`espeak-ng could not speak: ${said.stderr}`);
  const events = JSON.parse(said.stderr.toString()) as [number, number][];
  const pcm = new Int16Array(said.stdout.buffer.slice(said.stdout.byteOffset, said.stdout.byteOffset + said.stdout.length));
  const last = lastAudible(pcm, 0, pcm.length);
  const tokens = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    // The engine joins some small words ("of the"): such a word shares the event of the one before it.
    start: events.find(([offset]) => offset >= match.index && offset < match.index + match[0].length)?.[1],
  }));
  const starts = tokens.map(({ start }, at) => start ?? shared(tokens, at, last));
  const words = tokens.map(({ text: token }, at) => {
    const start = starts[at] ?? 0;
    return { text: token, startMs: toMs(start), endMs: toMs(lastAudible(pcm, start, starts[at + 1] ?? last + 1)) };
  });
  return { audio: toMulaw(toEightKhz(pcm.subarray(0, last + 1))), words };
}

/** Between the words around it, by letters. */
function shared(tokens: readonly { text: string; start: number | undefined }[], at: number, last: number): number {
  const before = tokens.findLastIndex((token, index) => index < at && token.start !== undefined);
  const after = tokens.findIndex((token, index) => index > at && token.start !== undefined);
  const from = tokens[before]?.start ?? 0;
  const to = after < 0 ? last : (tokens[after]?.start ?? last);
  const letters = (first: number, end: number) => tokens.slice(first, end).reduce((sum, token) => sum + token.text.length, 0);
  const all = letters(before, after < 0 ? tokens.length : after);
  return Math.round(from + ((to - from) * letters(before, at)) / all);
}

function lastAudible(pcm: Int16Array, from: number, to: number): number {
  for (let at = to - 1; at > from; at--) if (Math.abs(pcm[at] ?? 0) > AUDIBLE) return at;
  return to - 1;
}

/** Each output sample is the mean of the input it covers: enough of a low-pass for a telephone. */
function toEightKhz(pcm: Int16Array): Int16Array {
  const step = ENGINE_RATE / RATE;
  return Int16Array.from({ length: Math.floor(pcm.length / step) }, (_, at) => {
    const covered = pcm.subarray(Math.floor(at * step), Math.floor((at + 1) * step));
    return covered.reduce((sum, sample) => sum + sample, 0) / covered.length;
  });
}

function toMs(sample: number): number {
  return (sample * 1_000) / ENGINE_RATE;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z']/g, '');
}

/** 0.93 to 0.99, the same every time. */
function confidenceOf(turn: number, word: number): number {
  return (93 + ((turn * 31 + word * 17) % 7)) / 100;
}
