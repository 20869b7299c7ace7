import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { reconcile } from './reconcile.ts';

const written = async () => [
  { id: 'a', kind: 'add-note' as const, crmId: '1' },
  { id: 'b', kind: 'add-task' as const, crmId: '2' },
];

test('what the CRM no longer has is noted, and an outage notes nothing', async () => {
  const noted: string[] = [];
  const note = async (ids: readonly string[]) => void noted.push(...ids);
  expect(await reconcile({ written, note, missing: async () => ok(['2']) })).toBe(1);
  expect(await reconcile({ written, note, missing: async () => failed({ kind: 'busy', said: '' }) })).toBe(0);
  expect(noted).toEqual(['b']);
});
