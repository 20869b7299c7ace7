/** Samples of 20 ms at 8 kHz. */
export const FRAME = 160;
/** Loudness over time, by its logarithm. */
export const envelope = (pcm: Int16Array): number[] =>
  Array.from({ length: Math.floor(pcm.length / FRAME) }, (_, frame) =>
    Math.log10(1 + Math.sqrt(pcm.subarray(frame * FRAME, (frame + 1) * FRAME).reduce((sum, one) => sum + one * one, 0) / FRAME)),
  );

/** How alike two sounds are by their loudness over time, wherever the one begins in the other; 1 is the same. */
export function likeness(heard: Int16Array, spoken: Int16Array): number {
  const [all, want] = [envelope(heard), envelope(spoken)];
  const from = all.findIndex((level) => level > 1.5);
  const span = Math.min(300, all.length - from);
  const part = all.slice(from, from + span);
  const at = Array.from({ length: Math.max(1, want.length - span) }, (_, lag) => correlation(part, want.slice(lag, lag + span)));
  return span < 150 ? 0 : Math.max(...at);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [at, one] of a.entries()) {
    const [da, db] = [one - ma, (b[at] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb || 1);
}

/** A file that Chromium takes for a microphone. */
export function wavAt48k(pcm: Int16Array): Buffer {
  // At 48 kHz as microphones are, each sample six times.
  const data = Buffer.alloc(pcm.length * 12);
  for (const [at, sample] of pcm.entries()) for (let n = 0; n < 6; n++) data.writeInt16LE(sample, (at * 6 + n) * 2);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(48_000, 24);
  header.writeUInt32LE(96_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
