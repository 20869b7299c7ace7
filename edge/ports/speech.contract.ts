import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchSpeech, LiveSpeech, SpeechHeard, SpeechSession } from './speech.ts';

/** What an adapter brings along to be tried: itself, and a vendor (or its twin) that knows a recording. */
export interface SpeechUnderTest {
  live: LiveSpeech;
  /** The same with a key the vendor does not know. */
  liveStranger: LiveSpeech;
  batch: BatchSpeech;
  /** Mono mu-law of one side, with what that side says, turn by turn. */
  track: { audio: Uint8Array; turns: readonly string[] };
  /** A two-channel WAV, channel 0 the rep, with what is said in the order of time. */
  recording: { audio: Uint8Array; turns: readonly { role: 'rep' | 'customer'; text: string }[] };
  /** The vendor breaks the next session after so many ms of audio. */
  dropNext(afterMs: number): void;
  /** The vendor answers the next request with this status. */
  refuseNext(status: 429 | 500): void;
  close(): Promise<void>;
}

const LIVE = { encoding: 'mulaw', sampleRate: 8_000, keyterms: ['Zendara'] } as const;

/** Every recogniser keeps these promises. */
export function speechContract(name: string, make: () => Promise<SpeechUnderTest>): void {
  describe(`${name} keeps the speech contract`, () => {
    let it: SpeechUnderTest;
    beforeAll(async () => {
      it = await make();
    });
    afterAll(() => it?.close());

    test('hears a whole track: every turn in order, final once, and then closes', async () => {
      const heard = await listen(it.live, (session) => {
        session.feed(it.track.audio);
        session.close();
        session.close();
      });
      const finals = heard.filter((one) => one.type === 'turn' && one.final);
      expect(finals.map((one) => one.type === 'turn' && one.text)).toEqual(it.track.turns);
      expect(finals.map((one) => one.type === 'turn' && one.turn)).toEqual(it.track.turns.map((_, turn) => turn));
      expect(heard.filter(({ type }) => type === 'closed')).toEqual([{ type: 'closed' }]);
      expect(heard.at(-1)).toEqual({ type: 'closed' });
    });

    test('gives words times that grow and stay inside the audio', async () => {
      const heard = await listen(it.live, (session) => {
        session.feed(it.track.audio);
        session.close();
      });
      const words = heard.flatMap((one) => (one.type === 'turn' && one.final ? one.words : []));
      expect(words.length).toBeGreaterThan(10);
      const times = words.map(({ startMs }) => startMs);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(words.filter(({ startMs, endMs }) => startMs < 0 || endMs <= startMs || endMs > it.track.audio.length / 8)).toEqual([]);
    });

    test('takes audio in pieces of any size', async () => {
      const heard = await listen(it.live, (session) => {
        for (let at = 0; at < it.track.audio.length; at += 333) session.feed(it.track.audio.subarray(at, at + 333));
        session.close();
      });
      const finals = heard.flatMap((one) => (one.type === 'turn' && one.final ? [one.text] : []));
      expect(finals).toEqual(it.track.turns);
    });

    test('shows a turn before it is final', async () => {
      const heard = await listen(it.live, (session) => {
        session.feed(it.track.audio);
        session.close();
      });
      const early = heard.filter((one) => one.type === 'turn' && !one.final && one.turn === 1);
      expect(early.length).toBeGreaterThan(1);
    });

    test('makes a turn final that was still open when it was closed', async () => {
      const heard = await listen(it.live, (session) => {
        session.feed(it.track.audio.subarray(0, 18 * 8_000));
        session.close();
      });
      const turns = heard.filter((one) => one.type === 'turn');
      const last = turns.at(-1);
      expect(last && { final: last.final, isStart: it.track.turns[last.turn]?.startsWith(last.text) }).toEqual({
        final: true,
        isStart: true,
      });
    });

    test('says that it does not know the key', async () => {
      const opened = await it.liveStranger.open(LIVE, () => {});
      expect(opened.ok ? 'opened' : opened.fault.kind).toBe('expired');
    });

    test('says that the vendor is full', async () => {
      it.refuseNext(429);
      const opened = await it.live.open(LIVE, () => {});
      expect(opened.ok ? 'opened' : opened.fault.kind).toBe('busy');
    });

    test('closes with a fault when the vendor goes away', async () => {
      it.dropNext(1_000);
      const heard = await listen(it.live, (session) => session.feed(it.track.audio.subarray(0, 16_000)));
      const last = heard.at(-1);
      expect(last?.type === 'closed' && last.fault?.kind).toBe('broken');
    });

    test('turns a recording with a channel each into utterances in the order of time', async () => {
      const channels = ['rep', 'customer'] as const;
      const got = await it.batch.transcribe({ body: it.recording.audio, contentType: 'audio/wav', channels, keyterms: ['Zendara'] });
      if (!got.ok) throw new Error(got.fault.said);
      expect(got.value.map(({ role, text }) => ({ role, text }))).toEqual(it.recording.turns);
      expect(got.value.map(({ seq }) => seq)).toEqual(got.value.map((_, seq) => seq));
      const starts = got.value.map(({ startMs }) => startMs);
      expect(starts).toEqual([...starts].sort((one, other) => one - other));
    });

    test('takes a recording as a stream', async () => {
      const body = new Blob([it.recording.audio.slice()]).stream();
      const got = await it.batch.transcribe({ body, contentType: 'audio/wav', channels: ['rep', 'customer'], keyterms: [] });
      expect(got.ok && got.value.length).toBe(it.recording.turns.length);
    });

    test('says nothing of a recording in which nobody speaks', async () => {
      const silence = it.recording.audio.slice().fill(0xff, 58);
      const got = await it.batch.transcribe({ body: silence, contentType: 'audio/wav', channels: ['rep', 'customer'], keyterms: [] });
      expect(got).toEqual({ ok: true, value: [] });
    });

    test('passes on that the vendor is full or broken, without trying by itself', async () => {
      const kinds: string[] = [];
      for (const status of [429, 500] as const) {
        it.refuseNext(status);
        const got = await it.batch.transcribe({
          body: it.recording.audio,
          contentType: 'audio/wav',
          channels: ['rep', 'customer'],
          keyterms: [],
        });
        kinds.push(got.ok ? 'heard' : got.fault.kind);
      }
      expect(kinds).toEqual(['busy', 'broken']);
    });

    test('refuses what is no audio', async () => {
      const got = await it.batch.transcribe({
        body: new TextEncoder().encode('no audio'),
        contentType: 'audio/wav',
        channels: ['rep'],
        keyterms: [],
      });
      expect(got.ok ? 'heard' : got.fault.kind).toBe('refused');
    });
  });
}

/** Opens, does, and waits until it is closed. */
async function listen(live: LiveSpeech, act: (session: SpeechSession) => void): Promise<SpeechHeard[]> {
  const heard: SpeechHeard[] = [];
  const closed = Promise.withResolvers<void>();
  const opened = await live.open(LIVE, (one) => {
    heard.push(one);
    if (one.type === 'closed') closed.resolve();
  });
  if (!opened.ok) throw new Error(opened.fault.said);
  act(opened.value);
  await closed.promise;
  return heard;
}
