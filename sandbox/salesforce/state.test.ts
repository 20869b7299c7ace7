import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { makeId } from './ids.ts';
import { objects } from './objects.ts';
import { startSalesforce } from './protocol.ts';

test('the org survives a restart', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'sf-')), 'org.json');
  const first = await startSalesforce({ port: 0, stateFile });
  first.setInstallKey('ros_key');
  const headers = { authorization: `Bearer ${first.login(cast.salesforce.rep.userId)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ Subject: 'Call', TaskSubtype: 'Call', WhatId: cast.salesforce.opportunityId });
  await fetch(`${first.origin}/services/data/v67.0/sobjects/Task`, { method: 'POST', headers, body });
  await first.close();
  const second = await startSalesforce({ port: 0, stateFile });
  expect([
    second.installKey(),
    second.timeline(cast.salesforce.opportunityId).map(({ kind, subject, owner }) => [kind, subject, owner]),
  ]).toEqual(['ros_key', [['Call', 'Call', cast.rep.name]]]);
  await second.close();
});

test('a call about the deal shows on the deal, its account and its person', async () => {
  const twin = await startSalesforce({ port: 0 });
  const { opportunityId, contactId, accountId, rep } = cast.salesforce;
  const headers = { authorization: `Bearer ${twin.login(rep.userId)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ Subject: 'Call', WhatId: opportunityId, WhoId: contactId });
  await fetch(`${twin.origin}/services/data/v67.0/sobjects/Task`, { method: 'POST', headers, body });
  expect([opportunityId, contactId, accountId].map((id) => twin.timeline(id).length)).toEqual([1, 1, 1]);
  await twin.close();
});

test('an 18-character id says which letters are capitals', () => {
  expect(makeId('00T', 1)).toBe('00T5f0000000001EAA');
});

const metadata = new URL('../../salesforce-app/main/default/objects/', import.meta.url);
test.skipIf(!existsSync(metadata))('has of our package exactly the fields that it ships', () => {
  const shipped = readdirSync(metadata).flatMap((object) => {
    const fields = new URL(`${object}/fields/`, metadata);
    const own = new URL(`${object}/${object}.object-meta.xml`, metadata);
    // A custom setting is the package's switch and no record: the twin has it in its feed.
    const isSetting = existsSync(own) && readFileSync(own, 'utf8').includes('<customSettingsType>');
    return isSetting || !existsSync(fields)
      ? []
      : readdirSync(fields).flatMap((file) => {
          const xml = readFileSync(new URL(file, fields), 'utf8');
          const of = (tag: string) => new RegExp(`<${tag}>([^<]*)`).exec(xml)?.[1];
          const rules = `${of('length') ?? ''} ${of('unique') === 'true'} ${of('externalId') === 'true'} ${of('required') === 'true'}`;
          // What is defined on Activity, tasks and events have.
          return (object === 'Activity' ? ['Task', 'Event'] : [object]).map((one) => `${one}.${of('fullName')} ${rules}`);
        });
  });
  const own = [...objects.values()].flatMap((object) =>
    [...object.fields.values()]
      .filter(({ name }) => name.endsWith('__c') && name !== 'Erp_Number__c')
      .map(
        ({ name, type, length, unique, externalId, required }) =>
          `${object.name}.${name} ${type === 'reference' || !length ? '' : length} ${unique} ${externalId} ${required}`,
      ),
  );
  expect(own.sort()).toEqual(shipped.sort());
});
