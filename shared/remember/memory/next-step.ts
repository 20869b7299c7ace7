import type { NextStep } from '../../contracts/insight.ts';
import type { CustomerMemory } from '../../contracts/memory.ts';
import { sayFullDate } from '../../kit/time.ts';
import { bare, lastOf } from './cite.ts';
import type { HeldCall, HeldFact } from './held.ts';

type Recommended = NonNullable<CustomerMemory['recommendedNextStep']>;
type Due = NextStep & { dueAt: string; dueMs: number; call: HeldCall };

const DAY_MS = 86_400_000;
const CALLS_LOOKED_AT = 5;
/** A promise that is older was kept, or is not missed. */
const OVERDUE_DAYS = 30;
const QUIET_DAYS = 21;

/** The one thing to do for this customer, and why now. What was promised comes before what might help. Null before the first contact. */
export function nextStep(calls: readonly HeldCall[], facts: readonly HeldFact[], nowMs: number): Recommended | null {
  const newestFirst = calls.toSorted((a, b) => b.atMs - a.atMs);
  const [last] = newestFirst;
  if (!last) return null;
  const due = newestFirst
    .slice(0, CALLS_LOOKED_AT)
    .flatMap((call) => (call.insight?.nextSteps ?? []).flatMap((step) => dueStep(step, call)));
  const passed = due.filter(({ dueMs }) => dueMs <= nowMs + DAY_MS && dueMs > nowMs - OVERDUE_DAYS * DAY_MS);

  const ours = passed.filter(({ owner }) => owner === 'rep').toSorted((a, b) => a.dueMs - b.dueMs)[0];
  if (ours) return { action: actionOf(ours.text), timing: 'today', context: `We promised: ${plainly(ours)}`, because: citedStep(ours) };
  const theirs = passed.find(({ owner, dueMs }) => owner === 'customer' && dueMs < nowMs);
  if (theirs) return { action: 'call', timing: 'this-week', context: `They promised: ${plainly(theirs)}`, because: citedStep(theirs) };
  const meeting = due.filter(({ owner, dueMs }) => owner === 'both' && dueMs > nowMs).toSorted((a, b) => a.dueMs - b.dueMs)[0];
  if (meeting) {
    const days = (meeting.dueMs - nowMs) / DAY_MS;
    const timing = days <= 1 ? 'today' : days <= 7 ? 'this-week' : 'this-month';
    return { action: 'meeting', timing, context: `Agreed: ${plainly(meeting)}`, because: citedStep(meeting) };
  }
  const lately = (days: number) => (fact: HeldFact) => fact.lastAtMs > nowMs - days * DAY_MS;
  const ready = facts.filter(lately(14)).find(({ kind, key }) => kind === 'signal' && (key === 'commit' || key === 'purchase_q'));
  if (ready)
    return { action: 'proposal', timing: 'this-week', context: `${ready.text}: send them something to sign`, because: lastOf(ready) };
  const worry = facts.filter(lately(QUIET_DAYS)).find(({ kind }) => kind === 'objection');
  if (worry)
    return { action: 'call', timing: 'this-week', context: `Answer what is in the way: ${bare(worry.text)}`, because: lastOf(worry) };
  const days = Math.floor((nowMs - last.atMs) / DAY_MS);
  if (days > QUIET_DAYS) return { action: 'call', timing: 'this-week', context: `Nobody spoke with them for ${days} days` };
  return { action: 'email', timing: 'this-month', context: 'Nothing is open; keep in touch' };
}

function dueStep(step: NextStep, call: HeldCall): Due[] {
  const dueMs = step.dueAt === undefined ? Number.NaN : Date.parse(step.dueAt);
  return step.hedged || step.dueAt === undefined || Number.isNaN(dueMs) ? [] : [{ ...step, dueAt: step.dueAt, dueMs, call }];
}

/** The date is the call's own: its offset stands in it. */
const plainly = ({ text, dueAt }: Due): string => `${text.replace(/\.$/, '')}, by ${sayFullDate(`${dueAt.slice(0, 10)}T12:00:00Z`, 'UTC')}`;
const citedStep = ({ evidence, call }: Due) => ({ ...evidence, callId: call.id, at: new Date(call.atMs).toISOString() });

const actionOf = (text: string): Recommended['action'] =>
  /\b(?:proposal|quote|offer|contract|pricing)\b/i.test(text)
    ? 'proposal'
    : /\b(?:call|ring|phone)\b/i.test(text)
      ? 'call'
      : /\b(?:meet|meeting|demo|workshop)\b/i.test(text)
        ? 'meeting'
        : 'email';
