/** 8-bit mu-law as telephony sends it (ITU-T G.711), and 16-bit linear. One byte is one sample. */

/** What a quiet line sends. 0x7f is the same zero with the other sign. */
export const SILENCE = 0xff;

const BIAS = 0x84;
const CLIP = 32_635;

export function toPcm16(mulaw: Uint8Array): Int16Array {
  return Int16Array.from(mulaw, (byte) => LINEAR[byte] ?? 0);
}

export function toMulaw(pcm: Int16Array): Uint8Array {
  return Uint8Array.from(pcm, encode);
}

function encode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const level = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(level >> 7);
  const mantissa = (level >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

const LINEAR = Int16Array.from({ length: 256 }, (_, byte) => {
  const bits = ~byte & 0xff;
  const level = ((((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4)) - BIAS;
  return bits & 0x80 ? -level : level;
});
