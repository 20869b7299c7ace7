import * as z from 'zod/mini';
import { failed, ok, passes, type Result } from '../../../shared/kit/result.ts';
import { strange, type Talk } from './client.ts';
import { composite, type PartResult } from './composite.ts';
import type { SalesforceFault } from './faults.ts';

/** What several reads that went as one have answered, by the names they were given. */
export interface Together {
  /** The answer to a GET. */
  one<T extends z.core.$ZodType>(name: string, shape: T): Result<z.output<T>, SalesforceFault>;
  /** The rows of a query. None where nothing was asked, or where the org refuses the question: that part's failure is not the whole's. */
  rows<T extends z.core.$ZodType>(name: string, row: T): Result<z.output<T>[], SalesforceFault>;
}

/** One request for at most 25 reads, of which the platform takes five queries. What is undefined is not asked. */
export async function readTogether(talk: Talk, paths: Record<string, string | undefined>): Promise<Together> {
  const asked = Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : [{ name, path }]));
  const results = await composite(
    talk,
    asked.map(({ path }) => ({ method: 'GET', path })),
  );
  const answers = new Map(asked.map(({ name }, n) => [name, results[n] ? sure(results[n]) : failed(strange)]));
  return {
    one(name, shape) {
      const answer = answers.get(name) ?? failed(strange);
      return answer.ok ? parsed(shape, answer.value) : answer;
    },
    rows(name, row) {
      const answer = answers.get(name);
      if (!answer) return ok([]);
      if (!answer.ok) return passes(answer.fault) || answer.fault.kind === 'expired' ? answer : ok([]);
      const read = parsed(z.object({ records: z.array(row) }), answer.value);
      return read.ok ? ok(read.value.records) : read;
    },
  };
}

export const query = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;

/** Nothing that only reads is ambiguous. */
function sure(result: PartResult): PartResult {
  if (result.ok) return result;
  const { ambiguous: _, ...fault } = result.fault;
  return failed(fault);
}

function parsed<T extends z.core.$ZodType>(shape: T, value: unknown): Result<z.output<T>, SalesforceFault> {
  const read = z.safeParse(shape, value);
  return read.success ? ok(read.data) : failed(strange);
}
