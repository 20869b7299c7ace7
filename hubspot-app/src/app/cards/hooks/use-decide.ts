import { type ChangeItem, changeItem } from '@ros/contracts';
import type { Api, NotHere } from './api.ts';
import { usePress } from './use-press.ts';

export interface Email {
  subject: string;
  body: string;
}

export interface Decide {
  busy: 'approve' | 'decline' | null;
  trouble: NotHere | null;
  /** The item as the service keeps it now, or null when it was not taken (then `trouble` says why). */
  approve(email?: Email, values?: Record<string, string>): Promise<ChangeItem | null>;
  decline(): Promise<ChangeItem | null>;
}

/** A person's word on one change. It names the version the person saw. */
export function useDecide(api: Api, { id, version }: Pick<ChangeItem, 'id' | 'version'>): Decide {
  const { busy, trouble, send } = usePress<'approve' | 'decline'>(api, `changes/${id}`);
  return {
    busy,
    trouble,
    approve: (email, values) => send('approve', changeItem, { version, ...(email ? { email } : {}), ...(values ? { values } : {}) }),
    decline: () => send('decline', changeItem, { version }),
  };
}
