import type { BriefLine } from '../../contracts/brief.ts';
import type { Owner } from '../../contracts/insight.ts';
import { plain } from '../../kit/ids.ts';
import type { Known, KnownCall } from './known.ts';
import { fromCall, fromCrm } from './sources.ts';
import { sayDay } from './stands.ts';

/** What is older than this was kept, dropped or forgotten; no brief brings it back. */
const STALE_MS = 45 * 86_400_000;

/** What was promised, ours first and overdue before the rest; then the CRM's own next step. A promise said again counts once, as said last. */
export function promises(known: Known): BriefLine[] {
  const once = new Map<string, { step: KnownCall['nextSteps'][number]; call: KnownCall }>();
  for (const call of known.calls)
    for (const step of call.nextSteps) {
      const key = `${step.owner} ${plain(step.text)}`;
      if (!once.has(key) && known.nowMs - dueMs(step, call) < STALE_MS) once.set(key, { step, call });
    }
  const lines = [...once.values()]
    .map(({ step, call }) => ({ step, call, isOverdue: step.dueAt !== undefined && Date.parse(step.dueAt) < known.nowMs }))
    .sort(
      (a, b) =>
        owners.indexOf(a.step.owner) - owners.indexOf(b.step.owner) ||
        Number(b.isOverdue) - Number(a.isOverdue) ||
        dueMs(a.step, a.call) - dueMs(b.step, b.call),
    )
    .map(({ step, call, isOverdue }): BriefLine => {
      const due = step.dueAt === undefined ? '' : `, ${isOverdue ? 'was due' : 'due'} ${sayDay(step.dueAt, known)}`;
      const text = `${promiser(step.owner, call)}: ${step.text.replace(/\.$/, '')}${due}`;
      return { kind: 'promise', text, ...(isOverdue ? { isOverdue } : {}), sources: [fromCall(call, step.evidence)] };
    });
  const { deal } = known;
  if (deal?.nextStep === undefined) return lines;
  return [...lines, { kind: 'promise', text: `Next step in the CRM: ${deal.nextStep}`, sources: [fromCrm(deal, 'Next step')] }];
}

/** A promise without a day stands where its call was. */
const dueMs = ({ dueAt }: { dueAt?: string | undefined }, { at }: KnownCall): number => Date.parse(dueAt ?? at);

function promiser(owner: Owner, { rep, customerName }: KnownCall): string {
  if (owner === 'both') return 'Agreed';
  return `${owner === 'rep' ? rep : customerName} promised`;
}

const owners: readonly Owner[] = ['rep', 'both', 'customer'];
