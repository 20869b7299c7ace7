import type { GateId } from '../../contracts/gates.ts';

/** A gate in a rep's words, what is not known while it is open, and how a rep asks for it. */
export const gateWords: Record<GateId, { name: string; short: string; asks: RegExp }> = {
  identifyPain: {
    name: 'A problem worth solving',
    short: 'what is hardest for them today?',
    asks: /\b(?:hard|hardest|problem|challeng\w*|pain\w*|frustrat\w*|struggl\w*|not working|goes wrong|go wrong|biggest|what made you|what brought you|why now|why are you looking)\b/i,
  },
  champion: {
    name: 'Somebody who wants it',
    short: 'who else wants this to happen?',
    asks: /\b(?:who else (?:wants|cares|would (?:want|like|benefit))|champion\w*|sponsor\w*|on board|behind this|in favou?r|push(?:ing)? for|driving this|bring this up)\b/i,
  },
  metrics: {
    name: 'A figure to reach',
    short: 'what would change, and how would they measure it?',
    asks: /\b(?:measur\w*|metric\w*|kpis?|number|target|goal|success|how much (?:time|would|does|is that costing)|what would change|what does that cost|roi|return)\b/i,
  },
  economicBuyer: {
    name: 'Who decides',
    short: 'who signs?',
    asks: /\b(?:who(?:'s| is| are| has| would| will| else)?\b.{0,40}\b(?:sign\w*|decid\w*|decision\w*|approv\w*|final say|budget|yes)|(?:final|last) say|decision maker|sign(?:s|ed)? off|holds? the budget|up to you|your (?:call|decision))\b/i,
  },
  decisionProcess: {
    name: 'How they decide',
    short: 'what happens between today and a decision?',
    asks: /\b(?:decision process|buying process|how (?:do|will|would|does) (?:you|your \w+|they|that) (?:usually )?(?:decide|buy|choose|pick|evaluate)|next steps? (?:on|at) your|steps?\b.{0,30}\b(?:decision|decide)|what happens (?:on your side|next|between|internally)|from here)\b/i,
  },
  paperProcess: {
    name: 'The paperwork',
    short: 'what do legal and procurement need?',
    asks: /\b(?:legal|procurement|purchasing|security review|paper ?work|contract\w*|vendor (?:form|onboarding)|msa|dpa|redlin\w*)\b/i,
  },
};
