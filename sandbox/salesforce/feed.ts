import { objectOfId } from './objects.ts';
import type { Change } from './state.ts';
import type { Count } from './tally.ts';

export interface FeedOptions {
  /** Where the package's named credential and its path lead. */
  url: string;
  /** Objects with a trigger; Opportunity, Contact, Account and Lead unless given. */
  objects?: readonly string[];
}

export interface FeedOrg {
  orgId: string;
  installKey(): string | undefined;
  count: Count;
}

const idsMax = 200;
const calloutMs = 10_000;
const atOnceMax = 4;
const waitingMax = 10_000;
const watched = ['Opportunity', 'Contact', 'Account', 'Lead'];

/**
 * Stands for the packaged trigger: after a save its Queueable tells the Worker which records changed. The save never waits for it and
 * never fails with it; what does not arrive is lost, because a sweep exists.
 */
export function openFeed() {
  let options: FeedOptions | undefined;
  let running = 0;
  const waiting: (() => Promise<void>)[] = [];
  const idle: (() => void)[] = [];

  const next = () => {
    const work = running < atOnceMax ? waiting.shift() : undefined;
    if (!work) {
      if (running === 0 && waiting.length === 0) for (const done of idle.splice(0)) done();
      return;
    }
    running++;
    void work().finally(() => {
      running--;
      next();
    });
    next();
  };

  return {
    set(given: FeedOptions | undefined): void {
      options = given;
    },
    /** What one transaction changed: one job, in as many POSTs as it takes. */
    tell(org: FeedOrg, changes: readonly Change[]): void {
      const given = options;
      const seen = (given?.objects ?? watched) as readonly string[];
      const mine = changes.filter(({ object }) => seen.includes(object));
      if (!given || mine.length === 0) return;
      for (let from = 0; from < mine.length; from += idsMax) {
        const part = mine.slice(from, from + idsMax);
        if (waiting.length < waitingMax) waiting.push(() => post(given.url, org, part));
        else org.count.feed.lost++;
      }
      setImmediate(next);
    },
    /** Ends when everything told so far has been sent or lost. */
    flush: () =>
      new Promise<void>((done) => {
        idle.push(done);
        setImmediate(next);
      }),
  };
}

async function post(url: string, org: FeedOrg, changes: readonly Change[]): Promise<void> {
  const [first] = changes;
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-ROS-Org-Id': org.orgId,
    // The job runs as whoever made the change.
    'X-ROS-User-Id': first?.by ?? '',
    Authorization: `Bearer ${org.installKey() ?? ''}`.trim(),
  };
  const events = changes.map(({ object, id, change, by, at, masterId }) => ({
    object: objectOfId(id)?.name ?? object,
    id,
    change,
    by,
    at: new Date(at).toISOString(),
    ...(masterId ? { masterId } : {}),
  }));
  try {
    const body = JSON.stringify({ orgId: org.orgId, events });
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(calloutMs) });
    await answer.body?.cancel();
    if (answer.ok) org.count.feed.sent++;
    else org.count.feed.lost++;
  } catch {
    org.count.feed.lost++;
  }
}
