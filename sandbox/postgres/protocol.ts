import type { IncomingHttpHeaders } from 'node:http';

/** One statement with its parameters in PostgreSQL's text form. */
export interface Statement {
  text: string;
  values: (string | null)[];
}

/** What came in over `POST /sql`: one statement, or a batch that is one transaction. */
export interface Asked {
  statements: Statement[];
  /** The words after BEGIN; undefined when it is not a batch. */
  transaction: string | undefined;
  rowAsArray: boolean;
}

/** What a statement gave, values as PostgreSQL writes them. */
export interface Given {
  fields: { name: string; dataTypeID: number }[];
  command: string;
  rowCount: number;
  rows: (string | null)[][];
}

/** Refused before PostgreSQL saw it. */
export class Malformed extends Error {
  override name = 'Malformed';
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

const isolation = new Map([
  ['ReadUncommitted', 'read uncommitted'],
  ['ReadCommitted', 'read committed'],
  ['RepeatableRead', 'repeatable read'],
  ['Serializable', 'serializable'],
]);

/** Reads Neon's SQL-over-HTTP request as @neondatabase/serverless 1.2.0 sends it. */
export function readAsked(headers: IncomingHttpHeaders, body: string): Asked {
  if (headers['neon-raw-text-output'] !== 'true')
    throw new Malformed('this endpoint answers raw text only: send Neon-Raw-Text-Output: true');
  const rowAsArray = headers['neon-array-mode'] === 'true';
  const sent = parsed(body);
  if ('queries' in sent) {
    if (!Array.isArray(sent.queries)) throw new Malformed('queries must be a list');
    return { statements: sent.queries.map(statementOf), transaction: transactionOf(headers), rowAsArray };
  }
  return { statements: [statementOf(sent)], transaction: undefined, rowAsArray };
}

export function answerOf(asked: Asked, given: Given[]): unknown {
  const results = given.map((one) => ({
    ...one,
    rows: asked.rowAsArray
      ? one.rows
      : one.rows.map((row) => Object.fromEntries(one.fields.map((field, at) => [field.name, row[at] ?? null]))),
    rowAsArray: asked.rowAsArray,
  }));
  return asked.transaction === undefined ? results[0] : { results };
}

/** The fields Neon passes on, by the names its driver looks for. */
const told = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

export function errorOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: 'unknown failure' };
  const fields = error as Error & Partial<Record<(typeof told)[number], unknown>>;
  return {
    message: error.message,
    ...Object.fromEntries(told.map((name) => [name, fields[name]]).filter(([, value]) => value !== undefined)),
  };
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Answered below, like every other body that is no request.
  }
  throw new Malformed('the body is not a JSON object');
}

function statementOf(sent: unknown): Statement {
  const { query, params } = (typeof sent === 'object' && sent !== null ? sent : {}) as { query?: unknown; params?: unknown };
  if (typeof query !== 'string') throw new Malformed('a query must be a string');
  if (params !== undefined && !Array.isArray(params)) throw new Malformed('params must be a list');
  return { text: query, values: (params ?? []).map(textOf) };
}

function transactionOf(headers: IncomingHttpHeaders): string {
  const level = headers['neon-batch-isolation-level'];
  const named = level === undefined ? undefined : isolation.get(String(level));
  if (level !== undefined && named === undefined) throw new Malformed(`unknown isolation level ${String(level)}`);
  const words = [named && `isolation level ${named}`];
  if (headers['neon-batch-read-only'] === 'true') words.push('read only');
  if (headers['neon-batch-deferrable'] === 'true') words.push('deferrable');
  return words.filter(Boolean).join(' ');
}

/** A JSON parameter as the text PostgreSQL reads for it. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`;
  return JSON.stringify(value);
}

function elementOf(value: unknown): string {
  if (Array.isArray(value)) return textOf(value) ?? '';
  const text = textOf(value);
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
