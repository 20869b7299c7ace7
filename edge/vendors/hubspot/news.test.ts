import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hubspotNews } from './news.ts';

const base = {
  eventId: 1,
  subscriptionId: 12,
  portalId: 4242,
  appId: 31337,
  occurredAt: 1_793_700_000_000,
  attemptNumber: 0,
  objectId: 7001,
};
const news = hubspotNews('31337');
const read = (event: object) => news.read([{ ...base, objectTypeId: '0-3', changeSource: 'CRM_UI', sourceId: 'userId:71', ...event }])?.[0];
const record = { object: 'deal', id: '7001' };
const atMs = base.occurredAt;

test('a changed property is a changed field, and ours when our app changed it', () => {
  const changed = { subscriptionType: 'object.propertyChange', propertyName: 'dealstage', propertyValue: 'closedwon' };
  expect(read(changed)).toEqual({
    account: '4242',
    key: '4242|1|12|1793700000000',
    news: { is: 'field', record, atMs, field: 'dealstage', value: 'closedwon', by: 'other', userId: '71' },
  });
  expect(read({ ...changed, changeSource: 'INTEGRATION', sourceId: '31337' })?.news).toMatchObject({ by: 'us' });
  expect(read({ ...changed, changeSource: 'INTEGRATION', sourceId: '99' })?.news).toMatchObject({ by: 'other' });
  // An app that acts in somebody's name is not them.
  expect(read({ ...changed, changeSource: 'INTEGRATION', sourceId: 'userId:71' })?.news).not.toHaveProperty('userId');
  expect(read({ ...changed, propertyName: 'closedate', propertyValue: '1795996800000' })?.news).toMatchObject({
    value: '2026-11-30T00:00:00.000Z',
  });
  expect(read({ ...changed, propertyValue: '' })?.news).toMatchObject({ value: null });
});

test('of a merge that made a third record both old ones are gone', () => {
  const merge = { subscriptionType: 'object.merge', primaryObjectId: 7001, mergedObjectIds: [7002] };
  expect(read({ ...merge, newObjectId: 7009 })?.news).toEqual({
    is: 'merged',
    record: { object: 'deal', id: '7009' },
    atMs,
    from: ['7001', '7002'],
  });
  expect(read(merge)?.news).toEqual({ is: 'merged', record, atMs, from: ['7002'] });
});

test('the older names of subscriptions say which object it is', () => {
  expect(read({ objectTypeId: undefined, subscriptionType: 'contact.privacyDeletion', objectId: 9001 })?.news).toEqual({
    is: 'erased',
    record: { object: 'contact', id: '9001' },
    atMs,
  });
  expect(read({ objectTypeId: undefined, subscriptionType: 'company.deletion' })?.news).toMatchObject({
    is: 'deleted',
    record: { object: 'company' },
  });
});

test('what we have no use for is passed over, and what is no delivery is none', () => {
  expect(read({ subscriptionType: 'object.creation' })?.news).toBeNull();
  expect(read({ subscriptionType: 'object.propertyChange', objectTypeId: '2-143967026' })?.news).toBeNull();
  expect(news.read([{ nonsense: true }])).toEqual([{ account: '', key: '', news: null }]);
  expect(news.read({})).toBeNull();
  expect(news.read(Array.from({ length: 101 }, () => base))).toBeNull();
});

test('the app’s manifest subscribes to nothing that we would pass over', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../hubspot-app/src/app/webhooks/webhooks-hsmeta.json', import.meta.url), 'utf8'));
  const { crmObjects, hubEvents } = manifest.config.subscriptions;
  const types: Record<string, string> = { deal: '0-3', contact: '0-1', company: '0-2' };
  for (const { subscriptionType, objectType, propertyName } of [...crmObjects, ...hubEvents]) {
    const event = {
      subscriptionType,
      objectTypeId: types[objectType],
      propertyName,
      propertyValue: 'x',
      newObjectId: 5,
      primaryObjectId: 4,
      mergedObjectIds: [3],
    };
    expect(read(event)?.news, subscriptionType).not.toBeNull();
  }
  expect(manifest.config.settings.targetUrl).toMatch(/\/hooks\/hubspot$/);
});
