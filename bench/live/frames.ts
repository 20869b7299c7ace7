import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { startSandbox } from '../../sandbox/start.ts';
import { eventIn, injector } from './inject.ts';
import { openRecogniser } from './recogniser.ts';
import { openScreen, type RigCall, startCall, wallMs } from './rig.ts';
import { spread } from './spread.ts';
import { workerUse } from './worker-use.ts';

const EVENT_MS = 125;
const WARM_MS = 2_000;
/** Opens a session with the recogniser: its first piece is 80 ms. */
const FIRST_FRAMES = 4;
/** A line that is silent for longer is looked after. */
const KEEP_MS = 2_000;

/** So many calls, for so long; `withAudio` also sends both tracks in real time. */
export interface Load {
  calls: number;
  seconds: number;
  withAudio?: boolean;
}

export interface Measured extends Load {
  /** From the recogniser's message to the frame on the rep's screen. */
  eventToFrameMs: { p50: number; p95: number };
  events: number;
  /** Events that no screen showed. */
  lost: number;
  rssMb: number;
  /** How late the machine that plays everybody else was itself; it stands in every figure. */
  ownDelayP95Ms: number;
  /** Processor share of the Worker. */
  workerCpu: number;
}

/**
 * Recogniser messages in, frames on the reps' screens out: one after the other for each load, calls of earlier ones going on. Even calls are
 * one tenant's, odd ones another's; `foreign` counts frames on a screen of another call.
 */
export async function measureFrames(
  loads: readonly Load[],
  say: (line: string) => void,
): Promise<{ measured: Measured[]; foreign: number }> {
  const recogniser = await openRecogniser();
  const keys = { DEEPGRAM_API: recogniser.origin, SPEECH_MODEL: 'flux' };
  const sandbox = await startSandbox({ port: 0, speed: 1, keys, keepTwins: false, say: (line) => say(`  ${line}`) });
  const calls: RigCall[] = [];
  const screens: WebSocket[] = [];
  const sent = new Map<string, number>();
  const inject = injector(sent);
  const took: number[] = [];
  let foreign = 0;
  const hearAs = (n: number) => (text: string) => {
    const at = wallMs();
    const frame = JSON.parse(text) as { type: string; callId?: string; line?: { text: string } };
    if (frame.type === 'hello' && frame.callId !== calls[n]?.ringing.callId) foreign += 1;
    const event = frame.type === 'line' ? eventIn(frame.line?.text ?? '') : undefined;
    if (!event) return;
    if (event.n !== n) foreign += 1;
    const began = sent.get(event.token);
    if (began === undefined) return;
    sent.delete(event.token);
    took.push(at - began);
  };
  const measured: Measured[] = [];
  const keeping = setInterval(() => calls.forEach((call) => void call.frame()), KEEP_MS);
  try {
    for (const load of loads) {
      while (calls.length < load.calls) {
        const call = await startCall(sandbox, calls.length);
        calls.push(call);
        for (let at = 0; at < FIRST_FRAMES; at++) call.frame();
        screens.push(await openScreen(call, hearAs(call.n)));
      }
      say(`${load.calls} calls ring`);
      const timers: NodeJS.Timeout[] = [];
      for (const call of calls.slice(0, load.calls)) {
        let turn = call.n;
        const speak = () => {
          // Four events of one side, then four of the other's.
          const ear = recogniser.ears.get(`${call.n} ${(turn++ >> 2) % 2 === 0 ? 'inbound' : 'outbound'}`);
          if (ear) inject(ear);
        };
        // Everybody in their own moment: people do not speak in step.
        timers.push(setTimeout(() => timers.push(setInterval(speak, EVENT_MS)), (call.n * 37) % EVENT_MS));
        if (load.withAudio) timers.push(setInterval(() => call.frame(), 20));
      }
      await pause(WARM_MS);
      sent.clear();
      took.length = 0;
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const before = { ...workerUse(), at: wallMs() };
      await pause(load.seconds * 1_000);
      const after = { ...workerUse(), at: wallMs() };
      delay.disable();
      const done = [...took];
      for (const timer of timers) clearInterval(timer);
      await pause(500);
      measured.push({
        ...load,
        eventToFrameMs: spread(done),
        events: done.length,
        lost: sent.size,
        rssMb: after.rssMb,
        ownDelayP95Ms: Math.round(delay.percentile(95) / 1e5) / 10,
        workerCpu: Math.round(((after.cpuS - before.cpuS) * 100_000) / (after.at - before.at)) / 100,
      });
      say(JSON.stringify(measured.at(-1)));
    }
    return { measured, foreign };
  } finally {
    clearInterval(keeping);
    for (const screen of screens) screen.terminate();
    for (const call of calls) call.hangUp();
    await pause(500);
    await sandbox.close();
    await recogniser.close();
  }
}
