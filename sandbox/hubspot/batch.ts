import { batchError, invalid, json, Refused } from './answer.ts';
import type { Desk } from './state.ts';

/** One wrong input refuses the whole batch, unless inputs carry trace ids: then the answer is 207 with `errors`. */
export function many(desk: Desk, body: unknown, one: (input: unknown) => unknown, status = 200): Response {
  const inputs = inputsIn(body);
  const traces = inputs.map((input) => (input as { objectWriteTraceId?: string }).objectWriteTraceId);
  const keep = traces.every((trace) => typeof trace === 'string') ? undefined : structuredClone(inputs.length > 1 ? desk.state : null);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const [n, input] of inputs.entries()) {
    try {
      results.push(one(input));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (keep !== undefined) {
        if (keep) Object.assign(desk.state, keep);
        throw error;
      }
      errors.push(batchError(error, traces[n]));
    }
  }
  return batch(desk, results, errors, status);
}

export function batch(desk: Desk, results: unknown[], errors: unknown[], status: number): Response {
  const at = new Date(desk.now()).toISOString();
  return json(errors.length > 0 ? 207 : status, {
    status: 'COMPLETE',
    results,
    ...(errors.length > 0 ? { numErrors: errors.length, errors } : {}),
    startedAt: at,
    completedAt: at,
  });
}

/** At most 100 inputs a batch (reference/hubspot.md §5). */
export function inputsIn(body: unknown): unknown[] {
  const inputs = (body as { inputs?: unknown } | null)?.inputs;
  if (!Array.isArray(inputs) || inputs.length === 0) throw invalid('Invalid input JSON: inputs must be a list with something in it');
  if (inputs.length > 100) throw invalid('The maximum number of inputs supported in a batch request is 100');
  return inputs;
}
