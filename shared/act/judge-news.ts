import type { FieldMode, ShadowSaw } from '../contracts/change.ts';
import type { FieldNews } from './news.ts';
import { sayChanged } from './say-changed.ts';
import { shadowMs } from './shadow.ts';

/** A change of a field that waits for a person or for the writer; its values as prints. */
export interface OpenChange {
  id: string;
  version: number;
  state: 'waiting' | 'due' | 'shadow';
  /** `stage` for a move of the deal's stage. */
  mode: FieldMode | 'stage';
  /** The field's exact API name. */
  field: string;
  label: string;
  /** What stood there when we planned; null for empty. */
  from: string | null;
  to: string;
  /** When it was planned, or when a person decided it. */
  sinceMs: number;
}

/**
 * `waiting`: it is a person's to decide (again). `superseded`: there is nothing left to decide. `matched`, `differed`: what a person put
 * there, beside what we would have written.
 */
export interface Verdict {
  id: string;
  version: number;
  to: 'waiting' | 'superseded' | ShadowSaw;
  /** A sentence for people. */
  said: string;
}

/** Somebody else's hand wins: what a change of ours becomes when we hear that its field was changed. Null when it stays as it is. */
export function judge(change: OpenChange, heard: FieldNews, crm: string, who?: string): Verdict | null {
  if (change.field !== heard.field || heard.by === 'us') return null;
  // Who planned or decided later has seen this already.
  if (heard.atMs <= change.sinceMs) return null;
  if (change.state === 'shadow') return watched(change, heard);
  const said = sayChanged(change.label, crm, { who, at: new Date(heard.atMs).toISOString() });
  const over = (why: string): Verdict => ({ id: change.id, version: change.version, to: 'superseded', said: `${said} ${why}` });

  if (change.mode === 'append') return null;
  if (heard.print === change.to) return over('It says what we proposed.');
  // Changed, and changed back.
  if (heard.print === change.from) return null;
  if (change.mode === 'stage') return over('The deal is no longer where it was when we proposed to move it.');
  if (change.mode === 'fill-blank') return over('The field is filled now.');
  return change.state === 'due' ? { id: change.id, version: change.version, to: 'waiting', said } : null;
}

/** Changed and changed back, or emptied, is no opinion; and after so long a change has other reasons than the call. */
function watched(change: OpenChange, heard: FieldNews): Verdict | null {
  if (heard.print === null || heard.print === change.from || heard.atMs - change.sinceMs > shadowMs) return null;
  return { id: change.id, version: change.version, to: heard.print === change.to ? 'matched' : 'differed', said: '' };
}
