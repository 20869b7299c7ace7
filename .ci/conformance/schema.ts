import { Ajv2019, type ErrorObject } from 'ajv/dist/2019.js';

export type Json = Record<string, unknown>;
/** One sentence for each thing that is wrong; empty when all is well. */
export type Judge = (data: unknown) => string[];

/**
 * The schemas of one document, closed: what a vendor's schema does not name is an error, although OpenAPI leaves objects open.
 * `coerce` reads a query's or a form's text as the number or boolean it stands for.
 */
export function openSchemas(components: Json): (schema: unknown, what: string, coerce: boolean) => Judge {
  const ajvs = new Map<boolean, Ajv2019>();
  const ajvFor = (coerce: boolean) => {
    const known = ajvs.get(coerce);
    if (known) return known;
    const fresh = new Ajv2019({ strict: false, allErrors: true, coerceTypes: coerce, logger: false, formats });
    const each = (isPart: boolean) => Object.fromEntries(Object.entries(components).map(([name, it]) => [name, close(it, isPart)]));
    fresh.addSchema({ closed: each(false), open: each(true) }, 'book');
    ajvs.set(coerce, fresh);
    return fresh;
  };
  return (schema, what, coerce) => {
    let compiled: ReturnType<Ajv2019['compile']> | undefined;
    return (data) => {
      compiled ??= ajvFor(coerce).compile(close(schema, false) as Json);
      return compiled(data) ? [] : [...new Set((compiled.errors ?? []).map((error) => sentence(what, error)))];
    };
  };
}

/** Parts of an `allOf` stay open, or each would refuse what the other names; the whole is closed round them. */
function close(schema: unknown, isPart: boolean): unknown {
  if (!isObject(schema)) return schema;
  const closed: Json = { ...schema };
  if (typeof schema.$ref === 'string') closed.$ref = schema.$ref.replace('#/components/schemas/', `book#/${isPart ? 'open' : 'closed'}/`);
  const joined = 'allOf' in schema || ('properties' in schema && ('oneOf' in schema || 'anyOf' in schema));
  for (const word of ['allOf', 'oneOf', 'anyOf']) {
    const parts = schema[word];
    if (Array.isArray(parts)) closed[word] = parts.map((part) => close(part, joined || isPart));
  }
  if (isObject(schema.properties)) {
    closed.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, it]) => [name, close(it, false)]));
    // An object without a single named property is the generators' way to write "anything".
    const isNamed = Object.keys(schema.properties).length > 0;
    if (isNamed && !joined && !isPart && !('additionalProperties' in schema)) closed.additionalProperties = false;
  }
  if (joined && !isPart) closed.unevaluatedProperties = false;
  for (const word of ['items', 'additionalProperties', 'not']) if (isObject(schema[word])) closed[word] = close(schema[word], false);
  if (!('type' in schema)) delete closed.nullable;
  return closed;
}

const formats = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  uri: (text: string) => URL.canParse(text),
};

/** Names and types only: what stood in the field is somebody's data. */
function sentence(what: string, { instancePath, keyword, params, message }: ErrorObject): string {
  const where = what + instancePath.replaceAll(/\/\d+/g, '[]').replaceAll('/', '.');
  if (keyword === 'additionalProperties') return `${where} has ${params.additionalProperty}, which is not in the specification`;
  if (keyword === 'unevaluatedProperties') return `${where} has ${params.unevaluatedProperty}, which is not in the specification`;
  if (keyword === 'required') return `${where} lacks ${params.missingProperty}`;
  if (keyword === 'enum') return `${where} must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
  return `${where} ${message ?? `breaks ${keyword}`}`;
}

export const isObject = (it: unknown): it is Json => typeof it === 'object' && it !== null && !Array.isArray(it);
