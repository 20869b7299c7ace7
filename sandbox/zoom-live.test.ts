import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SILENCE } from '../shared/capture/mulaw.ts';
import type { CoverageView } from '../shared/contracts/capture.ts';
import type { Consent } from '../shared/contracts/guidance.ts';
import type { LiveView, NextView } from '../shared/contracts/view.ts';
import { settled } from './act/hand-over.ts';
import { hubspotSide } from './act/hubspot-side.ts';
import type { Deal, Side } from './act/side.ts';
import { requestId, unwrap } from './ask.ts';
import { type Books, openBooks } from './capture/books.ts';
import { cast } from './cast.ts';
import { link } from './hubspot/link.ts';
import { until } from './play-call.ts';
import { type SampleSide, sampleCall } from './sample-call/read.ts';
import { type Sandbox, startSandbox } from './start.ts';
import type { RunningMeeting } from './zoom/live.ts';

// A Zoom meeting that runs is heard on its deal: the Worker that ships, a real database, and the twins of Zoom, speech and CRM.
let sandbox: Sandbox;
let side: Side;
let books: Books;
/** Bytes that speech recognition got, live or as a file. */
let tasted = 0;
/** What has to survive another version of the Worker. */
const stateDir = mkdtempSync(join(tmpdir(), 'ros-zoom-live-'));

beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    speed: 1,
    stateDir,
    taste: (audio) => {
      tasted += audio.length;
    },
  });
  side = await hubspotSide(sandbox);
  books = await openBooks(sandbox.database.url, 'hubspot', String(cast.hubspot.portalId));
  const host = { email: cast.rep.email, userId: String(cast.hubspot.rep.userId), ownerId: cast.hubspot.rep.ownerId, name: cast.rep.name };
  const body = { requestId: requestId(), provider: 'zoom', ...cast.zoom, connect: undefined, recordingIsConsent: false, hosts: [host] };
  const { url } = unwrap<{ url: string }>(await side.admin.post('/v1/settings/meetings', body));
  expect(await sandbox.zoom.subscribe(sandbox.worker.origin + url.slice(sandbox.publicUrl.length))).toBe(true);
}, 120_000);
afterAll(async () => {
  await sandbox?.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const call = sampleCall();
const OPENING_MS = 3_500;
const PAUSE_MS = 1_500;
const OBJECTION: [number, number] = [25_900, 34_700];
const PROMISE: [number, number] = [50_800, 63_000];
const TALK_MS = OPENING_MS + PAUSE_MS + (OBJECTION[1] - OBJECTION[0]) + (PROMISE[1] - PROMISE[0]);

/** What they say before anybody agreed, a pause, the price, and what the rep promises. */
function talkOf(who: SampleSide): Uint8Array {
  const part = (fromMs: number, toMs: number) => call.tracks[who].audio.slice(fromMs * 8, toMs * 8);
  return Buffer.concat([part(0, OPENING_MS), new Uint8Array(PAUSE_MS * 8).fill(SILENCE), part(...OBJECTION), part(...PROMISE)]);
}
const sam = { userId: 16_778_240, name: cast.rep.name, audio: talkOf('rep') };
const maya = { userId: 16_779_264, name: cast.customer.name, audio: talkOf('customer') };
const ravi = { userId: 16_780_288, name: 'Ravi', audio: new Uint8Array(0) };

function newDeal(): Deal {
  const deal = side.deal();
  link(sandbox.hubspot.state, 'deals', deal.id, 'contacts', deal.contactId);
  return deal;
}
let held = 0;
const goLive = (invited: readonly string[], isNested = false): Promise<RunningMeeting & { uuid: string }> => {
  const uuid = `/live${++held}//aB+c==`;
  const meeting = { uuid, topic: 'Seats', host: { name: cast.rep.name, email: cast.rep.email }, invited: [cast.rep.email, ...invited] };
  return sandbox.zoom.goLive(meeting, { voices: [sam, maya], order: 'big', isNested }).then((running) => ({ ...running, uuid }));
};
const liveOn = (deal: Deal): Promise<string> =>
  until(
    async () => {
      const view = unwrap<NextView>(await side.card.get(`/v1/record/deal/${deal.id}/next`));
      return view.state === 'live' ? view.callId : undefined;
    },
    'the meeting shows on its deal',
    50,
  );
const viewOf = async (callId: string) => unwrap<LiveView>(await side.card.get(`/v1/calls/${callId}/live?since=0`));
const agree = async (callId: string) =>
  unwrap<{ consent: Consent }>(await side.card.post(`/v1/calls/${callId}/consent`, { requestId: requestId(), consent: 'granted' })).consent;
const reaches = (meeting: RunningMeeting, ms: number) => until(() => meeting.nowMs() >= ms || undefined, `the meeting is at ${ms} ms`, 20);

test('a meeting is heard live after a yes, through a cut and a late guest, and ends on its deal as one call', async () => {
  const deal = newDeal();
  const meeting = await goLive([deal.email]);
  expect([meeting.status, await meeting.tellAgain()]).toEqual([200, 200]);
  const callId = await liveOn(deal);
  await reaches(meeting, OPENING_MS);
  expect(await viewOf(callId)).toMatchObject({ state: 'live', consent: 'announced', card: null, lines: [] });
  expect(tasted).toBe(0);
  expect(await agree(callId)).toBe('granted');

  const card = await until(
    async () => {
      const view = await viewOf(callId);
      return view.state === 'live' && view.card ? view.card : undefined;
    },
    'a card helps with the price',
    50,
  );
  expect(card.headline).not.toBe('');

  // Somebody comes late: nothing more is heard until they have been asked.
  meeting.come(ravi);
  await until(
    async () => (await viewOf(callId)).state === 'live' && (await standsAs(callId, 'announced')),
    'the guest has to be asked',
    20,
  );
  const before = tasted;
  await reaches(meeting, meeting.nowMs() + 400);
  expect(tasted - before).toBeLessThan(1_600);
  expect(await agree(callId)).toBe('granted');

  await reaches(meeting, OPENING_MS + PAUSE_MS + OBJECTION[1] - OBJECTION[0]);
  meeting.cutMedia();
  await until(() => meeting.seen.media === 2 || undefined, 'the sound comes back');
  await reaches(meeting, TALK_MS);
  expect(await meeting.stop(6)).toBe(200);

  const view = await settled(side, callId);
  expect(view.call).toMatchObject({ source: 'zoom', repName: cast.rep.name, status: 'understood' });
  expect(new Set(view.strip.map(({ role }) => role))).toEqual(new Set(['rep', 'customer']));
  expect(view.insight?.objections.some(({ evidence }) => evidence.role === 'customer')).toBe(true);
  const said = [await books.wordsOf(callId, 'rep'), await books.wordsOf(callId, 'customer')].map((words) => words.join(' '));
  expect(said[0]).toContain('security questionnaire');
  expect(said[1]).toContain('one hundred and twenty seats');
  // What was said before the yes is nowhere.
  expect(said[0]).not.toContain('Brightloop');
  expect((await books.callOf(meeting.uuid))?.audioKey).toMatch(/./);
  expect(side.activities(deal).map(({ kind }) => kind)).toContain('call');
  expect(meeting.seen).toMatchObject({ signalling: 1, media: 2, refused: [], closed: [] });

  // The same meeting's recording makes no second call.
  const { uuid } = meeting;
  const rep = { name: cast.rep.name, email: cast.rep.email };
  const finished = { uuid, topic: 'Seats', host: rep, people: [rep], startedMs: Date.now() - TALK_MS, durationMs: TALK_MS, said: [] };
  expect(await sandbox.zoom.finish(finished, { withTranscript: true })).toBe(200);
  await sandbox.worker.tick();
  expect(side.activities(deal).filter(({ kind }) => kind === 'call')).toHaveLength(1);
}, 120_000);

const standsAs = async (callId: string, consent: Consent): Promise<true | undefined> => {
  const view = await viewOf(callId);
  return view.state === 'live' && view.consent === consent ? true : undefined;
};

test('a line is opened again when its signalling broke and when the Worker was replaced; what is taken back is destroyed', async () => {
  const deal = newDeal();
  const meeting = await goLive([deal.email], true);
  const callId = await liveOn(deal);
  await reaches(meeting, 500);
  meeting.cutSignalling();
  expect(await meeting.tellInterrupted()).toBe(200);
  await until(() => meeting.seen.signalling === 2 || undefined, 'the line is opened again');
  expect(await agree(callId)).toBe('granted');
  await sandbox.worker.deploy('minified');
  await until(() => meeting.seen.signalling === 3 || undefined, 'the new version opens the line again');
  // Who was there is not asked anew, and what they say now is heard.
  expect(await standsAs(callId, 'granted')).toBe(true);
  const before = tasted;
  await until(() => tasted > before || undefined, 'they are heard again');
  expect(await meeting.stop(8)).toBe(200);
  await until(async () => ((await viewOf(callId).catch(() => undefined))?.state !== 'live' ? true : undefined), 'the call is gone');
  await until(async () => {
    const { misses } = unwrap<CoverageView>(await side.admin.get('/v1/capture/coverage'));
    return misses.find((one) => one.callId === callId)?.why === 'destroyed' || undefined;
  }, 'it is destroyed');
  expect((await books.callOf(meeting.uuid))?.audioKey).toBeNull();
  expect(await books.wordsOf(callId, 'customer')).toEqual([]);
  expect(side.activities(deal)).toEqual([]);
}, 120_000);

test('with nobody whom the CRM knows, no line is opened at all', async () => {
  const meeting = await goLive(['nobody@unknown.example']);
  expect(meeting.status).toBe(200);
  await sandbox.worker.tick();
  expect(meeting.seen).toMatchObject({ signalling: 0, media: 0 });
  expect(await books.callOf(meeting.uuid)).toBeNull();
}, 30_000);
