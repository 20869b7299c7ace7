import type { Operation } from './operation.ts';
import { isObject, type Json, openSchemas } from './schema.ts';

/** What we read of an OpenAPI 3 document. */
export interface OpenapiDocument {
  paths: Record<string, Json>;
  components?: { schemas?: Json };
}

/** What we read of an AsyncAPI 2 document: a socket's handshake is a GET with a query. */
export interface AsyncapiDocument {
  channels: Record<string, { bindings?: { ws?: { query?: { properties?: Json; required?: string[] } } } }>;
  components?: { schemas?: Json };
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: unknown;
}
type Schemas = ReturnType<typeof openSchemas>;

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

export function readOpenapi(document: OpenapiDocument): Operation[] {
  const schemas = openSchemas(document.components?.schemas ?? {});
  return Object.entries(document.paths).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!isObject(operation)) return [];
      const parameters = [...list(item.parameters), ...list(operation.parameters)] as Parameter[];
      const body = isObject(operation.requestBody) ? operation.requestBody : {};
      const content = Object.entries(isObject(body.content) ? body.content : {});
      return [
        {
          method: method.toUpperCase(),
          template,
          query: new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, queryJudge(schemas, one)])),
          bodies: new Map(
            content.map(([media, it]) => [media, schemas(isObject(it) ? (it.schema ?? {}) : {}, 'body', media !== 'application/json')]),
          ),
          bodyRequired: body.required === true,
        },
      ];
    }),
  );
}

export function readAsyncapi(document: AsyncapiDocument): Operation[] {
  const schemas = openSchemas(document.components?.schemas ?? {});
  return Object.entries(document.channels).map(([template, { bindings }]) => {
    const query = bindings?.ws?.query;
    const required = query?.required ?? [];
    const names = Object.entries(query?.properties ?? {});
    return {
      method: 'GET',
      template,
      query: new Map(
        names.map(([name, schema]) => [name, queryJudge(schemas, { name, in: 'query', required: required.includes(name), schema })]),
      ),
      bodies: new Map(),
      bodyRequired: false,
    };
  });
}

/** A list may be given as one value or by repeating the name; anything else once. */
function queryJudge(schemas: Schemas, { name, required = false, schema = {} }: Parameter) {
  const wrapped = schemas({ type: 'object', properties: { value: schema } }, `query ${name}`, true);
  const judge = (values: readonly string[]) => {
    const said = wrapped({ value: values.length === 1 ? values[0] : values });
    return said.length > 0 && values.length === 1 && wrapped({ value: values }).length === 0
      ? []
      : said.map((it) => it.replace('.value', ''));
  };
  return { required, judge };
}

const list = (it: unknown): unknown[] => (Array.isArray(it) ? it : []);
