import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { base, strange, type Talk } from './client.ts';
import { faultOf, type SalesforceFault } from './faults.ts';

/** One of the requests that go together. `path` comes after the API's base. */
export interface Part {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

export type PartResult = Result<unknown, SalesforceFault>;

const partsMax = 25;
const replies = z.object({
  compositeResponse: z.array(z.object({ body: z.unknown(), httpStatusCode: z.int(), referenceId: z.string() })),
});

/** Up to 25 requests in one, each standing for itself; the answers come in the same places. More go in further requests, one after another. */
export async function composite({ client, signal }: Talk, parts: readonly Part[]): Promise<PartResult[]> {
  const results: PartResult[] = [];
  for (let first = 0; first < parts.length; first += partsMax) {
    const some = parts.slice(first, first + partsMax);
    const compositeRequest = some.map(({ method, path, body, headers }, n) => ({
      method,
      url: base + path,
      referenceId: `r${n}`,
      ...(body ? { body } : {}),
      ...(headers ? { httpHeaders: headers } : {}),
    }));
    const isRead = some.every(({ method }) => method === 'GET');
    const reply = await client.call('/composite', { method: 'POST', body: { allOrNone: false, compositeRequest }, isRead, signal });
    if (!reply.ok) {
      // Once Salesforce does not answer, what has not left yet waits.
      const { ambiguous: _, ...fault } = reply.fault;
      for (let n = first; n < parts.length; n++) results.push(failed(n < first + partsMax ? reply.fault : fault));
      break;
    }
    const read = replies.safeParse(reply.value);
    for (const n of some.keys()) {
      const part = read.data?.compositeResponse.find(({ referenceId }) => referenceId === `r${n}`);
      results.push(part ? partResult(part.httpStatusCode, part.body) : failed({ ...strange, ambiguous: true }));
    }
  }
  return results;
}

function partResult(status: number, body: unknown): PartResult {
  if (status >= 200 && status < 300) return ok(body);
  const fault = faultOf(status, body);
  return failed(status >= 500 ? { ...fault, ambiguous: true } : fault);
}
