import type { Part } from '../capture/sealed-file.ts';
import { INDEX_MAX_BYTES, readIndex, TRACKS_TYPE } from '../capture/tracks-file.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { HeardTrack } from '../understand/hear-tracks.ts';

/** What R2 takes as one part of an upload at least, the last one apart. */
const PART_BYTES = 8 * 1024 * 1024;

/** What the voices of a meeting lie under, without the name of the key they are sealed with. */
export const meetingFile = async (tenantId: string, callId: string): Promise<string> => `files/${tenantId}/${await sha256Hex(callId)}`;

/** Streams pieces of any size into the store, whose whole length nobody knows beforehand. What breaks off leaves nothing behind. */
export async function putPieces({ bindings }: Parts, key: string, pieces: AsyncIterable<Uint8Array>, contentType: string): Promise<void> {
  const upload = await bindings.AUDIO.createMultipartUpload(key, { httpMetadata: { contentType } });
  try {
    const parts: R2UploadedPart[] = [];
    let held = new Uint8Array(PART_BYTES);
    let size = 0;
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; ) {
        const taken = piece.subarray(at, at + PART_BYTES - size);
        held.set(taken, size);
        size += taken.length;
        at += taken.length;
        if (size < PART_BYTES) continue;
        parts.push(await upload.uploadPart(parts.length + 1, held));
        held = new Uint8Array(PART_BYTES);
        size = 0;
      }
    }
    if (size > 0 || parts.length === 0) parts.push(await upload.uploadPart(parts.length + 1, held.slice(0, size)));
    await upload.complete(parts);
  } catch (error) {
    await upload.abort().catch(() => undefined);
    throw error;
  }
}

/** The voices in such a file; null when it is another kind, or gone. */
export async function openTracks(
  open: (part: Part) => Promise<{ body: ReadableStream<Uint8Array> } | null>,
  contentType: string,
): Promise<HeardTrack[] | null> {
  if (contentType !== TRACKS_TYPE) return null;
  const end = await open({ suffix: INDEX_MAX_BYTES });
  const tracks = end && readIndex(new Uint8Array(await new Response(end.body).arrayBuffer()));
  if (!tracks) return null;
  return tracks.map(({ from, size, ...track }) => ({
    ...track,
    open: async () => (await open({ offset: from, length: size }))?.body ?? null,
  }));
}
