import { batchError, json, Refused } from './answer.ts';

interface Input {
  id?: unknown;
  objectWriteTraceId?: unknown;
}

/** Carries out some of a batch's inputs and answers 207 (crm-objects.json `StandardError` in `errors`). At least one is left out. */
export async function partly(body: string, chance: number, carryOut: (body: string) => Response): Promise<Response> {
  const inputs = inputsOf(body);
  if (inputs === undefined) return carryOut(body);
  const fails = failing(inputs.length, chance);
  const rest = inputs.filter((_, n) => !fails.has(n));
  const done = rest.length === 0 ? undefined : carryOut(JSON.stringify({ ...JSON.parse(body), inputs: rest }));
  if (done && !done.ok) return done;
  const said = done ? ((await done.json()) as { results: unknown[]; errors?: unknown[] }) : { results: [] };
  const left = inputs.filter((_, n) => fails.has(n)).map(leftOut);
  const errors = [...(said.errors ?? []), ...left];
  return json(207, { status: 'COMPLETE', ...said, numErrors: errors.length, errors });
}

function failing(count: number, chance: number): Set<number> {
  const many = count === 1 ? 1 : 1 + Math.floor(chance * (count - 1));
  const from = Math.floor(chance * 7919) % count;
  return new Set(Array.from({ length: many }, (_, n) => (from + n) % count));
}

function leftOut(input: Input): unknown {
  const ids = typeof input.id === 'string' ? { ids: [input.id] } : {};
  const trace = typeof input.objectWriteTraceId === 'string' ? input.objectWriteTraceId : undefined;
  return batchError(new Refused(500, 'INTERNAL_ERROR', 'internal error', [], ids), trace);
}

/** Undefined when it is no batch: then the rules may say so. */
function inputsOf(body: string): Input[] | undefined {
  try {
    const { inputs } = JSON.parse(body) as { inputs?: Input[] };
    return Array.isArray(inputs) && inputs.length > 0 && inputs.every((one) => typeof one === 'object' && one !== null)
      ? inputs
      : undefined;
  } catch {
    return undefined;
  }
}
