import { expect, test } from 'vitest';
import { interleave, wavHeader } from '../../../shared/capture/interleave.ts';
import { whisperBatch } from './whisper.ts';

const sound = (seconds: number, byte: number) => new Uint8Array(seconds * 8_000).fill(byte);
const wav = (rep: Uint8Array, customer: Uint8Array) => {
  const both = interleave(rep, customer);
  return new Uint8Array([...wavHeader({ channels: 2, audioBytes: both.length }), ...both]);
};
const streamOf = (file: Uint8Array) => new Blob([file.slice()]).stream();
const ask = { contentType: 'audio/wav', channels: ['rep', 'customer'], keyterms: [] } as const;

/** Says how long each piece it gets is. */
function ai(
  answer: (ms: number) => unknown = (ms) => ({
    segments: [{ start: 0.5, end: 1.5, text: ` ${ms} `, avg_logprob: -0.1, no_speech_prob: 0 }],
  }),
) {
  const models: string[] = [];
  return {
    models,
    async run(model: string, input: Record<string, unknown>) {
      models.push(model);
      const file = Buffer.from(String(input['audio']), 'base64');
      expect(file.subarray(0, 16).toString('latin1')).toMatch(/^RIFF[\s\S]{4}WAVEfmt $/);
      return answer((file.length - 44) / 16);
    },
  };
}

test('each side is heard alone, half a minute at a time, in call time', async () => {
  const got = await whisperBatch(ai()).transcribe({ ...ask, body: streamOf(wav(sound(40, 0x10), sound(20, 0x20))) });
  expect(
    got.ok && got.value.map(({ seq, role, text, startMs, endMs, confidence }) => [seq, role, text, startMs, endMs, confidence]),
  ).toEqual([
    [0, 'rep', '30000', 500, 1_500, 0.905],
    [1, 'customer', '30000', 500, 1_500, 0.905],
    [2, 'rep', '10000', 30_500, 31_500, 0.905],
  ]);
});

test('everybody on one track is one voice, and nobody’s side', async () => {
  const audio = sound(5, 0x10);
  const file = new Uint8Array([...wavHeader({ channels: 1, audioBytes: audio.length }), ...audio]);
  const got = await whisperBatch(ai()).transcribe({ ...ask, channels: ['other'], body: streamOf(file) });
  expect(got.ok && got.value.map(({ role, speaker, text }) => [role, speaker, text])).toEqual([['other', 'Speaker 1', '5000']]);
});

test('channels whose sides nobody knows are voices of their own', async () => {
  const got = await whisperBatch(ai()).transcribe({
    ...ask,
    channels: ['other', 'other'],
    body: streamOf(wav(sound(5, 0x10), sound(5, 0x20))),
  });
  expect(got.ok && got.value.map(({ role, speaker }) => [role, speaker])).toEqual([
    ['other', 'Speaker 1'],
    ['other', 'Speaker 2'],
  ]);
});

test('silence is not asked about, and not paid for', async () => {
  const heard = ai();
  const paid: number[] = [];
  await whisperBatch(heard).transcribe({ ...ask, body: wav(sound(5, 0xff), sound(5, 0x10)), spent: (seconds) => void paid.push(seconds) });
  expect([heard.models, paid]).toEqual([['@cf/openai/whisper-large-v3-turbo'], [5]]);
});

test('an answer of another shape, an outage and another kind of file are told apart', async () => {
  const file = wav(sound(1, 0x10), sound(1, 0x10));
  const kind = async (answer: () => unknown, body: Uint8Array = file) => {
    const got = await whisperBatch(ai(answer)).transcribe({ ...ask, body });
    return got.ok ? 'heard' : got.fault.kind;
  };
  expect(await kind(() => ({ text: 'no segments' }))).toBe('broken');
  expect(await kind(() => Promise.reject(new Error('5xx')))).toBe('busy');
  expect(await kind(() => ({ segments: [] }), new TextEncoder().encode('ID3 is another kind of file, long enough to be looked at'))).toBe(
    'refused',
  );
});
