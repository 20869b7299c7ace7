import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyVectors } from './verify.ts';

const signature = `v0=${createHmac('sha256', 's').update('v0:1800000000:b').digest('hex')}`;
const slack = { id: 'ours', secret: 's', timestamp: '1800000000', body: 'b', signature, now: 1_800_000_000_000, expectValid: true };

test('counts by group and names what failed', async () => {
  const late = { ...slack, id: 'late', now: 1_900_000_000_000 };
  expect(await verifyVectors({ slack: [slack, late, { ...late, expectValid: false }], ssrf: [] })).toEqual({
    passed: 2,
    failed: 1,
    groups: { slack: { passed: 2, failed: 1 }, ssrf: { passed: 0, failed: 0 } },
    failures: ['slack late: expected yes, our answer is no'],
  });
});

test('what nobody can read, or nobody verifies, has failed', async () => {
  const groups = {
    slack: [{ id: 'bare' }, null, { ...slack, id: 'when', now: 'soon' }],
    hubspot: [{ id: 'v9', version: 'v9', secret: 's' }],
    jwt: [{ id: 'case', case: 'something nobody has heard of', expectValid: false }],
    graph: [{ id: 'case', expect: 'something' }],
    ssrf: [{ id: 'odd', url: 'https://a.example/', expect: 'perhaps' }],
    toString: [{ id: 'x' }],
    paddle: [{}],
  };
  expect((await verifyVectors(groups)).failures).toEqual([
    'slack bare: it has no text in "secret"',
    'slack number 2: it is no object',
    'slack when: "now" is not a number',
    'hubspot v9: we know no signature "v9"',
    'jwt case: we have no token for this case',
    'graph case: we have no notification for this case',
    'ssrf odd: "expect" is neither "allowed" nor "blocked"',
    'toString x: we verify nothing of this group',
    'paddle number 1: we verify nothing of this group',
  ]);
});

test('a case told in words is really tried: claiming that it is fine fails', async () => {
  const cases = [
    'alg none',
    'kid traversal',
    'jku',
    'unknown crit',
    'aud substring',
    'iat in the future',
    'exp as string',
    'duplicate keys',
    'jti replay',
  ];
  const vectors = cases.map((name) => ({ id: name, case: name, expectValid: false }));
  expect(await verifyVectors({ jwt: vectors })).toMatchObject({ passed: cases.length, failed: 0 });
  const good = { id: 'good', case: 'a valid token', expectValid: false };
  expect((await verifyVectors({ jwt: [good] })).failed).toBe(1);
});

const published = new URL('../../../shared/vectors/vectors.json', import.meta.url);
test.skipIf(!existsSync(published))('everything published is verified', async () => {
  const { groups } = JSON.parse(readFileSync(published, 'utf8')) as { groups: Record<string, unknown[]> };
  const { failures, passed } = await verifyVectors(groups);
  expect({ failures, some: passed > 300 }).toEqual({ failures: [], some: true });
});
