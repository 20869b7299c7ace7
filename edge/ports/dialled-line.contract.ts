import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DialledLine, DialledSaid, LineStream, OpenLine } from './dialled-line.ts';

interface Somebody {
  who: string;
  name: string;
}

interface Voiced extends Somebody {
  sounds: (sample: number) => boolean;
}

/** What an adapter brings along to be tried: itself, and a vendor (or its twin) with one meeting that runs. Made anew for each test. */
export interface DialledLineUnderTest {
  line: DialledLine;
  /** The same with a secret the vendor does not know. */
  stranger: DialledLine;
  stream: LineStream;
  /** No such stream. */
  unknown: LineStream;
  /** The same stream at an address that is not the vendor's. */
  elsewhere: LineStream;
  /** Who is there from the start, each with some of the samples they say, one tone each. */
  people: readonly [Voiced, Voiced];
  /** So long the vendor waits for an answer that we are there. */
  patienceMs: number;
  cutMedia(): void;
  cutSignalling(): void;
  come(): Somebody;
  go(who: string): void;
  end(isRevoked: boolean): void;
  /** Connections that the vendor took, and how it ended those it ended itself. */
  seen(): { media: number; signalling: number; closed: readonly string[] };
  close(): Promise<void>;
}

/** Every line that we open keeps these promises. */
export function dialledLineContract(name: string, make: () => Promise<DialledLineUnderTest>): void {
  describe(`${name} keeps the contract of a line that we open`, () => {
    let it: DialledLineUnderTest;
    let said: DialledSaid[];
    let opened: OpenLine[];
    beforeEach(async () => {
      it = await make();
      said = [];
      opened = [];
    });
    afterEach(async () => {
      for (const line of opened) line.close();
      await it?.close();
    });

    const open = async (line = it.line, stream = it.stream) => {
      const result = await line.open(stream, (one) => said.push(one));
      if (result.ok) opened.push(result.value);
      return result;
    };
    const heardOf = (who: string) => said.filter((one) => one.type === 'voice').filter((one) => one.who === who);
    const loud = (who: string) => heardOf(who).filter(({ pcm }) => pcm.some((sample) => Math.abs(sample) > 500));
    const isHeard = (who: string, more = 0) => expect.poll(() => loud(who).length, { timeout: 10_000, interval: 10 }).toBeGreaterThan(more);
    const isSaid = (type: DialledSaid['type']) =>
      expect.poll(() => said.some((one) => one.type === type), { timeout: 10_000, interval: 10 }).toBe(true);

    test('hears each person apart, at 8 kHz and in time', async () => {
      expect(await open()).toMatchObject({ ok: true });
      for (const { who, name: called, sounds } of it.people) {
        await isHeard(who, 10);
        const heard = heardOf(who);
        expect(new Set(heard.map((one) => one.name))).toEqual(new Set([called]));
        const times = heard.map(({ atMs }) => atMs);
        expect(times).toEqual([...times].sort((one, other) => one - other));
        const samples = loud(who)
          .slice(2)
          .flatMap(({ pcm }) => [...pcm]);
        expect(samples.filter((sample) => !sounds(sample))).toEqual([]);
        const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
        const samplesMs = heard.reduce((sum, { pcm }) => sum + pcm.length / 8, 0);
        expect(Math.abs(samplesMs - spanMs)).toBeLessThan(60);
      }
      expect(Math.abs((heardOf(it.people[0].who)[0]?.atMs ?? 0) - Date.now())).toBeLessThan(10_000);
    });

    test('says who is there, who comes and who goes', async () => {
      await open();
      await expect.poll(() => said.filter(({ type }) => type === 'came').length, { timeout: 5_000 }).toBe(it.people.length);
      const late = it.come();
      const there = it.people.map(({ who, name: called }) => ({ type: 'came', who, name: called }));
      await isHeard(late.who);
      expect(said.filter(({ type }) => type === 'came')).toEqual([...there, { type: 'came', ...late }]);
      it.go(late.who);
      await isSaid('went');
      expect(said.filter(({ type }) => type === 'went')).toEqual([{ type: 'went', who: late.who }]);
    });

    test('comes back by itself when only the sound was cut', async () => {
      await open();
      const [first] = it.people;
      await isHeard(first.who);
      it.cutMedia();
      await expect.poll(() => it.seen().media, { timeout: 10_000 }).toBe(2);
      await isHeard(first.who, loud(first.who).length + 3);
      expect(it.seen()).toMatchObject({ signalling: 1, closed: [] });
      expect(said.filter(({ type }) => type === 'broke' || type === 'over')).toEqual([]);
    });

    test('says once that it broke, and is opened again', async () => {
      await open();
      it.cutSignalling();
      await isSaid('broke');
      expect(said.filter(({ type }) => type === 'broke')).toHaveLength(1);
      await expect.poll(async () => (await open()).ok, { timeout: 10_000, interval: 200 }).toBe(true);
      await isHeard(it.people[0].who, loud(it.people[0].who).length);
    });

    test.each([false, true])('says that it is over, once; taken back: %s', async (isRevoked) => {
      await open();
      it.end(isRevoked);
      await isSaid('over');
      await new Promise((done) => setTimeout(done, 300));
      expect(said.filter(({ type }) => type === 'over' || type === 'broke')).toEqual([{ type: 'over', isRevoked }]);
    });

    test('is there as long as it is asked whether it is', async () => {
      await open();
      await isSaid('alive');
      await new Promise((done) => setTimeout(done, it.patienceMs * 1.5));
      expect(it.seen().closed).toEqual([]);
      expect(said.some(({ type }) => type === 'broke')).toBe(false);
    });

    test('one line to a stream: the second is refused, and the first goes on', async () => {
      await open();
      expect(await open()).toMatchObject({ ok: false, fault: { kind: 'busy' } });
      await isHeard(it.people[0].who, loud(it.people[0].who).length);
    });

    test('says nothing after it was closed', async () => {
      await open();
      await isHeard(it.people[0].who);
      for (const line of opened.splice(0)) {
        line.close();
        line.close();
      }
      await new Promise((done) => setTimeout(done, 100));
      const before = said.length;
      await new Promise((done) => setTimeout(done, 300));
      expect(said.length).toBe(before);
    });

    test('a stranger, an unknown stream and a strange address open nothing', async () => {
      expect(await open(it.stranger)).toMatchObject({ ok: false, fault: { kind: 'refused' } });
      expect(await open(it.line, it.unknown)).toMatchObject({ ok: false, fault: { kind: 'gone' } });
      expect(await open(it.line, it.elsewhere)).toMatchObject({ ok: false, fault: { kind: 'refused' } });
      expect(it.seen()).toMatchObject({ media: 0, signalling: 0 });
    });
  });
}
