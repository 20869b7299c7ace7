import * as z from 'zod/mini';
import type { Attendee } from '../../shared/capture/read-meeting.ts';
import { sideOf } from '../../shared/capture/read-meeting.ts';
import type { Fault, Result } from '../../shared/kit/result.ts';
import type { MeetingFile, OpenFile } from '../ports/meetings.ts';
import { timed } from './read-whole.ts';

/** One voice's recording on its way into the store; `speaker` is empty for everybody in one. */
export interface TrackFile extends MeetingFile {
  speaker: string;
  offsetMs: number;
  people: readonly Attendee[];
}

/** What the store calls several recordings in one file, one behind the other, and at the end where each of them stands. */
export const TRACKS_TYPE = 'application/vnd.ros.tracks';

const track = z.object({
  speaker: z.string(),
  role: z.enum(['rep', 'customer', 'other']),
  offsetMs: z.number(),
  contentType: z.string(),
  from: z.number(),
  size: z.number(),
});
const index = z.array(track).check(z.maxLength(50));
type Track = z.infer<typeof track>;

/** Bytes of the index at most, with the eight figures of its length behind it. */
export const INDEX_MAX_BYTES = 64 * 1024;
const LENGTH_BYTES = 8;
const TOTAL_MAX_BYTES = 500 * 1024 * 1024;
const TOTAL_MS = 10 * 60_000;

/** Why a file could not be taken; thrown, because a stream has no other way to say it. */
export class TrackFault extends Error {
  override name = 'TrackFault';
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** All files as one, streamed: each is opened when the one before it is through. One object, so that erasing the call leaves nothing behind. */
export async function* tracksFile(
  files: readonly TrackFile[],
  open: (file: MeetingFile) => Promise<Result<OpenFile>>,
  now: () => number,
): AsyncGenerator<Uint8Array, void> {
  const endMs = now() + TOTAL_MS;
  const tracks: Track[] = [];
  let at = 0;
  for (const file of files) {
    const opened = await open(file);
    if (!opened.ok) throw new TrackFault(opened.fault);
    const from = at;
    for await (const part of timed(opened.value.body, Math.max(1, endMs - now()))) {
      at += part.length;
      if (at > TOTAL_MAX_BYTES)
        throw new TrackFault({ kind: 'refused', said: 'The recording is larger than 500 MB, so it was not fetched.' });
      yield part;
    }
    const { speaker, offsetMs, contentType, people } = file;
    tracks.push({ speaker, role: speaker === '' ? 'other' : sideOf(speaker, people), offsetMs, contentType, from, size: at - from });
  }
  const bytes = new TextEncoder().encode(JSON.stringify(tracks));
  yield bytes;
  yield new TextEncoder().encode(String(bytes.length).padStart(LENGTH_BYTES, '0'));
}

/** The index, from the last bytes of such a file; null when they are none. */
export function readIndex(end: Uint8Array): Track[] | null {
  const text = new TextDecoder().decode(end);
  const size = Number(new TextDecoder().decode(end.subarray(end.length - LENGTH_BYTES)));
  if (!Number.isSafeInteger(size) || size <= 0 || size > end.length - LENGTH_BYTES || text.length === 0) return null;
  try {
    const said = new TextDecoder().decode(end.subarray(end.length - LENGTH_BYTES - size, end.length - LENGTH_BYTES));
    const read = index.safeParse(JSON.parse(said));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
