import type { Job } from '../../shared/contracts/job.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { passes } from '../../shared/kit/result.ts';
import type { BatchSpeech } from '../ports/speech.ts';

/** What transcribing needs to know of a call. */
export interface HeardCall {
  status: string;
  audioKey: string | null;
  uploadKey: string | null;
  repName: string;
  customerName: string;
}

export interface TranscribeDeps {
  callOf(tenantId: string, callId: string): Promise<HeardCall | null>;
  keytermsOf(tenantId: string): Promise<readonly string[]>;
  /** The recording or the file that was handed over; null when it is gone. */
  open(key: string): Promise<{ body: ReadableStream<Uint8Array>; contentType: string } | null>;
  /** A handed-over transcript in our words, or why not in a sentence. */
  parseFile(
    bytes: Uint8Array,
    names: { repName: string; customerName: string },
  ): { ok: true; utterances: Utterance[] } | { ok: false; why: string };
  speech: BatchSpeech;
  /** Long recordings take long: the sweep leaves the call alone meanwhile. */
  holdOff(tenantId: string, callId: string): Promise<void>;
  /** Stores the transcript, then moves the call on. Again changes nothing. */
  save(tenantId: string, callId: string, utterances: readonly Utterance[]): Promise<void>;
  fail(tenantId: string, callId: string, trouble: string): Promise<void>;
  enqueue(job: Job): Promise<void>;
}

const TEXT_MAX_BYTES = 20 * 1024 * 1024;

/** A call that ended gets its transcript: from the recording, from a file, or an empty one when nothing may be heard. */
export async function transcribe(
  deps: TranscribeDeps,
  { tenantId, callId }: { tenantId: string; callId: string },
): Promise<'done' | 'again'> {
  const call = await deps.callOf(tenantId, callId);
  // Running still, or past this already.
  if (call?.status !== 'ended' && call?.status !== 'transcribed') return 'done';
  if (call.status === 'ended') {
    const heard = await listen(deps, { tenantId, callId }, call);
    if (heard.is === 'later') return 'again';
    if (heard.is === 'never') {
      await deps.fail(tenantId, callId, heard.why);
      return 'done';
    }
    await deps.save(tenantId, callId, named(heard.utterances, call));
  }
  await deps.enqueue({ kind: 'call-transcribed', tenantId, callId });
  return 'done';
}

type Outcome = { is: 'heard'; utterances: Utterance[] } | { is: 'later' } | { is: 'never'; why: string };

async function listen(deps: TranscribeDeps, { tenantId, callId }: { tenantId: string; callId: string }, call: HeardCall): Promise<Outcome> {
  const key = call.uploadKey ?? call.audioKey;
  // No consent, no recording: the call is logged, its words are not.
  if (key === null) return { is: 'heard', utterances: [] };
  const file = await deps.open(key);
  if (!file) return { is: 'never', why: 'The recording is no longer here.' };

  if (!file.contentType.startsWith('audio/')) {
    const bytes = await whole(file.body, TEXT_MAX_BYTES);
    if (!bytes) return { is: 'never', why: 'The file is larger than 20 MB. Send the part with the conversation.' };
    const read = deps.parseFile(bytes, call);
    return read.ok ? { is: 'heard', utterances: read.utterances } : { is: 'never', why: read.why };
  }

  await deps.holdOff(tenantId, callId);
  const channels = call.audioKey !== null ? (['rep', 'customer'] as const) : (['other'] as const);
  const heard = await deps.speech.transcribe({
    body: file.body,
    contentType: file.contentType,
    channels,
    keyterms: await deps.keytermsOf(tenantId),
  });
  // A call may be silent; a recording somebody hands over is meant to say something.
  if (heard.ok && heard.value.length === 0 && call.uploadKey !== null) {
    return {
      is: 'never',
      why: 'No words were heard in this recording. Check that there is speech in it, and that DEEPGRAM_API_KEY is a real key.',
    };
  }
  if (heard.ok) return { is: 'heard', utterances: heard.value };
  return passes(heard.fault) ? { is: 'later' } : { is: 'never', why: heard.fault.said };
}

const named = (utterances: readonly Utterance[], call: HeardCall): Utterance[] =>
  utterances.map((said) => {
    if (said.role === 'rep' && (said.speaker === '' || said.speaker === 'rep')) return { ...said, speaker: call.repName };
    if (said.role === 'customer' && (said.speaker === '' || said.speaker === 'customer')) return { ...said, speaker: call.customerName };
    return said;
  });

async function whole(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
