import { batchError, invalid, json, Refused } from './answer.ts';
import type { Change, Desk } from './state.ts';

/**
 * One wrong input refuses the whole batch with the first fault alone (HubSpot/hubspot-api-python#51 for a 409,
 * Joystream/youtube-synch#355 for one address twice in a batch), unless every input carries a trace id: then the answer is 207 with
 * `errors` beside `results` (HubSpot's docs, "Multi-status errors").
 */
export function many(desk: Desk, body: unknown, one: (input: unknown, desk: Desk) => object, status = 200): Response {
  const inputs = inputsIn(body);
  const traces = inputs.map((input) => (input as { objectWriteTraceId?: unknown } | null)?.objectWriteTraceId);
  const traced = traces.every((trace) => typeof trace === 'string');
  if (traced && new Set(traces).size < traces.length) throw invalid('Duplicate objectWriteTraceIds found in batch input');
  const undo: (() => void)[] = [];
  const told: Change[] = [];
  const held: Desk = { ...desk, undo, tell: (change) => told.push(change) };
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const [n, input] of inputs.entries()) {
    const trace = traces[n];
    try {
      results.push({ ...one(input, held), ...(typeof trace === 'string' ? { objectWriteTraceId: trace } : {}) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!traced) {
        for (const back of undo.reverse()) back();
        throw error;
      }
      errors.push(batchError(error, String(trace)));
    }
  }
  for (const change of told) desk.tell?.(change);
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
