import { expect, test } from 'vitest';
import { sampleCall } from '../../sandbox/sample-call/read.ts';
import { interleave, wavHeader } from '../../shared/capture/interleave.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { type HeardCall, type TranscribeDeps, transcribe } from './transcribe.ts';

const ids = { tenantId: 'tenant-1', callId: 'call-1' };
const said = (role: Utterance['role'], speaker: string, seq = 0): Utterance => ({
  seq,
  role,
  speaker,
  text: 'words',
  startMs: 0,
  endMs: 1_000,
  confidence: 0.9,
});
const call: HeardCall = {
  status: 'ended',
  audioKey: 'audio/1.wav',
  uploadKey: null,
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
};

function desk(it: Partial<HeardCall> = {}, heard: Result<Utterance[]> = ok([]), contentType = 'audio/wav', bytes = new Uint8Array(4)) {
  const log: unknown[] = [];
  const deps: TranscribeDeps = {
    callOf: async () => ({ ...call, ...it }),
    keytermsOf: async () => ['Zendara'],
    open: async (key) => {
      log.push(`opened ${key}`);
      return { body: new Blob([bytes]).stream() as ReadableStream<Uint8Array>, contentType };
    },
    openTracks: async () => null,
    parseFile: (file, names) => {
      log.push(`parsed ${file.length} ${names.repName}`);
      return { ok: true, utterances: [said('customer', 'Maya Lindqvist')] };
    },
    speech: {
      transcribe: async ({ channels, contentType: kind, keyterms }) => {
        log.push(`heard ${kind} ${channels.join('+')} ${keyterms.join()}`);
        return heard;
      },
    },
    holdOff: async () => log.push('held off') > 0,
    letGo: async () => void log.push('let go'),
    save: async (_tenantId, _callId, utterances) => void log.push(['saved', utterances.map(({ speaker }) => speaker)]),
    fail: async (_tenantId, _callId, trouble) => void log.push(`failed ${trouble}`),
    enqueue: async (job) => void log.push(`queued ${job.kind}`),
  };
  return { deps, log };
}

test('a recording is heard with the rep left and the customer right, and people get their names', async () => {
  const { deps, log } = desk({}, ok([said('rep', 'rep'), said('customer', '', 1), said('customer', 'Tom', 2), said('other', '', 3)]));
  expect(await transcribe(deps, ids)).toBe('done');
  expect(log).toEqual([
    'opened audio/1.wav',
    'held off',
    'opened audio/1.wav',
    'heard audio/wav rep+customer Zendara',
    ['saved', ['Sam Okafor', 'Maya Lindqvist', 'Tom', '']],
    'queued call-transcribed',
  ]);
});

test('a recording somebody handed over has no known sides', async () => {
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok([]), 'audio/*');
  await transcribe(deps, ids);
  expect(log[2]).toBe('heard audio/* other Zendara');
});

const voices = (...lines: [speaker: string, text: string][]): Utterance[] =>
  lines.map(([speaker, text], seq) => ({ ...said('other', speaker, seq), text }));
const sold = voices(
  ['Speaker 1', 'How many people are on your team? Would you like me to show you? I will send you the plan.'],
  ['Speaker 2', 'My boss says it is too expensive, and honestly I do not know. We have been burned before.'],
);

test('voices of one track get their sides and names from what was said', async () => {
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok(sold), 'audio/mpeg');
  await transcribe(deps, ids);
  expect(log).toContainEqual(['saved', ['Sam Okafor', 'Maya Lindqvist']]);
});

test('voices nobody can be sure of stay voices', async () => {
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok(voices(['Speaker 1', 'Hello.'], ['Speaker 2', 'Good morning.'])));
  await transcribe(deps, ids);
  expect(log).toContainEqual(['saved', ['Speaker 1', 'Speaker 2']]);
});

const oneTrack = (seconds: number) =>
  new Uint8Array([...wavHeader({ channels: 1, audioBytes: seconds * 8_000 }), ...new Uint8Array(seconds * 8_000).fill(0x10)]);

test('everybody on one track is heard by voice, whatever the call came from, though the recording is ours', async () => {
  const mono = desk({ source: 'browser' }, ok(sold), 'audio/wav', oneTrack(1));
  await transcribe(mono.deps, ids);
  expect(mono.log).toContain('heard audio/wav other Zendara');
  expect(mono.log).toContainEqual(['saved', ['Sam Okafor', 'Maya Lindqvist']]);
  const { deps, log } = desk({ source: 'salesforce' }, ok(sold));
  await transcribe(deps, ids);
  expect(log).toContain('heard audio/wav other Zendara');
});

test('one track is metered, heard again, and by the second recogniser; of an outage only when voices did not come for long', async () => {
  const short = sold.map((one, at) => ({ ...one, startMs: at * 500, endMs: at * 500 + 400 }));
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok(short), 'audio/wav', oneTrack(8));
  const second = {
    transcribe: async () => ok(short.map((one, at) => ({ ...one, speaker: 'Speaker 1', startMs: at * 4_000, endMs: at * 4_000 + 4_000 }))),
  };
  const metered = (_call: string, share: number, by: string) => void log.push(`${by} ${Math.round(share * 100)} %`);
  const secondSpeech: TranscribeDeps['speech'] = {
    transcribe: async ({ body }) => {
      await new Response(body as ReadableStream<Uint8Array>).arrayBuffer();
      return second.transcribe();
    },
  };
  const speech: TranscribeDeps['speech'] = {
    transcribe: async ({ body }) => {
      await new Response(body as ReadableStream<Uint8Array>).arrayBuffer();
      return ok(short);
    },
  };
  await transcribe({ ...deps, speech, secondSpeech, metered }, ids);
  expect(log.filter((one) => String(one).endsWith('%'))).toEqual(['first 18 %', 'again 18 %', 'second 100 %']);

  const away = { transcribe: async () => failed({ kind: 'busy', said: 'away' } as const) };
  const late = (tries: number) => desk({ audioKey: null, uploadKey: 'files/1', tries }, ok([]), 'audio/wav', oneTrack(8)).deps;
  expect(await transcribe({ ...late(0), speech: away, secondSpeech }, ids)).toBe('again');
  expect(await transcribe({ ...late(4), speech: away, secondSpeech }, ids)).toBe('done');
});

test('a handed-over recording with a speaker on each channel is heard by channel', async () => {
  const { rep, customer } = sampleCall().tracks;
  const audio = interleave(rep.audio, customer.audio);
  const file = new Uint8Array(Buffer.concat([wavHeader({ channels: 2, audioBytes: audio.length }), audio]));
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok(sold), 'audio/wav', file);
  await transcribe(deps, ids);
  expect(log).toContain('heard audio/wav other+other Zendara');
});

test('a call nobody agreed to record gets an empty transcript, and goes on', async () => {
  const { deps, log } = desk({ audioKey: null });
  expect(await transcribe(deps, ids)).toBe('done');
  expect(log).toEqual([['saved', []], 'queued call-transcribed']);
});

test('a handed-over transcript is read, not heard', async () => {
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok([]), 'text/plain', new Uint8Array(12));
  await transcribe(deps, ids);
  expect(log).toEqual(['opened files/1', 'parsed 12 Sam Okafor', ['saved', ['Maya Lindqvist']], 'queued call-transcribed']);
});

test('a file that cannot be read fails the call with its sentence', async () => {
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' }, ok([]), 'text/plain');
  const odd = { ...deps, parseFile: () => ({ ok: false as const, why: 'The file holds no conversation.' }) };
  expect(await transcribe(odd, ids)).toBe('done');
  expect(log).toEqual(['opened files/1', 'failed The file holds no conversation.']);
});

test('a text beyond 20 MB is not read to its end', async () => {
  const { deps, log } = desk({ audioKey: null, uploadKey: 'files/1' });
  let given = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1;
      controller.enqueue(new Uint8Array(1024 * 1024));
    },
  });
  expect(await transcribe({ ...deps, open: async () => ({ body, contentType: 'text/plain' }) }, ids)).toBe('done');
  expect(log).toEqual(['failed The file is larger than 20 MB. Send the part with the conversation.']);
  expect(given).toBeLessThan(24);
});

test('a recording that is gone fails the call', async () => {
  const { deps, log } = desk();
  expect(await transcribe({ ...deps, open: async () => null }, ids)).toBe('done');
  expect(log).toEqual(['failed The recording is no longer here.']);
});

test('a recogniser that is busy or broken is asked again, and nothing is stored meanwhile', async () => {
  for (const kind of ['busy', 'broken'] as const) {
    const { deps, log } = desk({}, failed({ kind, said: 'Speech recognition is away.' }));
    expect(await transcribe(deps, ids)).toBe('again');
    expect(log).toEqual(['opened audio/1.wav', 'held off', 'opened audio/1.wav', 'heard audio/wav rep+customer Zendara', 'let go']);
  }
});

test('a recogniser that refuses fails the call with its sentence', async () => {
  const { deps, log } = desk({}, failed({ kind: 'refused', said: 'This is no audio we know.' }));
  expect(await transcribe(deps, ids)).toBe('done');
  expect(log.at(-1)).toBe('failed This is no audio we know.');
});

test('a call transcribed before only goes on: its transcript stands', async () => {
  const { deps, log } = desk({ status: 'transcribed' });
  expect(await transcribe(deps, ids)).toBe('done');
  expect(log).toEqual(['queued call-transcribed']);
});

test('a call that runs, failed, is understood or is gone is left alone', async () => {
  for (const status of ['live', 'failed', 'understood']) {
    const { deps, log } = desk({ status });
    expect(await transcribe(deps, ids)).toBe('done');
    expect(log).toEqual([]);
  }
  const { deps, log } = desk();
  expect(await transcribe({ ...deps, callOf: async () => null }, ids)).toBe('done');
  expect(log).toEqual([]);
});

test('of two messages about a recording one has it heard, and one that breaks down leaves it to the next', async () => {
  const late = desk();
  expect(await transcribe({ ...late.deps, holdOff: async () => false }, ids)).toBe('done');
  expect(late.log).toEqual(['opened audio/1.wav']);
  const broken = desk();
  const away = { transcribe: () => Promise.reject(new Error('cut')) };
  await expect(transcribe({ ...broken.deps, speech: away }, ids)).rejects.toThrow('cut');
  expect(broken.log).toEqual(['opened audio/1.wav', 'held off', 'opened audio/1.wav', 'let go']);
});
