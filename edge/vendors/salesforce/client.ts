import * as z from 'zod/mini';
import { type Fault, failed, ok, type Result } from '../../../shared/kit/result.ts';
import { faultOf } from './faults.ts';
import type { Minted } from './oauth.ts';
import { API_VERSION } from './version.ts';

interface Ask {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Ends the call, and whatever it waits for, earlier than the client's own 15 s. */
  signal?: AbortSignal;
}

export interface SalesforceClient {
  /** `path` comes after `/services/data/v67.0`. The value is the parsed body, undefined where there is none. */
  call(path: string, ask?: Ask): Promise<Result<unknown>>;
  /** All rows of a statement, up to `rowsMax`. */
  query<T extends z.core.$ZodType>(soql: string, row: T, signal?: AbortSignal): Promise<Result<z.output<T>[]>>;
}

/** A client and the moment by which a whole errand must be done. */
export interface Talk {
  client: SalesforceClient;
  signal: AbortSignal;
}

/** Called with `true` when the token it gave before was refused. */
export type TokenSource = (fresh: boolean) => Promise<Result<Minted>>;

const timeoutMs = 15_000;
const rowsMax = 10_000;
const base = `/services/data/v${API_VERSION}`;
const page = z.object({ records: z.array(z.unknown()), nextRecordsUrl: z.optional(z.string()) });

/** Speaks REST as the integration user. A session that ended is opened anew, once a call. */
export function salesforceClient({ token }: { token: TokenSource }): SalesforceClient {
  async function call(path: string, ask: Ask = {}): Promise<Result<unknown>> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(ask.signal ? [ask.signal] : [])]);
    const held = await before(signal, token(false));
    if (!held.ok) return held;
    const reply = await speak(held.value, path, ask, signal);
    if (reply.ok || reply.fault.kind !== 'expired') return reply;
    const fresh = await before(signal, token(true));
    return fresh.ok ? speak(fresh.value, path, ask, signal) : fresh;
  }

  return {
    call,
    async query(soql, row, signal) {
      const rows: unknown[] = [];
      let path: string | undefined = `/query?q=${encodeURIComponent(soql)}`;
      while (path !== undefined && rows.length < rowsMax) {
        const reply = await call(path, signal ? { signal } : {});
        if (!reply.ok) return reply;
        const read = page.safeParse(reply.value);
        if (!read.success) return failed(strange);
        rows.push(...read.data.records);
        path = read.data.nextRecordsUrl?.slice(base.length);
      }
      const parsed = z.array(row).safeParse(rows);
      return parsed.success ? ok(parsed.data) : failed(strange);
    },
  };
}

/** An answer that is not what the API promises: a maintenance page, a proxy. */
export const strange = { kind: 'broken', said: 'Salesforce answered with something else.' } as const;
const late = { kind: 'broken', said: 'Salesforce could not be reached in time.' } as const;

async function speak({ accessToken, instanceUrl }: Minted, path: string, ask: Ask, signal: AbortSignal): Promise<Result<unknown>> {
  // Only what was to change something can have changed it.
  const unsure = (fault: Fault): Result<never> => failed(ask.method && ask.method !== 'GET' ? { ...fault, ambiguous: true } : fault);
  try {
    const response = await fetch(instanceUrl + base + path, {
      method: ask.method ?? 'GET',
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        ...(ask.body ? { 'content-type': 'application/json' } : {}),
        ...ask.headers,
      },
      ...(ask.body ? { body: JSON.stringify(ask.body) } : {}),
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    const body = parse(text);
    // 300 is how an upsert says that several records have the key.
    if (!response.ok) return response.status >= 500 ? unsure(faultOf(response.status, body)) : failed(faultOf(response.status, body));
    return body === undefined && text !== '' ? unsure(strange) : ok(body);
  } catch {
    return unsure(late);
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The work's answer, or `late` when the time is over first. */
function before<T>(signal: AbortSignal, work: Promise<Result<T>>): Promise<Result<T>> {
  return new Promise((done, fail) => {
    const stop = () => done(failed(late));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}
