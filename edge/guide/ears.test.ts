import { expect, test } from 'vitest';
import type { Role } from '../../shared/contracts/transcript.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { LiveSpeech, SpeechHeard, SpeechSession } from '../ports/speech.ts';
import { Ears } from './ears.ts';

const SILENCE = 0xff;
const frame = (byte = 1, ms = 20) => new Uint8Array(ms * 8).fill(byte);

/** A recogniser that opens when told, keeps what it is fed, and says what the test makes it say. */
function stage() {
  const opened: {
    fed: number[];
    isClosed: boolean;
    say: (heard: SpeechHeard) => void;
    open: (as?: Result<SpeechSession>) => Promise<void>;
  }[] = [];
  const heard: unknown[] = [];
  const lost: string[] = [];
  let nowMs = 0;
  let lastTurn = -1;
  let fellBack = 0;
  const first: LiveSpeech = {
    open: (_options, hear) =>
      new Promise((done) => {
        const one = { fed: [] as number[], isClosed: false };
        const session: SpeechSession = {
          feed: (audio) => void one.fed.push(...audio),
          close: () => {
            one.isClosed = true;
          },
        };
        opened.push(
          Object.assign(one, {
            say: hear,
            open: async (as: Result<SpeechSession> = ok(session)) => {
              done(as);
              await new Promise((next) => setImmediate(next));
            },
          }),
        );
      }),
  };
  const ears = new Ears({
    speech: first,
    keyterms: [],
    now: () => nowMs,
    heard: (role, { turn, text, words, final, atMs }) => {
      lastTurn = turn;
      heard.push({ role, turn, text, final, atMs, at: words.map(({ startMs, endMs }) => [startMs, endMs]) });
    },
    nextTurn: () => lastTurn + 1,
    fallback: {
      open: (...of) => {
        fellBack += 1;
        return first.open(...of);
      },
    },
    lost: (role, kind) => void lost.push(`${role} ${kind}`),
  });
  const at = (n: number) => opened[n] ?? expect.fail(`recogniser ${n} was never opened`);
  return { ears, opened, at, heard, lost, after: (ms: number) => (nowMs += ms), fellBack: () => fellBack };
}

const turn = (n: number, text: string, startMs = 0, final = true): SpeechHeard => ({
  type: 'turn',
  turn: n,
  text,
  words: [{ text, startMs, endMs: startMs + 100, confidence: 1 }],
  final,
  heardToMs: startMs + 200,
});
const speak = (ears: Ears, role: Role, fromMs: number, toMs: number, byte = 1) => {
  for (let at = fromMs; at < toMs; at += 20) ears.feed(role, at, frame(byte));
};

test('opens one recogniser a speaker, with the first audio, and loses nothing said meanwhile', async () => {
  const { ears, opened, at } = stage();
  speak(ears, 'rep', 0, 60);
  speak(ears, 'customer', 0, 20, 2);
  expect(opened).toHaveLength(2);
  await at(0).open();
  await at(1).open();
  ears.feed('rep', 60, frame(3));
  expect([at(0).fed.length, at(0).fed.at(-1), at(1).fed.length, at(1).fed[0]]).toEqual([640, 3, 160, 2]);
});

test('what is heard comes in call time', async () => {
  const { ears, at, heard } = stage();
  ears.feed('rep', 5_000, frame());
  await at(0).open();
  at(0).say(turn(0, 'hello', 100));
  expect(heard).toEqual([{ role: 'rep', turn: 0, text: 'hello', final: true, atMs: 5_300, at: [[5_100, 5_200]] }]);
});

test('a gap is told as silence, so that times stay true', async () => {
  const { ears, at } = stage();
  ears.feed('rep', 0, frame(1));
  await at(0).open();
  ears.feed('rep', 120, frame(2));
  const { fed } = at(0);
  expect([fed.length, fed.slice(160, 960).every((byte) => byte === SILENCE), fed[960]]).toEqual([140 * 8, true, 2]);
});

test('a wobble of the vendor’s clock is no gap', async () => {
  const { ears, at } = stage();
  ears.feed('rep', 0, frame());
  await at(0).open();
  for (const atMs of [27, 38, 60]) ears.feed('rep', atMs, frame());
  expect(at(0).fed.length).toBe(4 * 160);
});

test('a frame that comes twice is heard once', async () => {
  const { ears, at } = stage();
  ears.feed('rep', 0, frame());
  await at(0).open();
  for (const atMs of [20, 20, 0, 40]) ears.feed('rep', atMs, frame());
  expect(at(0).fed.length).toBe(3 * 160);
});

test('after a long silence a fresh recogniser starts at the right time, and the old one is closed', async () => {
  const { ears, at, heard } = stage();
  ears.feed('rep', 0, frame());
  await at(0).open();
  at(0).say(turn(0, 'before'));
  ears.feed('rep', 30_000, frame(2));
  await at(1).open();
  at(1).say(turn(0, 'after', 0));
  expect([at(0).isClosed, at(1).fed.length]).toEqual([true, 160]);
  expect(heard[1]).toMatchObject({ turn: 1, text: 'after', at: [[30_000, 30_100]] });
});

test('a recogniser that breaks is replaced after a pause; turns go on counting and times stay true', async () => {
  const { ears, opened, at, heard, lost, after } = stage();
  speak(ears, 'rep', 0, 1_000);
  await at(0).open();
  at(0).say(turn(0, 'first', 0));
  at(0).say(turn(1, 'second', 500, false));
  at(0).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  expect(lost).toEqual(['rep broken']);
  speak(ears, 'rep', 1_000, 1_400, 2);
  expect(opened).toHaveLength(1);
  after(500);
  speak(ears, 'rep', 1_400, 1_420, 3);
  await at(1).open();
  // From the end of the last word that was heard: what came after it may have been lost with the socket.
  expect([at(1).fed.length, at(1).fed[0], at(1).fed.at(-1)]).toEqual([820 * 8, 1, 3]);
  at(1).say(turn(0, 'third', 100));
  expect(heard[2]).toMatchObject({ turn: 2, text: 'third', at: [[700, 800]] });
});

test('a late word of a replaced recogniser is not heard', async () => {
  const { ears, at, heard } = stage();
  speak(ears, 'rep', 0, 20);
  await at(0).open();
  at(0).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  at(0).say(turn(0, 'late'));
  at(0).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  expect(heard).toEqual([]);
});

test('a vendor that does not open is tried again, later each time, and what waits is kept', async () => {
  const { ears, opened, at, lost, after } = stage();
  let atMs = 0;
  for (const pauseMs of [500, 1_000, 2_000, 5_000, 10_000, 10_000]) {
    speak(ears, 'rep', atMs, atMs + 20);
    atMs += 20;
    const n = opened.length - 1;
    await at(n).open(failed({ kind: 'busy', said: 'full' }));
    after(pauseMs - 1);
    speak(ears, 'rep', atMs, atMs + 20);
    atMs += 20;
    expect(opened).toHaveLength(n + 1);
    after(1);
  }
  expect(lost).toEqual(Array(6).fill('rep busy'));
  speak(ears, 'rep', atMs, atMs + 20);
  await at(6).open();
  expect(at(6).fed.length).toBe((atMs + 20) * 8);
});

test('hearing something makes the next pause short again', async () => {
  const { ears, opened, at, after } = stage();
  for (const n of [0, 1]) {
    speak(ears, 'rep', n * 20, n * 20 + 20);
    await at(n).open(failed({ kind: 'busy', said: 'full' }));
    after(1_000);
  }
  speak(ears, 'rep', 40, 60);
  await at(2).open();
  at(2).say(turn(0, 'hello'));
  at(2).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  after(500);
  speak(ears, 'rep', 60, 80);
  expect(opened).toHaveLength(4);
});

test('while nobody listens the last ten seconds wait, at their time', async () => {
  const { ears, at, heard } = stage();
  speak(ears, 'rep', 0, 25_000);
  await at(0).open();
  expect(at(0).fed.length).toBe(10_000 * 8);
  at(0).say(turn(0, 'now', 0));
  expect(heard[0]).toMatchObject({ at: [[15_000, 15_100]] });
});

test('closed, it hears nothing more and lets everybody go', async () => {
  const { ears, opened, at, heard, lost } = stage();
  speak(ears, 'rep', 0, 20);
  await at(0).open();
  speak(ears, 'customer', 0, 20);
  ears.close();
  await at(1).open();
  at(0).say(turn(0, 'late'));
  at(0).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  ears.feed('rep', 20, frame());
  expect([at(0).isClosed, at(1).isClosed, at(0).fed.length, opened.length]).toEqual([true, true, 160, 2]);
  expect([heard, lost]).toEqual([[], []]);
});

test('after a break at most ten seconds are heard once more, and nothing that was heard already', async () => {
  const { ears, at, after } = stage();
  speak(ears, 'rep', 0, 30_000);
  await at(0).open();
  speak(ears, 'rep', 30_000, 45_000, 2);
  at(0).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  after(500);
  speak(ears, 'rep', 45_000, 45_020, 3);
  await at(1).open();
  expect([at(1).fed.length, at(1).fed[0]]).toEqual([10_000 * 8, 2]);
});

test('what it was silent about was heard too: only a second of it comes again', async () => {
  const { ears, at, after } = stage();
  speak(ears, 'rep', 0, 8_000);
  await at(0).open();
  at(0).say({ type: 'alive', heardToMs: 7_900 });
  at(0).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  after(500);
  speak(ears, 'rep', 8_000, 8_020);
  await at(1).open();
  expect(at(1).fed.length).toBe(1_120 * 8);
});

test('after three failures the second recogniser is asked, until something is heard', async () => {
  const { ears, at, after, fellBack } = stage();
  for (const n of [0, 1, 2]) {
    speak(ears, 'rep', n * 20, n * 20 + 20);
    await at(n).open(failed({ kind: 'broken', said: 'down' }));
    after(5_000);
  }
  expect(fellBack()).toBe(0);
  speak(ears, 'rep', 60, 80);
  await at(3).open();
  expect(fellBack()).toBe(1);
  at(3).say(turn(0, 'hello'));
  at(3).say({ type: 'closed', fault: { kind: 'broken', said: 'gone' } });
  after(500);
  speak(ears, 'rep', 80, 100);
  expect(fellBack()).toBe(1);
});

test('before the vendor ends a session another one listens already, changed between two sentences', async () => {
  const { ears, opened, at, heard, lost, after } = stage();
  speak(ears, 'rep', 0, 100);
  await at(0).open();
  at(0).say(turn(0, 'one', 0, false));
  after(51 * 60_000);
  speak(ears, 'rep', 100, 120);
  expect(opened).toHaveLength(1);
  at(0).say(turn(0, 'one', 0));
  speak(ears, 'rep', 120, 140, 2);
  speak(ears, 'rep', 140, 160, 3);
  expect([opened.length, at(0).isClosed]).toEqual([2, false]);
  await at(1).open();
  speak(ears, 'rep', 160, 180, 4);
  expect([at(0).isClosed, at(1).fed.length, at(1).fed[0], at(1).fed.at(-1)]).toEqual([true, 320, 3, 4]);
  at(1).say(turn(0, 'two', 10));
  expect(heard.at(-1)).toMatchObject({ turn: 1, text: 'two', at: [[150, 250]] });
  expect(lost).toEqual([]);
});
