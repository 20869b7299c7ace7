import { parseArgs } from 'node:util';
import { type Load, measureFrames } from './live/frames.ts';
import { measurePainted } from './live/painted.ts';

/**
 * `npm run bench:live [-- --calls 50,150 --seconds 20 --audio 20 --minutes 0 --skip frames|painted]`: from a recogniser's message to the frame
 * on a rep's screen, and from the end of a word to the card painted in Chromium, load generator included, on one clock. Progress on stderr,
 * one line of JSON last on stdout.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '50,150' },
    seconds: { type: 'string', default: '20' },
    audio: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '0' },
    painted: { type: 'string', default: '10' },
    skip: { type: 'string', default: '' },
  },
});
const say = (line: string) => process.stderr.write(`${line}\n`);
const seconds = Number(values.seconds);
const counts = values.calls.split(',').map(Number);
const minutes = Number(values.minutes);
const audio = Number(values.audio);
if (![seconds, minutes, audio, Number(values.painted), ...counts].every((one) => Number.isFinite(one) && one >= 0)) {
  process.stderr.write('--calls takes numbers with commas between them; --seconds, --audio, --minutes and --painted take one each.\n');
  process.exit(2);
}

const loads: Load[] = [
  ...(audio > 0 ? [{ calls: audio, seconds, withAudio: true }] : []),
  ...counts.map((calls) => ({ calls, seconds })),
  // The same load again and again: what memory does is seen by comparing them.
  ...Array.from({ length: Math.ceil(minutes * 2) }, () => ({ calls: counts[0] ?? 50, seconds: 30 })),
];
const frames = values.skip === 'frames' ? { measured: [], foreign: 0 } : await measureFrames(loads, say);
const painted = values.skip === 'painted' ? undefined : await measurePainted(Number(values.painted), say);

const of = (calls: number) => frames.measured.find((one) => one.calls === calls && !one.withAudio);
const figures = {
  eventToFrameMs: Object.fromEntries(counts.map((calls) => [`calls${calls}`, of(calls)?.eventToFrameMs ?? { p50: 0, p95: 0 }])),
  withAudio: frames.measured.filter((one) => one.withAudio).map(({ calls, eventToFrameMs }) => ({ calls, eventToFrameMs })),
  speechToPaintedMs: painted?.speechToPaintedMs ?? null,
  withNetworkMs: painted?.withNetworkMs ?? null,
  stages: painted?.stages ?? null,
  cards: painted?.cards ?? 0,
  lost: frames.measured.reduce((sum, { lost }) => sum + lost, 0),
  foreignFrames: frames.foreign,
  rssMb: Math.max(0, ...frames.measured.map(({ rssMb }) => rssMb)),
  ...(minutes > 0 ? { memoryMb: frames.measured.filter(({ seconds: of }) => of === 30).map(({ rssMb }) => rssMb) } : {}),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
