import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { made, makePage } from './browser-page.ts';

test('the Worker serves the listening page as edge/pages/ says it now', async () => {
  const isSame = (await readFile(made, 'utf8')) === (await makePage());
  expect(isSame, 'Run `node .ci/browser-page.ts`.').toBe(true);
});
