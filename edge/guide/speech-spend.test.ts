import { expect, test } from 'vitest';
import { ok } from '../../shared/kit/result.ts';
import type { CallFacts } from '../ports/live.ts';
import { noCall } from './call-memory.ts';
import { SpeechSpend } from './speech-spend.ts';

const facts: CallFacts = { tenantId: 'tenant-1', callId: 'call-1', customerName: 'Maya', startedAtMs: 0, repTrack: 'outbound' };

function stage(said: (askedS: number) => 'taken' | 'over' | 'away', kept?: number) {
  const told: string[] = [];
  const stored = new Map<string, unknown>(kept === undefined ? [] : [['spokenS', kept]]);
  const work: Promise<unknown>[] = [];
  const call = { ...noCall(), facts };
  const spend = new SpeechSpend({
    ctx: {
      storage: {
        get: async (key: string) => stored.get(key),
        put: async (key: string, value: unknown) => void stored.set(key, value),
      } as unknown as DurableObjectStorage,
      waitUntil: (one: Promise<unknown>) => void work.push(one),
    },
    ledger: () => ({
      take: async (_call, heardS, askedS) => {
        told.push(`take ${heardS} up to ${askedS}`);
        const answer = said(askedS);
        if (answer === 'away') throw new Error('away');
        return answer;
      },
      settle: async (_call, heardS) => void told.push(`settle ${heardS}`),
      usdOf: (seconds) => (seconds * 0.006) / 60,
    }),
    call,
  });
  const speak = async (seconds: number) => {
    const opened = await spend
      .counted({ open: async () => ok({ feed: () => undefined, close: () => undefined }) })
      .open({ encoding: 'mulaw', sampleRate: 8000, keyterms: [] }, () => undefined);
    if (!opened.ok) return expect.fail('not open');
    for (let n = 0; n < seconds; n++) {
      if (!spend.mayListen) return n;
      opened.value.feed(new Uint8Array(8_000));
      await Promise.all(work.splice(0));
    }
    return seconds;
  };
  return { spend, speak, told, stored, call, done: () => Promise.all(work.splice(0)) };
}

test('counts every second that is sent, asks ahead, and says what it came to', async () => {
  const { spend, speak, told, done } = stage(() => 'taken');
  expect([await speak(70), spend.cost.spend, spend.unguided]).toEqual([70, { speechSeconds: 70, usd: 0.007 }, undefined]);
  spend.settle();
  await done();
  expect(told).toEqual(['take 1 up to 61', 'take 32 up to 121', 'settle 70']);
});

test('where the month is used up nobody listens any more, and the rep is told why', async () => {
  const { spend, speak } = stage((askedS) => (askedS > 121 ? 'over' : 'taken'));
  expect([await speak(500), spend.unguided]).toEqual([
    121,
    'This month’s live guidance is used up. The call is recorded, and is read after it ends.',
  ]);
});

test('a call that began without guidance has none', () => {
  const { spend, call } = stage(() => 'taken');
  call.facts = { ...facts, withoutGuidance: true };
  expect([spend.mayListen, spend.unguided?.length]).toEqual([false, 87]);
});

test('a ledger that is away does not end guidance at once', async () => {
  const { spend, speak, told } = stage(() => 'away');
  expect([await speak(1_000), spend.unguided]).toEqual([600, undefined]);
  expect(told.slice(0, 2)).toEqual(['take 1 up to 61', 'take 31 up to 91']);
});

test('evicted, it goes on from what it had counted', async () => {
  const { spend, speak, stored, told } = stage(() => 'taken', 40);
  await spend.load();
  await speak(12);
  expect([spend.cost.spend.speechSeconds, stored.get('spokenS'), told]).toEqual([52, 50, ['take 41 up to 101']]);
});

test('after it was settled, talking again asks again', async () => {
  const { spend, speak, told, done } = stage(() => 'taken');
  await speak(5);
  spend.settle();
  await done();
  await speak(1);
  expect(told).toEqual(['take 1 up to 61', 'settle 5', 'take 6 up to 66']);
});

test('a call nobody listened to has nothing to settle', async () => {
  const { spend, told, done } = stage(() => 'taken');
  spend.settle();
  await done();
  expect(told).toEqual([]);
});
