import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import type { FinishedMeeting } from '../ports/meetings.ts';
import { type Met, type TakeMeetingDeps, takeMeeting } from './take-meeting.ts';

const now = Date.parse('2026-11-20T16:00:00.000Z');
const news = { connectionId: crypto.randomUUID(), meetingId: 'm==', hostEmail: 'sam@brightloop.example', atMs: now };
const vtt = { url: 'https://zoom.us/rec/download/t', contentType: 'text/vtt' };
const audio = { url: 'https://zoom.us/rec/download/a', contentType: 'audio/mp4' };
const meeting: FinishedMeeting = {
  title: 'Cobalt Freight',
  startedAt: '2026-11-20T15:00:00.000Z',
  durationMs: 600_000,
  host: { email: 'sam@brightloop.example', name: 'Sam Okafor' },
  people: [
    { name: 'Sam Okafor', email: 'sam@brightloop.example' },
    { name: 'Noor Haddad', email: 'noor@brightloop.example' },
    { name: 'Maya Lindqvist', email: 'maya@cobaltfreight.example' },
  ],
  transcript: vtt,
  tracks: [],
  audio,
};
const met: Met = { record: { object: 'deal', id: '7001' }, contact: null, name: 'Maya', email: 'maya@cobaltfreight.example' };
const words = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nNoor Haddad: Hello.\n\n00:00:03.000 --> 00:00:04.000\nMaya Lindqvist: Hello.\n';

function desk(over: Partial<TakeMeetingDeps> = {}, it: Partial<FinishedMeeting> = {}) {
  const log: unknown[] = [];
  const deps: TakeMeetingDeps = {
    now: () => now,
    meetings: {
      meeting: async () => ok({ ...meeting, ...it }),
      open: async ({ url }) => {
        log.push(`opened ${url}`);
        return ok({ body: new Blob([words]).stream(), size: null });
      },
    },
    hasConsent: true,
    canHear: true,
    isKnown: async () => false,
    isOurs: (email) => email.endsWith('@brightloop.example'),
    whoMet: async (people) => {
      log.push(`asked for ${people.map(({ email }) => email).join()}`);
      return ok(met);
    },
    saveWords: async (call, said) => void log.push(['words', call.met.name, said.map(({ role, speaker }) => `${role} ${speaker}`)]),
    saveAudio: async (_call, tracks) => {
      log.push(['audio', tracks.map(({ speaker }) => speaker)]);
      return null;
    },
    whyNotRecorded: async () => null,
    saveFailed: async (_call, trouble) => void log.push(`failed: ${trouble}`),
    lost: async (said) => void log.push(`lost: ${said}`),
    ...over,
  };
  return { take: () => takeMeeting(deps, news), log };
}

test('takes the words of a meeting with a customer, and puts everybody on their side', async () => {
  const { take, log } = desk();
  expect(await take()).toEqual({ is: 'done' });
  expect(log).toEqual([
    'asked for maya@cobaltfreight.example',
    `opened ${vtt.url}`,
    ['words', 'Maya', ['rep Noor Haddad', 'customer Maya Lindqvist']],
  ]);
});

test('a meeting that is a call already is not taken again', async () => {
  const { take, log } = desk({ isKnown: async () => true });
  expect([await take(), log]).toEqual([{ is: 'done' }, []]);
});

test('a meeting of our own people alone leaves no trace', async () => {
  const { take, log } = desk({}, { people: meeting.people.slice(0, 2) });
  expect([await take(), log]).toEqual([{ is: 'done' }, []]);
});

test('without consent the meeting is a call without words, and nothing is opened', async () => {
  const { take, log } = desk({ hasConsent: false });
  expect(await take()).toEqual({ is: 'done' });
  expect(log).toEqual(['asked for maya@cobaltfreight.example', ['words', 'Maya', []]]);
});

test('a meeting that nobody may hear says why, and nothing is opened', async () => {
  const { take, log } = desk({ whyNotRecorded: async (_call, { emails, title }) => `never ${emails.join()} ${title}` });
  expect(await take()).toEqual({ is: 'done' });
  expect(log.slice(1)).toEqual(['failed: never maya@cobaltfreight.example Cobalt Freight']);
});

test('a guest without an address is somebody, and nobody in the CRM', async () => {
  const nobody: Met = { record: null, contact: null, name: 'Customer', email: null };
  const { take, log } = desk({ whoMet: async () => ok(nobody) }, { people: [{ name: 'Maya L', email: null }] });
  expect(await take()).toEqual({ is: 'done' });
  expect(log.at(-1)).toMatchObject(['words', 'Maya L', expect.anything()]);
});

test('waits for the transcript, hears voices apart at once, and everybody together in the end', async () => {
  expect(await desk({}, { transcript: null }).take()).toEqual({ is: 'later', inMs: 600_000 });
  const tracks = ['Sam Okafor', 'Maya Lindqvist'].map((speaker) => ({ ...audio, speaker, offsetMs: 0 }));
  const apart = desk({}, { tracks });
  expect([await apart.take(), apart.log.at(-1)]).toEqual([{ is: 'done' }, ['audio', ['Sam Okafor', 'Maya Lindqvist']]]);
  const late = desk({ now: () => now + 3_600_000 }, { transcript: null });
  expect([await late.take(), late.log.at(-1)]).toEqual([{ is: 'done' }, ['audio', ['']]]);
  const never = desk({ canHear: false, now: () => now + 25 * 3_600_000 }, { transcript: null });
  expect([await never.take(), never.log.at(-1)]).toEqual([{ is: 'done' }, expect.stringContaining('No transcript came')]);
});

test('what may pass is tried again, when the platform says; what does not is said', async () => {
  const of = (fault: Parameters<typeof failed>[0]) =>
    desk({ meetings: { meeting: async () => failed(fault as never), open: async () => failed(fault as never) } });
  expect(await of({ kind: 'busy', said: 'wait', retryAfterMs: 9_000 }).take()).toEqual({ is: 'again', afterMs: 9_000 });
  const expired = of({ kind: 'expired', said: 'connect again' });
  expect([await expired.take(), expired.log]).toEqual([{ is: 'later', inMs: 3_600_000 }, ['lost: connect again']]);
  const elsewhere = desk({
    meetings: { meeting: async () => ok(meeting), open: async () => failed({ kind: 'refused', said: 'not Zoom’s' }) },
  });
  expect([await elsewhere.take(), elsewhere.log.at(-1)]).toEqual([{ is: 'done' }, 'failed: not Zoom’s']);
  expect(await desk({ whoMet: async () => failed({ kind: 'busy', said: 'the CRM waits' }) }).take()).toEqual({ is: 'again' });
});

test('a meeting that is not shown is looked for during a day, less and less often, and then missed with its reason', async () => {
  for (const [kind, why] of [
    ['gone', 'no-words'],
    ['refused', 'failed'],
  ] as const) {
    const after = async (ageMs: number) => {
      const missed: unknown[] = [];
      const it = desk({
        now: () => now + ageMs,
        meetings: { meeting: async () => failed({ kind, said: 'not shown' }), open: async () => failed({ kind, said: 'not shown' }) },
        saveFailed: async (...said) => void missed.push(said),
      });
      return [await it.take(), missed];
    };
    expect(await after(0)).toEqual([{ is: 'later', inMs: 60_000 }, []]);
    expect(await after(1_800_000)).toEqual([{ is: 'later', inMs: 1_800_000 }, []]);
    expect(await after(23 * 3_600_000)).toEqual([{ is: 'later', inMs: 7_200_000 }, []]);
    const call = {
      meetingId: 'm==',
      host: { email: 'sam@brightloop.example', name: 'sam' },
      met: { record: null, contact: null, name: 'Customer', email: null },
      startedAt: '2026-11-20T16:00:00.000Z',
      durationMs: 0,
    };
    expect(await after(24 * 3_600_000)).toEqual([{ is: 'done' }, [[call, 'not shown', why]]]);
  }
});

test('a file that is not there yet is waited for as well', async () => {
  const early = (ageMs: number) =>
    desk({
      now: () => now + ageMs,
      meetings: { meeting: async () => ok(meeting), open: async () => failed({ kind: 'gone', said: 'gone' }) },
    });
  expect(await early(60_000).take()).toEqual({ is: 'later', inMs: 60_000 });
  const late = early(24 * 3_600_000);
  expect([await late.take(), late.log.at(-1)]).toEqual([{ is: 'done' }, 'failed: gone']);
});
