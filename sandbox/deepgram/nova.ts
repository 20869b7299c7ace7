import type { Tick } from './ear.ts';
import { type VoiceErrors, voiceTeller } from './voices.ts';
import { fresh, guess, mean, plain, type SentWord, seconds } from './words.ts';

export interface NovaSettings {
  channels: number;
  interim: boolean;
  /** Silence that ends speech; undefined when switched off. */
  endpointingMs?: number | undefined;
  utteranceEndMs?: number | undefined;
  vadEvents: boolean;
  isPunctuated: boolean;
  diarize: boolean;
}

const INTERIM_MS = 1_000;
const SEGMENT_MAX_MS = 4_000;

export const NOVA = {
  uuid: '40bd3654-e622-47c4-a111-63a61b23bfe8',
  info: { name: 'general-nova-3', version: '2025-04-17.21547', arch: 'nova-3' },
};

/** One channel of a nova live stream: interim results each second, a final one when a segment is done. */
export function novaChannel(requestId: string, channel: number, settings: NovaSettings, voices: VoiceErrors = {}) {
  const tell = voiceTeller(voices);
  let words: (SentWord & { voice: number })[] = [];
  let startMs = 0;
  let nowMs = 0;
  let nextInterimMs = INTERIM_MS;
  let lastWordEndMs = 0;
  let isSpeaking = false;
  let isUtteranceOpen = false;

  const result = (kind: { final: boolean; speech: boolean; finalize: boolean }) => {
    const shown = words.map((word) => ({ ...guess(word, kind.final), startMs: word.startMs, endMs: word.endMs, voice: word.voice }));
    const message = {
      type: 'Results',
      channel_index: [channel, settings.channels],
      duration: seconds(nowMs - startMs),
      start: seconds(startMs),
      is_final: kind.final,
      speech_final: kind.speech,
      from_finalize: kind.finalize,
      channel: {
        alternatives: [
          {
            transcript: shown.map(({ text }) => (settings.isPunctuated ? text : plain(text))).join(' '),
            confidence: mean(shown.map(({ confidence }) => confidence)),
            words: shown.map(({ text, confidence, ...word }) => ({
              word: plain(text),
              start: seconds(word.startMs),
              end: seconds(word.endMs),
              confidence,
              ...(settings.isPunctuated ? { punctuated_word: text } : {}),
              // Live, the vendor does not say how sure it is of a voice.
              ...(settings.diarize ? { speaker: word.voice } : {}),
            })),
          },
        ],
      },
      metadata: { request_id: requestId, model_info: NOVA.info, model_uuid: NOVA.uuid },
    };
    if (kind.final) {
      words = [];
      startMs = nowMs;
      nextInterimMs = nowMs + INTERIM_MS;
    }
    if (kind.speech) isSpeaking = false;
    return message;
  };

  return {
    tick(tick: Tick): object[] {
      nowMs = tick.endMs;
      const out: object[] = [];
      if ((tick.inWord || tick.words.length > 0) && !isSpeaking) {
        isSpeaking = true;
        if (settings.vadEvents) out.push({ type: 'SpeechStarted', channel: [channel, settings.channels], timestamp: seconds(nowMs - 20) });
      }
      for (const word of tick.words) {
        words.push({ ...fresh(word), voice: tell(word) });
        lastWordEndMs = word.endMs;
        isUtteranceOpen = true;
      }
      const quietMs = tick.inWord ? 0 : nowMs - lastWordEndMs;
      if (isSpeaking && isUtteranceOpen && settings.endpointingMs !== undefined && quietMs >= settings.endpointingMs && !tick.inWord) {
        out.push(result({ final: true, speech: true, finalize: false }));
      } else if (nowMs - startMs >= SEGMENT_MAX_MS) {
        out.push(result({ final: true, speech: false, finalize: false }));
      } else if (nowMs >= nextInterimMs) {
        nextInterimMs += INTERIM_MS;
        if (settings.interim) out.push(result({ final: false, speech: false, finalize: false }));
      }
      if (settings.utteranceEndMs !== undefined && isUtteranceOpen && quietMs >= settings.utteranceEndMs) {
        isUtteranceOpen = false;
        out.push({ type: 'UtteranceEnd', channel: [channel, settings.channels], last_word_end: seconds(lastWordEndMs) });
      }
      return out;
    },
    finalize: () => result({ final: true, speech: false, finalize: true }),
    last: () => result({ final: true, speech: isSpeaking, finalize: false }),
  };
}
