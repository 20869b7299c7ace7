import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { dice } from '../kit/dice.ts';
import { eventOf, type HubspotEvent, type Subscription, wanted } from './events.ts';
import type { Change } from './state.ts';

/** At most so many events a POST, and so many POSTs at once (reference/hubspot.md §5). */
const EVENTS_MAX = 100;
const POSTS_MAX = 10;
const TIMEOUT_MS = 5_000;
/** More than that waiting and the newest are dropped and counted, so that a deaf receiver costs no memory. */
const QUEUE_MAX = 50_000;
/** Ten retries; HubSpot spreads them over 24 hours, the twin over more than the minute a database may be away. */
const accelerated: readonly number[] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000];

/** How the way to the receiver misbehaves. The same seed, the same trouble. */
interface DeliveryPlan {
  seed?: number;
  /** Share of events sent twice, 0..1. */
  duplicate?: number;
  /** Events change places with others at most this far away. */
  reorder?: number;
  /** Share of events that come late, and how late. */
  delay?: number;
  delayMs?: number;
}

interface WebhookCounts {
  /** Changes that became events. */
  events: number;
  posts: number;
  /** Events in POSTs that were answered 2xx; a duplicate counts again. */
  delivered: number;
  duplicated: number;
  retries: number;
  /** Events given up after the last retry, and events the full queue did not take. */
  lost: number;
  dropped: number;
  waiting: number;
}

export interface Webhooks {
  /** Replaces the subscription; `undefined` ends it. Changes before it are never told. */
  subscribe(asked: Subscription | undefined): void;
  setPlan(plan: DeliveryPlan | undefined): void;
  /** Sends at once what waits, what is delayed too, and ends when nothing waits any more: all taken or given up. */
  flush(): Promise<void>;
  count(): WebhookCounts;
}

export interface WebhookTimes {
  now: () => number;
  timeoutMs?: number;
  wait?: (ms: number) => Promise<void>;
}

/** What HubSpot sends to an app about one portal: at least once, in no order, signed (v3). */
export function openWebhooks(portalId: number, times: WebhookTimes): Webhooks & { tell(change: Change): void; close(): void } {
  const wait = times.wait ?? ((ms: number) => pause(ms, undefined, { ref: false }));
  const counts = { events: 0, posts: 0, delivered: 0, duplicated: 0, retries: 0, lost: 0, dropped: 0 };
  let asked: Subscription | undefined;
  let plan: DeliveryPlan = {};
  let random = dice(1);
  let queue: HubspotEvent[] = [];
  let late: HubspotEvent[] = [];
  let ready: HubspotEvent[][] = [];
  let waiting = 0;
  let posting = 0;
  let soon: NodeJS.Timeout | undefined;
  const lateTimers = new Set<NodeJS.Timeout>();
  const idle: (() => void)[] = [];

  const tell = (change: Change) => {
    if (!asked || !wanted(asked, change)) return;
    if (waiting >= QUEUE_MAX) {
      counts.dropped++;
      return;
    }
    counts.events++;
    const event = eventOf(change, portalId, asked.appId, 1_000_000_000 + counts.events);
    enqueue(event);
    if (random() < (plan.duplicate ?? 0)) {
      counts.duplicated++;
      enqueue({ ...event });
    }
  };

  const enqueue = (event: HubspotEvent) => {
    waiting++;
    if (random() < (plan.delay ?? 0)) {
      late.push(event);
      const timer = setTimeout(() => {
        lateTimers.delete(timer);
        const at = late.indexOf(event);
        if (at < 0) return;
        late.splice(at, 1);
        queue.push(event);
        release();
      }, plan.delayMs ?? 1_000).unref();
      lateTimers.add(timer);
      return;
    }
    queue.push(event);
    // Order only changes among events that are there together, so a plan that reorders waits for more of them.
    soon ??= setTimeout(release, plan.reorder ? 250 : 10).unref();
  };

  const release = () => {
    clearTimeout(soon);
    soon = undefined;
    const reach = (plan.reorder ?? 0) / 2;
    const events = reach === 0 ? queue : shuffled(queue, reach, random);
    queue = [];
    for (let from = 0; from < events.length; from += EVENTS_MAX) ready.push(events.slice(from, from + EVENTS_MAX));
    pump();
  };

  const pump = () => {
    while (posting < POSTS_MAX && asked) {
      const events = ready.shift();
      if (!events) break;
      posting++;
      void deliver(asked, events).finally(() => {
        posting--;
        waiting -= events.length;
        pump();
        if (waiting === 0) for (const done of idle.splice(0)) done();
      });
    }
  };

  const deliver = async (to: Subscription, events: HubspotEvent[]) => {
    const schedule = to.retryMs ?? accelerated;
    for (let attemptNumber = 0; attemptNumber <= schedule.length; attemptNumber++) {
      if (to !== asked) break;
      const answer = await post(
        to,
        events.map((event) => ({ ...event, attemptNumber })),
        times,
      );
      counts.posts++;
      if (answer.ok) {
        counts.delivered += events.length;
        return;
      }
      if (attemptNumber === schedule.length) break;
      counts.retries++;
      await wait(Math.max(schedule[attemptNumber] ?? 0, answer.retryAfterMs));
    }
    counts.lost += events.length;
  };

  const forget = () => {
    clearTimeout(soon);
    soon = undefined;
    for (const timer of lateTimers) clearTimeout(timer);
    lateTimers.clear();
    waiting -= queue.length + late.length + ready.flat().length;
    [queue, late, ready] = [[], [], []];
    if (waiting === 0) for (const done of idle.splice(0)) done();
  };

  return {
    tell,
    subscribe(next) {
      asked = next;
      if (!next) forget();
    },
    setPlan(next) {
      plan = next ?? {};
      random = dice(plan.seed ?? 1);
    },
    async flush() {
      for (const timer of lateTimers) clearTimeout(timer);
      lateTimers.clear();
      queue.push(...late.splice(0));
      release();
      if (waiting > 0) await new Promise<void>((done) => idle.push(done));
    },
    count: () => ({ ...counts, waiting }),
    close() {
      asked = undefined;
      forget();
    },
  };
}

/** Each event gets a new place at most twice `reach` away from its own. */
function shuffled(events: HubspotEvent[], reach: number, random: () => number): HubspotEvent[] {
  return events
    .map((event, n) => ({ event, place: n + (random() * 2 - 1) * reach }))
    .sort((a, b) => a.place - b.place)
    .map(({ event }) => event);
}

async function post(
  to: Subscription,
  events: HubspotEvent[],
  { now, timeoutMs }: WebhookTimes,
): Promise<{ ok: boolean; retryAfterMs: number }> {
  const body = JSON.stringify(events);
  const timestamp = String(now());
  const signature = createHmac('sha256', to.clientSecret).update(`POST${to.url}${body}${timestamp}`).digest('base64');
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS),
    });
    await response.arrayBuffer();
    const retryAfter = response.headers.get('retry-after') ?? '';
    return { ok: response.ok, retryAfterMs: response.status === 429 && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : 0 };
  } catch {
    return { ok: false, retryAfterMs: 0 };
  }
}
