import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Card, hubspotCard, salesforceCard } from '../ask.ts';
import { cast } from '../cast.ts';
import { openBrowser } from '../kit/browser.ts';
import type { Served } from '../kit/serve.ts';
import { seedNetwork } from '../network/seed.ts';
import { readBackHubspot, readBackSalesforce } from '../read-back.ts';
import { type Sandbox, startSandbox } from '../start.ts';
import { buildHubspotPage } from './hubspot/build.ts';
import { hubspotTimeline } from './hubspot-timeline.ts';
import { buildLightningPage } from './lightning/build.ts';
import { lightningTimeline } from './lightning-timeline.ts';
import { servePages } from './serve.ts';

// The whole product as a rep sees it: the bundles that ship, in Chromium, on the Worker that ships.
// `PICTURES=docs/pictures` also takes the README's pictures.
const pictures = process.env['PICTURES'];
let sandbox: Sandbox;
let pages: Served;
let browser: Browser;

beforeAll(async () => {
  await buildHubspotPage();
  await buildLightningPage();
  sandbox = await startSandbox({ port: 0, speed: 3, hubspotRates: { perTenSeconds: 3 * 110, searchesPerSecond: 3 * 5 } });
  await seedNetwork(sandbox);
  pages = await servePages(sandbox, 0);
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await sandbox?.close();
});

interface Host {
  path: string;
  /** Where each card is drawn. */
  next: string;
  conversation: string;
  stageLabel: string;
  readBack(): { call: string; note: string; task: string; stage: string };
  stage: string;
  /** A person's own value stands in this field, so a last card asks about it. */
  alsoWaits?: RegExp;
  /** A change that is a task, on the conversation card. */
  taskRow: string;
  /** What the twin has under the deal: the subjects of its open tasks. */
  tasks(): string[];
  /** A card of who connected us. */
  admin(): Card;
  /** Opens the page's own timeline. */
  openTimeline(page: Page): Promise<Locator>;
}

const point = (id: string, name: string, phrase: string) => ({
  id,
  name,
  kind: 'question',
  headline: name,
  say: name,
  enabled: true,
  rule: { is: 'step', phrases: [phrase], said: 'rep', stage: 'Discovery' },
});
const discovery = {
  name: 'Discovery',
  enabled: true,
  packs: [],
  assigned: { everyone: true },
  moments: [
    point('compare', 'What they compare it with', 'you compare it'),
    point('signs', 'Who signs', 'who signs'),
    point('again', 'When we meet again', 'meet again'),
    { ...point('seats', 'Seats', ''), rule: { is: 'slot', slot: 'seats', said: 'customer' } },
  ],
};

test.each<[string, () => Host]>([
  [
    'hubspot',
    () => ({
      path: '/hubspot/',
      admin: () => hubspotCard(sandbox),
      next: 'aside',
      conversation: 'main',
      readBack: () => readBackHubspot(sandbox.hubspot),
      stage: cast.hubspot.nextStage,
      stageLabel: 'Presentation Scheduled',
      taskRow: '[data-test-id^=change-]:has-text("Task, due")',
      tasks: () => subjects(hubspotTimeline(sandbox.hubspot.state, sandbox.hubspot.timeline).items, ({ title }) => title),
      openTimeline: async (page) => {
        await page.getByRole('tab', { name: 'Activities' }).first().click();
        return page.locator('ul.timeline');
      },
    }),
  ],
  [
    'lightning',
    () => ({
      path: '/lightning/',
      admin: () => salesforceCard(sandbox, cast.salesforce.integrationUser.id),
      next: 'c-ros-next-action',
      conversation: 'c-ros-conversation',
      readBack: () => readBackSalesforce(sandbox.salesforce),
      stage: cast.salesforce.nextStage,
      stageLabel: cast.salesforce.nextStage,
      alsoWaits: /^Set next ?step to/i,
      taskRow: 'c-ros-change:has-text("Task")',
      tasks: () => subjects(lightningTimeline(sandbox.salesforce).items, ({ subject }) => subject),
      openTimeline: async (page) => page.locator('#timeline'),
    }),
  ],
])(
  'in %s a rep sees the cards, approves, and the CRM has it all',
  async (name, hostOf) => {
    const host = hostOf();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));

    expect(await host.admin().put('/v1/playbooks', { requestId: randomUUID(), ...discovery })).toMatchObject({ ok: true });
    await page.goto(pages.origin + host.path);
    await page.getByRole('button', { name: 'Play the sample call' }).click();
    await page.getByRole('button', { name: 'They agreed' }).click({ timeout: 15_000 });
    const live = name === 'hubspot' ? await openLiveWindow(page, wrong) : undefined;
    const used = page.getByRole('button', { name: 'Used', exact: true });
    await page.getByText('twice what we pay').first().waitFor({ timeout: 30_000 });
    await used.first().waitFor();
    await picture(page, `${name}-live`);
    if (live) await flagMoment(live);
    await page.getByText(/Checklist: \d of 3/).click();
    await page.getByText('“you compare it” You').first().waitFor();
    await page.getByText('Who signs', { exact: true }).first().click();
    await page.getByText('Ticked by you').first().waitFor();
    await picture(page, `${name}-live-open`);
    if (live) await pressUsed(live);

    await page.getByText('Send Maya your follow-up').first().waitFor({ timeout: 45_000 });
    if (live) await closeLiveWindow(live);
    await expect.poll(() => Object.values(host.readBack()).every((id) => id !== ''), { timeout: 10_000 }).toBe(true);
    // The page around the cards shows it, too.
    await page.locator('ul.timeline, #timeline .frame-head').first().waitFor({ timeout: 15_000 });
    await picture(page, `${name}-next`);

    const next = page.locator(host.next);
    await next.getByRole('button', { name: /^Review/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Approve/ })
      .click();
    await next
      .getByText(/Move .*to/i)
      .first()
      .waitFor({ timeout: 15_000 });
    await next.getByRole('button', { name: /^(Move|Approve)/ }).click();
    await expect.poll(() => host.readBack().stage, { timeout: 15_000 }).toBe(host.stage);
    if (host.alsoWaits) {
      await next.getByText(host.alsoWaits).first().waitFor({ timeout: 15_000 });
      await next.getByRole('button', { name: 'Not useful' }).click();
    }
    await page
      .getByText(/All clear/)
      .first()
      .waitFor({ timeout: 15_000 });

    await next.getByRole('button', { name: 'Brief me' }).click();
    await next.getByText('You promised: Put the proposal together').first().waitFor({ timeout: 15_000 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, `${name}-brief`);
    await next.getByRole('button', { name: 'Hide the brief' }).click();

    await page.getByRole('tab', { name: 'Conversation' }).first().click();
    const conversation = page.locator(host.conversation);
    await conversation.getByText('Maya wants to move ahead; price and rollout are open').first().waitFor({ timeout: 20_000 });
    await conversation.getByText('twice what we pay today, so the price is hard to defend').first().waitFor();
    if (live) await conversation.getByText('Flagged moments').waitFor();
    // The page around the cards looks at the CRM every few seconds.
    await page.locator('[data-fact=stage], [aria-current=step]').getByText(host.stageLabel).first().waitFor({ timeout: 15_000 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, `${name}-conversation`);

    const row = conversation.locator(host.taskRow).first();
    const words = await row.innerText();
    const before = host.tasks();
    const task = before.find((subject) => words.includes(subject)) ?? '';
    expect(task).not.toBe('');
    await row.getByRole('button', { name: 'Undo' }).click();
    await row.getByText('Undone', { exact: true }).first().waitFor({ timeout: 20_000 });
    expect(host.tasks()).toEqual(before.filter((subject) => subject !== task));
    expect(await row.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await row.scrollIntoViewIfNeeded();
    await picture(page, `${name}-undone`);
    const timeline = await host.openTimeline(page);
    await timeline.waitFor();
    await timeline.getByText(task, { exact: true }).waitFor({ state: 'detached', timeout: 15_000 });
    expect(wrong).toEqual([]);
    expect(await page.locator('[data-unimplemented]').count()).toBe(0);
    await context.close();
  },
  120_000,
);

async function openLiveWindow(page: Page, wrong: string[]): Promise<Page> {
  await page.getByRole('button', { name: 'Open live window' }).click();
  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Go to the live window' }).click();
  const live = await opening;
  live.on('pageerror', (error) => wrong.push(error.message));
  live.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
  await live.setViewportSize({ width: 1100, height: 760 });
  await live.emulateMedia({ reducedMotion: 'reduce' });
  await live.getByText('They agreed to recording.').waitFor({ timeout: 10_000 });
  expect(new URL(live.url()).hash).toBe('');
  return live;
}

/** The words that brought the card are marked, and one key flags the moment. */
async function flagMoment(live: Page): Promise<void> {
  await live.locator('mark.now').first().waitFor({ timeout: 15_000 });
  await live.keyboard.press('f');
  await live.getByText('1 flagged').waitFor();
  await picture(live, 'live-window');
}

/** One key says that the card was used; it goes, and the history knows. */
async function pressUsed(live: Page): Promise<void> {
  await live.locator('#card .say').waitFor({ timeout: 15_000 });
  await live.keyboard.press('u');
  await live
    .locator('#past')
    .getByText(/ · used$/)
    .first()
    .waitFor();
}

async function closeLiveWindow(live: Page): Promise<void> {
  await live.getByText('The call is over', { exact: true }).waitFor();
  const back = live.getByRole('link', { name: 'Back to the record' });
  expect(await back.first().getAttribute('href')).toContain(cast.hubspot.dealId);
  await live.close();
}

test.each([
  ['hubspot', '/hubspot/#people', 'main'],
  ['lightning', '/lightning/', 'c-ros-people'],
] as const)(
  'in %s a rep sees who can introduce them, asks with one press, and the one who is asked answers on a page',
  async (name, path, card) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 1_100 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    await page.goto(pages.origin + path);
    await page.getByRole('tab', { name: 'People' }).click();
    const people = page.locator(card);
    await people.getByText('Lena Fischer can introduce you to Maya Lindqvist').waitFor({ timeout: 20_000 });
    await picture(page, `${name}-people`);
    await people.getByRole('button', { name: 'Ask Lena Fischer for an introduction' }).first().click();
    await people
      .getByLabel(/Note|Message/)
      .first()
      .waitFor({ timeout: 15_000 });
    await picture(page, `${name}-intro`);
    await people.getByRole('button', { name: 'Approve & copy' }).click();
    await people.getByText('from your own mail', { exact: false }).first().waitFor({ timeout: 15_000 });
    const link = /http\S+\/intro\/\S+/.exec(await page.evaluate(() => navigator.clipboard.readText()))?.[0] ?? '';
    const there = await context.newPage();
    await there.goto(link);
    await picture(there, `${name}-answer`);
    await there.getByRole('button', { name: 'Yes, I will' }).click();
    await there.getByRole('heading', { name: 'Thank you' }).waitFor();
    await people.getByRole('button', { name: 'Done' }).click();
    await people.getByText('Lena Fischer said yes').waitFor({ timeout: 15_000 });
    await picture(page, `${name}-accepted`);
    expect(wrong).toEqual([]);
    expect(await page.locator('[data-unimplemented]').count()).toBe(0);
    await context.close();
  },
  60_000,
);

test('a colleague whom the CRM does not show the record sees nothing of the call', async () => {
  const page = await browser.newPage();
  await page.goto(`${pages.origin}/lightning/?user=${cast.salesforce.colleague.userId}`);
  await page.getByText('You cannot see this record', { exact: false }).first().waitFor({ timeout: 15_000 });
  expect(await page.getByText('Maya, thank', { exact: false }).count()).toBe(0);
  await page.close();
});

test.each([
  ['hubspot', '/hubspot/?page=settings', 'Zoom', 'Zoom', ['Allow']],
  ['lightning', `/lightning/?page=setup&user=${cast.salesforce.integrationUser.id}`, 'Teams', 'Microsoft', ['Accept', 'Accept']],
] as const)(
  'in %s an admin sees where calls come from, and connects a platform with a press',
  async (name, path, platform, vendor, presses) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1_200 } });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    await page.goto(pages.origin + path);
    await page.getByText('Where calls come from').first().waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: `Connect ${platform}` }).click();
    await page.getByRole('button', { name: 'Yes, everybody is asked' }).click();
    const opening = context.waitForEvent('page');
    await page.getByRole('link', { name: `Go on to ${platform} to agree` }).click();
    const there = await opening;
    await there.getByRole('link', { name: `Go on to ${vendor}` }).click();
    for (const press of presses) await there.getByRole('link', { name: press }).click();
    await there.getByRole('heading', { name: 'Connected' }).waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: `Disconnect ${platform}` }).waitFor({ timeout: 15_000 });
    await page
      .getByText(/in the last 30 days/)
      .first()
      .waitFor({ timeout: 15_000 });
    await picture(page, `${name}-settings`);
    await page.getByText('Price is too high').first().waitFor({ timeout: 15_000 });
    await page.getByText('Price is too high').first().scrollIntoViewIfNeeded();
    await picture(page, `${name}-settings-guidance`);
    expect(wrong).toEqual([]);
    expect(await page.locator('[data-unimplemented]').count()).toBe(0);
    await context.close();
  },
  60_000,
);

test.each([
  ['hubspot', '/hubspot/#conversation', 'main'],
  ['lightning', '/lightning/', 'c-ros-conversation'],
] as const)(
  'in %s a destruction says what goes, takes one press after that, and leaves a page that says so',
  async (name, path, card) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(pages.origin + path);
    const conversation = page.locator(card);
    await conversation.getByRole('button', { name: 'Destroy', exact: true }).click({ timeout: 20_000 });
    const sure = conversation.getByRole('button', { name: 'Destroy it' });
    await sure.waitFor();
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await picture(page, `${name}-destroy`);
    await sure.click();
    await conversation.getByText('This call was destroyed').first().waitFor({ timeout: 15_000 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, `${name}-destroyed`);
    await page.reload();
    await conversation.getByText('This call was destroyed').first().waitFor({ timeout: 15_000 });
    // What stands in the CRM’s own timeline is the CRM’s.
    expect(await conversation.getByText('so the price is hard to defend').count()).toBe(0);
    await page.close();
  },
  60_000,
);

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const subjects = <T extends { kind: string }>(items: readonly T[], subjectOf: (item: T) => string): string[] =>
  items.filter(({ kind }) => kind === 'task').map(subjectOf);
