import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import type { LiveNews } from './live-news.ts';
import { type TakeLiveDeps, takeLive } from './take-live.ts';

const now = 10_000_000_000;
const sam = { email: 'sam@b.example', userId: '71', name: 'Sam Okafor' };
const deal = { object: 'deal', id: '7' } as const;
const met = { record: deal, contact: null, name: 'Maya', email: 'maya@c.example' };
const started: LiveNews = {
  connectionId: 'c',
  meetingId: 'm==',
  streamId: 's1',
  is: 'started',
  address: 'wss://a',
  number: '81234567',
  atMs: now,
};
const stream = { meetingId: 'm==', streamId: 's1', address: 'wss://a' };

function desk(over: Partial<TakeLiveDeps> = {}) {
  const log: unknown[] = [];
  const deps: TakeLiveDeps = {
    now: () => now,
    callOf: async () => null,
    coming: async () => ok({ title: 'Seats', hostEmail: sam.email, invited: [sam.email, 'maya@c.example'] }),
    repOf: async (email) => (email === sam.email ? sam : null),
    isOurs: (email) => email.endsWith('@b.example'),
    whoMet: async (people) => {
      log.push(['asked', people.map(({ email }) => email)]);
      return ok(met);
    },
    whyNotRecorded: async () => null,
    mayStart: async () => 'guided',
    begin: async (meeting, withoutGuidance) => {
      log.push(['begun', meeting.met.name, withoutGuidance]);
      return 'call-1';
    },
    resume: async (callId) => void log.push(['goes on', callId]),
    dial: async (callId, to) => void log.push(['dialled', callId, to]),
    hangUp: async (callId) => void log.push(['hung up', callId]),
    destroy: async (callId) => void log.push(['destroyed', callId]),
    saveMissed: async (meeting, trouble, missed) => void log.push([missed, meeting.met.record, trouble]),
    ...over,
  };
  return { log, take: (news: Partial<LiveNews> = {}) => takeLive(deps, { ...started, ...news }) };
}
const live = { callOf: async () => ({ id: 'call-1', isLive: true }) };
const over = { callOf: async () => ({ id: 'call-1', isLive: false }) };

test('a meeting with somebody the CRM knows becomes a live call', async () => {
  const { log, take } = desk();
  expect(await take()).toEqual({ is: 'done' });
  expect(log).toEqual([
    ['asked', ['maya@c.example']],
    ['begun', 'Maya', false],
    ['dialled', 'call-1', stream],
  ]);
});

test('told again, there is one call; its line is told where the stream is now', async () => {
  const { log, take } = desk(live);
  await take({ address: 'wss://b' });
  await take({ is: 'interrupted' });
  expect(log).toEqual([
    // Its beginning may have broken off between its row and its object.
    ['goes on', 'call-1'],
    ['dialled', 'call-1', { ...stream, address: 'wss://b' }],
    ['goes on', 'call-1'],
    ['dialled', 'call-1', stream],
  ]);
  const done = desk(over);
  await done.take();
  expect(done.log).toEqual([]);
});

test.each([
  [6, [['hung up', 'call-1']]],
  [undefined, [['hung up', 'call-1']]],
  [8, [['destroyed', 'call-1']]],
  // Zoom's trouble: the same meeting may come back.
  [13, []],
])('a stream that stopped for reason %s', async (stopReason, wanted) => {
  const { log, take } = desk(live);
  expect(await take({ is: 'stopped', ...(stopReason === undefined ? {} : { stopReason }) })).toEqual({ is: 'done' });
  expect(log).toEqual(wanted);
});

test('what is taken back later is destroyed, too', async () => {
  const { log, take } = desk(over);
  await take({ is: 'stopped', stopReason: 8 });
  await take({ is: 'stopped', stopReason: 6 });
  expect(log).toEqual([['destroyed', 'call-1']]);
});

test('with nobody the CRM knows nothing is opened; without a recording after three hours the coverage says why', async () => {
  const { log, take } = desk({ whoMet: async () => ok({ record: null, contact: null, name: 'Ida', email: 'ida@x.example' }) });
  expect(await take()).toEqual({ is: 'later', inMs: 3 * 3_600_000 });
  expect(log).toEqual([]);
  expect(await take({ atMs: now - 3 * 3_600_000 })).toEqual({ is: 'done' });
  expect(log).toEqual([['no-words', null, 'Nobody who was invited to this meeting is known in the CRM, so it was not heard.']]);
});

test('a meeting of our own people, or of a host nobody named, leaves no trace', async () => {
  const ours = desk({ coming: async () => ok({ title: '', hostEmail: sam.email, invited: ['noor@b.example'] }) });
  expect(await ours.take()).toEqual({ is: 'done' });
  const strange = desk({ repOf: async () => null });
  expect(await strange.take()).toEqual({ is: 'done' });
  expect([ours.log, strange.log]).toEqual([[], []]);
});

test('whom nobody may hear is not heard, and a plan that is used up says so', async () => {
  const never = desk({ whyNotRecorded: async () => 'Your admin asked so.' });
  await never.take();
  const full = desk({ mayStart: async () => 'no' });
  await full.take();
  expect([never.log.at(-1), full.log.at(-1)]).toEqual([
    ['never-record', deal, 'Your admin asked so.'],
    ['over-plan', deal, 'This month’s call minutes are used up.'],
  ]);
  const kept = desk({ mayStart: async () => 'recorded' });
  await kept.take();
  expect(kept.log).toContainEqual(['begun', 'Maya', true]);
});

test('asks again in a moment while Zoom or the CRM is away, and not once it is too late', async () => {
  const away = failed({ kind: 'busy' as const, said: '', retryAfterMs: 3_000 });
  expect(await desk({ coming: async () => away }).take()).toEqual({ is: 'later', inMs: 3_000 });
  expect(await desk({ whoMet: async () => away }).take()).toEqual({ is: 'later', inMs: 3_000 });
  const late = desk();
  expect(await late.take({ atMs: now - 600_000 })).toMatchObject({ is: 'later' });
  expect(late.log).toEqual([['asked', ['maya@c.example']]]);
});
