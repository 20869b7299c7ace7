import { expect, test } from 'vitest';
import { together } from './together.ts';

function recording(fails: (statements: readonly string[]) => boolean = () => false, isOutage = () => false) {
  const ran: [string, readonly string[]][] = [];
  const ask = together<string>(async (tenantId, statements) => {
    ran.push([tenantId, statements]);
    if (fails(statements)) throw new Error('no such column');
    return statements.map((it) => `${tenantId}:${it}`);
  }, isOutage);
  return { ran, ask };
}

test('what is asked in the same moment goes as one, and each gets its own', async () => {
  const { ran, ask } = recording();
  const found = await Promise.all([ask('a', ['1', '2']), ask('a', ['3']), ask('a', [])]);
  expect(found).toEqual([['a:1', 'a:2'], ['a:3'], []]);
  expect(ran).toEqual([['a', ['1', '2', '3']]]);
});

test('tenants never share a round trip', async () => {
  const { ran, ask } = recording();
  expect(await Promise.all([ask('a', ['1']), ask('b', ['1'])])).toEqual([['a:1'], ['b:1']]);
  expect(ran).toEqual([
    ['a', ['1']],
    ['b', ['1']],
  ]);
});

test('what is asked after an answer goes by itself', async () => {
  const { ran, ask } = recording();
  await ask('a', ['1']);
  await ask('a', ['2']);
  expect(ran.length).toBe(2);
});

test('one that fails takes none of the others with it', async () => {
  const { ask } = recording((statements) => statements.includes('bad'));
  const [good, bad] = await Promise.allSettled([ask('a', ['1']), ask('a', ['bad'])]);
  expect(good).toEqual({ status: 'fulfilled', value: ['a:1'] });
  expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'no such column' } });
});

test('a database that is away is not asked again for each', async () => {
  const { ran, ask } = recording(
    () => true,
    () => true,
  );
  const both = await Promise.allSettled([ask('a', ['1']), ask('a', ['2'])]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(ran.length).toBe(1);
});

test('a long list does not grow one round trip without end', async () => {
  const { ran, ask } = recording();
  await Promise.all(Array.from({ length: 30 }, (_, n) => ask('a', [String(n)])));
  expect(Math.max(...ran.map(([, statements]) => statements.length))).toBe(20);
  expect(ran.flatMap(([, statements]) => statements).length).toBe(30);
});
