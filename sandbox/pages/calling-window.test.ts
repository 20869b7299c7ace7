import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallingCodeView } from '../../shared/contracts/phone.ts';
import { hubspotCard, requestId, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { openBrowser } from '../kit/browser.ts';
import { until, watchCall } from '../play-call.ts';
import { type Sandbox, startSandbox } from '../start.ts';
import { callingHost, type WindowTold } from './hubspot/calling-host.ts';

// The calling window that ships, with HubSpot's own SDK in it, in Chromium, framed as HubSpot frames it, on the Worker that ships.
let sandbox: Sandbox;
let browser: Browser;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, speed: 8 });
  browser = await openBrowser([]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

const { contactId, dealId, rep } = cast.hubspot;
const code = async () => unwrap<CallingCodeView>(await hubspotCard(sandbox).post('/v1/calling/code', { requestId: requestId() })).code;
const callsOn = () => sandbox.hubspot.timeline('contacts', contactId).filter(({ type }) => type === 'calls');

async function open(location: 'window' | 'remote' = 'window') {
  const told: WindowTold[] = [];
  const page = await (await browser.newContext()).newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // HubSpot's own page is none of ours.
  page.on('console', (line) => line.type() === 'error' && line.location().url.startsWith(sandbox.publicUrl) && errors.push(line.text()));
  await page.exposeFunction('told', (said: WindowTold) => void told.push(said));
  await page.exposeFunction('engage', (call: { fromNumber: string; toNumber: string; callStartTime: number }) =>
    Number(
      sandbox.hubspot.logCallByOther({
        source: 'calling-window',
        contactId,
        startedAt: new Date(call.callStartTime).toISOString(),
        durationMs: 0,
        from: call.fromNumber,
        to: call.toNumber,
        ownerId: rep.ownerId,
      }),
    ),
  );
  await page.exposeFunction('complete', (call: { engagementId: number; engagementProperties: Record<string, string> }) => {
    const row = sandbox.hubspot.state.rows.calls[String(call.engagementId)];
    const { hs_call_duration } = call.engagementProperties;
    if (row && hs_call_duration) row.properties.hs_call_duration = hs_call_duration;
  });
  // Any page of HubSpot's will do: what counts is whose it is.
  await page.goto(`${sandbox.hubspot.origin}/contacts`);
  await page.evaluate(callingHost, { src: `${sandbox.publicUrl}/calling/hubspot`, location });
  await page.waitForSelector('body[data-ready^="0.9.7"]');
  const frame = page.frameLocator('iframe');
  return { page, frame, told, errors, types: () => told.map(({ type }) => type) };
}

const dial = (page: Page, number: string) =>
  page.evaluate(
    ([phoneNumber, objectId]) =>
      (window as unknown as { send(type: string, data: object): void }).send('DIAL_NUMBER', {
        phoneNumber,
        objectId,
        objectType: 'CONTACT',
        portalId: 4242,
        userId: 71,
      }),
    [number, Number(contactId)] as const,
  );

test('the rep signs in once and calls from HubSpot; it writes the call down, and our words go into that one', async () => {
  const before = callsOn().length;
  const { page, frame, told, errors, types } = await open();
  await frame.locator('#sign-in').waitFor();
  expect(told).toEqual([{ type: 'INITIALIZED', data: { isLoggedIn: false } }]);
  await frame.locator('#code').fill('wrong-code');
  await frame.locator('#sign-in button').click();
  await frame.getByText('This code is used up or too old').waitFor();
  await frame.locator('#code').fill((await code()).toLowerCase());
  await frame.locator('#sign-in button').click();
  await frame.getByText('Ready to call.').waitFor();
  expect(types()).toEqual(['INITIALIZED', 'LOGGED_IN', 'USER_AVAILABLE']);

  await dial(page, '(415) 555-0142');
  const played = watchCall(
    hubspotCard(sandbox),
    `contact/${contactId}`,
    { done: until(() => types().includes('CALL_ENDED') || undefined, 'HubSpot hears the end') },
    () => undefined,
  );
  await frame.getByText(`Talking with ${cast.customer.name}`).waitFor();
  const { callId } = await played;
  await until(() => types().includes('CALL_COMPLETED') || undefined, 'HubSpot hears that it is complete');

  expect(types().slice(3)).toEqual(['OUTGOING_CALL_STARTED', 'CALL_ANSWERED', 'CALL_ENDED', 'CALL_COMPLETED']);
  const said = (type: string) => told.find((one) => one.type === type)?.data;
  const engagementId = Number(callsOn()[0]?.id);
  expect(said('OUTGOING_CALL_STARTED')).toMatchObject({
    externalCallId: callId,
    fromNumber: cast.twilio.hubspot.number,
    toNumber: cast.customer.phone,
    createEngagement: true,
  });
  expect(said('CALL_ENDED')).toEqual({ externalCallId: callId, engagementId, callEndStatus: 'COMPLETED' });
  // Ours does not become a second call: HubSpot's own record gets our words and our key.
  const one = await until(
    () => (sandbox.hubspot.state.rows.calls[String(engagementId)]?.properties['relos_external_id'] ? callsOn() : undefined),
    'our words stand in HubSpot’s record',
  );
  expect(one.length).toBe(before + 1);
  expect(sandbox.hubspot.state.rows.calls[String(engagementId)]?.properties['hs_call_body']).not.toBe('');
  expect(errors).toEqual([]);
}, 90_000);

test('opened again the rep is known, a call that comes in shows before it is picked up, and the remote only shows it', async () => {
  const { page, frame, types } = await open();
  await frame.locator('#code').fill(await code());
  await frame.locator('#sign-in button').click();
  await frame.getByText('Ready to call.').or(frame.getByText('The call is over.')).first().waitFor();
  await page.reload();
  await page.evaluate(callingHost, { src: `${sandbox.publicUrl}/calling/hubspot`, location: 'remote' as const });
  await page.waitForSelector('body[data-ready]');
  const account = cast.twilio.hubspot;
  const line = await sandbox.twilio.placeCall({
    account,
    from: cast.customer.phone,
    to: account.number,
    voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
    speed: 8,
  });
  await frame.getByText(new RegExp(`${cast.customer.name} is calling|Talking with ${cast.customer.name}`)).waitFor();
  line.hangUp();
  await line.done;
  await frame.getByText('The call is over.').waitFor();
  expect(types().filter((type) => type === 'INCOMING_CALL' || type === 'OUTGOING_CALL_STARTED')).toEqual([]);
}, 60_000);

test('nobody else may frame the window, and without a session it knows nothing', async () => {
  const page = await fetch(`${sandbox.publicUrl}/calling/hubspot`);
  expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${sandbox.hubspot.origin}`);
  const forged = await fetch(`${sandbox.publicUrl}/calling/v1/record/deal/${dealId}/numbers?userId=71&portalId=4242`);
  expect(forged.status).toBe(401);
  const twice = await code();
  const signIn = () =>
    fetch(`${sandbox.publicUrl}/calling/session`, { method: 'POST', body: JSON.stringify({ code: twice }) }).then(
      (answer) => answer.json() as Promise<{ ok: boolean }>,
    );
  expect([(await signIn()).ok, (await signIn()).ok]).toEqual([true, false]);
});
