import type { ChangeBody, ChangeState } from 'c/rosContracts';
import { fill, words } from 'c/rosWords';

/** One change in words: what it is, and what stands there before and after. */
export interface ChangeLines {
  title: string;
  icon: string;
  was: string;
  willBe: string;
  detail: string;
}

export function linesOf(body: ChangeBody): ChangeLines {
  switch (body.kind) {
    case 'move-stage':
      return { title: words.kindMoveStage, icon: 'utility:change_record_type', was: body.fromLabel, willBe: body.toLabel, detail: '' };
    case 'add-task':
      return { title: words.kindAddTask, icon: 'utility:task', was: '', willBe: body.subject, detail: fill(words.due, day(body.dueAt)) };
    case 'add-note':
      return { title: words.kindAddNote, icon: 'utility:note', was: '', willBe: body.body, detail: '' };
    case 'log-call':
      return { title: words.kindLogCall, icon: 'utility:call', was: '', willBe: body.title, detail: '' };
    case 'set-field':
      return {
        title: body.label,
        icon: 'utility:edit',
        was: body.mode === 'append' ? '' : (body.from ?? ''),
        willBe: body.toLabel ?? body.to,
        detail: '',
      };
    case 'remove-activity':
      return { title: words.kindRemove, icon: 'utility:undo', was: body.title, willBe: '', detail: '' };
    case 'draft-email':
      return {
        title: words.kindDraftEmail,
        icon: 'utility:email',
        was: '',
        willBe: body.subject,
        detail: fill(words.emailTo, body.to.join(', ')),
      };
  }
}

const STATES: Record<ChangeState, string> = {
  waiting: words.stateWaiting,
  due: words.stateWriting,
  writing: words.stateWriting,
  written: words.stateWritten,
  approved: words.stateApproved,
  declined: words.stateDeclined,
  parked: words.stateParked,
  superseded: words.stateSuperseded,
  undone: words.stateUndone,
};

export const stateWord = (state: ChangeState): string => STATES[state];

/** `2026-11-26T17:00:00-05:00` → `Thu, Nov 26` in the reader's own language. */
export const day = (iso: string): string =>
  new Date(iso).toLocaleDateString(undefined, { weekday: 'short', month: 'short', day: 'numeric' });
