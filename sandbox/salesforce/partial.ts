/** A record that is locked by name: the collection answers it with a refusal of its own. */
const lock = { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] };

interface Sent {
  records?: unknown[];
  compositeRequest?: { referenceId: string }[];
}

/** Carries out some parts of a composite or a collection; the others meet a lock. `chance` says which, at least one. */
export async function spoil(body: string, chance: number, carryOut: (body?: string) => Response): Promise<Response> {
  const sent = read(body);
  const parts = sent.records ?? sent.compositeRequest;
  if (!parts || parts.length === 0) return carryOut();
  const first = Math.floor(chance * parts.length);
  const isLocked = (at: number) => (at - first) % 2 === 0;
  const kept = parts.filter((_, at) => !isLocked(at));
  const answered = carryOut(JSON.stringify({ ...sent, ...(sent.records ? { records: kept } : { compositeRequest: kept }) }));
  if (!answered.ok) return answered;
  const said: unknown = await answered.json();
  const results = sent.records ? said : (said as { compositeResponse: unknown }).compositeResponse;
  if (!Array.isArray(results)) return Response.json(said, { headers: answered.headers });
  const done = [...results];
  const all = parts.map((_, at) => (isLocked(at) ? locked(sent, at) : done.shift()));
  return Response.json(sent.records ? all : { compositeResponse: all }, { headers: answered.headers });
}

function locked(sent: Sent, at: number): unknown {
  if (sent.records) return { success: false, errors: [lock] };
  const body = [{ errorCode: lock.statusCode, message: lock.message }];
  return { body, httpHeaders: {}, httpStatusCode: 400, referenceId: sent.compositeRequest?.[at]?.referenceId };
}

function read(body: string): Sent {
  try {
    return JSON.parse(body) as Sent;
  } catch {
    return {};
  }
}
