import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SourcesView } from '../shared/contracts/capture.ts';
import type { ConversationView, NextView } from '../shared/contracts/view.ts';
import { settled } from './act/hand-over.ts';
import { hubspotSide } from './act/hubspot-side.ts';
import type { Deal, Side } from './act/side.ts';
import { type Card, hubspotCard, requestId, unwrap } from './ask.ts';
import { cast } from './cast.ts';
import { link } from './hubspot/link.ts';
import { until } from './play-call.ts';
import { type Sandbox, startSandbox } from './start.ts';

// An admin connects Zoom and Teams with a press in the CRM, and takes them out again: the Worker that ships, and the platforms' twins.
let sandbox: Sandbox;
let side: Side;
let admin: Card;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, speed: 1 });
  side = await hubspotSide(sandbox);
  admin = hubspotCard(sandbox);
}, 120_000);
afterAll(() => sandbox?.close());
beforeEach(async () => {
  for (const platform of ['zoom', 'graph']) unwrap(await admin.remove(`/v1/connection/${platform}`));
});

const sourceOf = async (source: 'zoom' | 'teams') =>
  unwrap<SourcesView>(await admin.get('/v1/capture/sources')).sources.find((one) => one.source === source)?.state;

/** The browser of an admin: it brings its cookie to us, and follows nothing by itself. */
function openBrowser() {
  let cookie = '';
  const visit = async (url: string) => {
    const address = url.startsWith(sandbox.publicUrl) ? sandbox.worker.origin + url.slice(sandbox.publicUrl.length) : url;
    const answer = await fetch(address, { redirect: 'manual', headers: url.startsWith(sandbox.publicUrl) ? { cookie } : {} });
    cookie =
      answer.headers
        .getSetCookie()
        .findLast((one) => one.startsWith('ros_install=') && !/Max-Age=0/.test(one))
        ?.split(';')[0] ?? cookie;
    const text = await answer.text();
    const goOn = /id="go-on" href="([^"]+)"/.exec(text)?.[1]?.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    return { status: answer.status, text, to: answer.headers.get('location') ?? goOn ?? '' };
  };
  return { visit };
}
type Browser = ReturnType<typeof openBrowser>;

/** Up to the platform's own page. */
async function begin(platform: 'zoom' | 'graph', recordingIsConsent = true, browser = openBrowser()) {
  const { url } = unwrap<{ url: string }>(await admin.post(`/v1/connection/${platform}`, { requestId: requestId(), recordingIsConsent }));
  const page = await browser.visit(url);
  expect([page.status, page.text.includes('HubSpot 4242')]).toEqual([200, true]);
  return { browser, url, to: page.to };
}
const press = async (browser: Browser, page: string, more: Record<string, string> = { sandbox_approve: '1' }) => {
  const url = new URL(page);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return (await browser.visit(url.href)).to;
};

async function connectZoom(): Promise<void> {
  const { browser, to } = await begin('zoom');
  expect((await browser.visit(await press(browser, to))).text).toContain('Connected');
}
async function connectTeams(): Promise<string> {
  const { browser, to } = await begin('graph');
  const consent = (await browser.visit(await press(browser, to))).to;
  return (await browser.visit(await press(browser, consent))).text;
}

test('a press connects Zoom; its meetings become calls, its tokens are renewed, and taking it out revokes them', async () => {
  expect(await sourceOf('zoom')).toBe('open');
  await connectZoom();
  expect(await sourceOf('zoom')).toBe('connected');
  expect(await sandbox.zoom.subscribeInstallable(`${sandbox.worker.origin}/hooks/zoom`)).toBe(true);
  const callId = await meetInZoom(newDeal());
  sandbox.zoom.faults.expireTokens();
  expect((await settled(side, await meetInZoom(newDeal()))).call.status).toBe('understood');
  unwrap(await admin.remove('/v1/connection/zoom'));
  expect([await sourceOf('zoom'), sandbox.zoom.installed()]).toEqual(['open', false]);
  // What was heard before stays.
  expect((await settled(side, callId)).call.status).toBe('understood');
});

test('who takes our app out in Zoom gets everything deleted that came from there, and it says so', async () => {
  await connectZoom();
  await sandbox.zoom.subscribeInstallable(`${sandbox.worker.origin}/hooks/zoom`);
  const callId = await meetInZoom(newDeal());
  expect((await settled(side, callId)).insight).not.toBeNull();
  expect(await sandbox.zoom.deauthorize(false)).toBe(200);
  await until(async () => ((await sourceOf('zoom')) === 'needs-reconnect' ? true : undefined), 'the connection is over', 100);
  const after = unwrap<ConversationView>(await side.card.get(`/v1/calls/${callId}`));
  expect([after.insight, after.strip, after.call.status]).toEqual([null, [], 'failed']);
  // Connected again, an old message changes nothing.
  await connectZoom();
  await sandbox.zoom.repeat();
  await sandbox.worker.tick();
  expect(await sourceOf('zoom')).toBe('connected');
});

test('a way to Zoom that was declined, lacks a scope, comes from another browser or comes twice connects nothing', async () => {
  const declined = await begin('zoom');
  expect((await declined.browser.visit(await press(declined.browser, declined.to, { sandbox_deny: '1' }))).text).toContain('declined');

  const poor = await begin('zoom');
  const back = await press(poor.browser, poor.to, { sandbox_approve: '1', sandbox_scopes: 'user:read:user:admin' });
  expect((await poor.browser.visit(back)).text).toContain('Missing: cloud_recording:read:list_recording_files:admin');

  const stolen = await begin('zoom');
  const theirs = await press(stolen.browser, stolen.to);
  expect((await openBrowser().visit(theirs)).text).toContain('used up');
  const forged = new URL(theirs);
  forged.searchParams.set('state', 'k1.AAAA.AAAA');
  expect((await stolen.browser.visit(forged.href)).text).toContain('used up');

  const elsewhere = new URL(stolen.to);
  elsewhere.searchParams.set('redirect_uri', 'https://evil.example/oauth/zoom/callback');
  expect(await press(stolen.browser, elsewhere.href)).toBe('');
  expect(await sourceOf('zoom')).toBe('open');

  const twice = await begin('zoom');
  const used = await press(twice.browser, twice.to);
  expect((await twice.browser.visit(used)).text).toContain('Connected');
  expect((await twice.browser.visit(used)).text).toContain('used up');
  // The address that began it is good once, too.
  expect((await twice.browser.visit(twice.url)).text).toContain('used up');
});

test('a code of somebody else’s, put behind a state of ours, opens nothing', async () => {
  const [mine, theirs] = [await begin('zoom'), await begin('zoom')];
  const back = new URL(await press(mine.browser, mine.to));
  back.searchParams.set('code', new URL(await press(theirs.browser, theirs.to)).searchParams.get('code') ?? '');
  // Its verifier is another one.
  expect((await mine.browser.visit(back.href)).text).toContain('Not connected');
  expect(await sourceOf('zoom')).toBe('open');
});

test('an admin’s consent connects Teams for their directory; taking it out ends the subscription', async () => {
  expect(await connectTeams()).toContain('Connected');
  expect([await sourceOf('teams'), sandbox.graph.subscriptions().length]).toEqual(['connected', 1]);
  const deal = newDeal();
  const { guest, said } = wordsOn(deal);
  const meeting = { subject: 'Seats', organizer: rep, people: [rep, guest], startedMs: Date.now() - 600_000, durationMs: 60_000, said };
  expect(await sandbox.graph.finish(meeting)).toBe(202);
  expect((await settled(side, await callOf(deal))).call).toMatchObject({ source: 'teams', status: 'understood' });
  unwrap(await admin.remove('/v1/connection/graph'));
  expect([await sourceOf('teams'), sandbox.graph.subscriptions().length]).toEqual(['open', 0]);
});

test('nobody but an admin of the directory connects it, and not with another directory’s name', async () => {
  const user = await begin('graph');
  const signedIn = await press(user.browser, user.to, { sandbox_approve: '1', sandbox_role: 'user' });
  expect((await user.browser.visit(signedIn)).text).toContain('Only a Global Administrator');

  const other = await begin('graph');
  const consent = (await other.browser.visit(await press(other.browser, other.to))).to;
  const back = new URL(await press(other.browser, consent));
  back.searchParams.set('tenant', '11111111-1111-4111-8111-111111111111');
  expect((await other.browser.visit(back.href)).text).toContain('another directory');

  const declined = await begin('graph');
  const asked = (await declined.browser.visit(await press(declined.browser, declined.to))).to;
  const no = await press(declined.browser, asked, { sandbox_deny: '1' });
  expect((await declined.browser.visit(no)).text).toContain('declined');
  // A consent nobody asked for is no consent.
  expect(
    (await openBrowser().visit(`${sandbox.publicUrl}/oauth/graph/consented?admin_consent=True&tenant=${cast.graph.directoryId}`)).text,
  ).toContain('used up');
  expect(await sourceOf('teams')).toBe('open');
});

const rep = { name: cast.rep.name, email: cast.rep.email };

function newDeal(): Deal {
  const deal = side.deal();
  link(sandbox.hubspot.state, 'deals', deal.id, 'contacts', deal.contactId);
  return deal;
}

function wordsOn(deal: Deal) {
  const guest = { name: 'Ida Solberg', email: deal.email };
  const turns = [
    [rep.name, 'Thanks for making the time today. I will send you the quote by Friday.'],
    [guest.name, 'Sounds good, we want to go ahead.'],
  ] as const;
  return { guest, said: turns.map(([name, text], at) => ({ name, text, startMs: at * 4_000, endMs: at * 4_000 + 3_500 })) };
}

let held = 0;
async function meetInZoom(deal: Deal): Promise<string> {
  const { guest, said } = wordsOn(deal);
  const meeting = {
    uuid: `c${++held}==`,
    topic: 'Seats',
    host: rep,
    people: [rep, guest],
    startedMs: Date.now() - 600_000,
    durationMs: 60_000,
    said,
  };
  expect(await sandbox.zoom.finish(meeting, { withTranscript: true })).toBe(200);
  return callOf(deal);
}

const callOf = (deal: Deal): Promise<string> =>
  until(
    async () => {
      const view = unwrap<NextView>(await side.card.get(`/v1/record/deal/${deal.id}/next`));
      return view.state === 'working' ? view.call.id : view.state === 'clear' ? view.lastCallId : (view.callId ?? undefined);
    },
    'the meeting shows on its deal',
    100,
  );
