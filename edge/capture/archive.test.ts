import { expect, test } from 'vitest';
import type { Role } from '../../shared/contracts/transcript.ts';
import { archive } from './archive.ts';

const FRAME_BYTES = 160;
const SILENCE = 0xff;
const HEADER = 58;
const frame = (atMs: number, byte: number, frames = 1) => ({ atMs, bytes: new Uint8Array(FRAME_BYTES * frames).fill(byte) });

async function recordingOf(tracks: Partial<Record<Role, { atMs: number; bytes: Uint8Array }[]>>) {
  const put: [string, Uint8Array, string][] = [];
  const bucket = {
    async put(key: string, body: ReadableStream<Uint8Array>, size: number, type: string) {
      const file = new Uint8Array(await new Response(body).arrayBuffer());
      // R2 takes a stream only with its true length.
      expect(file.length).toBe(size);
      put.push([key, file, type]);
      return `${key}.k1`;
    },
  };
  const key = await archive(bucket, { tenantId: 'tenant-1', callId: 'call-1' }, (role) => tracks[role] ?? []);
  const [, file = new Uint8Array()] = put[0] ?? [];
  /** What one side says in each 20 ms. */
  const side = (channel: 0 | 1) =>
    Array.from({ length: (file.length - HEADER) / (FRAME_BYTES * 2) }, (_, at) => {
      const heard = new Set(Array.from({ length: FRAME_BYTES }, (_, n) => file[HEADER + (at * FRAME_BYTES + n) * 2 + channel]));
      return heard.size === 1 ? [...heard][0] : 'mixed';
    });
  return { key, put, file, rep: side(0), customer: side(1) };
}

test('the rep is left, the customer right, in one WAV under the call’s key', async () => {
  const { key, put, file, rep, customer } = await recordingOf({
    rep: [frame(0, 1), frame(20, 2)],
    customer: [frame(0, 11), frame(20, 12)],
  });
  expect([key, put[0]?.[0], put[0]?.[2], put.length]).toEqual(['audio/tenant-1/call-1.k1', 'audio/tenant-1/call-1', 'audio/wav', 1]);
  expect([rep, customer]).toEqual([
    [1, 2],
    [11, 12],
  ]);
  const view = new DataView(file.buffer);
  expect([view.getUint16(22, true), view.getUint32(54, true)]).toEqual([2, file.length - HEADER]);
});

test('everybody on one track is a file of one channel', async () => {
  const files: Uint8Array[] = [];
  const bucket = {
    put: async (key: string, body: ReadableStream<Uint8Array>, size: number) => {
      files.push(new Uint8Array(await new Response(body).arrayBuffer()));
      expect(files[0]?.length).toBe(size);
      return key;
    },
  };
  await archive(bucket, { tenantId: 'tenant-1', callId: 'call-1', tracks: 'mixed' }, (role) =>
    role === 'rep' ? [frame(0, 1), frame(40, 2)] : [],
  );
  const file = files[0] ?? new Uint8Array();
  expect([new DataView(file.buffer).getUint16(22, true), [0, 1, 2].map((at) => file[HEADER + at * FRAME_BYTES + 7])]).toEqual([
    1,
    [1, SILENCE, 2],
  ]);
});

test('a gap is silence on its side, so that what follows keeps its time', async () => {
  const { rep, customer } = await recordingOf({
    rep: [frame(0, 1), frame(80, 2)],
    customer: [frame(0, 11, 5)],
  });
  expect(rep).toEqual([1, SILENCE, SILENCE, SILENCE, 2]);
  expect(customer).toEqual([11, 11, 11, 11, 11]);
});

test('a side that says nothing is silent to the end', async () => {
  const { rep, customer } = await recordingOf({ customer: [frame(0, 11), frame(20, 12)] });
  expect(rep).toEqual([SILENCE, SILENCE]);
  expect(customer).toEqual([11, 12]);
});

test('a side that starts later and ends earlier keeps its place', async () => {
  const { rep, customer } = await recordingOf({ rep: [frame(0, 1, 4)], customer: [frame(40, 11)] });
  expect(rep).toEqual([1, 1, 1, 1]);
  expect(customer).toEqual([SILENCE, SILENCE, 11, SILENCE]);
});

test('nothing heard is a file without sound', async () => {
  expect((await recordingOf({})).file.length).toBe(HEADER);
});

test('a consent given late in the call keeps everything after it, at its time', async () => {
  const lateMs = 25 * 60_000;
  const { rep, customer } = await recordingOf({ rep: [frame(lateMs, 1)], customer: [frame(lateMs, 11), frame(lateMs + 20, 12)] });
  expect([rep.indexOf(1), customer.indexOf(11), customer.indexOf(12)]).toEqual([lateMs / 20, lateMs / 20, lateMs / 20 + 1]);
});

test('a clock that jumps to nonsense costs no memory', async () => {
  const { rep } = await recordingOf({ rep: [frame(0, 1), frame(1e12, 2)] });
  expect(rep).toEqual([1]);
});
