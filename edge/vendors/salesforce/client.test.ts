import { afterEach, expect, test } from 'vitest';
import { type Served, serve } from '../../../sandbox/kit/serve.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import { salesforceClient } from './client.ts';

let served: Served;
afterEach(() => served.close());

const unavailable = () => Response.json([{ errorCode: 'SERVER_UNAVAILABLE' }], { status: 503 });
const limited = () => Response.json([{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }], { status: 403 });
const page = () => new Response('<html>Down for maintenance</html>');
const read = {};
const together = { method: 'POST', body: {}, isRead: true } as const;
const write = { method: 'POST', body: {} } as const;

test.each([
  ['a read', read, unavailable, 3, undefined],
  ['a read', read, page, 3, undefined],
  ['several reads', together, unavailable, 3, undefined],
  ['a read', read, limited, 1, undefined],
  ['a write', write, unavailable, 1, true],
  ['a write', write, page, 1, true],
] as const)('%s that failed is sent as often as it may be', async (_, ask, answer, times, ambiguous) => {
  let sent = 0;
  served = await serve(
    () => {
      sent++;
      return answer();
    },
    { vendor: 'salesforce', port: 0 },
  );
  const client = salesforceClient({ token: async () => ok({ accessToken: 'token', instanceUrl: served.origin }) });
  const reply = await client.call('/composite', ask);
  expect([sent, reply.ok, reply.ok ? undefined : reply.fault.ambiguous]).toEqual([times, false, ambiguous]);
});

/** An org, and a source that opens s-1, s-2, … and gives up at `hopeless` stillborn ones. */
async function refusing(letsIn: (token: string, asked: number) => boolean, hopeless = 2) {
  const log: string[] = [];
  let opened = 0;
  let held = { accessToken: '', instanceUrl: '' };
  const open = () => {
    held = { accessToken: `s-${++opened}`, instanceUrl: served.origin };
    return ok(held);
  };
  served = await serve(
    (request) => {
      const token = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
      log.push(token);
      return letsIn(token, log.length) ? Response.json({}) : Response.json([{ errorCode: 'INVALID_SESSION_ID' }], { status: 401 });
    },
    { vendor: 'salesforce', port: 0 },
  );
  const told: number[] = [];
  let before: (() => Promise<void>) | undefined;
  const client = salesforceClient({
    token: async (refused, stillborn) => {
      if (stillborn !== undefined) told.push(stillborn);
      if ((stillborn ?? 0) >= hopeless) return failed({ kind: 'expired', said: 'Connect it again.' });
      const session = held.accessToken !== '' && refused !== held.accessToken ? ok(held) : open();
      if (refused === undefined) return session;
      const others = before;
      before = undefined;
      await others?.();
      return session;
    },
  });
  return { log, told, client, beforeUse: (work: () => Promise<void>) => (before = work) };
}

test('a session that ended is opened anew and the request goes on', async () => {
  const { log, client } = await refusing((token) => token !== 's-1');
  expect([(await client.call('/limits')).ok, log]).toEqual([true, ['s-1', 's-2']]);
});

test('two new sessions refused unused are enough: the source is told, and says what is to be done', async () => {
  const { log, client } = await refusing(() => false);
  expect(await client.call('/limits')).toEqual(failed({ kind: 'expired', said: 'Connect it again.' }));
  expect(log).toEqual(['s-1', 's-2', 's-3']);
});

test('a session that has served before is no sign of that, however soon it ended', async () => {
  const { log, told, client, beforeUse } = await refusing((_, asked) => asked === 2);
  beforeUse(async () => void (await client.call('/of-somebody-else')));
  expect(await client.call('/limits')).toMatchObject({ ok: false, fault: { kind: 'expired', said: 'Salesforce ended our session.' } });
  expect([log, told]).toEqual([
    ['s-1', 's-2', 's-2', 's-3'],
    [0, 0],
  ]);
});

test('a source that has no better idea is not asked for ever', async () => {
  const { log, client } = await refusing(() => false, 99);
  expect(await client.call('/limits')).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  expect(log).toEqual(['s-1', 's-2', 's-3']);
});
