import { log } from '../http/log.ts';
import type { MeetingOutcome } from './meeting-news.ts';

interface Kept {
  provider: string;
  key: string;
  body: unknown;
  /** This one included. */
  tries: number;
}

/** The inbox of one tenant, as far as meetings go. */
export interface TakeMeetingsDeps<News> {
  now(): number;
  take(leaseMs: number, limit: number): Promise<Kept[]>;
  /** What a row says; null when it is not of ours. */
  read(provider: string, body: unknown): News | null;
  hear(news: News): Promise<MeetingOutcome>;
  done(provider: string, key: string): Promise<void>;
  putOff(provider: string, key: string, atMs: number, uncounted: boolean): Promise<void>;
  fail(provider: string, key: string): Promise<void>;
}

/** Longer than the largest recording may take. */
const LEASE_MS = 15 * 60_000;
const BATCH = 4;
const ROUNDS_MAX = 25;
const TRIES_MAX = 20;
const AGAIN_MS = 60_000;
const AGAIN_MAX_MS = 3_600_000;

/** Fetches the meetings that wait, one after the other: each may be large. One that fails holds up none of the others. */
export async function takeMeetings<News>(deps: TakeMeetingsDeps<News>, tenantId: string): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const rows = await deps.take(LEASE_MS, BATCH);
    for (const row of rows) await settle(deps, tenantId, row, await heard(deps, row));
    if (rows.length < BATCH) return;
  }
}

async function heard<News>(deps: TakeMeetingsDeps<News>, row: Kept): Promise<MeetingOutcome> {
  const news = deps.read(row.provider, row.body);
  return news === null ? { is: 'never' } : deps.hear(news).catch((): MeetingOutcome => ({ is: 'again' }));
}

async function settle<News>(
  deps: TakeMeetingsDeps<News>,
  tenantId: string,
  { provider, key, tries }: Kept,
  outcome: MeetingOutcome,
): Promise<void> {
  if (outcome.is === 'done') return deps.done(provider, key);
  if (outcome.is === 'later') return deps.putOff(provider, key, deps.now() + outcome.inMs, true);
  if (outcome.is === 'again' && tries < TRIES_MAX) {
    const waitMs = Math.min(AGAIN_MAX_MS, AGAIN_MS * 2 ** Math.min(10, tries - 1));
    return deps.putOff(provider, key, deps.now() + Math.max(waitMs, outcome.afterMs ?? 0), false);
  }
  log({ at: 'cron', what: 'meeting-failed', level: 'error', tenant: tenantId, kind: provider });
  return deps.fail(provider, key);
}
