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

/**
 * The database is away, overloaded or being stopped: nothing about what was asked is wrong, and later it will do. Classes of PostgreSQL's
 * codes: connections (08), resources (53), an operator's or the system's doing (57, 58), and a rival transaction (40).
 */
export const isAway = (error: unknown): boolean =>
  error instanceof DbRefusal && (error.code === undefined || /^(08|40|53|57|58)/.test(error.code) || error.code === '25006');
