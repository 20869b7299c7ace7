import { afterAll, beforeAll, expect, test } from 'vitest';
import { interleave, wavHeader } from '../shared/capture/interleave.ts';
import type { ConversationView, NextView } from '../shared/contracts/view.ts';
import { settled } from './act/hand-over.ts';
import { hubspotSide } from './act/hubspot-side.ts';
import type { Deal, Side } from './act/side.ts';
import { requestId, unwrap } from './ask.ts';
import { cast } from './cast.ts';
import { mixed } from './deepgram/sound.ts';
import { link } from './hubspot/link.ts';
import { until } from './play-call.ts';
import { sampleCall } from './sample-call/read.ts';
import { type Sandbox, startSandbox } from './start.ts';
import type { HeldMeeting } from './zoom/state.ts';

// A meeting that was held in Zoom or Teams ends on its deal: the Worker that ships, a real database, and the platforms' twins.
let sandbox: Sandbox;
let side: Side;

const host = { email: cast.rep.email, userId: String(cast.hubspot.rep.userId), ownerId: cast.hubspot.rep.ownerId, name: cast.rep.name };
const rep = { name: cast.rep.name, email: cast.rep.email };
const colleague = { name: cast.teammate.name, email: cast.teammate.email };
const common = { recordingIsConsent: true, hosts: [host] };
const connect = async (body: Record<string, unknown>) =>
  unwrap<{ url: string }>(await side.admin.post('/v1/settings/meetings', { requestId: requestId(), ...common, ...body }));
const connectZoom = async (more: Record<string, unknown> = {}) => {
  const { url } = await connect({ provider: 'zoom', ...cast.zoom, ...more });
  return sandbox.zoom.subscribe(sandbox.worker.origin + url.slice(sandbox.publicUrl.length));
};

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, speed: 1 });
  side = await hubspotSide(sandbox);
}, 120_000);
afterAll(() => sandbox?.close());

/** A deal whose contact is associated with it, as people do. */
function newDeal(): Deal {
  const deal = side.deal();
  link(sandbox.hubspot.state, 'deals', deal.id, 'contacts', deal.contactId);
  return deal;
}

let held = 0;
/** What is said in a meeting about a deal; the rep's promise carries a mark of its own. */
function meetingOn(deal: Deal) {
  const mark = `77${String(++held).padStart(4, '0')}`;
  const guest = { name: 'Ida Solberg', email: deal.email };
  const turns = [
    [rep.name, 'Thanks for making the time today. How is the rollout going on your side?'],
    [guest.name, 'We like what we saw so far, and the team is happy with the trial.'],
    [colleague.name, 'That is good to hear.'],
    [rep.name, `I will send you quote ${mark} by Friday.`],
    [guest.name, 'Sounds good, we want to go ahead.'],
  ] as const;
  const said = turns.map(([name, text], at) => ({ name, text, startMs: at * 4_000, endMs: at * 4_000 + 3_500 }));
  return { mark, guest, said, people: [rep, colleague, guest], startedMs: Date.now() - 600_000, durationMs: 60_000 };
}
const zoomOn = (deal: Deal, more: Partial<HeldMeeting> = {}): HeldMeeting & { mark: string } => {
  const { guest: _guest, ...meeting } = meetingOn(deal);
  return { ...meeting, uuid: `/m${held}//aB+c==`, topic: 'Seats', host: rep, ...more };
};

/** The newest call that the deal's card knows. */
async function callOf(deal: Deal): Promise<string> {
  return until(
    async () => {
      const view = await nextOf(deal);
      return view.state === 'working' ? view.call.id : view.state === 'clear' ? view.lastCallId : (view.callId ?? undefined);
    },
    'the meeting shows on its deal',
    100,
  );
}
const nextOf = async (deal: Deal) => unwrap<NextView>(await side.card.get(`/v1/record/deal/${deal.id}/next`));
const rolesOf = ({ strip }: ConversationView) => strip.map(({ role }) => role);

test('a recorded Zoom meeting becomes a call with its tasks on the deal, once, with everybody on the right side', async () => {
  expect(await connectZoom()).toBe(true);
  const deal = newDeal();
  const meeting = zoomOn(deal);
  expect(await sandbox.zoom.finish(meeting, { withTranscript: true })).toBe(200);
  const callId = await callOf(deal);
  const view = await settled(side, callId);
  expect(view.call).toMatchObject({ source: 'zoom', repName: cast.rep.name, status: 'understood' });
  // The colleague is on the rep's side, though nobody named him to us.
  expect(rolesOf(view)).toEqual(['rep', 'customer', 'rep', 'rep', 'customer']);
  const written = side.activities(deal);
  expect(written.map(({ kind }) => kind).sort()).toEqual(['call', 'task']);
  expect(written.every(({ text }) => text.includes(meeting.mark))).toBe(true);

  // Zoom tells the same again, and then that the transcript is there.
  expect([await sandbox.zoom.repeat(), await sandbox.zoom.transcribe(meeting.uuid)]).toEqual([200, 200]);
  await sandbox.worker.tick();
  expect(await callOf(deal)).toBe(callId);
  expect(side.activities(deal)).toEqual(written);
});

test('waits for the transcript, and takes it when Zoom says that it is there', async () => {
  expect(await connectZoom()).toBe(true);
  const deal = newDeal();
  const meeting = zoomOn(deal);
  expect(await sandbox.zoom.finish(meeting)).toBe(200);
  expect(await sandbox.zoom.transcribe(meeting.uuid)).toBe(200);
  const view = await settled(side, await callOf(deal));
  expect(rolesOf(view)).toContain('customer');
});

test('voices that were recorded apart are heard apart', async () => {
  expect(await connectZoom()).toBe(true);
  const deal = newDeal();
  const { tracks, durationMs } = sampleCall();
  const wav = (audio: Uint8Array) =>
    Buffer.concat([wavHeader({ channels: 2, audioBytes: audio.length * 2 }), interleave(audio, new Uint8Array(audio.length).fill(0xff))]);
  const voices = { [rep.name]: wav(tracks.rep.audio), 'Ida Solberg': wav(tracks.customer.audio) };
  const meeting = zoomOn(deal, { voices, durationMs });
  expect(await sandbox.zoom.finish(meeting, { voices: true })).toBe(200);
  const view = await settled(side, await callOf(deal));
  expect(new Set(rolesOf(view))).toEqual(new Set(['rep', 'customer']));
  expect(view.insight?.objections.some(({ evidence }) => evidence.role === 'customer' && evidence.speaker === 'Ida Solberg')).toBe(true);
});

test('a webhook that somebody else signed is refused, and nothing of it is kept', async () => {
  expect(await connectZoom()).toBe(true);
  const deal = newDeal();
  const meeting = zoomOn(deal);
  sandbox.zoom.faults.forgeNext();
  expect(await sandbox.zoom.finish(meeting, { withTranscript: true })).toBe(401);
  const url = `${sandbox.worker.origin}/hooks/zoom?account=${cast.zoom.accountId}`;
  const forged = { event: 'recording.completed', payload: { account_id: cast.zoom.accountId, object: { uuid: meeting.uuid } } };
  const oracle = {
    event: 'endpoint.url_validation',
    payload: { plainToken: `v0:${Math.floor(Date.now() / 1_000)}:${JSON.stringify(forged)}` },
  };
  for (const body of [forged, oracle]) expect((await fetch(url, { method: 'POST', body: JSON.stringify(body) })).status).toBe(401);
  expect(
    (await fetch(`${sandbox.worker.origin}/hooks/zoom?account=nobodysAccount`, { method: 'POST', body: JSON.stringify(forged) })).status,
  ).toBe(401);
});

test('without the admin’s word that the recording asks for consent, the meeting is logged and no word of it is fetched', async () => {
  expect(await connectZoom({ recordingIsConsent: false })).toBe(true);
  const deal = newDeal();
  expect(await sandbox.zoom.finish(zoomOn(deal), { withTranscript: true })).toBe(200);
  const view = await settled(side, await callOf(deal));
  expect(rolesOf(view)).toEqual([]);
});

test('a recording at another address is not fetched, and the host reads why', async () => {
  expect(await connectZoom()).toBe(true);
  const deal = newDeal();
  sandbox.zoom.faults.addressNext('https://zoom.us.evil.example/rec/webhook_download/x');
  expect(await sandbox.zoom.finish(zoomOn(deal), { withTranscript: true })).toBe(200);
  await until(async () => JSON.stringify(await nextOf(deal)).includes('not Zoom’s') || undefined, 'the card says why', 100);
});

test('a Teams transcript becomes a call on the deal, from a notification that only Graph could have sent', async () => {
  await connect({ provider: 'graph', ...cast.graph });
  expect(sandbox.graph.subscriptions()).toHaveLength(1);
  for (const tokenVersion of [1, 2] as const) {
    const deal = newDeal();
    const { mark, guest: _guest, ...meeting } = meetingOn(deal);
    const teams = { ...meeting, subject: 'Seats', organizer: rep };
    expect(await sandbox.graph.finish(teams, { tokenVersion })).toBe(202);
    expect(await sandbox.graph.repeat()).toBe(202);
    const view = await settled(side, await callOf(deal));
    expect(view.call).toMatchObject({ source: 'teams', repName: cast.rep.name });
    expect(rolesOf(view)).toEqual(['rep', 'customer', 'rep', 'rep', 'customer']);
    expect(
      side
        .activities(deal)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['call', 'task']);
    expect(side.activities(deal).every(({ text }) => text.includes(mark))).toBe(true);
  }
});

test('a notification with another client state, another’s token or another’s address brings nothing', async () => {
  const deal = newDeal();
  const { mark: _mark, guest: _guest, ...meeting } = meetingOn(deal);
  const teams = { ...meeting, subject: 'Seats', organizer: rep };
  sandbox.graph.faults.forgeStateNext();
  expect(await sandbox.graph.finish(teams)).toBe(401);
  sandbox.graph.faults.forgeTokenNext();
  expect(await sandbox.graph.finish(teams)).toBe(401);
  sandbox.graph.faults.addressNext('https://evil.example/v1.0/users/u/onlineMeetings/m/transcripts/t/content');
  expect(await sandbox.graph.finish(teams)).toBe(202);
});

test('a subscription that Graph removed is made anew, and what it did not tell is found', async () => {
  const [before] = sandbox.graph.subscriptions();
  const deal = newDeal();
  const { mark: _mark, guest: _guest, ...meeting } = meetingOn(deal);
  expect(await sandbox.graph.finish({ ...meeting, subject: 'Seats', organizer: rep }, { isTold: false })).toBeNull();
  expect(await sandbox.graph.lifecycle('subscriptionRemoved')).toBe(202);
  const now = await until(() => sandbox.graph.subscriptions()[0], 'there is a subscription again', 100);
  expect(now.id).not.toBe(before?.id);
  expect((await settled(side, await callOf(deal))).call.source).toBe('teams');
  const { expiresMs } = now;
  expect(await sandbox.graph.lifecycle('reauthorizationRequired')).toBe(202);
  await until(() => (sandbox.graph.subscriptions()[0]?.expiresMs ?? 0) > expiresMs || undefined, 'it is renewed', 100);
});

test('a mono recording that is handed over ends with everybody on the right side, though its voices were told apart badly', async () => {
  sandbox.deepgram.faults.mistakeVoices({ confused: 0.1 });
  const deal = newDeal();
  const { tracks } = sampleCall();
  const audio = mixed([tracks.rep.audio, tracks.customer.audio]);
  const asked = { requestId: requestId(), record: { object: 'deal', id: deal.id }, name: 'room.wav' };
  const { url } = unwrap<{ url: string }>(await side.card.post('/v1/uploads', asked));
  const file = Buffer.concat([wavHeader({ channels: 1, audioBytes: audio.length }), audio]);
  const sent = await fetch(url, { method: 'PUT', body: file, signal: AbortSignal.timeout(60_000) });
  const { value } = (await sent.json()) as { value: { callId: string } };
  const view = await settled(side, value.callId);
  sandbox.deepgram.faults.mistakeVoices({});

  expect(view.askSpeakers).toBe(undefined);
  expect(rolesOf(view)).toEqual(Array.from({ length: 14 }, (_, at) => (at % 2 === 0 ? 'rep' : 'customer')));
  expect(view.insight?.nextSteps.some(({ owner, evidence }) => owner === 'rep' && evidence.quote.includes('security questionnaire'))).toBe(
    true,
  );
  expect(view.insight?.objections.every(({ evidence }) => evidence.role === 'customer')).toBe(true);

  // The rep says it is the other way round, and then that it is not: the call is understood anew each time.
  const sides = [
    view.insight?.speakers?.find(({ role }) => role === 'customer')?.name,
    view.insight?.speakers?.find(({ role }) => role === 'rep')?.name,
  ];
  for (const expected of ['customer', 'rep']) {
    const settledSides = await side.card.post(`/v1/calls/${value.callId}/speakers`, { requestId: requestId(), rep: sides[0] });
    expect(unwrap<{ callId: string }>(settledSides).callId).toBe(value.callId);
    const again = await settled(side, value.callId);
    expect(rolesOf(again)[0]).toBe(expected);
  }
});
