import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calloutMs, eventsMax, jobsMax, watched } from './feed.ts';
import { objects } from './objects.ts';

const main = new URL('../../salesforce-app/main/default/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, main), 'utf8');
const [feed, job, edge] = ['RosFeed', 'RosFeedJob', 'RosEdge'].map((name) => read(`classes/${name}.cls`));

/** `Contact.SObjectType => new List<SObjectField>{ Contact.Title, … }` */
const inApex = Object.fromEntries(
  [...(feed ?? '').matchAll(/(\w+)\.SObjectType => new List<SObjectField>\{([^}]*)\}/g)].map(([, object = '', fields = '']) => [
    object,
    fields.split(',').map((field) => field.trim().replace(`${object}.`, '')),
  ]),
);

test('watches the objects and fields that the class watches, and the org has them', () => {
  expect(watched).toEqual(inApex);
  const absent = Object.entries(watched).flatMap(([object, fields]) =>
    fields.filter((name) => !objects.get(object)?.fields.has(name.toLowerCase())).map((name) => `${object}.${name}`),
  );
  expect(absent).toEqual([]);
});

test('every watched object has a trigger for what people do with a record, and no other has one', () => {
  const triggers = readdirSync(new URL('triggers/', main)).filter((name) => name.endsWith('.trigger'));
  expect(triggers.map((name) => read(`triggers/${name}`).split('(')[0]?.split(' on ')[1]).sort()).toEqual(Object.keys(watched).sort());
  for (const name of triggers)
    expect(read(`triggers/${name}`), name).toContain('(after insert, after update, after delete, after undelete)');
});

test('posts as the class posts: headers, path, words, portions, limits', () => {
  const missing = (text: string | undefined, pieces: readonly string[]) => pieces.filter((piece) => !text?.includes(piece));
  const words = ['created', 'updated', 'deleted', 'undeleted', 'merged', 'object', 'id', 'change', 'by', 'at', 'masterId'];
  expect(missing(feed, [...words.map((word) => `'${word}'`), 'Limits.getLimitQueueableJobs() / 2'])).toEqual([]);
  expect(missing(job, ["PATH = '/hooks/salesforce'", `EVENTS_MAX = ${eventsMax}`, "'orgId'", "'events'", '== 200'])).toEqual([]);
  const headers = ['Accept', 'Content-Type', 'X-ROS-Org-Id', 'X-ROS-User-Id'].map((name) => `setHeader('${name}'`);
  expect(missing(edge, [...headers, `TIMEOUT_MS = ${calloutMs}`])).toEqual([]);
  expect(jobsMax).toBe(50 / 2);
});
