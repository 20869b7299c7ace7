import type { Exchange } from '../../sandbox/kit/serve.ts';
import { operationsAt, partsOf, type Verdict } from './operation.ts';
import { fits, type SObjects, typeOfField } from './salesforce-fields.ts';
import { resources } from './salesforce-resources.ts';
import { isObject } from './schema.ts';
import { readSoql } from './soql.ts';

/** One request against the documented resources, and every object and field in it against the org's description. */
export function checkSalesforce(objects: SObjects, exchange: Exchange): Verdict {
  const { method, contentType } = exchange;
  const url = new URL(exchange.path, 'http://vendor');
  if (method === 'POST' && url.pathname.endsWith(COMPOSITE)) return checkComposite(objects, exchange);
  const here = operationsAt(resources, url.pathname);
  const [first] = here;
  if (!first) return { operation: `${method} ${url.pathname}`, findings: ['no resource of REST 67.0 that we know has this path'] };
  const operation = `${method} ${first.template}`;
  const resource = here.find((one) => one.method === method);
  if (!resource) return { operation, findings: [`this resource is not documented with ${method}`] };
  const asked = url.searchParams;
  const unknown = [...new Set(asked.keys())].filter((name) => !resource.query.includes(name));
  const findings = [
    ...unknown.map((name) => `query ${name} is not documented`),
    ...(contentType.split(';', 1)[0] === (resource.takes ?? '') ? [] : [`content type is ${contentType || 'absent'}`]),
    ...checkFields(objects, partsOf(resource.template, url.pathname), asked),
    ...(asked.has('q') ? checkSoql(objects, asked.get('q') ?? '') : []),
    ...(resource.takes === 'application/json' ? checkRecord(objects, partsOf(resource.template, url.pathname), exchange.body) : []),
    ...(resource.forms ? checkForm(resource.forms, exchange.body) : []),
  ];
  return { operation, findings: [...new Set(findings)] };
}

const COMPOSITE = '/services/data/v67.0/composite';
/** "Up to 25 subrequests in a single call. Up to 5 of these can be query operations": Composite. */
const partsMax = 25;
const queriesMax = 5;

/** Each part as the request that it stands for. */
function checkComposite(objects: SObjects, exchange: Exchange): Verdict {
  const operation = `POST ${COMPOSITE}`;
  const sent = parse(exchange.body);
  const parts = isObject(sent) && Array.isArray(sent['compositeRequest']) ? sent['compositeRequest'].filter(isObject) : [];
  const verdicts = parts.map(({ method, url, body }) =>
    checkSalesforce(objects, {
      ...exchange,
      method: String(method),
      path: String(url),
      contentType: body === undefined ? '' : 'application/json',
      body: body === undefined ? '' : JSON.stringify(body),
    }),
  );
  const queries = parts.filter(({ url }) => /\/query\b/.test(String(url))).length;
  const findings = [
    ...(parts.length === 0 || parts.length > partsMax ? [`a composite has ${parts.length} parts`] : []),
    ...(queries > queriesMax ? [`a composite has ${queries} queries`] : []),
    ...verdicts.flatMap((one) => one.findings.map((finding) => `${one.operation}: ${finding}`)),
  ];
  return { operation, findings: [...new Set(findings)] };
}

/** Objects and fields that stand in the address: `/sobjects/{object}/{key}/…`, `?fields=Name` or `?fields=Opportunity.Name`. */
function checkFields(objects: SObjects, { object, key, field }: Record<string, string>, asked: URLSearchParams): string[] {
  const listed = ['fields', 'optionalFields'].flatMap((name) => asked.get(name)?.split(',') ?? []);
  const named = [...listed, ...[key, field].filter((name) => name !== undefined)].map((name) =>
    object === undefined ? { of: name.split('.')[0] ?? '', name: name.split('.').slice(1).join('.') } : { of: object, name },
  );
  const known = object === undefined ? undefined : objects.get(object);
  return [
    ...(object !== undefined && !known ? [`there is no object ${object}`] : []),
    ...named.flatMap(({ of, name }) => missing(objects, of, name)),
    ...(key !== undefined && known?.fields.has(key) && !known.keys.has(key) ? [`${object}.${key} is no external id`] : []),
  ];
}

function checkSoql(objects: SObjects, soql: string): string[] {
  const statement = readSoql(soql);
  if (!statement) return ['the statement cannot be read here'];
  return statement.mentions.flatMap(({ field, compared }) => [
    ...missing(objects, statement.object, field),
    ...(compared === undefined ? [] : unfit(objects, statement.object, field, compared)),
  ]);
}

function checkRecord(objects: SObjects, { object = '', key }: Record<string, string>, body: string): string[] {
  const record: unknown = parse(body);
  if (!isObject(record)) return ['the body is not a JSON object'];
  return Object.entries(record).flatMap(([name, value]) => [
    ...missing(objects, object, name),
    ...unfit(objects, object, name, value),
    // "Do not specify Id or an external ID field in the request body": sObject Rows by External ID.
    ...(key !== undefined && (name === 'Id' || name === key) ? [`${name} may not be in the body of an upsert`] : []),
  ]);
}

function checkForm(forms: Readonly<Record<string, readonly string[]>>, body: string): string[] {
  const form = new URLSearchParams(body);
  const grant = form.get('grant_type') ?? '';
  const names = forms[grant];
  if (!names) return ['the grant_type is not documented'];
  const sent = new Set(form.keys());
  return [
    ...[...sent].filter((name) => name !== 'grant_type' && !names.includes(name)).map((name) => `form ${name} is not documented`),
    ...names.filter((name) => !sent.has(name)).map((name) => `form lacks ${name}`),
  ];
}

function missing(objects: SObjects, object: string, field: string): string[] {
  const found = typeOfField(objects, object, field);
  return 'missing' in found ? [found.missing] : [];
}

function unfit(objects: SObjects, object: string, field: string, value: unknown): string[] {
  const found = typeOfField(objects, object, field);
  return 'type' in found && !fits(found.type, value) ? [`${object}.${field} must be ${found.type}`] : [];
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
