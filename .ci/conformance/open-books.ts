import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Exchange } from '../../sandbox/kit/serve.ts';
import { checkRequest } from './check-request.ts';
import { type AsyncapiDocument, type OpenapiDocument, readAsyncapi, readOpenapi } from './openapi.ts';
import type { Operation } from './operation.ts';
import type { Checks } from './report.ts';
import { checkSalesforce } from './salesforce.ts';
import { addPackageFields, readStandardObjects } from './salesforce-fields.ts';

const root = join(import.meta.dirname, '..', '..');
const objectsFolder = join(root, 'salesforce-app/main/default/objects');

/** Every vendor's own description, read when the first request asks for it. `folder` holds hubspot/, deepgram/ and twilio/. */
export function openBooks(folder: string): Checks {
  const text = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const openapi = (source: string) => readOpenapi(JSON.parse(source) as OpenapiDocument);
  return new Map([
    ['hubspot', book(() => jsonIn(join(folder, 'hubspot')).flatMap((file) => openapi(text('hubspot', file))))],
    [
      'deepgram',
      book(() => [
        ...readOpenapi(parse(text('deepgram', 'openapi.yml')) as OpenapiDocument),
        ...readAsyncapi(parse(text('deepgram', 'asyncapi.yml')) as AsyncapiDocument),
      ]),
    ],
    ['twilio', book(() => openapi(text('twilio', 'twilio_api_v2010.json')))],
    ['salesforce', once(openSalesforce, (objects, exchange) => checkSalesforce(objects, exchange))],
  ]);
}

export function openSalesforce() {
  const objects = readStandardObjects(readFileSync(join(root, 'node_modules/jsforce/lib/types/standard-schema.d.ts'), 'utf8'));
  const paths = readdirSync(objectsFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = paths.map(({ parentPath, name }) => join(parentPath, name));
  addPackageFields(
    objects,
    new Map(files.map((path) => [path.slice(objectsFolder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')])),
  );
  return objects;
}

const book = (read: () => Operation[]) => once(read, checkRequest);

function once<T, V>(read: () => T, check: (held: T, exchange: Exchange) => V) {
  let held: T | undefined;
  return (exchange: Exchange) => {
    held ??= read();
    return check(held, exchange);
  };
}

const jsonIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.json'));
