import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as said from '../../../hubspot-app/src/app/cards/fake-service.ts';
import { openBrowser } from '../../kit/browser.ts';
import { type Served, serve } from '../../kit/serve.ts';
import { buildHubspotPage, type HubspotPageConfig, hubspotPage } from './page.ts';
import type { TimelineView } from './timeline.ts';

const deal: TimelineView = {
  deal: {
    id: '7001',
    name: 'Cobalt Freight, 120 seats',
    amount: 86_400,
    stageId: 'a',
    owner: 'Sam Okafor',
    stages: [
      { id: 'a', label: 'Qualified' },
      { id: 'b', label: 'Presentation' },
    ],
  },
  contacts: [{ id: '9001', name: 'Maya Lindqvist' }],
  items: [{ id: '1', kind: 'note', title: '', body: '<p>One<br>two <img src=x onerror=alert(1)></p>', at: '2026-11-13T10:00:00Z' }],
};

/** The service behind the page; a test says what it answers. */
const replies: Record<string, unknown> = {};
let worker: Served;
let site: Served;
let browser: Browser;

const config = (): HubspotPageConfig => ({
  worker: worker.origin,
  publicUrl: 'http://127.0.0.1:8701',
  timeline: async () => deal,
  play: async () => {},
  drop: async ({ name, bytes, user }) => `Took ${name}, ${bytes.byteLength} bytes, from ${user.firstName}.`,
});

beforeAll(async () => {
  await buildHubspotPage();
  worker = await serve((request) => Response.json(replies[new URL(request.url).pathname] ?? said.no('not-found')), {
    vendor: 'worker',
    port: 0,
  });
  const page = hubspotPage(config());
  site = await serve(async (request) => (await page(request)) ?? new Response('', { status: 404 }), { vendor: 'page', port: 0 });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await worker?.close();
});

async function open(hash = ''): Promise<Page & { troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(`${site.origin}/hubspot/${hash}`);
  return Object.assign(page, { troubles });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** No component left undrawn, nothing the page's policy refused, nothing axe objects to. */
async function expectSound(page: Page & { troubles: string[] }) {
  expect(await page.locator('[data-unimplemented]').allTextContents()).toEqual([]);
  expect(page.troubles).toEqual([]);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  );
  expect(violations).toEqual([]);
}

test('shows the next step in the bundle that ships, and approves it', async () => {
  replies[said.nextPath] = said.ok(said.next(said.change(said.stage), 1));
  replies['/v1/changes/c1/approve'] = said.ok(said.change(said.stage, { state: 'due' }));
  const page = await open();
  await page.getByRole('heading', { name: 'Send Maya the security questionnaire' }).waitFor();
  await expectSound(page);
  await page.getByRole('button', { name: 'Move to Presentation' }).click();
  await page.getByText('Approved. It is on its way to HubSpot.').waitFor();
  await page.close();
});

test('guides while a call runs', async () => {
  replies[said.nextPath] = said.ok({ state: 'live', callId: said.callId });
  const evid = { quote: 'who else decides', role: 'rep', startMs: 61_000 } as const;
  const people = { id: 'people', name: 'Who else decides', stage: 'Discovery', done: true, evid };
  const budget = { id: 'budget', name: 'Budget', field: 'money', value: '40000 USD', evid };
  const past = [{ card: { ...said.guidance, id: 'g0' }, state: 'pinned' as const, atMs: 12_000 }];
  const checklist = { points: [people, { ...people, id: 'pain', name: 'What it costs them', done: false }], fills: [budget] };
  replies[`/v1/calls/${said.callId}/live`] = said.ok(said.live({ card: said.guidance, past, checklist, quiet: 'critical' }));
  replies[`/v1/calls/${said.callId}/feedback`] = said.ok({});
  const page = await open();
  await page.getByText('Ask what they compare it with.').first().waitFor();
  await page.getByRole('button', { name: 'Checklist: 1 of 2' }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Less of this' }).waitFor();
  await expectSound(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await expectSound(page);
  await page.close();
});

test('draws every part of a conversation', async () => {
  replies[said.nextPath] = said.ok({ state: 'clear', line: 'Next touch in 3 days.' });
  replies[said.conversationPath] = said.ok(said.conversation({ changes: [said.change(said.email), said.change(said.task, { id: '2' })] }));
  const page = await open('#conversation');
  await page.getByRole('button', { name: 'Review the email' }).click();
  await page.getByRole('dialog').getByLabel('Message').waitFor();
  await expectSound(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectSound(page);
  await page.close();
});

test('draws what HubSpot asks for, and the way back of what was written', async () => {
  const asks = [
    { field: 'why', label: 'Why they buy', type: 'text' as const },
    { field: 'plan', label: 'Plan', type: 'choice' as const, options: [{ value: 'p_2', label: 'Team' }] },
  ];
  const parked = said.change(said.stage, { state: 'parked', parkedWhy: 'lacks', trouble: 'HubSpot wants two fields first.', asks });
  const written = said.change(said.task, { id: '2', state: 'written', writtenAt: new Date().toISOString() });
  replies[said.nextPath] = said.ok({ state: 'clear', line: 'Next touch in 3 days.' });
  replies[said.conversationPath] = said.ok(said.conversation({ changes: [parked, written] }));
  replies['/v1/changes/c1/approve'] = said.no('bad-request', 'The field “Why they buy” is missing.');
  const page = await open('#conversation');
  await page.getByText('Not written, because HubSpot wants two fields first.').waitFor();
  await page.getByLabel('Plan').selectOption('Team');
  await expectSound(page);
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('The field “Why they buy” is missing.').waitFor();
  expect(await page.getByLabel('Plan').inputValue()).toBe('0');
  await expectSound(page);

  replies['/v1/changes/2/undo'] = said.no('stale', 'Dana Whitfield changed the task in HubSpot. It stays as it is.');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByText('Dana Whitfield changed the task in HubSpot.').waitFor();
  await expectSound(page);
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/hubspot-asks.png`, fullPage: true });
  await page.close();
});

test.each([['not-connected'], ['no-permission'], ['plan-limit'], ['trouble']] as const)('draws %s', async (code) => {
  replies[said.nextPath] = said.no(code, `Because ${code}.`);
  const page = await open();
  await page.getByText(`Because ${code}.`).waitFor();
  await expectSound(page);
  await page.close();
});

test('gives a card no way out but the proxy', async () => {
  replies[said.nextPath] = said.ok({ state: 'clear', line: 'Next touch in 3 days.' });
  const page = await open();
  await page.getByText('All clear').waitFor();
  const [card] = page.workers();
  const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts', 'indexedDB', 'caches'];
  expect(await card!.evaluate((all) => all.filter((name) => name in self && Reflect.get(self, name) !== undefined), names)).toEqual([]);
  await page.close();
});

test('shows what the CRM stores as text', async () => {
  const page = await open();
  await page.locator('.activity-body').waitFor();
  expect(await page.locator('.activity-body').textContent()).toBe('One\ntwo');
  await page.close();
});

test('takes a dropped file for the user who looks', async () => {
  const answer = await hubspotPage(config())(
    new Request('http://x/hubspot/drop?user=lena&name=a.txt', { method: 'POST', body: 'Rep: hi' }),
  );
  expect(await answer?.json()).toEqual({ type: 'success', message: 'Took a.txt, 7 bytes, from Lena.' });
});

test('lets no other site press its buttons', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  for (const path of ['fetch', 'play', 'drop'])
    expect((await hubspotPage(config())(new Request(`http://x/hubspot/${path}`, { method: 'POST', headers })))?.status).toBe(403);
});

test('leaves other paths to others', async () => {
  expect(await hubspotPage(config())(new Request('http://x/salesforce/'))).toBeNull();
});

test('the page and its worker carry their policies', async () => {
  const policyOf = async (path: string) =>
    (await hubspotPage(config())(new Request(`http://x/hubspot/${path}`)))?.headers.get('content-security-policy');
  expect(await policyOf('')).toMatch(/^default-src 'self'; worker-src 'self' blob:;/);
  expect(await policyOf('worker.js')).toBe("default-src 'none'; script-src 'unsafe-eval'");
});
