import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { startSalesforce } from '../../../sandbox/salesforce/protocol.ts';
import { ok } from '../../../shared/kit/result.ts';
import { salesforcePhones } from './phones.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('an opportunity’s and an account’s people come with their numbers, and a record that is not there has none', async () => {
  const twin = await startSalesforce({ port: 0 });
  closing.push(twin.close);
  const { salesforce, customer } = cast;
  const accessToken = twin.login(salesforce.integrationUser.id);
  const { phonesOf } = salesforcePhones({ token: async () => ok({ accessToken, instanceUrl: twin.origin }) });
  const maya = await phonesOf({ object: 'contact', id: salesforce.contactId });
  expect(maya).toMatchObject(ok([{ of: { object: 'contact', id: salesforce.contactId }, name: customer.name }]));
  expect(await phonesOf({ object: 'deal', id: salesforce.opportunityId })).toEqual(maya);
  expect(await phonesOf({ object: 'company', id: salesforce.accountId })).toMatchObject({ ok: true });
  expect(await phonesOf({ object: 'lead', id: '00Q5f000000NONEAAA' })).toMatchObject({ ok: false, fault: { kind: 'gone' } });
  expect(await phonesOf({ object: 'lead', id: 'x' })).toMatchObject({ ok: false, fault: { kind: 'gone' } });
});
