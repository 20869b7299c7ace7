import { must } from '../../shared/kit/must.ts';
import { hkdfSha256, openAesGcm, sealAesGcm } from '../http/crypto.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A key of 32 bytes for this one file, and what the file is bound to: whose it is, its name, its key's name. */
export interface FileKey {
  key: Bytes;
  bound: string;
}

const MAGIC = 'ROSA';
const SALT_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const RECORD_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_BYTES = RECORD_BYTES + TAG_BYTES;

/** How long a file of `size` bytes is when it is sealed. */
export const sealedSize = (size: number): number => HEADER_BYTES + size + TAG_BYTES * recordsOf(size);

/**
 * A file in records of 64 KB, each AES-256-GCM with its number and whether it is the last in its nonce: none can be left out, moved or put
 * into another file. The salt makes the key new each time, so a file written again repeats no nonce.
 */
export function sealFile(of: FileKey, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  let key: Bytes | undefined;
  let held: Bytes | undefined;
  let n = 0;
  const seal = async (record: Bytes, isLast: boolean) =>
    must(await sealAesGcm(must(key, 'the key'), nonceOf(n++, isLast), record, utf8(of.bound)), 'a key of 32 bytes');
  return recut(body, RECORD_BYTES).pipeThrough(
    new TransformStream<Bytes, Uint8Array>({
      async start(controller) {
        key = await keyFor(of, salt);
        controller.enqueue(utf8(MAGIC));
        controller.enqueue(salt);
      },
      async transform(record, controller) {
        // One is held back: which is the last is known when no more comes.
        if (held) controller.enqueue(await seal(held, false));
        held = record;
      },
      async flush(controller) {
        controller.enqueue(await seal(must(held, 'a record'), true));
      },
    }),
  );
}

/** Opens a sealed file, whole or in part. `read` gives bytes of it as it is stored, `size` is its stored length. */
export async function openFile(
  of: FileKey,
  read: (offset: number, length: number) => Promise<ReadableStream<Uint8Array>>,
  size: number,
  part?: Part,
): Promise<ReadableStream<Uint8Array>> {
  const header = new Uint8Array(await new Response(await read(0, HEADER_BYTES)).arrayBuffer());
  if (new TextDecoder().decode(header.subarray(0, MAGIC.length)) !== MAGIC || header.length !== HEADER_BYTES) throw new BrokenFile();
  const key = await keyFor(of, header.slice(MAGIC.length));
  const last = Math.ceil((size - HEADER_BYTES) / SEALED_BYTES) - 1;
  const plainBytes = size - HEADER_BYTES - (last + 1) * TAG_BYTES;
  const { from, to } = boundsOf(part, plainBytes);
  const first = Math.min(last, Math.floor(from / RECORD_BYTES));
  const until = Math.min(last, Math.max(first, Math.ceil(to / RECORD_BYTES) - 1));
  const offset = HEADER_BYTES + first * SEALED_BYTES;
  const body = await read(offset, Math.min(size, HEADER_BYTES + (until + 1) * SEALED_BYTES) - offset);
  let n = first;
  return recut(body, SEALED_BYTES).pipeThrough(
    new TransformStream<Bytes, Uint8Array>({
      async transform(piece, controller) {
        const plain = await openAesGcm(key, nonceOf(n, n === last), piece, utf8(of.bound));
        if (!plain) throw new BrokenFile();
        const at = n * RECORD_BYTES;
        n += 1;
        controller.enqueue(plain.subarray(Math.max(0, from - at), Math.max(0, to - at)));
      },
      flush() {
        if (n !== until + 1) throw new BrokenFile();
      },
    }),
  );
}

/** Bytes of the file as it was before it was sealed; `suffix`: its last ones. */
export type Part = { offset: number; length: number } | { suffix: number };

function boundsOf(part: Part | undefined, size: number): { from: number; to: number } {
  if (!part) return { from: 0, to: size };
  if ('suffix' in part) return { from: Math.max(0, size - part.suffix), to: size };
  return { from: Math.min(part.offset, size), to: Math.min(part.offset + part.length, size) };
}

class BrokenFile extends Error {
  override name = 'BrokenFile';
  constructor() {
    super('a stored file is not what was sealed');
  }
}

/** An empty file has one record: an end that is missing must be noticed there too. */
const recordsOf = (size: number): number => Math.max(1, Math.ceil(size / RECORD_BYTES));

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

const keyFor = async ({ key }: FileKey, salt: Bytes): Promise<Bytes> =>
  must(await hkdfSha256(key, salt, utf8('ros file'), 32), 'a derived key');

function nonceOf(n: number, isLast: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(4, n);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** The same bytes in pieces of `size`; what is left at the end, or nothing at all, is a piece too. */
function recut(body: ReadableStream<Uint8Array>, size: number): ReadableStream<Bytes> {
  let held = new Uint8Array(size);
  let filled = 0;
  let isAny = false;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Bytes>({
      transform(bytes, controller) {
        for (let at = 0; at < bytes.length; ) {
          const part = bytes.subarray(at, at + size - filled);
          held.set(part, filled);
          filled += part.length;
          at += part.length;
          if (filled < size) continue;
          isAny = true;
          controller.enqueue(held);
          held = new Uint8Array(size);
          filled = 0;
        }
      },
      flush(controller) {
        if (filled > 0 || !isAny) controller.enqueue(held.slice(0, filled));
      },
    }),
  );
}
