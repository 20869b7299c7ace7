import type { Checklist } from '../../contracts/guidance.ts';
import type { CompiledPlays } from '../compile-plays.ts';
import type { Session } from '../session.ts';
import { suits } from './check-record.ts';

/** The call's checklist as it stands, open points too, and the fields that were filled; undefined where its playbook has neither. */
export function checklistOf({ moments }: Session, plays: CompiledPlays): Checklist | undefined {
  const record = moments?.record ?? null;
  const points = [...plays.byId.values()].flatMap(({ moment }) => {
    if (moment?.rule.is !== 'step' || !suits(moment, record)) return [];
    const { id, name, rule } = moment;
    const tick = moments?.ticks.find(({ momentId }) => momentId === id);
    const evid = tick && !tick.byHand && { quote: tick.quote, role: tick.role, startMs: tick.startMs };
    return [
      { id, name, stage: rule.stage, done: tick !== undefined, ...(evid ? { evid } : {}), ...(tick?.byHand ? { byHand: true } : {}) },
    ];
  });
  const fills = plays.slots.flatMap(({ id, name, rule }) => {
    const fill = moments?.fills.find(({ momentId }) => momentId === id);
    if (!fill || rule.is !== 'slot') return [];
    const { value, quote, role, startMs } = fill;
    return [{ id, name, field: rule.slot, value, evid: { quote, role, startMs } }];
  });
  return points.length === 0 && plays.slots.length === 0 ? undefined : { points, fills };
}
