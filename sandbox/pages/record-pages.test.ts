import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { openBrowser } from '../kit/browser.ts';
import type { Served } from '../kit/serve.ts';
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
  sandbox = await startSandbox({ port: 0, speed: 3 });
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
  /** Opens the page's own timeline. */
  openTimeline(page: Page): Promise<Locator>;
}

test.each<[string, () => Host]>([
  [
    'hubspot',
    () => ({
      path: '/hubspot/',
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

    await page.goto(pages.origin + host.path);
    await page.getByRole('button', { name: 'Play the sample call' }).click();
    await page.getByRole('button', { name: 'They agreed' }).click({ timeout: 15_000 });
    const used = page.getByRole('button', { name: 'Used', exact: true });
    await page.getByText('twice what we pay').first().waitFor({ timeout: 30_000 });
    await used.first().waitFor();
    await picture(page, `${name}-live`);

    await page.getByText('Send Maya your follow-up').first().waitFor({ timeout: 45_000 });
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

    await page.getByRole('tab', { name: 'Conversation' }).first().click();
    const conversation = page.locator(host.conversation);
    await conversation.getByText('Maya wants to move ahead; price and rollout are open').first().waitFor({ timeout: 20_000 });
    await conversation.getByText('twice what we pay today, so the price is hard to defend').first().waitFor();
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
