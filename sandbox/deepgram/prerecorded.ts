import { createHash, randomUUID } from 'node:crypto';
import { ear, type HeardWord, type Memory } from './ear.ts';
import { NOVA } from './nova.ts';
import type { FileSettings } from './query.ts';
import { mixed, type Sound } from './sound.ts';
import { type VoiceErrors, voiceTeller } from './voices.ts';
import { mean, plain, seconds } from './words.ts';

/** The whole answer to a recording, in the vendor's shape (openapi.yml, ListenV1Response). */
export function transcript(
  { memory, voices }: { memory: Memory; voices: VoiceErrors },
  sound: Sound,
  bytes: Uint8Array,
  settings: FileSettings,
  requestId: string,
  nowMs: number,
) {
  const tracks = settings.multichannel ? sound.tracks : sound.tracks.length > 0 ? [mixed(sound.tracks)] : [];
  const count = settings.multichannel ? sound.channels : 1;
  const heard = Array.from({ length: count }, (_, channel) => {
    const ticks = tracks[channel] ? ear(memory).hear(tracks[channel]) : [];
    const tell = voiceTeller(voices);
    return ticks.flatMap(({ words }) => words.map((word) => ({ ...word, voice: tell(word) })));
  });
  const shown = (word: VoicedWord) => ({
    word: plain(word.text),
    start: seconds(word.startMs),
    end: seconds(word.endMs),
    confidence: word.confidence,
    ...(settings.isPunctuated ? { punctuated_word: word.text } : {}),
    ...(settings.diarize ? { speaker: word.voice, speaker_confidence: 0.9 } : {}),
  });
  const said = (words: readonly HeardWord[]) => words.map(({ text }) => (settings.isPunctuated ? text : plain(text))).join(' ');
  const utterances = heard.flatMap((words, channel) =>
    split(words, settings).map((part) => ({
      start: seconds(part[0]?.startMs ?? 0),
      end: seconds(part.at(-1)?.endMs ?? 0),
      confidence: mean(part.map(({ confidence }) => confidence)),
      channel,
      transcript: said(part),
      words: part.map(shown),
      ...(settings.diarize ? { speaker: part[0]?.voice ?? 0 } : {}),
      id: randomUUID(),
    })),
  );
  return {
    isKnown: heard.some((words) => words.length > 0),
    body: {
      metadata: {
        transaction_key: 'deprecated',
        request_id: requestId,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        created: new Date(nowMs).toISOString(),
        duration: seconds(sound.durationMs),
        channels: count,
        models: [NOVA.uuid],
        model_info: { [NOVA.uuid]: NOVA.info },
        ...(settings.tags.length > 0 ? { tags: settings.tags } : {}),
      },
      results: {
        channels: heard.map((words) => ({
          alternatives: [
            {
              transcript: said(words),
              confidence: mean(words.map(({ confidence }) => confidence)),
              words: words.map(shown),
            },
          ],
        })),
        // The vendor lists them channel after channel, not in the order of time.
        ...(settings.utterances ? { utterances } : {}),
      },
    },
  };
}

interface VoicedWord extends HeardWord {
  voice: number;
}

function split(words: readonly VoicedWord[], settings: FileSettings): VoicedWord[][] {
  const parts: VoicedWord[][] = [];
  for (const word of words) {
    const open = parts.at(-1);
    const before = open?.at(-1);
    const isNew = !before || word.startMs - before.endMs >= settings.uttSplitMs || (settings.diarize && before.voice !== word.voice);
    if (isNew) parts.push([word]);
    else open?.push(word);
  }
  return parts;
}
