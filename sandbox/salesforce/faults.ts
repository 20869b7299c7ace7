import { openLate } from '../kit/late.ts';
import type { Answer } from '../kit/serve.ts';
import { type Asked, type Drawn, type Fault, type FaultPlan, openDraw } from './fault-plan.ts';
import { spoil } from './partial.ts';

/** A plan written by hand: what this request meets, if anything. */
export type Faults = (request: { method: string; path: string }) => Fault | undefined;

/** What a fault may do with a request. */
export interface Hands {
  /** Does the work; another body than the one that was sent when given. Refusals are answers. */
  carryOut(body?: string): Response;
  /** Ends the session the request came with. */
  endSession?(): void;
  /** Uses up the org's day. */
  exhaust?(): void;
  met(kind: Fault): void;
  landedLate?(): void;
}

/** Off until `set`. */
export function openFaults(byHand: Faults | undefined) {
  const late = openLate();
  let plan: FaultPlan | undefined;
  let draw: ((asked: Asked) => Drawn | undefined) | undefined;

  const meet = async (asked: Asked, hands: Hands): Promise<Answer> => {
    const [path = ''] = asked.path.split('?');
    const kind = path.startsWith('/services/oauth2/') ? undefined : byHand?.({ method: asked.method, path });
    const drawn = kind ? { kind, chance: 0 } : draw?.(asked);
    if (!drawn) return hands.carryOut();
    hands.met(drawn.kind);
    switch (drawn.kind) {
      case 'lost':
      case 'unknown-after':
        hands.carryOut();
        return refused(drawn.kind);
      case 'daily':
        hands.exhaust?.();
        return refused('limit');
      case 'expired':
        hands.endSession?.();
        return refused('expired');
      case 'hang':
        await hang(plan?.hangMs);
        return 'reset';
      case 'late': {
        const [from, to] = plan?.lateMs ?? [1_000, 3_000];
        late.after((plan?.clientTimeoutMs ?? 9_500) + from + drawn.chance * (to - from), () => {
          if (hands.carryOut().ok && asked.method !== 'GET') hands.landedLate?.();
        });
        await hang(plan?.hangMs);
        return 'reset';
      }
      case 'reset-before':
        return 'reset';
      case 'reset-after':
        hands.carryOut();
        return 'reset';
      case 'truncated':
        return cut(hands.carryOut());
      case 'garbled':
        hands.carryOut();
        return new Response('<html><body>Down for maintenance</body></html>', { headers: { 'content-type': 'text/html' } });
      case 'partial':
        return spoil(asked.body, drawn.chance, hands.carryOut);
      case 'duplicate':
        return hands.carryOut();
      default:
        return refused(drawn.kind);
    }
  };

  return {
    set(next: FaultPlan | undefined): void {
      plan = next;
      draw = next && openDraw(next);
    },
    meet,
    /** Requests whose caller gave up and whose work is still to come. */
    pendingLate: late.pending,
    /** Ends once none is left. */
    settleLate: late.settle,
    /** What did not land by now never does. */
    close: late.drop,
  };
}

type Refused = 'lock' | 'unavailable' | 'unknown' | 'query-timeout' | 'lost' | 'unknown-after' | 'limit' | 'concurrent' | 'expired';

const sentences: Record<Refused, readonly [status: number, errorCode: string, message: string]> = {
  lock: [400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'],
  unavailable: [503, 'SERVER_UNAVAILABLE', 'The server is temporarily unavailable'],
  lost: [503, 'SERVER_UNAVAILABLE', 'The server is temporarily unavailable'],
  unknown: [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred. Please include this ErrorId if you contact support'],
  'unknown-after': [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred. Please include this ErrorId if you contact support'],
  'query-timeout': [400, 'QUERY_TIMEOUT', 'Your query request was running for too long.'],
  limit: [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  concurrent: [403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'],
  expired: [401, 'INVALID_SESSION_ID', 'Session expired or invalid'],
};

function refused(kind: Refused): Response {
  const [status, errorCode, message] = sentences[kind];
  return Response.json([{ message, errorCode }], { status });
}

async function cut(answered: Response): Promise<Response> {
  const text = await answered.text();
  const { status, headers } = answered;
  return new Response(text.slice(0, Math.floor(text.length / 2)), { status: status === 204 ? 200 : status, headers });
}

/** The process may end meanwhile. */
const hang = (ms = 12_000) =>
  new Promise<void>((done) => {
    setTimeout(done, ms).unref();
  });
