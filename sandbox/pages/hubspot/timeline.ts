/** What the record page shows beside the cards, read from the CRM's twin. Times are ISO 8601. */
export interface TimelineView {
  deal: {
    id: string;
    name: string;
    amount: number;
    stageId: string;
    /** The pipeline, in order. */
    stages: { id: string; label: string; closed?: boolean }[];
    owner: string;
    closeDate?: string;
  };
  company?: { id: string; name: string; domain?: string };
  contacts: { id: string; name: string; title?: string; email?: string; phone?: string }[];
  items: TimelineItem[];
}

export interface TimelineItem {
  id: string;
  kind: 'call' | 'note' | 'task' | 'email' | 'meeting';
  title: string;
  /** As the CRM stores it: markup is shown as text. */
  body: string;
  at: string;
  due?: string;
  owner?: string;
}
