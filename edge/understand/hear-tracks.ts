import type { Role, Utterance } from '../../shared/contracts/transcript.ts';
import { ok, type Result } from '../../shared/kit/result.ts';
import type { BatchSpeech } from '../ports/speech.ts';

/** One voice of a meeting, recorded alone; an empty `speaker` is everybody in one recording. */
export interface HeardTrack {
  speaker: string;
  role: Role;
  /** Milliseconds after the meeting began. */
  offsetMs: number;
  contentType: string;
  /** Null when it is gone. */
  open(): Promise<ReadableStream<Uint8Array> | null>;
}

/** Each voice is heard by itself, so who spoke is exact; then they are put together in the order of time. One that fails fails the whole. */
export async function hearTracks(
  speech: BatchSpeech,
  tracks: readonly HeardTrack[],
  keyterms: readonly string[],
): Promise<Result<Utterance[]>> {
  const all: Utterance[] = [];
  for (const { speaker, role, offsetMs, contentType, open } of tracks) {
    const body = await open();
    if (!body) return { ok: false, fault: { kind: 'gone', said: 'The recording is no longer here.' } };
    const heard = await speech.transcribe({ body, contentType, channels: ['other'], keyterms });
    if (!heard.ok) return heard;
    for (const said of heard.value)
      all.push({
        ...said,
        ...(speaker === '' ? {} : { speaker, role }),
        startMs: said.startMs + offsetMs,
        endMs: said.endMs + offsetMs,
      });
  }
  all.sort((a, b) => a.startMs - b.startMs);
  return ok(all.map((said, seq) => ({ ...said, seq })));
}
