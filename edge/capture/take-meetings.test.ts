import { expect, test } from 'vitest';
import { type MeetingOutcome, meetingNews } from './meeting-news.ts';
import { takeMeetings } from './take-meetings.ts';

const body = (meetingId: string) => ({ connectionId: crypto.randomUUID(), meetingId, atMs: 1 });
const row = (key: string, more: object = {}) => ({ provider: 'zoom', key, body: body(key), tries: 1, ...more });

function desk(rows: ReturnType<typeof row>[], outcomes: Record<string, MeetingOutcome | Error>) {
  const log: string[] = [];
  const waiting = [...rows];
  const deps = {
    now: () => 0,
    take: async (_leaseMs: number, limit: number) => waiting.splice(0, limit),
    read: (provider: string, said: unknown) => (provider === 'zoom' ? (meetingNews.safeParse(said).data ?? null) : null),
    hear: async ({ meetingId }: { meetingId: string }) => {
      const outcome = outcomes[meetingId] ?? { is: 'done' as const };
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    done: async (_provider: string, key: string) => void log.push(`done ${key}`),
    putOff: async (_provider: string, key: string, atMs: number, uncounted: boolean) =>
      void log.push(`${key} at ${atMs}${uncounted ? ', uncounted' : ''}`),
    fail: async (_provider: string, key: string) => void log.push(`failed ${key}`),
  };
  return { take: () => takeMeetings(deps, 'tenant-1'), log };
}

test('each meeting ends for itself, and one that throws holds up none of the others', async () => {
  const { take, log } = desk([row('a'), row('b'), row('c'), row('d'), row('e')], {
    a: new Error('away'),
    b: { is: 'later', inMs: 5_000 },
    c: { is: 'again', afterMs: 90_000 },
    d: { is: 'never' },
  });
  await take();
  expect(log).toEqual(['a at 60000', 'b at 5000, uncounted', 'c at 90000', 'failed d', 'done e']);
});

test('waits longer each time, an hour at most, and gives up in the end', async () => {
  const again = { is: 'again' } as const;
  const { take, log } = desk([row('a', { tries: 3 }), row('b', { tries: 15 }), row('c', { tries: 20 })], { a: again, b: again, c: again });
  await take();
  expect(log).toEqual(['a at 240000', 'b at 3600000', 'failed c']);
});

test('what is no meeting is given up at once', async () => {
  const { take, log } = desk([row('a', { body: { meetingId: 7 } }), row('b', { provider: 'hubspot' })], {});
  await take();
  expect(log).toEqual(['failed a', 'failed b']);
});
