import type { BriefLine } from '../../contracts/brief.ts';
import type { Known, KnownFact, KnownRisk } from './known.ts';
import { fromCall, fromDates } from './sources.ts';

/** What endangers it, the gravest first, and what they objected to with how that went. */
export function worries(known: Known): BriefLine[] {
  const risks = [...known.risks].sort((a, b) => grave.indexOf(a.severity) - grave.indexOf(b.severity)).map((risk) => riskLine(known, risk));
  const sorted = known.facts
    .filter(({ kind }) => kind === 'objection' || kind === 'competitor')
    .sort((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt) || b.times - a.times);
  // One sentence may be two facts: that they look at somebody else, and that they like them better.
  const met = [...new Map(sorted.map((fact) => [`${fact.callId} ${fact.evidence.quote}`, fact] as const).reverse()).values()]
    .reverse()
    .map((fact): BriefLine => {
      const source = fromCall({ id: fact.callId, at: fact.lastAt }, fact.evidence);
      return {
        kind: 'objection',
        text: `${fact.text}${fact.times > 1 ? `, on ${fact.times} calls` : ''}; ${howItWent(known, fact)}`,
        sources: [source],
      };
    });
  // One of each before a second of either: a rep who knows the risk still has to answer the objection.
  const [risk, ...moreRisks] = risks;
  const [objection, ...moreMet] = met;
  return [...(risk ? [risk] : []), ...(objection ? [objection] : []), ...moreRisks, ...moreMet];
}

function riskLine(known: Known, { text, evidence }: KnownRisk): BriefLine {
  const said = evidence.flatMap(({ callId, ...words }) => {
    const call = known.calls.find(({ id }) => id === callId);
    return call ? [fromCall(call, words)] : [];
  });
  return { kind: 'risk', text, sources: said.length > 0 ? said.slice(0, 2) : [fromDates(known)] };
}

/** By what was said after it, never by what it ought to have done. */
function howItWent({ calls }: Known, fact: KnownFact): string {
  const call = calls.find(({ id }) => id === fact.callId);
  if (call?.wentAheadMs !== undefined && call.wentAheadMs > fact.evidence.startMs) return 'they wanted to go ahead all the same';
  if (calls.some(({ at }) => Date.parse(at) > Date.parse(fact.lastAt))) return 'not heard again since';
  return 'still open';
}

const grave: readonly KnownRisk['severity'][] = ['high', 'medium', 'low'];
