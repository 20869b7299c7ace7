import type { FieldNews, News } from '../../shared/act/news.ts';
import type { Result } from '../../shared/kit/result.ts';

/** News as a CRM tells it: a field comes with its value, which is never kept. Null for empty. */
export type ToldNews = Exclude<News, { is: 'field' }> | (Omit<FieldNews, 'print'> & { value: string | null });

export interface Told {
  /** The portal's or org's id. */
  account: string;
  /** The same for the same event, however often it comes; where a CRM tells whole seconds, for two changes of one second, too. */
  key: string;
  /** Null for what we have no use for. */
  news: ToldNews | null;
}

/** How a CRM tells us what happened there. Pure. */
export interface CrmNews {
  /** The CRM's name, for people. */
  name: string;
  /** The field that holds a deal's stage. */
  stageField: string;
  /** A delivery's parsed JSON, or null when it is none. */
  read(body: unknown): Told[] | null;
}

/** What nobody told us, asked for from time to time. Both end within 10 s. */
export interface CrmCheck {
  /**
   * What changed or went since the last time. `cursors` are the CRM's own words, empty at first; those that moved come back.
   * Absent where the CRM itself sends again what we missed.
   */
  changedSince?(cursors: Readonly<Record<string, string>>): Promise<Result<{ told: Told[]; cursors: Record<string, string> }>>;

  /** Which of these activities (at most 100) the CRM no longer has; their ids. */
  missing(activities: readonly WrittenActivity[]): Promise<Result<string[]>>;
}

export interface WrittenActivity {
  kind: 'log-call' | 'add-note' | 'add-task';
  crmId: string;
}
