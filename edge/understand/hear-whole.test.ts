import { expect, test } from 'vitest';
import { interleave, wavHeader } from '../../shared/capture/interleave.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { hearWhole } from './hear-whole.ts';

const loud = new Uint8Array(10 * 8_000).fill(0x10);
const recording = new Uint8Array([...wavHeader({ channels: 2, audioBytes: loud.length * 2 }), ...interleave(loud, loud)]);
const said = (endMs: number, confidence = 0.9): Utterance[] =>
  (['rep', 'customer'] as const).map((role, seq) => ({ seq, role, speaker: role, text: `to ${endMs}`, startMs: 0, endMs, confidence }));
const down = failed({ kind: 'busy', said: 'away' } as const);

async function hear(
  first: Result<Utterance[]>[],
  second?: Result<Utterance[]>,
  channels: readonly Utterance['role'][] = ['rep', 'customer'],
  waitsForVoices = false,
) {
  const log: string[] = [];
  const file = () => ({ body: new Blob([recording]).stream(), contentType: 'audio/wav' });
  const speech = (name: string, answers: Result<Utterance[]>[]) => ({
    async transcribe({ body }: { body: ReadableStream<Uint8Array> | Uint8Array }) {
      const { byteLength } = await new Response(body as ReadableStream<Uint8Array>).arrayBuffer();
      log.push(`${name} heard ${byteLength === recording.length ? 'all' : byteLength}`);
      return answers.shift() ?? down;
    },
  });
  const got = await hearWhole(
    {
      speech: speech('first', first),
      ...(second ? { second: speech('second', [second]) } : {}),
      open: async () => file(),
      keyterms: [],
      waitsForVoices,
      metered: (share, by) => void log.push(`${by} ${Math.round(share * 100)} %`),
    },
    file(),
    channels,
  );
  return { log, got: got.ok ? got.value[0]?.text : got.fault.kind, speakers: got.ok ? got.value.map(({ speaker }) => speaker) : [] };
}

test('what covers the sound is taken at once', async () => {
  expect(await hear([ok(said(10_000))])).toMatchObject({ log: ['first heard all', 'first 100 %'], got: 'to 10000' });
});

test('below 98 % it is heard again, and the better one counts', async () => {
  expect(await hear([ok(said(5_000)), ok(said(10_000))])).toMatchObject({
    log: ['first heard all', 'first 55 %', 'first heard all', 'again 100 %'],
    got: 'to 10000',
  });
  expect((await hear([ok(said(5_000)), ok(said(1_000))])).got).toBe('to 5000');
});

test('a second recogniser comes in when that did not help, and its words count only when they are better', async () => {
  expect((await hear([ok(said(5_000)), ok(said(5_000))], ok(said(9_900)))).got).toBe('to 9900');
  expect((await hear([ok(said(5_000)), ok(said(5_000))], ok(said(9_900, 0.2)))).got).toBe('to 5000');
});

test('on one track better words keep the voices that were told apart before', async () => {
  const voiced = said(4_000).map((one, at) => ({
    ...one,
    role: 'other' as const,
    speaker: `Speaker ${at + 1}`,
    startMs: at * 4_000,
    endMs: at * 4_000 + 3_000,
  }));
  const whole = voiced.map((one) => ({ ...one, speaker: '', endMs: one.endMs + 3_000 }));
  const got = await hear([ok(voiced.slice(0, 1)), ok(voiced)], ok(whole), ['other']);
  expect(got.speakers).toEqual(['Speaker 1', 'Speaker 2']);
});

test('where voices decide, an outage is waited out', async () => {
  expect((await hear([down], ok(said(10_000)), ['other'], true)).got).toBe('busy');
  expect((await hear([down], ok(said(10_000)), ['other'])).got).toBe('to 10000');
});

test('words nobody is sure of are heard again', async () => {
  expect((await hear([ok(said(10_000, 0.4)), down], ok(said(10_000, 0.8)))).log).toContain('second heard all');
});

test('an outage of the first is the second one’s turn; without one the outage is told', async () => {
  expect((await hear([down], ok(said(10_000)))).got).toBe('to 10000');
  expect((await hear([down])).got).toBe('busy');
  expect((await hear([down], down)).got).toBe('busy');
});

test('a second try that fails takes nothing away', async () => {
  expect((await hear([ok(said(5_000)), down], down)).got).toBe('to 5000');
});
