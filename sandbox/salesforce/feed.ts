import type { Change } from './state.ts';
import type { Count } from './tally.ts';

export interface FeedOptions {
  /** Where the package's named credential and its path lead. */
  url: string;
  /** `ROS_Feed__c.Off__c` of the whole org: nothing is told. */
  isOff?: boolean;
}

export interface FeedOrg {
  orgId: string;
  installKey(): string | undefined;
  count: Count;
}

/** As the class `RosFeed` has it; `feed.test.ts` compares them. Objects with a trigger, and the fields whose change is told. */
export const watched: Readonly<Record<string, readonly string[]>> = {
  Opportunity: ['StageName', 'NextStep', 'Amount', 'CloseDate', 'Description'],
  Contact: ['Title', 'Phone', 'MobilePhone', 'Email'],
  Account: ['Phone', 'Website', 'Industry'],
  Lead: ['Title', 'Phone', 'MobilePhone', 'Email', 'Status', 'IsConverted'],
};
/** The platform calls a trigger for so many records at once, and the job posts as many. */
export const eventsMax = 200;
/** Of the fifty jobs that one save may start, half stay the customer's own. */
export const jobsMax = 25;
export const calloutMs = 10_000;
const atOnceMax = 4;
const waitingMax = 10_000;

/**
 * Does what the package's triggers do: after a save a job for each statement's records tells the Worker which of them changed. The save
 * never waits for it and never fails with it; what does not arrive is lost, because a sweep exists. Everybody here may use the credential.
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
    /** What one transaction changed. */
    tell(org: FeedOrg, changes: readonly Change[]): void {
      const given = options;
      if (!given || given.isOff) return;
      for (const [n, events] of jobsOf(changes.filter(isTold)).entries()) {
        if (n < jobsMax && waiting.length < waitingMax) waiting.push(() => post(given.url, org, events));
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

const isTold = ({ object, change, fields = [] }: Change) => {
  const names = watched[object];
  return names !== undefined && (change !== 'updated' || fields.some((name) => names.includes(name)));
};

/** One for what a trigger gets at once: records of one object that met with the same. */
function jobsOf(changes: readonly Change[]): Change[][] {
  const jobs: Change[][] = [];
  for (const one of changes) {
    const job = jobs.at(-1);
    const before = job?.at(-1);
    const goesOn = before && one.object === before.object && operation(one) === operation(before);
    if (job && goesOn && job.length < eventsMax) job.push(one);
    else jobs.push([one]);
  }
  return jobs;
}

/** A merge is the deletion of its losers. */
const operation = ({ change }: Change) => (change === 'merged' ? 'deleted' : change);

async function post(url: string, org: FeedOrg, changes: readonly Change[]): Promise<void> {
  const [first] = changes;
  // `RosEdge.request`
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-ROS-Org-Id': org.orgId,
    // The job runs as whoever made the change.
    'X-ROS-User-Id': first?.by ?? '',
    Authorization: `Bearer ${org.installKey() ?? ''}`.trim(),
  };
  const events = changes.map(({ object, id, change, by, at, masterId }) => ({
    object,
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
    if (answer.status === 200) org.count.feed.sent++;
    else org.count.feed.lost++;
  } catch {
    org.count.feed.lost++;
  }
}
