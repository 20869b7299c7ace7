/** What one portal was asked since the twin started. */
export interface Count {
  /** Requests with a token of this portal, refused and faulted ones too. */
  requests: number;
  /** 429s for going over the rate; those of the fault plan are not among them. */
  limited: number;
  /** Other refusals of the twin's own: 4xx by its rules. */
  refused: number;
  /** Requests that met a fault, and which. */
  faults: number;
  byFault: Record<string, number>;
  /** Writes that landed after their answer was given up. */
  late: number;
  /** Times a refresh token was taken for a new access token. */
  refreshes: number;
  /** `PATCH /crm/objects/2026-09/deals/{id}` → how often. */
  byPath: Record<string, number>;
}

export interface Tally {
  asked(method: string, path: string): void;
  answered(status: number): void;
  met(kind: string): void;
  landedLate(): void;
  refreshed(): void;
  read(limited: number): Count;
}

export function openTally(): Tally {
  const count: Count = { requests: 0, limited: 0, refused: 0, faults: 0, byFault: {}, late: 0, refreshes: 0, byPath: {} };
  const add = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    asked(method, path) {
      count.requests++;
      add(count.byPath, `${method} ${template(path)}`);
    },
    answered(status) {
      if (status >= 400 && status < 500) count.refused++;
    },
    met(kind) {
      count.faults++;
      add(count.byFault, kind);
    },
    landedLate() {
      count.late++;
    },
    refreshed() {
      count.refreshes++;
    },
    read: (limited) => structuredClone({ ...count, limited }),
  };
}

const named =
  /^(\/crm\/(?:objects\/2026-09|v3\/objects)\/[^/]+|\/crm\/(?:properties\/2026-09|v3\/properties)\/[^/]+)\/(?!batch\b|search\b|groups\b|merge\b|gdpr-delete\b)[^/]+/;

/** Ids and names of single things become `{id}`. */
function template(path: string): string {
  return path.replace(named, '$1/{id}').replace(/\/\d+(?=\/|$)/g, '/{id}');
}
