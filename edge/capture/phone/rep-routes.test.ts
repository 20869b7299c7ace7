import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { RosApp } from '../../http/app.ts';
import { type RepPhoneDeps, repPhoneRoutes } from './rep-routes.ts';
import type { PhoneCallRow } from './store.ts';

const id = '0b7c2f6e-2222-4222-8222-222222222222';

/** Hangs up a call of Sam's; answers what the card hears and what became of the call. */
async function hangUp(isTold: boolean, over: Partial<PhoneCallRow> = {}) {
  let call = {
    id,
    direction: 'out',
    phase: 'talking',
    why: null,
    repId: '71',
    name: 'Maya',
    externalId: 'CA1',
    step: 0,
    ...over,
  } as PhoneCallRow;
  call = { ...call, startedAt: new Date(0), talkingAt: null, overAt: null };
  const log: string[] = [];
  const deps = {
    callOf: async () => call,
    hangUp: async (_tenant: string, externalId: string) => log.push(`hang up ${externalId}`) > 0 && isTold,
    move: async (_tenant: string, was: PhoneCallRow, now: Partial<PhoneCallRow>) => {
      call = { ...was, ...now };
      return true;
    },
  } as unknown as RepPhoneDeps;
  const app: RosApp = new Hono();
  app.use('*', async (c, next) => {
    c.set('who', { tenantId: 't', connectionId: 'c', host: 'hubspot', user: { id: '71', email: '' } });
    c.set('raw', await c.req.text());
    await next();
  });
  repPhoneRoutes(deps)(app);
  const answer = await app.request(`/v1/calls/${id}/hang-up`, { method: 'POST', body: JSON.stringify({ requestId: id }) });
  return { said: (await answer.json()) as { ok: boolean; what?: string }, phase: call.phase, log };
}

test('hanging up ends the call for both', async () => {
  expect(await hangUp(true)).toMatchObject({ said: { ok: true }, phase: 'ended', log: ['hang up CA1'] });
});

test('while the network cannot be told, the call is not shown as over', async () => {
  const { said, phase } = await hangUp(false);
  expect([said.ok, said.what, phase]).toEqual([false, 'Twilio could not be reached to hang up. Hang up on your phone.', 'talking']);
});

test('what was never placed, or is over, is not told to the network', async () => {
  expect((await hangUp(false, { externalId: null, phase: 'asked' })).log).toEqual([]);
  expect((await hangUp(false, { phase: 'ended' })).log).toEqual([]);
});
