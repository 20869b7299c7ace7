import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { parseTranscript } from './parse-transcript.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, name = 'call.txt') => {
  const parsed = parseTranscript(bytes(text), name);
  return parsed.ok
    ? { format: parsed.format, turns: parsed.utterances.map((one) => [one.role, one.speaker, one.text, one.startMs, one.endMs]) }
    : parsed.why;
};
const rep = (text: string, from: number, to: number) => ['rep', 'Ana Ruiz', text, from, to];
const customer = (text: string, from: number, to: number) => ['customer', 'Bo Lund', text, from, to];

const VTT = `WEBVTT

1
00:00:01.000 --> 00:00:03.000
<v Ana Ruiz>Hi Bo, this is Ana from Northpeak.</v>

00:00:03.500 --> 00:00:05.000
<v Bo Lund>Hello &amp; welcome.</v>
`;

test('reads WebVTT with voices', () => {
  expect(read(VTT)).toEqual({
    format: 'vtt',
    turns: [rep('Hi Bo, this is Ana from Northpeak.', 1000, 3000), customer('Hello & welcome.', 3500, 5000)],
  });
});

test('reads the meeting kind of WebVTT, where the name stands before the words, and joins what one voice goes on saying', () => {
  const text =
    'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.000\r\nAna Ruiz: Hi Bo, this is Ana\r\n\r\n2\r\n00:00:03.000 --> 00:00:04.000\r\nAna Ruiz: from Northpeak.\r\n\r\n3\r\n00:00:04.500 --> 00:00:05.000\r\nBo Lund: Hello.\r\n';
  expect(read(text)).toEqual({
    format: 'vtt',
    turns: [rep('Hi Bo, this is Ana from Northpeak.', 1000, 4000), customer('Hello.', 4500, 5000)],
  });
});

test('reads SRT', () => {
  expect(
    read('1\n00:00:01,000 --> 00:00:03,000\nAna Ruiz: What do you use today?\n\n2\n00:00:03,500 --> 00:00:05,000\nBo Lund: Paper.\n'),
  ).toEqual({
    format: 'srt',
    turns: [rep('What do you use today?', 1000, 3000), customer('Paper.', 3500, 5000)],
  });
});

test('reads plain lines, with and without times', () => {
  expect(read('Ana Ruiz: What do you use today?\nBo Lund: Paper.\nA lot of it.')).toEqual({
    format: 'text',
    turns: [rep('What do you use today?', 0, 2000), customer('Paper. A lot of it.', 2000, 4000)],
  });
  expect(read('[00:12] Ana Ruiz: What do you use today?\n[00:15] Bo Lund: Paper.')).toEqual({
    format: 'text',
    turns: [rep('What do you use today?', 12_000, 15_000), customer('Paper.', 15_000, 15_400)],
  });
});

test('reads Deepgram’s answer by utterances, by channel, and by voices alone', () => {
  const word = (text: string, start: number, speaker: number) => ({
    word: text.toLowerCase(),
    punctuated_word: text,
    start,
    end: start + 0.4,
    confidence: 0.9,
    speaker,
  });
  const utterances = [
    { start: 0.5, end: 2, confidence: 0.98, channel: 0, speaker: 0, transcript: 'What do you use today?', words: [], id: 'a' },
    { start: 2.5, end: 3, confidence: 0.97, channel: 1, speaker: 0, transcript: 'Paper.', words: [], id: 'b' },
  ];
  const turns = [
    ['rep', 'Speaker 1', 'What do you use today?', 500, 2000],
    ['customer', 'Speaker 2', 'Paper.', 2500, 3000],
  ];
  expect(
    read(
      JSON.stringify({
        metadata: {},
        results: { channels: [{ alternatives: [{ transcript: '' }] }, { alternatives: [{ transcript: '' }] }], utterances },
      }),
    ),
  ).toEqual({ format: 'deepgram', turns });
  const words = [word('Do', 1, 0), word('you', 1.4, 0), word('agree?', 1.8, 0), word('Yes.', 2.4, 1)];
  expect(read(JSON.stringify({ results: { channels: [{ alternatives: [{ transcript: '', words }] }] } }))).toEqual({
    format: 'deepgram',
    turns: [
      ['rep', 'Speaker 1', 'Do you agree?', 1000, 2200],
      ['customer', 'Speaker 2', 'Yes.', 2400, 2800],
    ],
  });
});

test('reads Twilio’s sentences', () => {
  const sentences = [
    { media_channel: 2, sentence_index: 1, start_time: '3.5', end_time: '4', transcript: 'Paper.', confidence: '0.8' },
    { media_channel: 1, sentence_index: 0, start_time: '1', end_time: '3', transcript: 'What do you use today?', confidence: '0.9' },
  ];
  expect(read(JSON.stringify({ sentences, meta: {} }))).toEqual({
    format: 'twilio',
    turns: [
      ['rep', 'Speaker 1', 'What do you use today?', 1000, 3000],
      ['customer', 'Speaker 2', 'Paper.', 3500, 4000],
    ],
  });
});

test('reads Zoom’s live messages, one a line, and its participants', () => {
  const message = (user_name: string, data: string, timestamp: number) =>
    JSON.stringify({ msg_type: 17, content: { user_id: 1, user_name, data, timestamp } });
  const parsed = parseTranscript(
    bytes(`${message('Ana Ruiz', 'What do you use today?', 1_727_384_100_000)}\n${message('Bo Lund', 'Paper.', 1_727_384_103_000)}\n`),
    'zoom.json',
  );
  expect(parsed).toMatchObject({
    ok: true,
    format: 'zoom',
    startedAt: '2024-09-26T20:55:00.000Z',
    utterances: [
      { role: 'rep', startMs: 0 },
      { role: 'customer', startMs: 3000 },
    ],
  });
  const participants = [
    { display_name: 'Ana Ruiz', transcripts: [{ text: 'What do you use today?', start_time: '00:00:01.000', end_time: '00:00:03.000' }] },
    { display_name: 'Bo Lund', transcripts: [{ text: 'Paper.', start_time: '00:00:03.500', end_time: '00:00:04.000' }] },
  ];
  expect(read(JSON.stringify({ participants }))).toEqual({
    format: 'zoom',
    turns: [rep('What do you use today?', 1000, 3000), customer('Paper.', 3500, 4000)],
  });
});

test('goes by the content, not by the name', () => {
  expect(read(VTT, 'call.mp3')).toMatchObject({ format: 'vtt' });
  expect(read('Ana Ruiz: Hi.\nBo Lund: Hi.', 'call.json')).toMatchObject({ format: 'text' });
});

test('takes UTF-16 with its mark', () => {
  const text = 'Ana: Ça va?\nBo: Ja \u{1f642}.';
  const units = [0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))];
  expect(decodeText(Uint8Array.from(units.flatMap((unit) => [unit & 255, unit >> 8])))).toBe(text);
  expect(decodeText(Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255])))).toBe(text);
});

test.each<[string, Uint8Array, RegExp]>([
  ['nothing', bytes(''), /is empty/],
  ['only white space', bytes(' \n '), /is empty/],
  ['a recording', Uint8Array.from([...bytes('RIFF'), 0, 0, 0, 0, ...bytes('WAVEfmt ')]), /recording \(WAV\).*DEEPGRAM_API_KEY/],
  ['an mp3 without a tag', Uint8Array.from([0xff, 0xfb, 0x90, 0x00]), /recording \(MP3\).*DEEPGRAM_API_KEY/],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), /not text/],
  ['an old encoding', Uint8Array.from([...bytes('Ana: caf'), 0xe9, 10]), /save it as UTF-8/],
  ['more than 20 MB', new Uint8Array(20 * 1024 * 1024 + 1).fill(32), /larger than 20 MB/],
  ['JSON cut off', bytes('{"results":{"channels":[{"al'), /broken or cut off/],
  ['JSON of another kind', bytes('{"hello":1}'), /kind not known/],
  ['prose', bytes('Once upon a time there was a call.'), /does not say who speaks/],
  ['a web page', bytes('<!doctype html><p>Ana: hi</p>'), /document/],
  ['WebVTT without words', bytes('WEBVTT\n\n'), /no spoken words/],
])('refuses %s in one sentence', (_, file, why) => {
  const parsed = parseTranscript(file, '/home/x/call.txt');
  expect(parsed).toMatchObject({ ok: false, why: expect.stringMatching(why) });
  expect(parsed).toMatchObject({ why: expect.stringMatching(/^call\.txt [^\n]+\.$/) });
});

test('tells the rep by label, by name, by how they speak, else by who began', () => {
  const roles = (text: string, names = {}) => {
    const parsed = parseTranscript(bytes(text), 'x', names);
    return parsed.ok ? parsed.utterances.map((one) => one.role) : [];
  };
  expect(roles('Customer: Hi.\nAgent: Hi.')).toEqual(['customer', 'rep']);
  expect(roles('Bo: Hi.\nAna: Hi.', { repName: 'Ana Ruiz' })).toEqual(['customer', 'rep']);
  expect(roles('Ana: Hi.\nBo: Hi.', { customerName: 'Ana Ruiz' })).toEqual(['customer', 'rep']);
  expect(roles('Bo: Hello?\nAna: Hi, this is Ana from Northpeak.')).toEqual(['customer', 'rep']);
  expect(roles('Bo: Mm.\nAna: Mm.')).toEqual(['rep', 'customer']);
  expect(roles('Bo: Talking to myself.')).toEqual(['other']);
});

test('never throws on any bytes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 400 }).map(bytes), fc.json().map(bytes)), (file) => {
      const parsed = parseTranscript(file, 'x');
      if (parsed.ok) expect(parsed.utterances.map((one) => one.seq)).toEqual(parsed.utterances.map((_, at) => at));
    }),
    { numRuns: 400 },
  );
});
