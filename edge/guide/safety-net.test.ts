import { expect, test } from 'vitest';
import { interleave, wavHeader } from '../../shared/capture/interleave.ts';
import type { Role } from '../../shared/contracts/transcript.ts';
import type { CallFacts } from '../ports/live.ts';
import type { AudioLog, Piece } from './audio-log.ts';
import { SafetyNet } from './safety-net.ts';

const facts: CallFacts = { tenantId: 't', callId: 'c', customerName: 'Maya', startedAtMs: 0, repTrack: 'outbound' };
const loud = (seconds: number, byte: number) => new Uint8Array(seconds * 8_000).fill(byte);
const wav = (inbound: Uint8Array, outbound: Uint8Array) => {
  const both = interleave(inbound, outbound);
  return new Uint8Array([...wavHeader({ channels: 2, audioBytes: both.length }), ...both]);
};

interface Staged {
  missingMs?: number;
  file?: Uint8Array | 'later' | 'gone';
  heard?: Partial<Record<Role, Piece[]>>;
  /** So many answers to the question for a recording are lost; what runs all the same. */
  lost?: number;
  running?: string[];
}

function stage(it: Staged = {}) {
  const clock = { nowMs: 1_000_000 };
  const log: string[] = [];
  const laid: [Role, number, number, number][] = [];
  const kept = new Map<string, unknown>();
  let tapes = 0;
  const storage = {
    get: async (name: string) => structuredClone(kept.get(name)),
    put: async (name: string, value: unknown) => void kept.set(name, structuredClone(value)),
  } as unknown as DurableObjectStorage;
  const network = {
    streamAgain: async () => 'asked' as const,
    record: async () => {
      log.push('records');
      if ((it.lost ?? 0) > 0) {
        it.lost = (it.lost ?? 0) - 1;
        throw new Error('the answer was lost');
      }
      tapes += 1;
      return `RE${tapes}`;
    },
    findRecordings: async (_: CallFacts, { fromMs, toMs }: { fromMs: number; toMs: number }) => {
      log.push(`looks from ${fromMs} to ${toMs}`);
      return it.running ?? [];
    },
    stopRecording: async (_: CallFacts, id: string) => void log.push(`stops ${id}`),
    fetchRecording: async (_: CallFacts, id: string) => {
      log.push(`fetches ${id}`);
      const file = it.file ?? 'gone';
      return typeof file === 'string' ? file : new Blob([file.slice()]).stream();
    },
    dropRecording: async (_: CallFacts, id: string) => void log.push(`drops ${id}`),
  };
  const audio = {
    *heard(role: Role) {
      yield* it.heard?.[role] ?? [];
    },
    missingMs: () => it.missingMs ?? 0,
    mend: (role: Role, atMs: number, bytes: Uint8Array) => void laid.push([role, atMs, bytes.length / 8, bytes[0] ?? -1]),
  } as unknown as AudioLog;
  const made = () =>
    new SafetyNet(
      storage,
      () => network,
      () => clock.nowMs,
    );
  return { net: made(), again: made, log, laid, audio, clock };
}

test('one recording runs while there is consent, whoever asks how often', async () => {
  const { net, again, log } = stage();
  await net.spread(facts, () => 1_000);
  await net.spread(facts, () => 2_000);
  const restarted = again();
  await restarted.load();
  await restarted.spread(facts, () => 3_000);
  await restarted.fold(facts, 4_000);
  await restarted.fold(facts, 5_000);
  expect(log).toEqual(['records', 'stops RE1']);
});

test('a recording whose answer was lost is looked for before it is asked for again, and is a tape like any other', async () => {
  const { net, again, log, laid, audio } = stage({ lost: 1, running: ['RE7'], missingMs: 80, file: wav(loud(4, 0x10), loud(4, 0x20)) });
  await net.spread(facts, () => 10_000);
  // Died before anybody looked.
  const restarted = again();
  await restarted.load();
  await restarted.spread(facts, () => 11_000);
  await restarted.fold(facts, 12_000);
  expect(restarted.isNeeded(audio, 60_000)).toBe(true);
  expect(await restarted.mend(facts, audio)).toBe('mended');
  expect(laid.map(([, atMs, ms]) => [atMs, ms])).toEqual(
    [0, 1].flatMap(() => [
      [10_000, 1_000],
      [11_000, 1_000],
    ]),
  );
  await restarted.drop(facts);
  expect(log).toEqual(['records', 'looks from 1000000 to 1015000', 'stops RE7', 'fetches RE7', 'drops RE7']);
});

test('one that runs unknown to us is found after the call as well, and deleted', async () => {
  const { net, log, audio } = stage({ lost: 1, running: ['RE7'], missingMs: 80 });
  await net.spread(facts, () => 0);
  expect(net.isNeeded(audio, 60_000)).toBe(true);
  await net.drop(facts);
  expect(log).toEqual(['records', 'looks from 1000000 to 1015000', 'drops RE7']);
});

test('where none is found another is asked for, and nothing is forgotten while the first may still begin', async () => {
  const { net, log, clock } = stage({ lost: 1 });
  await net.spread(facts, () => 0);
  await net.spread(facts, () => 5_000);
  await expect(net.drop(facts)).rejects.toThrow('may still begin');
  clock.nowMs += 15_000;
  await net.drop(facts);
  await net.drop(facts);
  const look = 'looks from 1000000 to 1015000';
  expect(log).toEqual(['records', look, 'records', look, 'drops RE1', look]);
});

test('a recording that nobody needs is dropped unheard', async () => {
  const { net, log, audio } = stage({ missingMs: 40 });
  await net.spread(facts, () => 0);
  expect(net.isNeeded(audio, 60_000)).toBe(false);
  await net.drop(facts);
  expect(log).toEqual(['records', 'drops RE1']);
});

test('lost frames or a broken line make it needed', async () => {
  const lossy = stage({ missingMs: 80 });
  await lossy.net.spread(facts, () => 0);
  expect(lossy.net.isNeeded(lossy.audio, 60_000)).toBe(true);
  const broken = stage();
  await broken.net.spread(facts, () => 0);
  broken.net.broke(30_000);
  expect(broken.net.isNeeded(broken.audio, 60_000)).toBe(true);
  // Without a recording there is nothing to need.
  expect(stage({ missingMs: 80 }).net.isNeeded(lossy.audio, 60_000)).toBe(false);
});

test('it is laid side by side, by the clock where nothing is alike, and not a byte of it outside the consent', async () => {
  const { net, laid, audio } = stage({ missingMs: 80, file: wav(loud(4, 0x10), loud(4, 0x20)) });
  await net.spread(facts, () => 10_000);
  await net.fold(facts, 12_500);
  expect(await net.mend(facts, audio)).toBe('mended');
  expect(laid).toEqual(
    (['customer', 'rep'] as const).flatMap((role) =>
      [10_000, 11_000, 12_000].map((atMs) => [role, atMs, atMs === 12_000 ? 500 : 1_000, role === 'customer' ? 0x10 : 0x20]),
    ),
  );
  // Done once is done.
  expect(await net.mend(facts, audio)).toBe('nothing');
});

test('a line that broke right after the yes: the recording is placed by the sound that came when it was back', async () => {
  const levels = [0x80, 0x9a, 0xb4, 0xc8, 0xff];
  const talk = new Uint8Array(20 * 8_000).map(
    (_, at) => levels[Math.floor(Math.abs(Math.sin(Math.floor(at / 80) * 12.9898) * 43_758.5453)) % 5] ?? 0xff,
  );
  const trueStartMs = 3_400;
  const own: Piece[] = [];
  for (const [fromMs, toMs] of [
    [trueStartMs, 4_000],
    [6_000, 20_000],
  ] as const)
    for (let atMs = fromMs; atMs < toMs; atMs += 200)
      own.push({ atMs, bytes: talk.subarray((atMs - trueStartMs) * 8, (atMs - trueStartMs + 200) * 8) });
  const { net, laid, audio } = stage({ file: wav(talk, talk), heard: { rep: own, customer: own } });
  await net.spread(facts, () => 3_200);
  net.broke(4_000);
  expect(await net.mend(facts, audio)).toBe('mended');
  expect(laid[0]?.[1]).toBe(trueStartMs);
});

test('one that is not ready is asked for again, one that is gone or no telephone recording is given up', async () => {
  for (const [file, outcome] of [
    ['later', 'later'],
    ['gone', 'nothing'],
    [new TextEncoder().encode('a page that says no, in many words'), 'nothing'],
  ] as const) {
    const { net, laid, audio } = stage({ file });
    await net.spread(facts, () => 0);
    expect(await net.mend(facts, audio)).toBe(outcome);
    expect(laid).toEqual([]);
  }
});
