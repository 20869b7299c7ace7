import * as z from 'zod/mini';
import type { Known } from '../../../shared/kit/remembered.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { definitionAt, everyOrg } from './definitions.ts';
import { faultOf, type SalesforceFault } from './faults.ts';
import type { Minted } from './oauth.ts';
import { API_VERSION } from './version.ts';

interface Ask {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** A POST that changes nothing. */
  isRead?: boolean;
  /** Ends the call, and whatever it waits for, earlier than the client's own 15 s. */
  signal?: AbortSignal;
}

export interface SalesforceClient {
  /** `path` comes after `/services/data/v67.0`. The value is the parsed body, undefined where there is none. */
  call(path: string, ask?: Ask): Promise<Result<unknown, SalesforceFault>>;
  /** All rows of a statement, up to `rowsMax`; `all` takes those in the recycle bin too. */
  query<T extends z.core.$ZodType>(
    soql: string,
    row: T,
    signal?: AbortSignal,
    from?: 'query' | 'queryAll',
  ): Promise<Result<z.output<T>[], SalesforceFault>>;
  /** As a GET, but an answer of the last minutes will do: for what only an admin changes. */
  definition(path: string, signal?: AbortSignal): Promise<Result<unknown, SalesforceFault>>;
}

/** A client and the moment by which a whole errand must be done. */
export interface Talk {
  client: SalesforceClient;
  signal: AbortSignal;
}

/**
 * An access token; another one than the one that Salesforce `refused`. `stillborn` counts the sessions opened for this very request that
 * were refused before anybody had used them: the source may see in it that there is no use in opening more.
 */
export type TokenSource = (refused?: string, stillborn?: number) => Promise<Result<Minted>>;

/** API calls of the org in the running 24 hours, those of other products too. */
export interface ApiUsage {
  used: number;
  max: number;
}

const timeoutMs = 15_000;
/** How often a request may open a session anew. */
const renewalsMax = 2;
/** How often a read is asked again, and between which times it waits before. */
const repeatsMax = 2;
const pauseMs = [50, 250] as const;
const rowsMax = 10_000;
export const base = `/services/data/v${API_VERSION}`;
const page = z.object({ records: z.array(z.unknown()), nextRecordsUrl: z.optional(z.string()) });

/**
 * Speaks REST as the integration user. A session that ended is opened anew, twice a request at most. A read that broke off or met a 5xx is asked
 * again after a moment, twice at most; a write never is, and nothing is after a time-out. `seen` hears of the org's API usage.
 */
export function salesforceClient({
  token,
  seen,
  known = everyOrg,
}: {
  token: TokenSource;
  seen?: ((usage: ApiUsage) => void) | undefined;
  known?: Known<unknown> | undefined;
}): SalesforceClient {
  async function call(path: string, ask: Ask = {}): Promise<Result<unknown, SalesforceFault>> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(ask.signal ? [ask.signal] : [])]);
    for (let left = isRead(ask) ? repeatsMax : 0; ; left--) {
      const { reply, passes } = await tryOnce(path, ask, signal);
      if (!passes || left === 0) return reply;
      await new Promise((done) => setTimeout(done, pauseMs[0] + Math.random() * (pauseMs[1] - pauseMs[0])));
      if (signal.aborted) return reply;
    }
  }

  async function tryOnce(path: string, ask: Ask, signal: AbortSignal): Promise<Tried> {
    let stillborn = 0;
    let session = await inTime(signal, token());
    for (let renewals = 0; session.ok; renewals += 1) {
      const { value } = session;
      const tried = await speak(value, path, ask, signal, seen);
      if (tried.reply.ok || tried.reply.fault.kind !== 'expired') {
        proven.add(value);
        return tried;
      }
      if (renewals > 0 && !proven.has(value)) stillborn += 1;
      const isLast = renewals === renewalsMax;
      if (isLast && stillborn < renewalsMax) return tried;
      session = await inTime(signal, token(value.accessToken, stillborn));
      if (isLast && session.ok) return tried;
    }
    return { reply: session };
  }

  return {
    call,
    async query(soql, row, signal, from = 'query') {
      const rows: unknown[] = [];
      let path: string | undefined = `/${from}?q=${encodeURIComponent(soql)}`;
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
    async definition(path, signal = AbortSignal.timeout(timeoutMs)) {
      const held = await inTime(signal, token());
      if (!held.ok) return held;
      return definitionAt(known, `${held.value.instanceUrl}${path}`, () => call(path, { signal }));
    },
  };
}

/** An answer that is not what the API promises: a maintenance page, a proxy. */
export const strange = { kind: 'broken', said: 'Salesforce answered with something else.' } as const;
const late = { kind: 'broken', said: 'Salesforce could not be reached in time.' } as const;

/** Sessions that met something else than a refusal at least once. */
const proven = new WeakSet<Minted>();

/** An answer, and whether the same question may have another one in a moment. */
interface Tried {
  reply: Result<unknown, SalesforceFault>;
  passes?: boolean;
}

async function speak(
  { accessToken, instanceUrl }: Minted,
  path: string,
  ask: Ask,
  signal: AbortSignal,
  seen: ((usage: ApiUsage) => void) | undefined,
): Promise<Tried> {
  // Only what was to change something can have changed it.
  const unsure = (fault: SalesforceFault): Tried => ({ reply: failed(isRead(ask) ? fault : { ...fault, ambiguous: true }), passes: true });
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
    const usage = /api-usage=(\d{1,12})\/(\d{1,12})/.exec(response.headers.get('sforce-limit-info') ?? '');
    if (usage) seen?.({ used: Number(usage[1]), max: Number(usage[2]) });
    const text = await response.text();
    const body = parse(text);
    // 300 is how an upsert says that several records have the key.
    if (response.status >= 500) return unsure(faultOf(response.status, body));
    if (!response.ok) return { reply: failed(faultOf(response.status, body)), passes: response.status === 429 };
    return body === undefined && text !== '' ? unsure(strange) : { reply: ok(body) };
  } catch {
    return { ...unsure(late), passes: !signal.aborted };
  }
}

const isRead = ({ method = 'GET', isRead }: Ask): boolean => method === 'GET' || isRead === true;

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The work's answer, or `late` when the time is over first. */
function inTime<T>(signal: AbortSignal, work: Promise<Result<T>>): Promise<Result<T>> {
  return new Promise((done, fail) => {
    const stop = () => done(failed(late));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}
