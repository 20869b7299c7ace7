import { expect, test } from 'vitest';
import { readLink, signLink } from './intro-link.ts';
import type { Masters } from './keys/masters.ts';

const masters = (current: string): Masters => ({
  current,
  keys: new Map([
    ['k1', new Uint8Array(32).fill(1)],
    ['k2', new Uint8Array(32).fill(2)],
  ]),
});
const tenantId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const introId = '8f14e45f-ceea-467f-a0e6-2b1f7c2d3a4b';

test('a link opens what it was made for, also after the master changed, and nothing else does', async () => {
  const link = await signLink(masters('k1'), tenantId, introId);
  expect(await readLink(masters('k2'), link)).toEqual({ tenantId, introId });
  const [said = '', kid = '', tag = ''] = link.split('.');
  const other = (await signLink(masters('k1'), introId, tenantId)).split('.')[0];
  for (const forged of ['', said, `${said}.k2.${tag}`, `${other}.${kid}.${tag}`, `${link}.x`, `${said}.k9.${tag}`, `A.${kid}.${tag}`])
    expect(await readLink(masters('k1'), forged)).toBeNull();
});
