import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { startTwilio } from '../../../sandbox/twilio/protocol.ts';
import { ownsAccount } from './account.ts';

const { accountSid, authToken } = cast.twilio.hubspot;
let twin: Awaited<ReturnType<typeof startTwilio>>;
beforeAll(async () => {
  twin = await startTwilio({ port: 0 });
});
afterAll(() => twin.close());

test('the right token opens its account', async () => {
  expect(await ownsAccount(twin.origin, accountSid, authToken)).toEqual({ ok: true, value: true });
});

test.each([
  ['a wrong token', accountSid, 'not-the-token'],
  ['another account’s token', cast.twilio.salesforce.accountSid, authToken],
  ['an account that does not exist', `AC${'9'.repeat(32)}`, authToken],
])('%s opens nothing', async (_what, sid, token) => {
  expect(await ownsAccount(twin.origin, sid, token)).toEqual({ ok: true, value: false });
});

test('a Twilio that cannot be reached is asked again later', async () => {
  expect(await ownsAccount('http://127.0.0.1:1', accountSid, authToken)).toMatchObject({ ok: false, fault: { kind: 'busy' } });
});
