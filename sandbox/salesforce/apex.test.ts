import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type Served, serve } from '../kit/serve.ts';
import { apexGateway, NAMES_RECORD, OURS, sentences } from './apex.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

const { salesforce } = cast;
const next = `/v1/record/deal/${salesforce.opportunityId}/next`;
let twin: SalesforceTwin;
let worker: Served;
let asked: { method: string; path: string; headers: Record<string, string | null>; body: string }[];
let status: number;

beforeEach(async () => {
  asked = [];
  status = 200;
  twin = await startSalesforce({ port: 0 });
  twin.setInstallKey('ros_key');
  worker = await serve(
    async (request) => {
      const of = (name: string) => request.headers.get(name);
      const headers = { key: of('authorization'), org: of('x-ros-org-id'), user: of('x-ros-user-id'), type: of('content-type') };
      asked.push({ method: request.method, path: new URL(request.url).pathname, headers, body: await request.text() });
      return Response.json({ ok: true, value: null }, { status });
    },
    { vendor: 'worker', port: 0 },
  );
});
afterEach(() => Promise.all([twin.close(), worker.close()]));

const gateway = () =>
  apexGateway({ worker: worker.origin, org: { orgId: salesforce.orgId, installKey: twin.installKey }, hasAccess: twin.hasAccess });
const call = (path: string, verb = 'GET', userId: string = salesforce.rep.userId, body?: string) =>
  gateway().call({ userId, verb, path, body });
const said = (answer: Awaited<ReturnType<typeof call>>) => (answer.ok ? JSON.parse(answer.body).code : answer.message);

test('says which org and which user asks, with the org’s key', async () => {
  expect(await call(next)).toEqual({ ok: true, body: '{"ok":true,"value":null}' });
  await call('/v1/calls/abc-1/ticket', 'POST', salesforce.rep.userId, '{"a":1}');
  const headers = { key: 'Bearer ros_key', org: salesforce.orgId, user: salesforce.rep.userId };
  expect(asked).toEqual([
    { method: 'GET', path: next, headers: { ...headers, type: null }, body: '' },
    { method: 'POST', path: '/v1/calls/abc-1/ticket', headers: { ...headers, type: 'application/json' }, body: '{"a":1}' },
  ]);
});

test.each(['/v2/x', '/v1/../admin', '/v1//x', '/v1/%2e%2e/x', '/v1/x?y=1', 'https://elsewhere.example/v1/x', ''])(
  'does not leave the house: %s',
  async (path) => {
    expect(await call(path)).toEqual({ ok: false, message: sentences.verb });
    expect(asked).toEqual([]);
  },
);

test('asks nothing about a record the user cannot see, of another object, or that is no id', async () => {
  expect(said(await call(next, 'GET', salesforce.colleague.userId))).toBe('no-permission');
  expect(said(await call(`/v1/record/contact/${salesforce.opportunityId}/next`))).toBe('no-permission');
  expect(said(await call('/v1/record/deal/abc/next'))).toBe('no-permission');
  expect(said(await call('/v1/records'))).toBe('no-permission');
  expect(asked).toEqual([]);
});

test('takes the four verbs that the service has, and a body of bounded length', async () => {
  expect(said(await call(next, 'PATCH'))).toBe(sentences.verb);
  expect(said(await call('/v1/uploads', 'POST', salesforce.rep.userId, 'x'.repeat(100_001)))).toBe(sentences.long);
});

test('says plainly what is wrong, without the answer’s text', async () => {
  status = 401;
  expect(said(await call(next))).toBe('not-connected');
  status = 500;
  expect(said(await call(next))).toBe(sentences.trouble);
  await worker.close();
  expect(said(await call(next))).toBe(sentences.unreachable);
});

const classFile = new URL('../../salesforce-app/main/default/classes/RosEdge.cls', import.meta.url);
test.skipIf(!existsSync(classFile))('is what the class does: patterns, sentences, headers, limits', () => {
  const apex = readFileSync(classFile, 'utf8');
  const literal = (text: string) => `'${text.replaceAll('\\', '\\\\')}'`;
  const names = ['Accept', 'X-ROS-Org-Id', 'X-ROS-User-Id', 'Content-Type'].map((name) => `setHeader('${name}'`);
  const missing = [
    literal(OURS),
    literal(NAMES_RECORD),
    ...Object.values(sentences).map(literal),
    ...names,
    'TIMEOUT_MS = 10000',
    'BODY_CHARS_MAX = 100000',
  ].filter((piece) => !apex.includes(piece));
  expect(missing).toEqual([]);
});
