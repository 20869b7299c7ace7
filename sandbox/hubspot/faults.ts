import { randomUUID } from 'node:crypto';
import { openLate } from '../kit/late.ts';
import type { Answer } from '../kit/serve.ts';
import { json, Refused, refusal } from './answer.ts';
import { type Asked, type FaultKind, type FaultPlan, openDraw } from './fault-plan.ts';
import { tooMany } from './limits.ts';
import { partly } from './partial.ts';

/** What a fault may do with a request. */
interface Hands {
  /** Does the work; another body than the one that was sent when given. Refusals are answers. */
  carryOut(body?: string): Response;
  /** Ends the token the request came with. */
  expire(): void;
  met(kind: FaultKind): void;
  landedLate(): void;
}

export interface Faults {
  set(plan: FaultPlan | undefined): void;
  /** The answer a request gets, with the plan's fault on it. */
  meet(asked: Asked, hands: Hands): Promise<Answer>;
  /** Late writes that have not landed yet. */
  pendingLate(): number;
  settleLate(): Promise<void>;
  /** Late writes that did not land by now never do. */
  close(): void;
}

/** Off until `set`. */
export function openFaults(first: FaultPlan | undefined, now: () => number): Faults {
  const late = openLate();
  const dailyUntil = new Map<number, number>();
  let plan: FaultPlan | undefined;
  let draw = openDraw();
  const set = (next: FaultPlan | undefined) => {
    plan = next;
    draw = openDraw();
    dailyUntil.clear();
  };
  set(first);

  const meet = async (asked: Asked, hands: Hands): Promise<Answer> => {
    const isApi = !asked.path.startsWith('/oauth/');
    if (isApi && (dailyUntil.get(asked.portalId) ?? 0) > now()) {
      hands.met('daily');
      return tooMany('DAILY');
    }
    const drawn = plan && draw(plan, asked);
    if (!plan || !drawn) return hands.carryOut();
    const { kind, chance } = drawn;
    const hangMs = plan.hangMs ?? 12_000;
    hands.met(kind);
    switch (kind) {
      case 'rate-limit':
        return tooMany('TEN_SECONDLY_ROLLING');
      case 'rate-limit-wait':
        return tooMany('TEN_SECONDLY_ROLLING', plan.retryAfterS ?? 10);
      case 'secondly':
        return tooMany('SECONDLY');
      case 'daily':
        dailyUntil.set(asked.portalId, plan.dailyMs === undefined ? Number.POSITIVE_INFINITY : now() + plan.dailyMs);
        return tooMany('DAILY');
      case 'fail-before':
        return broken(500);
      case 'fail-after':
        hands.carryOut();
        return broken(500);
      case '502-before':
        return page(502);
      case '502-after':
        hands.carryOut();
        return page(502);
      case '503-before':
        return broken(503);
      case '503-after':
        hands.carryOut();
        return broken(503);
      case 'timeout':
        hands.carryOut();
        await hang(hangMs);
        return broken(500);
      case 'timeout-before':
        await hang(hangMs);
        return 'reset';
      case 'late': {
        const [from, to] = plan.lateMs ?? [1_000, 3_000];
        late.after((plan.clientTimeoutMs ?? 8_000) + from + chance * (to - from), () => {
          if (hands.carryOut().ok) hands.landedLate();
        });
        await hang(hangMs);
        return 'reset';
      }
      case 'reset-before':
        return 'reset';
      case 'reset-after':
      case 'refresh-lost':
        hands.carryOut();
        return 'reset';
      case 'truncate':
        return cut(hands.carryOut());
      case 'html':
        hands.carryOut();
        return page(200);
      case 'partial':
        return partly(asked.body, chance, hands.carryOut);
      case 'locked':
        return refused(423, 'LOCKED', 'This record is locked by another process. Try again in two seconds.');
      case 'expired':
        hands.expire();
        return refused(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
      case 'scope':
        return refused(403, 'MISSING_SCOPES', "This app hasn't been granted all required scopes to make this call.");
      case 'conflict':
        return refused(409, 'CONFLICT', 'Another request is changing this record.');
    }
  };
  return { set, meet, pendingLate: late.pending, settleLate: late.settle, close: late.drop };
}

const broken = (status: number) =>
  json(status, { status: 'error', message: 'internal error', correlationId: randomUUID(), category: 'INTERNAL_ERROR' });

const refused = (status: number, category: string, message: string) => refusal(new Refused(status, category, message));

const page = (status: number) =>
  new Response('<!doctype html><title>HubSpot</title><h1>Something went wrong on the way</h1>', {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8' },
  });

async function cut(answered: Response): Promise<Response> {
  const text = await answered.text();
  return new Response(text.slice(0, Math.floor(text.length / 2)), {
    status: answered.status === 204 ? 200 : answered.status,
    headers: { 'content-type': 'application/json' },
  });
}

/** The process may end meanwhile. */
const hang = (ms: number) =>
  new Promise<void>((done) => {
    setTimeout(done, ms).unref();
  });
