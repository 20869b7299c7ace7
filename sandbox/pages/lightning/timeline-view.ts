/** What the page shows of the CRM itself, read from the twin. Times are ISO 8601. */
export interface TimelineView {
  record: { name: string; account: string; amount: number; closeDate: string; stage: string; owner: string; nextStep: string };
  /** The path, in order; the last one may be closed. */
  stages: string[];
  contacts: { name: string; title: string; email: string; phone: string }[];
  /** Newest first. */
  items: TimelineItem[];
}

export interface TimelineItem {
  id: string;
  kind: 'call' | 'task' | 'email' | 'note' | 'event';
  subject: string;
  body: string;
  at: string;
  who: string;
  done: boolean;
}
