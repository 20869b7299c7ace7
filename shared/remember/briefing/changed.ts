import type { BriefLine } from '../../contracts/brief.ts';
import type { Known } from './known.ts';
import { fromCall, fromCrm } from './sources.ts';
import { sayDay } from './stands.ts';

/** Less than this between two calls is no change of mood. */
const MOOD_STEP = 0.1;

/** What is different from how the call before left it. */
export function changed(known: Known): BriefLine[] {
  const { calls, deal, unheard, facts } = known;
  const [last, before] = calls;
  if (!last) return [];
  const lines: BriefLine[] = [];
  if (unheard && Date.parse(unheard.at) > Date.parse(last.at))
    lines.push({
      kind: 'changed',
      text: `There was a call ${sayDay(unheard.at, known)} that nobody heard`,
      sources: [fromCall({ id: unheard.callId, at: unheard.at })],
    });
  if (deal?.stage !== undefined && deal.stageMovedAt !== undefined && Date.parse(deal.stageMovedAt) > Date.parse(last.at))
    lines.push({ kind: 'changed', text: `Moved to ${deal.stage} since the last call`, sources: [fromCrm(deal, 'Stage')] });
  if (!before) return lines;
  const step = last.sentiment - before.sentiment;
  if (Math.abs(step) >= MOOD_STEP)
    lines.push({
      kind: 'changed',
      text: `The last call was ${step > 0 ? 'warmer' : 'cooler'} than the one before`,
      sources: [fromCall(last, last.proof), fromCall(before)],
    });
  for (const fact of facts)
    if (fact.callId === last.id && fact.times === 1 && fact.kind === 'competitor')
      lines.push({ kind: 'changed', text: `New on the last call: ${fact.text}`, sources: [fromCall(last, fact.evidence)] });
  return lines;
}
