import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { startSalesforce } from '../../../sandbox/salesforce/protocol.ts';
import { ok } from '../../../shared/kit/result.ts';
import { salesforceCalendar } from './calendar.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('events that begin in that time, with what and whom they are about', async () => {
  const twin = await startSalesforce({ port: 0 });
  closing.push(twin.close);
  const { salesforce } = cast;
  const accessToken = twin.login(salesforce.integrationUser.id);
  const plan = async (StartDateTime: string) => {
    const made = await fetch(`${twin.origin}/services/data/v67.0/sobjects/Event`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        Subject: 'Walk through the proposal',
        StartDateTime,
        EndDateTime: StartDateTime,
        WhatId: salesforce.opportunityId,
        WhoId: salesforce.contactId,
        OwnerId: salesforce.rep.userId,
      }),
    });
    return ((await made.json()) as { id: string }).id;
  };
  const calendar = salesforceCalendar({ token: async () => ok({ accessToken, instanceUrl: twin.origin }) });
  const id = await plan('2026-11-23T14:15:00.000Z');
  await plan('2026-11-23T16:00:00.000Z');
  expect(await calendar.between('2026-11-23T14:00:00.000Z', '2026-11-23T15:00:00.000Z')).toEqual(
    ok([
      {
        id,
        startsAt: '2026-11-23T14:15:00.000Z',
        about: [
          { object: 'deal', id: salesforce.opportunityId },
          { object: 'contact', id: salesforce.contactId },
        ],
        host: { id: salesforce.rep.userId, email: '' },
      },
    ]),
  );
});
