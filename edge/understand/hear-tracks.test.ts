import { expect, test } from 'vitest';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import type { BatchSpeech } from '../ports/speech.ts';
import { type HeardTrack, hearTracks } from './hear-tracks.ts';

const said = (text: string, startMs: number): Utterance => ({
  seq: 0,
  role: 'other',
  speaker: 'Speaker 1',
  text,
  startMs,
  endMs: startMs + 500,
  confidence: 1,
});
const body = (text: string) => new Blob([text]).stream();
const track = (speaker: string, role: HeardTrack['role'], offsetMs: number): HeardTrack => ({
  speaker,
  role,
  offsetMs,
  contentType: 'audio/mp4',
  open: async () => body(speaker),
});
/** Hears for each voice what is given under its name. */
const ears = (by: Record<string, Utterance[]>): BatchSpeech => ({
  transcribe: async (audio) => ok(by[await new Response(audio.body as ReadableStream).text()] ?? []),
});

test('puts voices together in the order of time, each under its own name', async () => {
  const speech = ears({ Sam: [said('Hello.', 1_000), said('Bye.', 9_000)], Maya: [said('Hi.', 500)] });
  const heard = await hearTracks(speech, [track('Sam', 'rep', 0), track('Maya', 'customer', 2_000)], []);
  expect(heard.ok && heard.value.map(({ seq, role, speaker, text, startMs }) => [seq, role, speaker, text, startMs])).toEqual([
    [0, 'rep', 'Sam', 'Hello.', 1_000],
    [1, 'customer', 'Maya', 'Hi.', 2_500],
    [2, 'rep', 'Sam', 'Bye.', 9_000],
  ]);
});

test('everybody in one recording keeps the voices that were told apart', async () => {
  const heard = await hearTracks(ears({ '': [said('Hello.', 0)] }), [track('', 'other', 0)], []);
  expect(heard).toMatchObject({ value: [{ role: 'other', speaker: 'Speaker 1' }] });
});

test('half a meeting is none', async () => {
  const busy: BatchSpeech = { transcribe: async () => failed({ kind: 'busy', said: 'later' }) };
  expect(await hearTracks(busy, [track('Sam', 'rep', 0)], [])).toMatchObject({ fault: { kind: 'busy' } });
  expect(await hearTracks(ears({}), [{ ...track('Sam', 'rep', 0), open: async () => null }], [])).toMatchObject({
    fault: { kind: 'gone' },
  });
});
