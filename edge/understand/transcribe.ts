import { channelReader } from '../../shared/capture/channels-of.ts';
import { tellSides } from '../../shared/capture/name-voices.ts';
import type { KnownSides } from '../../shared/capture/who-speaks.ts';
import type { Job } from '../../shared/contracts/job.ts';
import type { Role, Utterance } from '../../shared/contracts/transcript.ts';
import { passes, type Result } from '../../shared/kit/result.ts';
import type { BatchSpeech } from '../ports/speech.ts';
import { type HeardTrack, hearTracks } from './hear-tracks.ts';
import { hearWhole } from './hear-whole.ts';

/** What transcribing needs to know of a call. */
export interface HeardCall {
  status: string;
  audioKey: string | null;
  uploadKey: string | null;
  repName: string;
  customerName: string;
  source?: string;
  direction?: 'inbound' | 'outbound';
  /** How often it was put off. */
  tries?: number;
}

export interface TranscribeDeps {
  callOf(tenantId: string, callId: string): Promise<HeardCall | null>;
  keytermsOf(tenantId: string): Promise<readonly string[]>;
  /** The recording or the file that was handed over; null when it is gone. */
  open(key: string): Promise<{ body: ReadableStream<Uint8Array>; contentType: string } | null>;
  /** The voices of a meeting that lie in one file; null when it is another kind of file, or gone. */
  openTracks(key: string, contentType: string): Promise<HeardTrack[] | null>;
  /** A handed-over transcript in our words, or why not in a sentence. */
  parseFile(
    bytes: Uint8Array,
    names: { repName: string; customerName: string },
  ): { ok: true; utterances: Utterance[] } | { ok: false; why: string };
  speech: BatchSpeech;
  /** Another recogniser, for when the first is away or hears too little. */
  secondSpeech?: BatchSpeech;
  /** How much of a recording's sounding time became words, 0 to 1. */
  metered?(callId: string, share: number, by: string): void;
  /** Long recordings take long, and cost: nobody else hears this one meanwhile. False when somebody does already. */
  holdOff(tenantId: string, callId: string): Promise<boolean>;
  /** It did not work for now: should the message that tries again be lost, the sweep may find the call at once. */
  letGo(tenantId: string, callId: string): Promise<void>;
  /** Stores the transcript, then moves the call on. Again changes nothing. */
  save(tenantId: string, callId: string, utterances: readonly Utterance[]): Promise<void>;
  fail(tenantId: string, callId: string, trouble: string): Promise<void>;
  enqueue(job: Job): Promise<void>;
}

const TEXT_MAX_BYTES = 20 * 1024 * 1024;
/** Words without voices are worth less: a quarter of an hour of tries comes before them. */
const VOICES_TRIES = 4;

/** A call that ended gets its transcript: from the recording, from a file, or an empty one when nothing may be heard. */
export async function transcribe(
  deps: TranscribeDeps,
  { tenantId, callId }: { tenantId: string; callId: string },
): Promise<'done' | 'again'> {
  const call = await deps.callOf(tenantId, callId);
  // Running still, or past this already.
  if (call?.status !== 'ended' && call?.status !== 'transcribed') return 'done';
  if (call.status === 'ended') {
    const heard = await listen(deps, { tenantId, callId }, call).catch(async (error: unknown) => {
      await deps.letGo(tenantId, callId);
      throw error;
    });
    // Two messages, one recording: who has it sends the call on.
    if (heard.is === 'taken') return 'done';
    if (heard.is === 'later') {
      await deps.letGo(tenantId, callId);
      return 'again';
    }
    if (heard.is === 'never') {
      await deps.fail(tenantId, callId, heard.why);
      return 'done';
    }
    await deps.save(tenantId, callId, named(tellSides(heard.utterances, knownOf(call)), call));
  }
  await deps.enqueue({ kind: 'call-transcribed', tenantId, callId });
  return 'done';
}

type Outcome = { is: 'heard'; utterances: Utterance[] } | { is: 'later' } | { is: 'taken' } | { is: 'never'; why: string };

async function listen(deps: TranscribeDeps, { tenantId, callId }: { tenantId: string; callId: string }, call: HeardCall): Promise<Outcome> {
  const key = call.uploadKey ?? call.audioKey;
  // No consent, no recording: the call is logged, its words are not.
  if (key === null) return { is: 'heard', utterances: [] };
  const file = await deps.open(key);
  if (!file) return { is: 'never', why: 'The recording is no longer here.' };

  const tracks = await deps.openTracks(key, file.contentType);
  if (tracks) {
    await file.body.cancel();
    if (!(await deps.holdOff(tenantId, callId))) return { is: 'taken' };
    return outcomeOf(await hearTracks(deps.speech, tracks, await deps.keytermsOf(tenantId)), true);
  }
  if (!file.contentType.startsWith('audio/')) {
    const bytes = await whole(file.body, TEXT_MAX_BYTES);
    if (!bytes) return { is: 'never', why: 'The file is larger than 20 MB. Send the part with the conversation.' };
    const read = deps.parseFile(bytes, call);
    return read.ok ? { is: 'heard', utterances: read.utterances } : { is: 'never', why: read.why };
  }

  if (!(await deps.holdOff(tenantId, callId))) {
    await file.body.cancel();
    return { is: 'taken' };
  }
  const keyterms = await deps.keytermsOf(tenantId);
  const channels = await channelsIn(deps, key, file.contentType, call);
  const heard = await hearWhole(
    {
      speech: deps.speech,
      ...(deps.secondSpeech ? { second: deps.secondSpeech } : {}),
      open: () => deps.open(key),
      keyterms,
      metered: (share, by) => deps.metered?.(callId, share, by),
      waitsForVoices: channels.length === 1 && (call.tries ?? 0) < VOICES_TRIES,
    },
    file,
    channels,
  );
  return outcomeOf(heard, call.uploadKey !== null);
}

/**
 * Whose voice is on which channel. Of our own recordings the file says it: two channels are the two sides, one has everybody. Of others a
 * channel for each voice is exact; everybody in one, or everybody in each, is told apart by voice.
 */
async function channelsIn(deps: TranscribeDeps, key: string, contentType: string, call: HeardCall): Promise<readonly Role[]> {
  const isOurs = call.uploadKey === null;
  const again = contentType === 'audio/wav' ? await deps.open(key) : null;
  if (!again) return isOurs ? ['rep', 'customer'] : ['other'];
  const reader = channelReader(isOurs ? 0 : undefined);
  // Leaving the loop lets the rest of the file go.
  for await (const bytes of again.body) if (reader.push(bytes)) break;
  const found = reader.result();
  // One microphone's recordings had a second channel once, and nothing on it.
  if (isOurs) return found === 'one' || call.source === 'salesforce' ? ['other'] : ['rep', 'customer'];
  return found === 'apart' ? ['other', 'other'] : ['other'];
}

/** Of an uploaded file nobody knows who rang whom. */
const knownOf = ({ repName, customerName, source, direction }: HeardCall): KnownSides => ({
  repName,
  customerName,
  ...(direction && (source === 'twilio' || source === 'webhook') ? { direction } : {}),
});

/** A call may be silent; a recording somebody hands over is meant to say something. */
function outcomeOf(heard: Result<Utterance[]>, isHandedOver: boolean): Outcome {
  if (heard.ok && heard.value.length === 0 && isHandedOver) {
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
