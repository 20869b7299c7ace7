/** What one org was asked since the twin started. */
export interface Count {
  /** API calls as the org counts them: a composite is one, a batch as many as it has parts. Those a fault met are among them. */
  requests: number;
  /** Refused because the day was used up, by the org itself and not by the plan. */
  limited: number;
  /** Answers from 400 to 499 by the org's own rules. */
  refused: number;
  faults: number;
  byFault: Record<string, number>;
  /** Writes that landed after their caller gave up. */
  late: number;
  /** Sessions opened through OAuth. */
  logins: number;
  /** `PATCH /sobjects/Task/ROS_Key__c/{key}` → how often. */
  byPath: Record<string, number>;
  /** What the package's trigger sent out: POSTs that arrived, and those that were lost. */
  feed: { sent: number; lost: number };
}

export interface Tally {
  readonly count: Count;
  asked(method: string, path: string): void;
  met(kind: string): void;
  loggedIn(): void;
}

export function openTally(): Tally {
  const count: Count = {
    requests: 0,
    limited: 0,
    refused: 0,
    faults: 0,
    byFault: {},
    late: 0,
    logins: 0,
    byPath: {},
    feed: { sent: 0, lost: 0 },
  };
  const add = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    count,
    asked(method, path) {
      count.requests++;
      add(count.byPath, `${method} ${template(path)}`);
    },
    met(kind) {
      count.faults++;
      add(count.byFault, kind);
    },
    loggedIn() {
      count.logins++;
    },
  };
}

/** Ids, keys and locators of single things become names. */
const template = (path: string): string =>
  path
    .replace(/^\/services\/data\/v\d+\.0/, '')
    .replace(/^(\/sobjects\/\w+\/\w+__c)\/.+$/, '$1/{key}')
    .replace(/\/[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?(?=\/|$)/g, '/{id}')
    .replace(/^(\/query(?:All)?)\/.+$/, '$1/{locator}');
