import { expect, test } from 'vitest';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { DialledSaid, OpenLine } from '../ports/dialled-line.ts';
import type { MeetingStream } from '../ports/live.ts';
import type { CallMemory } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';
import { MeetingLine } from './meeting-line.ts';

const stream: MeetingStream = { meetingId: 'm==', streamId: 's1', address: 'wss://a', connectionId: 'c', ours: ['Sam Okafor'] };
const startedAtMs = 1_000_000;

/** A call's object with one line; whoever is told of what is in `log`. `evict` makes it anew from its storage. */
function desk() {
  const log: unknown[] = [];
  const stored = new Map<string, unknown>();
  const dialled: { stream: MeetingStream; hear(said: DialledSaid): void; isClosed: boolean }[] = [];
  const waiting: Promise<unknown>[] = [];
  const it = { nowMs: startedAtMs, alarmMs: 0, answers: [] as Result<OpenLine>[] };
  const call = {
    facts: { tenantId: 't', callId: 'c1', customerName: 'Maya', startedAtMs, repTrack: 'outbound', source: 'zoom' },
    session: { ended: false },
    isDestroyed: false,
  } as unknown as CallMemory;
  const ctx = {
    storage: {
      get: async (key: string) => structuredClone(stored.get(key)),
      put: async (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
      setAlarm: async (atMs: number) => {
        it.alarmMs = atMs;
      },
    },
    waitUntil: (work: Promise<unknown>) => void waiting.push(work),
  } as unknown as DurableObjectState;
  const services = {
    now: () => it.nowMs,
    dialMeeting: async (_call: unknown, to: MeetingStream, hear: (said: DialledSaid) => void) => {
      const one = { stream: to, hear, isClosed: false };
      dialled.push(one);
      return (
        it.answers.shift() ??
        ok({
          close: () => {
            one.isClosed = true;
          },
        })
      );
    },
  } as unknown as GuideServices;
  const make = () =>
    new MeetingLine({
      ctx,
      services: () => services,
      call,
      began: () => log.push('began'),
      hear: (event) => log.push(event.type === 'audio' ? [event.track, event.atMs, event.bytes.length] : event.type),
      came: (party) => log.push(['came', party]),
      went: (party) => log.push(['went', party]),
      over: (isRevoked) => log.push(['over', isRevoked]),
    });
  const settled = async () => {
    for (const work of waiting.splice(0)) await work;
    await Promise.resolve();
  };
  return { it, log, dialled, call, settled, make };
}
const voice = (who: string, name: string, atMs: number): DialledSaid => ({
  type: 'voice',
  who,
  name,
  atMs,
  pcm: new Int16Array(160).fill(9),
});
const busy = failed({ kind: 'busy' as const, said: '' });

test('told twice of a stream, one line is opened; told that it moved, the other one', async () => {
  const { make, dialled, settled } = desk();
  const line = make();
  await Promise.all([line.dial(stream), line.dial(stream)]);
  await settled();
  await line.dial(stream);
  await line.dial({ ...stream, address: '' });
  await settled();
  expect(dialled).toHaveLength(1);
  await line.dial({ ...stream, address: 'wss://b' });
  await settled();
  expect(dialled.map((one) => [one.stream.address, one.isClosed])).toEqual([
    ['wss://a', true],
    ['wss://b', false],
  ]);
});

test('people become two tracks in call time, and nobody is heard before they are known to be there', async () => {
  const { make, dialled, settled, log, it } = desk();
  const line = make();
  await line.dial(stream);
  await settled();
  const hear = dialled[0]!.hear;
  it.nowMs = startedAtMs + 2_000;
  // Their clock is a minute ahead of ours.
  const theirs = it.nowMs + 60_000;
  hear({ type: 'came', who: '1', name: 'Sam Okafor' });
  hear({ type: 'came', who: '2', name: 'Maya' });
  hear(voice('1', 'Sam Okafor', theirs));
  hear(voice('2', 'Maya', theirs));
  hear(voice('3', 'Ravi', theirs + 20));
  hear({ type: 'went', who: '2' });
  // A moment that cannot be.
  hear(voice('1', 'Sam Okafor', theirs + 3_600_000));
  expect(log).toEqual(['began', ['came', '2'], ['outbound', 2_000, 160], ['inbound', 2_000, 160], ['came', '3'], ['went', '2']]);
});

test('a sound is never later than when it came', async () => {
  const { make, dialled, settled, log, it } = desk();
  const line = make();
  await line.dial(stream);
  await settled();
  it.nowMs = startedAtMs + 1_000;
  // The first frame came half a second late.
  dialled[0]!.hear(voice('1', 'Sam Okafor', startedAtMs + 500));
  it.nowMs += 20;
  dialled[0]!.hear(voice('1', 'Sam Okafor', startedAtMs + 1_020));
  expect(log.slice(1)).toEqual([
    ['outbound', 1_000, 160],
    ['outbound', 1_020, 160],
  ]);
});

test('a line that broke is opened again, with longer and longer pauses, and given up after a minute and a half', async () => {
  const { make, dialled, settled, it } = desk();
  const line = make();
  await line.dial(stream);
  await settled();
  dialled[0]!.hear({ type: 'broke', said: '' });
  await settled();
  const pauses: number[] = [];
  for (;;) {
    pauses.push(it.alarmMs - it.nowMs);
    it.nowMs = it.alarmMs;
    it.answers = [busy];
    if (await line.look()) break;
    await settled();
  }
  expect(pauses.slice(0, 6)).toEqual([500, 1_500, 3_000, 6_000, 12_000, 12_000]);
  expect(it.nowMs - startedAtMs).toBeGreaterThan(90_000);
  expect(it.nowMs - startedAtMs).toBeLessThan(110_000);
});

test('a line that breaks as soon as it is open is opened less and less often; one that held is opened at once', async () => {
  const { make, dialled, settled, it } = desk();
  const line = make();
  await line.dial(stream);
  const pauses: number[] = [];
  for (const livesMs of [0, 0, 20_000]) {
    await settled();
    it.nowMs += livesMs;
    dialled.at(-1)!.hear({ type: 'broke', said: '' });
    await settled();
    pauses.push(it.alarmMs - it.nowMs);
    it.nowMs = it.alarmMs;
    expect(await line.look()).toBe(false);
  }
  expect(pauses).toEqual([500, 1_500, 500]);
});

test('after an eviction the line is opened again, and who was there is not asked anew', async () => {
  const { make, dialled, settled, log } = desk();
  const line = make();
  await line.dial(stream);
  await settled();
  dialled[0]!.hear({ type: 'came', who: '2', name: 'Maya' });
  await settled();
  const next = make();
  await next.load();
  expect(await next.look()).toBe(false);
  await settled();
  dialled[1]!.hear({ type: 'came', who: '2', name: 'Maya' });
  dialled[1]!.hear({ type: 'came', who: '3', name: 'Ravi' });
  expect([dialled.length, dialled[1]!.stream]).toEqual([2, stream]);
  expect(log).toEqual(['began', ['came', '2'], 'began', ['came', '3']]);
});

test('says that it is over, and whether it was taken back; nothing is heard after that', async () => {
  const { make, dialled, settled, log } = desk();
  const line = make();
  await line.dial(stream);
  await settled();
  dialled[0]!.hear({ type: 'over', isRevoked: true });
  dialled[0]!.hear(voice('1', 'Sam Okafor', startedAtMs));
  expect([log, dialled[0]!.isClosed]).toEqual([['began', ['over', true]], true]);
});

test('a meeting that nobody ends is over after four hours, and one that never had a stream sooner', async () => {
  const { make, settled, it, dialled } = desk();
  const line = make();
  it.nowMs = startedAtMs + 91_000;
  expect(await line.look()).toBe(true);
  it.nowMs = startedAtMs;
  await line.dial(stream);
  await settled();
  it.nowMs = startedAtMs + 4 * 3_600_000 + 1;
  expect([await line.look(), dialled.length]).toEqual([true, 1]);
});

test('a line that opens when the call is over already is closed again', async () => {
  const { make, settled, dialled, call, log } = desk();
  const line = make();
  const dialling = line.dial(stream);
  (call.session as { ended: boolean }).ended = true;
  await dialling;
  await settled();
  expect([dialled.every(({ isClosed }) => isClosed), log]).toEqual([true, []]);
});
