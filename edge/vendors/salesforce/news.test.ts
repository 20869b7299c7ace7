import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dealFields } from '../../../shared/act/fields.ts';
import { recordObject } from '../../../shared/contracts/record.ts';
import { salesforceNews } from './news.ts';

const orgId = '00D5f000000SANDEAA';
const at = '2026-11-03T10:00:00.000Z';
const event = { object: 'Opportunity', id: '0065f000000DEALAAA', change: 'updated', by: '0055f000000SAMOAAA', at };
const read = (over: object) => salesforceNews.read({ orgId, events: [{ ...event, ...over }] })?.[0]?.news;
const record = { object: 'deal', id: event.id };

test('says what happened to which record, under a key that a repeat has, too', () => {
  expect(salesforceNews.read({ orgId, events: [event, event] })).toEqual(
    [0, 1].map(() => ({
      account: orgId,
      key: `${orgId}|Opportunity|${event.id}|updated|${at}`,
      news: { is: 'touched', record, atMs: Date.parse(at) },
    })),
  );
  expect(read({ change: 'deleted' })).toEqual({ is: 'deleted', record, atMs: Date.parse(at) });
  expect(read({ object: 'Contact', id: '0035f000000MAYAAAA', change: 'merged', masterId: '0035f000000MAINAAA' })).toEqual({
    is: 'merged',
    record: { object: 'contact', id: '0035f000000MAINAAA' },
    atMs: Date.parse(at),
    from: ['0035f000000MAYAAAA'],
  });
});

test.each([
  { change: 'created' },
  { change: 'undeleted' },
  { object: 'Case' },
  { at: 'soon' },
  { change: 'merged' },
  { id: "' OR" },
  { change: 'eaten' },
])('passes over %j', (over) => {
  expect(read(over)).toBeNull();
});

test('what is no delivery is none', () => {
  expect(salesforceNews.read([])).toBeNull();
  expect(salesforceNews.read({ orgId: 'x', events: [] })).toBeNull();
  expect(salesforceNews.read({ orgId, events: Array.from({ length: 201 }, () => event) })).toBeNull();
});

test('the package’s triggers tell of every object we hear of, of no other, and of the fields we write', () => {
  const feed = readFileSync(new URL('../../../salesforce-app/main/default/classes/RosFeed.cls', import.meta.url), 'utf8');
  const watched = new Map(
    [...feed.matchAll(/(\w+)\.SObjectType => new List<SObjectField>\{([^}]*)\}/g)].map(([, object, fields]) => [object, fields]),
  );
  const told = [...watched.keys()].map((object) => read({ object })).map((news) => (news?.is === 'touched' ? news.record.object : news));
  expect(told.sort()).toEqual([...recordObject.options].sort());
  for (const field of Object.values(dealFields.salesforce)) expect(watched.get('Opportunity')).toContain(`Opportunity.${field}`);
});

test('takes as many events as the package sends at once', () => {
  const job = readFileSync(new URL('../../../salesforce-app/main/default/classes/RosFeedJob.cls', import.meta.url), 'utf8');
  const max = Number(/EVENTS_MAX = (\d+)/.exec(job)?.[1]);
  expect(salesforceNews.read({ orgId, events: Array.from({ length: max }, () => event) })).toHaveLength(max);
});
