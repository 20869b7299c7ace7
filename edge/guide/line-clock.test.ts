import { expect, test } from 'vitest';
import type { CallFacts } from '../ports/live.ts';
import { type CallMemory, noCall } from './call-memory.ts';
import { LineClock } from './line-clock.ts';

const facts: CallFacts = { tenantId: 't', callId: 'c', customerName: 'Maya', startedAtMs: 0, repTrack: 'outbound' };

function stage() {
  const kept = new Map<string, unknown>();
  const storage = {
    get: async (name: string) => kept.get(name),
    put: async (all: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(all)) kept.set(name, value);
    },
  } as unknown as DurableObjectStorage;
  const call: CallMemory = { ...noCall(), facts };
  const wall = { ms: 1_000_000 };
  const open = () => new LineClock(storage, call, () => wall.ms);
  return { open, clock: open(), call, wall };
}

test('a line that comes back goes on by the clock', async () => {
  const { clock, call, wall } = stage();
  await clock.begin();
  wall.ms += 8_000;
  expect(clock.callMs(8_000)).toBe(8_000);
  call.durationMs = 8_020;
  wall.ms += 2_000;
  await clock.begin();
  expect(clock.callMs(0)).toBe(10_000);
  expect(clock.nowMs()).toBe(10_000);
});

test('a line whose first frames were taken late is moved to when it began, by the frames that came in time', async () => {
  const { open, clock, call, wall } = stage();
  await clock.begin();
  call.durationMs = 8_000;
  // It came back at 10 s, and an object that had just begun got to it 440 ms later.
  wall.ms += 10_440;
  await clock.begin();
  expect(clock.callMs(0)).toBe(10_440);
  expect(clock.callMs(420)).toBe(10_440);
  expect(clock.callMs(440)).toBe(10_440);
  wall.ms += 20;
  expect(clock.callMs(460)).toBe(10_460);
  // A frame that is late afterwards moves nothing, and what is known outlives an eviction.
  wall.ms += 300;
  expect(clock.callMs(480)).toBe(10_480);
  const woken = open();
  await woken.load();
  expect(woken.callMs(500)).toBe(10_500);
});

test('a call whose beginning was taken late began earlier', async () => {
  const { clock, call, wall } = stage();
  await clock.begin();
  clock.callMs(300);
  call.durationMs = 300;
  expect(clock.nowMs()).toBe(300);
  wall.ms += 5_000;
  await clock.begin();
  expect(clock.callMs(0)).toBe(5_300);
});

test('frames that claim to be ahead of the clock never go back into what was heard', async () => {
  const { clock, call, wall } = stage();
  await clock.begin();
  call.durationMs = 9_000;
  wall.ms += 10_000;
  await clock.begin();
  expect(clock.callMs(4_900)).toBe(13_900);
  expect(clock.callMs(29_000)).toBe(38_000);
});
