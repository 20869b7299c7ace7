import { lendVoices } from '../../shared/capture/lend-voices.ts';
import { wavReader } from '../../shared/capture/read-wav.ts';
import { type SpeechMeter, speechMeter } from '../../shared/capture/speech-meter.ts';
import type { Role, Utterance } from '../../shared/contracts/transcript.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { BatchSpeech } from '../ports/speech.ts';

interface HearDeps {
  speech: BatchSpeech;
  /** Another recogniser, where there is one: for when the first is away or heard too little. */
  second?: BatchSpeech;
  /** The recording once more, from its beginning; null when it is gone. */
  open(): Promise<{ body: ReadableStream<Uint8Array>; contentType: string } | null>;
  keyterms: readonly string[];
  /** The second recogniser knows no voices: where they decide, the first one's outage is waited out instead. */
  waitsForVoices?: boolean;
  /** How much of the sounding time words cover, 0 to 1, after each hearing. */
  metered?(share: number, by: 'first' | 'again' | 'second'): void;
}

/** Less than this of what sounded in words, and somebody hears it once more. */
const COVERAGE_MIN = 0.98;
/** Words so unsure, on average, are as good as none. */
const CONFIDENCE_MIN = 0.6;

interface Heard {
  utterances: Utterance[];
  coverage: number;
  confidence: number;
}

/**
 * A recording as utterances; `channels` of one role: everybody is on one track. Where too little of it became words it is heard again, and by another
 * recogniser in the end; the best counts.
 */
export async function hearWhole(
  deps: HearDeps,
  file: { body: ReadableStream<Uint8Array>; contentType: string },
  channels: readonly Role[],
): Promise<Result<Utterance[]>> {
  const first = await hear(deps, deps.speech, file, channels);
  if (!first.ok) {
    if (!deps.second || first.fault.kind === 'gone' || deps.waitsForVoices) return first;
    const again = await deps.open();
    const other = again && (await hear(deps, deps.second, again, channels));
    if (other?.ok) deps.metered?.(other.value.coverage, 'second');
    return other?.ok ? { ok: true, value: other.value.utterances } : first;
  }
  let best = first.value;
  deps.metered?.(best.coverage, 'first');
  for (const [by, speech] of [
    ['again', deps.speech],
    ['second', deps.second],
  ] as const) {
    if (isGood(best)) break;
    const again = speech && (await deps.open());
    const heard = again && (await hear(deps, speech, again, channels));
    // What was heard already stands, whatever becomes of another try.
    if (!heard?.ok) continue;
    deps.metered?.(heard.value.coverage, by);
    if (scoreOf(heard.value) <= scoreOf(best)) continue;
    const isVoiceless = by === 'second' && channels.length === 1;
    best = isVoiceless ? { ...heard.value, utterances: lendVoices(heard.value.utterances, best.utterances) } : heard.value;
  }
  return { ok: true, value: best.utterances };
}

const isGood = ({ coverage, confidence }: Heard): boolean => coverage >= COVERAGE_MIN && confidence >= CONFIDENCE_MIN;
const scoreOf = ({ coverage, confidence }: Heard): number => coverage * Math.min(1, confidence / CONFIDENCE_MIN);

async function hear(
  deps: HearDeps,
  speech: BatchSpeech,
  file: { body: ReadableStream<Uint8Array>; contentType: string },
  channels: readonly Role[],
): Promise<Result<Heard>> {
  const meter = speechMeter(wavReader());
  const body = file.body.pipeThrough(metering(meter));
  const said = await speech.transcribe({ body, contentType: file.contentType, channels, keyterms: deps.keyterms });
  if (!said.ok) return said;
  const utterances = said.value;
  const sure = utterances.reduce((sum, one) => sum + one.confidence, 0) / Math.max(1, utterances.length);
  return {
    ok: true,
    value: { utterances, coverage: meter.coverage(utterances, channels), confidence: utterances.length === 0 ? 1 : sure },
  };
}

/** The audio goes through unchanged; of another kind of file nothing is metered. */
function metering(meter: SpeechMeter): TransformStream<Uint8Array, Uint8Array> {
  let isOurs = true;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      isOurs = isOurs && meter.push(bytes);
      controller.enqueue(bytes);
    },
  });
}
