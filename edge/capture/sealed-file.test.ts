import { expect, test } from 'vitest';
import { type FileKey, openFile, type Part, sealedSize, sealFile } from './sealed-file.ts';

const RECORD = 64 * 1024;
const SEALED_RECORD = RECORD + 16;
const HEADER = 20;
const keyOf = (byte: number) => new Uint8Array(32).fill(byte);
const mine: FileKey = { key: keyOf(1), bound: 'ros|a1|tenant-1|audio/call-1|k1' };
const streamOf = (bytes: Uint8Array, piece = 10_000) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += piece) controller.enqueue(bytes.slice(at, at + piece));
      controller.close();
    },
  });
const read = async (body: ReadableStream<Uint8Array>) => new Uint8Array(await new Response(body).arrayBuffer());
const plain = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
const sealed = (bytes: Uint8Array, of = mine) => read(sealFile(of, streamOf(bytes)));
const opened = async (file: Uint8Array, of = mine, part?: Part) =>
  read(await openFile(of, async (offset, length) => streamOf(file.subarray(offset, offset + length), 7_777), file.length, part));

test.each([0, 1, RECORD - 1, RECORD, RECORD + 1, 3 * RECORD, 3 * RECORD + 5])(
  '%i bytes come back as they were, and the length is known before',
  async (size) => {
    const file = await sealed(plain(size));
    expect(file.length).toBe(sealedSize(size));
    expect(Buffer.compare(await opened(file), plain(size))).toBe(0);
  },
);

test('nothing of it can be read, and written twice it is not the same', async () => {
  const silence = new Uint8Array(RECORD * 2).fill(0xff);
  const [one, other] = [await sealed(silence), await sealed(silence)];
  expect(Buffer.from(one).includes(Buffer.alloc(16, 0xff))).toBe(false);
  expect(Buffer.compare(one.subarray(HEADER), other.subarray(HEADER))).not.toBe(0);
});

test('cut at any record, it is refused', async () => {
  const file = await sealed(plain(3 * RECORD));
  for (const size of [HEADER, HEADER + SEALED_RECORD, HEADER + 2 * SEALED_RECORD, file.length - 1, 3])
    await expect(opened(file.slice(0, size))).rejects.toThrow();
});

test('records that changed places are refused', async () => {
  const file = await sealed(plain(3 * RECORD));
  const swapped = file.slice();
  swapped.set(file.subarray(HEADER, HEADER + SEALED_RECORD), HEADER + SEALED_RECORD);
  swapped.set(file.subarray(HEADER + SEALED_RECORD, HEADER + 2 * SEALED_RECORD), HEADER);
  await expect(opened(swapped)).rejects.toThrow();
});

test('a record of another file of the same key is refused', async () => {
  const [one, other] = [await sealed(plain(2 * RECORD)), await sealed(plain(2 * RECORD).reverse())];
  one.set(other.subarray(HEADER, HEADER + SEALED_RECORD), HEADER);
  await expect(opened(one)).rejects.toThrow();
});

test('it opens for its own tenant and name alone', async () => {
  const file = await sealed(plain(1_000));
  await expect(opened(file, { ...mine, bound: 'ros|a1|tenant-2|audio/call-1|k1' })).rejects.toThrow();
  await expect(opened(file, { ...mine, key: keyOf(2) })).rejects.toThrow();
});

test('one bit that changed is noticed', async () => {
  const file = await sealed(plain(RECORD + 100));
  for (const at of [0, 10, HEADER + 5, file.length - 1]) {
    const touched = file.slice();
    touched[at] = (touched[at] ?? 0) ^ 1;
    await expect(opened(touched)).rejects.toThrow();
  }
});

test.each<Part>([
  { offset: 0, length: 10 },
  { offset: RECORD - 5, length: 10 },
  { offset: RECORD, length: RECORD },
  { offset: 70_000, length: 150_000 },
  { offset: 3 * RECORD, length: 1_000 },
  { suffix: 12 },
  { suffix: 1_000_000 },
])('a part is opened without the rest: %o', async (part) => {
  const bytes = plain(3 * RECORD + 5);
  const from = 'suffix' in part ? Math.max(0, bytes.length - part.suffix) : part.offset;
  const to = 'suffix' in part ? bytes.length : part.offset + part.length;
  expect(Buffer.compare(await opened(await sealed(bytes), mine, part), bytes.subarray(from, to))).toBe(0);
});
