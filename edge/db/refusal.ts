import { NeonDbError } from '@neondatabase/serverless';

/**
 * The database said no, or did not answer. Carries PostgreSQL's code and the names of table and constraint, never its sentence:
 * that one quotes rows, and rows hold what people said.
 */
export class DbRefusal extends Error {
  override name = 'DbRefusal';
  /** PostgreSQL's five characters; undefined when the database could not be reached in time. */
  readonly code: string | undefined;
  readonly constraint: string | undefined;

  constructor(code?: string, table?: string, constraint?: string) {
    const where = [table, constraint].filter(Boolean).join(', ');
    super(code ? `The database refused with ${code}${where ? ` (${where})` : ''}` : 'The database did not answer');
    this.code = code;
    this.constraint = constraint;
  }
}

/** Anything the driver throws, without its words; our own mistakes pass through unchanged. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof NeonDbError)) return error;
  return new DbRefusal(error.code, error.table, error.constraint);
}
