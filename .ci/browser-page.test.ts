import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { makePage, pages } from './browser-page.ts';

test.each(pages)('the Worker serves the page $from as edge/pages/ says it now', async (page) => {
  const isSame = (await readFile(page.made, 'utf8')) === (await makePage(page));
  expect(isSame, 'Run `node .ci/browser-page.ts`.').toBe(true);
});
