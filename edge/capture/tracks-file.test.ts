import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { readWhole, timed } from './read-whole.ts';
import { readIndex, TrackFault, type TrackFile, tracksFile } from './tracks-file.ts';

const people = [{ name: 'Sam', isOurs: true }];
const file = (speaker: string, offsetMs: number): TrackFile => ({ url: speaker, contentType: 'audio/mp4', speaker, offsetMs, people });
const open = async ({ url }: { url: string }) => ok({ body: new Blob([`<${url}>`]).stream(), size: null });

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(Uint8Array.from(piece));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

test('is all voices one behind the other, and says at its end where each stands', async () => {
  const bytes = await bytesOf(tracksFile([file('Sam', 0), file('Maya', 500)], open, () => 0));
  const tracks = readIndex(bytes);
  expect(tracks).toEqual([
    { speaker: 'Sam', role: 'rep', offsetMs: 0, contentType: 'audio/mp4', from: 0, size: 5 },
    { speaker: 'Maya', role: 'customer', offsetMs: 500, contentType: 'audio/mp4', from: 5, size: 6 },
  ]);
  expect(tracks?.map(({ from, size }) => new TextDecoder().decode(bytes.subarray(from, from + size)))).toEqual(['<Sam>', '<Maya>']);
});

test('everybody in one is on no side', async () => {
  expect(readIndex(await bytesOf(tracksFile([file('', 0)], open, () => 0)))).toMatchObject([{ speaker: '', role: 'other' }]);
});

test('a file that does not open ends it with the vendor’s reason', async () => {
  const shut = async () => failed({ kind: 'refused', said: 'elsewhere' } as const);
  await expect(bytesOf(tracksFile([file('Sam', 0)], shut, () => 0))).rejects.toThrow(TrackFault);
});

test('what is no such file has no index', () => {
  for (const text of ['', 'RIFF', '00000000', '[]99999999', 'xx00000002', '{}00000002'])
    expect(readIndex(new TextEncoder().encode(text))).toBeNull();
});

test('a body has to end in time and within its size', async () => {
  const silent = () => new ReadableStream<Uint8Array>();
  expect(await readWhole(silent(), { maxBytes: 10, maxMs: 5 })).toBe('broken');
  expect(await readWhole(new Blob(['123456']).stream(), { maxBytes: 5, maxMs: 1_000 })).toBe('too-large');
  expect(await readWhole(new Blob(['12345']).stream(), { maxBytes: 5, maxMs: 1_000 })).toHaveLength(5);
  await expect(bytesOf(timed(silent(), 5))).rejects.toThrow('too slow');
});
