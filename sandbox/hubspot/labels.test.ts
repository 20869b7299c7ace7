import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type TwinUnderTest, twinUnderTest } from './twin-under-test.ts';

const { contactId, dealId } = cast.hubspot;
const labels = '/associations/2026-09/contacts/deals/labels';
const introduced = { name: 'introduced_by', label: 'Introduced by', inverseLabel: 'Introduced' };

let twin: TwinUnderTest;
let ask: TwinUnderTest['ask'];
beforeEach(async () => {
  twin = await twinUnderTest();
  ask = twin.ask;
});
afterEach(() => twin.hubspot.close());

test('a label is made for both directions, listed, renamed and deleted', async () => {
  const made = await ask('POST', labels, introduced);
  expect(made.body.results).toEqual([
    { category: 'USER_DEFINED', typeId: 1001, label: 'Introduced by' },
    { category: 'USER_DEFINED', typeId: 1002, label: 'Introduced' },
  ]);
  expect((await ask('PUT', labels, { associationTypeId: 1001, label: 'Brought by', inverseLabel: 'Brought' })).status).toBe(204);
  expect((await ask('GET', labels)).body.results).toEqual([
    { category: 'HUBSPOT_DEFINED', typeId: 4, label: null },
    { category: 'USER_DEFINED', typeId: 1001, label: 'Brought by' },
  ]);
  expect((await ask('DELETE', `${labels}/1001`)).status).toBe(204);
  expect((await ask('GET', '/associations/2026-09/deals/contacts/labels')).body.results).toEqual([
    { category: 'HUBSPOT_DEFINED', typeId: 3, label: null },
  ]);
});

test('refuses a label twice, one without a name, and a change of what is not there', async () => {
  await ask('POST', labels, introduced);
  expect((await ask('POST', labels, introduced)).status).toBe(400);
  expect((await ask('POST', labels, { label: 'x' })).status).toBe(400);
  expect((await ask('PUT', labels, { associationTypeId: 9, label: 'x' })).status).toBe(404);
});

test('a tie by label is a tie, shows its label from both sides, and loses the label alone', async () => {
  await ask('POST', labels, introduced);
  const types = [{ associationCategory: 'USER_DEFINED', associationTypeId: 1001 }];
  const put = await ask('PUT', `/objects/2026-09/contacts/${contactId}/associations/deals/${dealId}`, types);
  expect(put.body.labels).toEqual(['Introduced by']);
  const read = async () =>
    (await ask('POST', '/associations/2026-09/deals/contacts/batch/read', { inputs: [{ id: dealId }] })).body.results[0].to[0]
      .associationTypes;
  expect(await read()).toEqual([
    { category: 'HUBSPOT_DEFINED', typeId: 3, label: null },
    { category: 'USER_DEFINED', typeId: 1002, label: 'Introduced' },
  ]);
  const inputs = [{ from: { id: contactId }, to: { id: dealId }, types }];
  await ask('POST', '/associations/2026-09/contacts/deals/batch/labels/archive', { inputs });
  expect(await read()).toEqual([{ category: 'HUBSPOT_DEFINED', typeId: 3, label: null }]);
});

test('a portal without the tier refuses labels and has none in its limits', async () => {
  await ask('POST', labels, introduced);
  const limits = async () => (await ask('GET', '/limits/2026-09/associations/labels')).body.results;
  expect(await limits()).toMatchObject([
    { fromObjectType: { objectTypeId: '0-1' }, toObjectType: { objectTypeId: '0-3' }, usage: 1, allLabels: ['Introduced by'] },
    { fromObjectType: { objectTypeId: '0-3' }, toObjectType: { objectTypeId: '0-1' }, usage: 1, allLabels: ['Introduced'] },
  ]);
  twin.hubspot.state.rules.labels = false;
  expect([(await ask('POST', labels, { ...introduced, name: 'b' })).status, await limits()]).toEqual([403, []]);
});
