import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus } from '../.ci/train/read-corpus.ts';
import { FRAME_BYTES, FRAME_MS } from '../shared/capture/frames.ts';
import { toMulaw } from '../shared/capture/mulaw.ts';
import type { HeardWord, Tick } from './deepgram/ear.ts';
import { novaChannel } from './deepgram/nova.ts';
import { dice } from './kit/dice.ts';

/**
 * `node sandbox/make-small-talk.ts DIR [--minutes 10]`: a call folder for `npm run replay` in which nobody sells anything. The words are the
 * training text's own talk among friends and colleagues; the sound is noise, louder while somebody speaks, for recognition plays its schedule.
 */
const { values, positionals } = parseArgs({ options: { minutes: { type: 'string', default: '10' } }, allowPositionals: true });
const [dir] = positionals;
const minutes = Number(values.minutes);
if (dir === undefined || !(minutes > 0 && minutes <= 120)) {
  process.stderr.write('node sandbox/make-small-talk.ts DIR [--minutes 10]\n');
  process.exit(2);
}
const ASR_MS = 120;
const random = dice(7);
const lengthMs = Math.round(minutes * 60_000);

const turns = talk();
const words = [0, 1].map((ch) => turns.flatMap((turn) => (turn.ch === ch ? turn.words : [])));
const durationMs = Math.ceil(((turns.at(-1)?.words.at(-1)?.endMs ?? 0) + 1_500) / FRAME_MS) * FRAME_MS;

mkdirSync(dir, { recursive: true });
const lines = (all: readonly object[]) => `${all.map((one) => JSON.stringify(one)).join('\n')}\n`;
writeFileSync(join(dir, 'twilio_frames.jsonl'), lines(frames()));
writeFileSync(join(dir, 'deepgram_live.jsonl'), lines(schedule()));
writeFileSync(join(dir, 'triggers.json'), '[]\n');
const seconds = (ms: number) => ms / 1_000;
const told = turns.map(({ ch, words: said }) => ({
  role: ch === 1 ? 'rep' : 'prospect',
  words: said.map(({ text, startMs, endMs }) => ({ word: text, start: seconds(startMs), end: seconds(endMs) })),
}));
writeFileSync(join(dir, 'truth.json'), JSON.stringify({ duration: seconds(durationMs), turns: told }));
process.stdout.write(`${JSON.stringify({ turns: turns.length, minutes: Math.round(durationMs / 6_000) / 10 })}\n`);

/** One dialogue after the other, nobody in anybody's word, until the time is over. */
function talk(): { ch: 0 | 1; words: HeardWord[] }[] {
  const all: { ch: 0 | 1; words: HeardWord[] }[] = [];
  const spoken = readCorpus(join(import.meta.dirname, '../.ci/train/corpus')).filter(({ intent }) => intent === 'none');
  let atMs = 600;
  for (const { isRep, text } of spoken.flatMap((dialogue) => dialogue.turns)) {
    const said = text.split(/\s+/);
    const list = said.map((word, at): HeardWord => {
      const startMs = atMs;
      const endMs = Math.round(startMs + 90 + word.length * 45 + random() * 60);
      atMs = endMs + 30;
      const side = isRep ? 'rep' : 'customer';
      return { text: word, startMs, endMs, confidence: 0.93 + random() * 0.06, side, turn: all.length, isLast: at === said.length - 1 };
    });
    all.push({ ch: isRep ? 1 : 0, words: list });
    atMs = Math.round(atMs + 300 + random() * 900);
    if (atMs >= lengthMs) break;
  }
  return all;
}

function frames(): object[] {
  const streamSid = `MZ${'0'.repeat(32)}`;
  const start = { accountSid: `AC${'0'.repeat(32)}`, streamSid, callSid: `CA${'0'.repeat(32)}`, tracks: ['inbound', 'outbound'] };
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
  const all: object[] = [
    { t: 0, msg: { event: 'connected', protocol: 'Call', version: '1.0.0' } },
    { t: 0, msg: { event: 'start', sequenceNumber: '1', start: { ...start, mediaFormat, customParameters: {} }, streamSid } },
  ];
  let sequence = 2;
  const next = [0, 0];
  for (let t = FRAME_MS; t <= durationMs; t += FRAME_MS)
    for (const [ch, track] of ['inbound', 'outbound'].entries()) {
      while ((words[ch]?.[next[ch] ?? 0]?.endMs ?? Number.POSITIVE_INFINITY) < t) next[ch] = (next[ch] ?? 0) + 1;
      const isSpeaking = (words[ch]?.[next[ch] ?? 0]?.startMs ?? Number.POSITIVE_INFINITY) < t;
      const size = isSpeaking ? 4_000 : 60;
      const sound = toMulaw(Int16Array.from({ length: FRAME_BYTES }, () => (random() - 0.5) * 2 * size));
      const media = { track, chunk: String(t / FRAME_MS), timestamp: String(t - FRAME_MS), payload: Buffer.from(sound).toString('base64') };
      all.push({ t, msg: { event: 'media', sequenceNumber: String(sequence++), media, streamSid } });
    }
  const stop = { accountSid: start.accountSid, callSid: start.callSid };
  return [...all, { t: durationMs, msg: { event: 'stop', sequenceNumber: String(sequence), streamSid, stop } }];
}

/** Both channels as one nova session of two channels would tell them. */
function schedule(): object[] {
  const settings = {
    channels: 2,
    interim: true,
    endpointingMs: 300,
    utteranceEndMs: 1_000,
    vadEvents: false,
    isPunctuated: true,
    diarize: false,
  };
  const all: { t: number; msg: object }[] = [];
  for (const ch of [0, 1]) {
    const nova = novaChannel('00000000-0000-4000-8000-000000000001', ch, settings);
    let next = 0;
    for (let endMs = FRAME_MS; endMs <= durationMs; endMs += FRAME_MS) {
      const ended: HeardWord[] = [];
      for (let word = words[ch]?.[next]; word && word.endMs <= endMs; word = words[ch]?.[next]) {
        ended.push(word);
        next += 1;
      }
      const inWord = (words[ch]?.[next]?.startMs ?? Number.POSITIVE_INFINITY) < endMs;
      const tick: Tick = { endMs, words: ended, inWord, isStrange: false };
      for (const msg of nova.tick(tick)) all.push({ t: endMs + ASR_MS, msg });
    }
  }
  return all.sort((one, other) => one.t - other.t);
}
