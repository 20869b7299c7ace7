export type ByteOrder = 'little' | 'big';

/** So many samples that differ by their order, and one reading so much smoother than the other: then it is sure. */
const SAMPLES_MIN = 800;
const SMOOTHER = 4;

/**
 * In which order the bytes of 16-bit audio come, where its sender does not say. Speech changes little from one sample to the next; read the
 * wrong way round it is loud noise. Decided once: a pause, or a whistle, later on changes nothing.
 */
export interface OrderFinder {
  /** The likelier order after this audio too, and the same for good once it is sure. Silence reads the same either way. */
  hear(audio: Uint8Array): ByteOrder;
}

export function orderFinder(): OrderFinder {
  let sure: ByteOrder | undefined;
  let samples = 0;
  const rough = { little: 0, big: 0 };
  return {
    hear(audio) {
      if (sure) return sure;
      const [little, big] = [samplesOf(audio, 'little'), samplesOf(audio, 'big')];
      rough.little += roughness(little);
      rough.big += roughness(big);
      samples += little.reduce((sum, sample, at) => sum + (sample === big[at] ? 0 : 1), 0);
      const likely = rough.big < rough.little ? 'big' : 'little';
      const [less, more] = likely === 'big' ? [rough.big, rough.little] : [rough.little, rough.big];
      if (samples >= SAMPLES_MIN && more >= less * SMOOTHER) sure = likely;
      return likely;
    },
  };
}

/** 16-bit samples; half a one at the end is left out. */
export function samplesOf(audio: Uint8Array, order: ByteOrder): Int16Array {
  const view = new DataView(audio.buffer, audio.byteOffset, audio.byteLength);
  return Int16Array.from({ length: audio.length >> 1 }, (_, at) => view.getInt16(at * 2, order === 'little'));
}

/** How loud the change from sample to sample is. */
function roughness(samples: Int16Array): number {
  let sum = 0;
  for (let at = 1; at < samples.length; at++) sum += Math.abs((samples[at] ?? 0) - (samples[at - 1] ?? 0));
  return sum;
}
