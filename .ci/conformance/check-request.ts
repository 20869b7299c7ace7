import type { Exchange } from '../../sandbox/kit/serve.ts';
import { type Operation, operationsAt, type Verdict } from './operation.ts';

/** One request against what its vendor's specification says of that path. */
export function checkRequest(operations: readonly Operation[], exchange: Exchange): Verdict {
  const url = new URL(exchange.path, 'http://vendor');
  const here = operationsAt(operations, url.pathname);
  const [first] = here;
  if (!first) return { operation: `${exchange.method} ${url.pathname}`, findings: ['the specification has no such path'] };
  const operation = `${exchange.method} ${first.template}`;
  const verdicts = here
    .filter(({ method }) => method === exchange.method)
    .map((one) => [...checkQuery(one, url.searchParams), ...checkBody(one, exchange)]);
  // Several files may describe one path; what any of them allows is allowed.
  const mildest = verdicts.sort((a, b) => a.length - b.length)[0];
  return { operation, findings: mildest ?? [`the specification has this path, but not with ${exchange.method}`] };
}

function checkQuery({ query }: Operation, asked: URLSearchParams): string[] {
  const unknown = [...new Set(asked.keys())].filter((name) => !query.has(name)).map((name) => `query ${name} is not in the specification`);
  const known = [...query].flatMap(([name, { required, judge }]) => {
    const values = asked.getAll(name);
    if (values.length > 0) return judge(values);
    return required ? [`query ${name} is missing`] : [];
  });
  return [...unknown, ...known];
}

function checkBody({ bodies, bodyRequired }: Operation, { contentType, body }: Exchange): string[] {
  const media = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (bodies.size === 0) return body === '' && media === '' ? [] : ['a body is sent where the specification takes none'];
  if (media === '') return bodyRequired || body !== '' ? ['the body has no content type'] : [];
  const judge = bodies.get(media);
  if (!judge) return [`content type ${media} is not in the specification, which takes ${[...bodies.keys()].join(', ')}`];
  if (media === 'application/json') return judgeJson(judge, body);
  // Nothing else is text that we could read: audio is judged by its content type alone.
  return media === 'application/x-www-form-urlencoded' ? judgeForm(judge, fieldsOf(body)) : [];
}

/** A form cannot tell a list of one from a single value: either will do. */
function judgeForm(judge: (data: unknown) => string[], fields: Record<string, string | string[]>): string[] {
  const findings = judge(fields);
  const lists = Object.entries(fields).filter(([name]) => findings.includes(`body.${name} must be array`));
  return lists.length === 0 ? findings : judge({ ...fields, ...Object.fromEntries(lists.map(([name, value]) => [name, [value]])) });
}

function judgeJson(judge: (data: unknown) => string[], body: string): string[] {
  try {
    return judge(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) return ['the body is not JSON'];
    throw error;
  }
}

function fieldsOf(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
