import { createHash } from 'node:crypto';

/**
 * What a real org does on a bad day.
 *
 * - `lock` UNABLE_TO_LOCK_ROW, `unavailable` 503, `unknown` 500 UNKNOWN_EXCEPTION, `query-timeout` QUERY_TIMEOUT: nothing happened
 * - `lost` 503 and `unknown-after` 500: it happened all the same
 * - `limit` one REQUEST_LIMIT_EXCEEDED of the day's kind, `concurrent` one of the many-at-once kind; `daily` the day's kind from then on,
 *   for the whole org, until the next plan or until the limit is lifted
 * - `expired` INVALID_SESSION_ID: the session really is over. Never what the same question met just before: a new session is let in
 * - `hang` no answer for `hangMs`, and it never happens; `late` no answer either, and it happens 1–3 s after the client gave up
 * - `reset-before`, `reset-after` the connection breaks off
 * - `truncated` the true answer cut in half, `garbled` 200 with a page: it happened
 * - `partial` some parts of a composite or a collection that is not all-or-none meet a lock, the others happen
 * - `duplicate` no draw: while it is in the plan, an upsert within a second of the one that made the record is refused with DUPLICATE_VALUE
 */
export type Fault =
  | 'lock'
  | 'unavailable'
  | 'unknown'
  | 'query-timeout'
  | 'lost'
  | 'unknown-after'
  | 'limit'
  | 'concurrent'
  | 'daily'
  | 'expired'
  | 'hang'
  | 'late'
  | 'reset-before'
  | 'reset-after'
  | 'truncated'
  | 'garbled'
  | 'partial'
  | 'duplicate';

export interface FaultPlan {
  /** Share of API calls that meet a fault, 0..1. */
  share: number;
  /** The same seed meets the same requests, whatever order they come in. */
  seed: number;
  /** One of these, as likely as it is often in the list; what a request cannot meet is left out. Without `limit` and `daily` when absent. */
  kinds?: readonly Fault[];
  /** Only these; `path` has no query. The token endpoint is never met unless this names it. */
  only?: (method: string, path: string, orgId: string) => boolean;
  /** How long a connection hangs; 12,000 unless given. */
  hangMs?: number;
  /** When the client gives up, so that `late` lands after it; 9,500 unless given. */
  clientTimeoutMs?: number;
  /** How long after that, from–to; 1,000–3,000 unless given. */
  lateMs?: readonly [number, number];
}

const everyday: readonly Fault[] = [
  'lock',
  'unavailable',
  'unknown',
  'query-timeout',
  'lost',
  'unknown-after',
  'concurrent',
  'expired',
  'hang',
  'late',
  'reset-before',
  'reset-after',
  'truncated',
  'garbled',
  'partial',
  'duplicate',
];

/** A request as a plan sees it. The session is left out: a new one must not change what is met. */
export interface Asked {
  orgId: string;
  method: string;
  /** With its query. */
  path: string;
  body: string;
}

export interface Drawn {
  kind: Fault;
  /** 0 ≤ x < 1, for what the fault itself has to choose. */
  chance: number;
}

/** Draws by what is asked and how often it was asked before, so that no other request's timing changes the outcome. */
export function openDraw(plan: FaultPlan): (asked: Asked) => Drawn | undefined {
  const seen = new Map<string, number>();
  const expired = new Set<string>();
  return (asked) => {
    const [bare = ''] = asked.path.split('?');
    if (!plan.only && isLogin(bare)) return undefined;
    if (plan.only && !plan.only(asked.method, bare, asked.orgId)) return undefined;
    const kinds = (plan.kinds ?? everyday).filter((kind) => canMeet(kind, asked));
    const what = sha(`${asked.orgId} ${asked.method} ${asked.path}\n${asked.body}`).toString('base64');
    const times = (seen.get(what) ?? 0) + 1;
    seen.set(what, times);
    const drawn = sha(`${plan.seed} ${times} ${what}`);
    const chance = (at: number) => drawn.readUInt32BE(at * 4) / 2 ** 32;
    const kind = kinds[Math.floor(chance(1) * kinds.length)];
    const isAgain = expired.delete(what);
    if (kind === undefined || chance(0) >= plan.share || (kind === 'expired' && isAgain)) return undefined;
    if (kind === 'expired') expired.add(what);
    return { kind, chance: chance(2) };
  };
}

function canMeet(kind: Fault, { method, path, body }: Asked): boolean {
  if (isLogin(path)) return ['unavailable', 'hang', 'reset-before', 'reset-after', 'truncated', 'garbled'].includes(kind);
  switch (kind) {
    case 'duplicate':
      return false;
    case 'query-timeout':
      return /\/query(?:All)?(?:\?|$)/.test(path);
    case 'partial':
      return method !== 'GET' && /\/composite(?:\/sobjects.*)?$/.test(path) && !/"allOrNone"\s*:\s*true/.test(body);
    default:
      return true;
  }
}

const isLogin = (path: string) => path.startsWith('/services/oauth2/');

const sha = (text: string) => createHash('sha256').update(text).digest();
