import type { ChangeBody, ChangeItem, ChangeState } from 'c/rosContracts';
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
  shadow: words.stateShadow,
};

/** Where it stands; `undo` is what takes it back, once somebody pressed. */
export const stateWord = ({ state }: ChangeItem, undo: ChangeItem | undefined): string =>
  state === 'written' && onItsWay(undo) ? words.stateUndoing : STATES[state];

const onItsWay = (undo: ChangeItem | undefined): boolean => undo?.state === 'due' || undo?.state === 'writing';

/** When it was written and by whose yes; nothing while it is not. `userId` is who looks. */
export function writtenLine({ writtenAt, decidedBy, decidedName }: ChangeItem, userId: string): string {
  if (writtenAt === undefined) return '';
  const by = decidedBy === undefined ? words.writtenAuto : decidedBy === userId ? words.writtenYou : words.writtenColleague;
  if (by === words.writtenColleague && decidedName !== undefined) return fill(words.writtenBy, moment(writtenAt), decidedName);
  return fill(by, moment(writtenAt));
}

/** Why it still stands there although somebody wanted it back. */
export const undoTrouble = ({ state }: ChangeItem, undo: ChangeItem | undefined): string =>
  state === 'written' && (undo?.state === 'parked' || undo?.state === 'superseded') ? fill(words.notUndone, undo.trouble ?? '') : '';

const UNDO_MS = 30 * 24 * 60 * 60_000;

/** Worth a button; whether Salesforce still holds what we wrote is asked when it is pressed. */
export function canUndo({ state, body, writtenAt }: ChangeItem, undo: ChangeItem | undefined, nowMs: number): boolean {
  if (state !== 'written' || writtenAt === undefined || onItsWay(undo)) return false;
  if (body.kind === 'draft-email' || body.kind === 'remove-activity') return false;
  return Date.parse(writtenAt) + UNDO_MS > nowMs;
}

/** `2026-11-26T17:00:00-05:00` → `Thu, Nov 26` in the reader's own language. */
export const day = (iso: string): string =>
  new Date(iso).toLocaleDateString(undefined, { weekday: 'short', month: 'short', day: 'numeric' });

const moment = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
