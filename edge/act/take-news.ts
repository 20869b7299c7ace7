import { type News, news as newsShape } from '../../shared/act/news.ts';
import { log } from '../http/log.ts';
import type { Heard } from './hear-news.ts';

/** One row of the inbox. */
export interface Kept {
  provider: string;
  key: string;
  body: unknown;
  /** This one included. */
  tries: number;
}

/** The inbox of one tenant. */
export interface TakeDeps {
  now(): number;
  take(leaseMs: number, limit: number): Promise<Kept[]>;
  hear(connectionId: string, news: readonly News[]): Promise<Heard[]>;
  done(provider: string, keys: readonly string[]): Promise<void>;
  putOff(provider: string, keys: readonly string[], atMs: number, uncounted: boolean): Promise<void>;
  fail(provider: string, keys: readonly string[]): Promise<void>;
}

const LEASE_MS = 2 * 60_000;
const BATCH = 200;
const ROUNDS_MAX = 20;
const TRIES_MAX = 5;
const AGAIN_MS = 30_000;
const WAIT_MS = 10 * 60_000;

/** Deals with what waits in a tenant's inbox, until nothing is left that may be dealt with now. */
export async function takeNews(deps: TakeDeps, tenantId: string): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const rows = await deps.take(LEASE_MS, BATCH);
    const outcomes = await hearAll(deps, rows);
    const of = (provider: string, is: (outcome: Heard, row: Kept) => boolean) =>
      rows.filter((row, at) => row.provider === provider && is(outcomes[at] ?? 'again', row)).map(({ key }) => key);
    for (const provider of new Set(rows.map((row) => row.provider))) {
      await deps.done(
        provider,
        of(provider, (outcome) => outcome === 'done'),
      );
      await deps.putOff(
        provider,
        of(provider, (outcome) => outcome === 'wait'),
        deps.now() + WAIT_MS,
        true,
      );
      await deps.putOff(
        provider,
        of(provider, (outcome, row) => outcome === 'again' && row.tries < TRIES_MAX),
        deps.now() + AGAIN_MS,
        false,
      );
      const lost = of(provider, (outcome, row) => outcome === 'again' && row.tries >= TRIES_MAX);
      await deps.fail(provider, lost);
      if (lost.length > 0) log({ at: 'cron', what: 'news-failed', level: 'error', tenant: tenantId, kind: provider, count: lost.length });
    }
    if (rows.length < BATCH) return;
  }
}

/** Each connection hears its own; what cannot be read is nobody's. */
async function hearAll(deps: TakeDeps, rows: readonly Kept[]): Promise<Heard[]> {
  const outcomes: Heard[] = rows.map(() => 'again');
  const read = rows.map(({ body }) => newsOf(body));
  for (const connectionId of new Set(read.flatMap((it) => (it ? [it.connectionId] : [])))) {
    const places = read.flatMap((it, at) => (it?.connectionId === connectionId ? [{ at, news: it.news }] : []));
    const heard = await deps
      .hear(
        connectionId,
        places.map(({ news }) => news),
      )
      .catch(() => []);
    for (const [n, { at }] of places.entries()) outcomes[at] = heard[n] ?? 'again';
  }
  return outcomes;
}

function newsOf(body: unknown): { connectionId: string; news: News } | null {
  const { connectionId, news } = (body ?? {}) as { connectionId?: unknown; news?: unknown };
  const read = newsShape.safeParse(news);
  return read.success && typeof connectionId === 'string' ? { connectionId, news: read.data } : null;
}
