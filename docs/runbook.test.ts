import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alertName } from '../shared/act/slo.ts';
import { parkedWhy } from '../shared/contracts/change.ts';

const text = readFileSync(join(import.meta.dirname, 'runbook.md'), 'utf8');
const sections = text.split(/^## /m).slice(1);
const chapter = (title: string) => sections.find((section) => section.startsWith(`${title}\n`)) ?? '';
const headings = (title: string) => [...chapter(title).matchAll(/^### (.+)$/gm)].map(([, name]) => name);

test.each([
  ['Alerts', alertName.options],
  ['Parked changes', parkedWhy.options],
  ['Connections', ['needs-reconnect', 'disconnected']],
])('%s: each has its section, and each section is of one', (title, names) => {
  expect(headings(title).sort()).toEqual([...names].sort());
});

test('every section says what it means, what is seen, where to look, what to do and when it is over', () => {
  const pages = ['Alerts', 'Parked changes', 'Connections'].flatMap((title) => chapter(title).split(/^### /m).slice(1));
  for (const page of pages)
    expect(page.match(/\*\*(Means|Customers see|Look at|Do|Over when)\*\*/g), page.slice(0, 30)).toEqual([
      '**Means**',
      '**Customers see**',
      '**Look at**',
      '**Do**',
      '**Over when**',
    ]);
});

test('what it points at is there', () => {
  const anchors = new Set([...text.matchAll(/^##+ (.+)$/gm)].map(([, title]) => title!.toLowerCase().replace(/ /g, '-')));
  for (const [, to] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(to);
});
