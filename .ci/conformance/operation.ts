import type { Judge } from './schema.ts';

/** One thing a vendor's specification says one may ask. */
export interface Operation {
  method: string;
  /** `/crm/objects/2026-09/{objectType}/search` */
  template: string;
  /** Query name → how its values are judged. */
  query: ReadonlyMap<string, { required: boolean; judge: (values: readonly string[]) => string[] }>;
  /** Media type → how the body is judged. */
  bodies: ReadonlyMap<string, Judge>;
  bodyRequired: boolean;
}

/** What came of one request. */
export interface Verdict {
  /** Method and path template; the plain path where the specification has none like it. */
  operation: string;
  findings: string[];
}

/** The operations a path means. The path with the most literal words first wins, as OpenAPI says; several files may have the same one. */
export function operationsAt<T extends { template: string }>(operations: readonly T[], path: string): T[] {
  const fitting = operations.filter(({ template }) => patternOf(template).test(path));
  const best = fitting.map(({ template }) => rank(template)).sort()[0];
  return fitting.filter(({ template }) => rank(template) === best);
}

/** Path parameters by name, decoded. */
export function partsOf(template: string, path: string): Record<string, string> {
  const found = patternOf(template).exec(path)?.slice(1) ?? [];
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index] ?? '')]));
}

const patternOf = (template: string) =>
  new RegExp(
    `^${template
      .split(/\{\w+\}/)
      .map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('([^/]+)')}$`,
  );

const rank = (template: string) =>
  template
    .split('/')
    .map((segment) => (segment.includes('{') ? '1' : '0'))
    .join('');
