import { openFile, type Part, sealedSize, sealFile } from '../capture/sealed-file.ts';
import type { Parts } from '../parts.ts';
import { putPieces } from './meeting-files.ts';

/** Recordings and handed-over files, each sealed with a key of its tenant's. Without that key nothing of them can be read. */
interface AudioFiles {
  /** `size` is the body's exact length in bytes. Answers the key it lies under, which names the key it is sealed with. */
  put(tenantId: string, file: string, body: ReadableStream<Uint8Array>, size: number, contentType: string): Promise<string>;
  /** The same for pieces whose whole length nobody knows beforehand. What breaks off leaves nothing behind. */
  putPieces(tenantId: string, file: string, pieces: AsyncIterable<Uint8Array>, contentType: string): Promise<string>;
  /** Null when it, or the tenant's key, is gone. */
  open(tenantId: string, key: string, part?: Part): Promise<{ body: ReadableStream<Uint8Array>; contentType: string } | null>;
}

export function audioFiles(parts: Parts): AudioFiles {
  const { bindings, keyring } = parts;
  const sealing = async (tenantId: string, file: string) => {
    const { kid, raw } = await keyring.fileKey(tenantId, file);
    return { key: `${file}.${kid}`, of: { key: raw, bound: boundTo(tenantId, file, kid) } };
  };
  return {
    async put(tenantId, file, body, size, contentType) {
      const { key, of } = await sealing(tenantId, file);
      // R2 takes a stream only with its length said beforehand.
      const sized = new FixedLengthStream(sealedSize(size));
      const sent = sealFile(of, body).pipeTo(sized.writable);
      await Promise.all([sent, bindings.AUDIO.put(key, sized.readable, { httpMetadata: { contentType } })]);
      return key;
    },
    async putPieces(tenantId, file, pieces, contentType) {
      const { key, of } = await sealing(tenantId, file);
      await putPieces(parts, key, sealFile(of, streamOf(pieces)), contentType);
      return key;
    },
    async open(tenantId, key, part) {
      const [file = '', kid = ''] = key.split('.');
      const opened = await keyring.fileKeyOf(tenantId, file, kid);
      const stored = opened && (await bindings.AUDIO.head(key));
      if (!stored) return null;
      const read = async (offset: number, length: number) => {
        const found = await bindings.AUDIO.get(key, { range: { offset, length }, onlyIf: { etagMatches: stored.etag } });
        if (!found || !('body' in found)) throw new Error('a stored file changed while it was read');
        return found.body;
      };
      const body = await openFile({ key: opened.raw, bound: boundTo(tenantId, file, kid) }, read, stored.size, part);
      return { body, contentType: stored.httpMetadata?.contentType ?? 'application/octet-stream' };
    },
  };
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const each = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await each.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await each.return?.();
    },
  });
}

const boundTo = (tenantId: string, file: string, kid: string) => ['ros', 'a1', tenantId, file, kid].join('|');
