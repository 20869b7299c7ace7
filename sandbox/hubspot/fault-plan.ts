import { createHash } from 'node:crypto';

/**
 * What can go wrong on the way. `-before` leaves the work undone, `-after` did it and hides the answer.
 *
 * - `rate-limit`, `rate-limit-wait`, `secondly` one 429 (the second with Retry-After); `daily` 429 for every request of the portal from then on
 * - `fail-…` 500, `502-…`, `503-…`
 * - `timeout` no answer for `hangMs`, although it happened; `timeout-before` the same, and it never happens
 * - `late` no answer for `hangMs`; it happens 1–3 s after the client gave up
 * - `reset-…` the connection is broken off
 * - `truncate` the true answer, cut in half; `html` 200 with a page, although it happened
 * - `partial` 207: some inputs of a batch are carried out, the others are in `errors`
 * - `locked` 423, `expired` 401 (the token really ends), `scope` 403, `conflict` 409: nothing happened
 * - `refresh-lost` the connection is broken off after a refresh token was taken
 */
export type FaultKind =
  | 'rate-limit'
  | 'rate-limit-wait'
  | 'secondly'
  | 'daily'
  | 'fail-before'
  | 'fail-after'
  | '502-before'
  | '502-after'
  | '503-before'
  | '503-after'
  | 'timeout'
  | 'timeout-before'
  | 'late'
  | 'reset-before'
  | 'reset-after'
  | 'truncate'
  | 'html'
  | 'partial'
  | 'locked'
  | 'expired'
  | 'scope'
  | 'conflict'
  | 'refresh-lost';

export interface FaultPlan {
  /** Share of requests that meet a fault, 0..1. */
  share: number;
  /** One of these, each as likely as it is often in the list; those a request cannot meet are left out. */
  kinds: readonly FaultKind[];
  /** The same seed meets the same requests, whatever order they arrive in. */
  seed?: number;
  /** How long a connection hangs; 12,000 unless given. */
  hangMs?: number;
  /** When the client gives up, so that `late` lands after it; 8,000 unless given. */
  clientTimeoutMs?: number;
  /** How long after that `late` lands, from–to; 1,000–3,000 unless given. */
  lateMs?: readonly [number, number];
  /** What `rate-limit-wait` asks for; 10 unless given. */
  retryAfterS?: number;
  /** How long `daily` lasts; until the next plan when absent. */
  dailyMs?: number;
  /** Only these requests; all when absent. */
  only?: (method: string, path: string, portalId: number) => boolean;
  /** Paths that are never hit. */
  calm?: readonly RegExp[];
}

/** A request as a plan sees it. The token is left out: a new one must not change what is met. */
export interface Asked {
  portalId: number;
  method: string;
  /** With its query. */
  path: string;
  body: string;
}

/** Draws by what is asked and how often it was asked before, so that no other request's timing changes the outcome. */
export function openDraw() {
  const seen = new Map<string, number>();
  return (plan: FaultPlan, asked: Asked): { kind: FaultKind; chance: number } | undefined => {
    const bare = asked.path.split('?')[0] ?? '';
    if (plan.only && !plan.only(asked.method, bare, asked.portalId)) return undefined;
    if (plan.calm?.some((path) => path.test(bare))) return undefined;
    const kinds = plan.kinds.filter((kind) => canMeet(kind, asked));
    const what = sha(`${asked.portalId} ${asked.method} ${asked.path}\n${asked.body.replace(fleeting, '')}`).toString('base64');
    const times = (seen.get(what) ?? 0) + 1;
    seen.set(what, times);
    const drawn = sha(`${plan.seed ?? 1} ${times} ${what}`);
    const chance = (at: number) => drawn.readUInt32BE(at * 4) / 2 ** 32;
    const kind = kinds[Math.floor(chance(1) * kinds.length)];
    return kind === undefined || chance(0) >= plan.share ? undefined : { kind, chance: chance(2) };
  };
}

function canMeet(kind: FaultKind, { path, method, body }: Asked): boolean {
  if (path.startsWith('/oauth/')) return kind === 'refresh-lost' && body.includes('grant_type=refresh_token');
  if (kind === 'partial') return method === 'POST' && /\/batch\/(?:create|update|upsert|associate\/default)$/.test(path);
  return kind !== 'refresh-lost';
}

/** What no second run repeats, and so must not decide: UUIDs, times, tokens. */
const fleeting = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\b1\d{12}\b|\brefresh_token=[^&]+/gi;

const sha = (text: string) => createHash('sha256').update(text).digest();
