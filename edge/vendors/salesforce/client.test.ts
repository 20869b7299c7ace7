import { afterEach, expect, test } from 'vitest';
import { type Served, serve } from '../../../sandbox/kit/serve.ts';
import { ok } from '../../../shared/kit/result.ts';
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
