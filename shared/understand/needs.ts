import type { Need } from '../contracts/need.ts';
import { isPast, turnedRound } from './guards.ts';
import { evidenceOf, type Said } from './said.ts';

/** One sentence that speaks for a need. */
export interface NeedSaid {
  said: Said;
  confidence: number;
  isMeasured: boolean;
}

/** What the customer suffers from today, at most one an utterance. What they have against the offer is an objection, not a pain. */
export function pains(said: readonly Said[], isObjection: (said: Said) => boolean): NeedSaid[] {
  return bestOf(said, PAINS, (one, at) => isObjection(one) || isPast(one.lean) || aboutUs(one.lean) || UNREAL.test(one.lean.slice(0, at)));
}

/** What the customer wants to reach, at most one an utterance. What they want to do on this call or right after it is none. */
export function goals(said: readonly Said[], isStep: (said: Said) => boolean): NeedSaid[] {
  return bestOf(said, GOALS, (one) => isStep(one) || isPast(one.lean));
}

export const needOf = ({ said, confidence, isMeasured }: NeedSaid): Need => ({
  isMeasured,
  confidence,
  evidence: evidenceOf(said.utterance, said.start, said.end),
});

/** A figure with something it measures: "30 %", "$40k", "three hours a day", "half our time". */
export const isMeasured = (lean: string): boolean => MEASURE.test(lean);

interface NeedCue {
  re: RegExp;
  /** What a large pattern cannot do without: compiling it for nothing costs more than all the others. */
  needs?: RegExp;
  confidence: number;
}

function bestOf(said: readonly Said[], cues: readonly NeedCue[], isOut: (one: Said, at: number) => boolean): NeedSaid[] {
  const best = new Map<number, NeedSaid>();
  for (const one of said) {
    if (one.utterance.role === 'rep' || one.isQuestion || one.lean === '' || SMALL_TALK.test(one.lean)) continue;
    for (const { re, needs, confidence } of cues) {
      if (needs && !needs.test(one.lean)) continue;
      const hit = re.exec(one.lean);
      if (!hit || turnedRound(one.lean, hit.index) || isOut(one, hit.index)) continue;
      const sure = confidence * (one.utterance.role === 'customer' ? 1 : 0.7);
      const held = best.get(one.utterance.seq);
      if (!held || sure > held.confidence) best.set(one.utterance.seq, { said: one, confidence: sure, isMeasured: isMeasured(one.lean) });
    }
  }
  return [...best.values()].slice(0, NEEDS_MAX);
}

/** Of the seller or the offer, which is not what they live with today. */
const aboutUs = (lean: string): boolean => /\b(?:your|yours)\b|\b(?:with|from|about) you\b/.test(lean);

const NEEDS_MAX = 30;
const cue = (confidence: number, re: RegExp, needs?: RegExp): NeedCue => ({ re, confidence, ...(needs ? { needs } : {}) });
const SMALL_TALK =
  /\b(?:traffic|weather|flights?|airport|commute|parking|kids?|my (?:son|daughter|dog|cat|wife|husband|knee|back)|vacation|muted?|audio|microphone|headphones?|headset|wifi|your screen|screen share|hear you|hear me|see you|dial in|zoom link|echo|jet lag|a cold)\b/;
const UNREAL = /\b(?:would|could|might|may|if|unless|worried|afraid|what if|suppose)\b/;
const MEASURE =
  /\$\d|\b\d[\d.]*%|\b(?:\d[\d.]*|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|half|a third|a quarter)(?: (?:or|to|and) (?:\d+|two|three|four|five|six|ten))?(?: [a-z]+)? (?:percent|seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|people|reps|agents|customers?|deals?|leads?|orders?|tickets?|calls?|errors?|dollars|euros|pounds|of (?:our|my|the|their|all)|(?:our|my|the|their) (?:time|team|day|week|customers|leads|deals))\b|\b(?:doubl|tripl)(?:e|ed|ing)\b/;

const PAINS: readonly NeedCue[] = [
  cue(
    0.9,
    /\b(?:struggl(?:e|es|ed|ing) (?:with|to|because|when)|(?:biggest|main|real|number one|major|ongoing|constant|huge|big|common|other|only) (?:problem|challenge|issue|pain|headache|frustration|bottleneck|pain point|struggle|gap)s?|pain points?|(?:is|are|been|becomes?|became|creates?) (?:a |an |the )?(?:[a-z]+ )?(?:nightmare|headache|bottleneck|time sink|mess|disaster|chaos)|(?:is|are|gets?|been|so|incredibly|pretty) (?:frustrat(?:ing|ed)|painful|tedious|chaotic|clunky|cumbersome|inefficient|unreliable)|(?:drives?|driving) (?:me|us|everyone|them) (?:crazy|nuts|mad|insane))\b/,
  ),
  cue(
    0.85,
    /\b(?:fall(?:s|ing|en)? (?:through|between) the cracks|slip(?:s|ping)? through|keeps? (?:losing|missing|forgetting|having to|running into|running out|dropping|chasing|breaking|crashing|happening|failing|going down|asking for)|(?:lose|loses|losing|are losing|lost) (?:[a-z0-9$%]+ ){0,4}(?:customers?|deals?|leads?|clients?|revenue|money|sales|track|time|hours|visibility|orders?|candidates|patients|staff|people|business|donors?|students|tenants|members)|wast(?:e|es|ing) (?:[a-z0-9$%]+ ){0,4}(?:time|hours?|days?|money|effort|resources))\b/,
  ),
  cue(
    0.8,
    /\b(?:(?:spend|spends|spending|takes?|taking)(?: (?:us|me|them|him|her|the team|my team|everyone|each [a-z]+|our [a-z]+))?(?: (?:about|around|roughly|almost|nearly|at least|up to|like|easily|an average of))* (?:forever|ages|hours|days|weeks|half|most of|too (?:much|long|many)|so (?:much|long)|way too|a (?:lot|ton) of (?:time|effort)|\d+ (?:to \d+ )?(?:hours|days|weeks|minutes|months)|(?:an|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:or (?:two|three|four|five|six) )?(?:hours?|days|weeks|months))|(?:costs?|costing) us\b|too many (?:[a-z]+ )?(?:tools|systems|spreadsheets|errors|mistakes|tickets|steps|clicks|emails|complaints|no shows|returns|delays|manual))/,
  ),
  cue(
    0.8,
    /\b(?:(?:have|has|is|are|with|got|there is|there are) (?:no|zero|little|limited|not enough|very little) (?:[a-z]+ )?(?:visibility|way (?:to|of)|insight|control|idea (?:what|who|where|how|why|which|when|if)|consistency|oversight|transparency|single (?:source|place|view))|do(?:es)? not have (?:(?:a|any|enough|good|much|the|real|full|clear) )*(?:visibility|way (?:to|of)|insight|control|consistency|oversight|transparency|single|bandwidth|time to|people to|staff to|resources to)|lack(?:s|ing)? (?:of )?(?:[a-z]+ )?(?:visibility|insight|control|consistency|data|resources|structure|process)|(?:we|i|they|nobody|reps|managers|my team|the team) (?:can not|are not able to|is not able to|are unable to|can never|could never) (?:see|find|track|tell|keep (?:up|track)|scale|trust|rely|measure|forecast|report|grow|prove|hire|serve|handle))\b/,
  ),
  cue(
    0.8,
    /\b(?:(?:is|are|it all|everything|all|still|done|doing|enter(?:ing|ed)?|cop(?:y|ying|ied)|track(?:ing|ed)?|manag(?:e|ing|ed)|handl(?:e|ing|ed)|updat(?:e|ing|ed)|working)(?: [a-z]+){0,5} (?:manual|manually|by hand|on paper|in (?:excel|a spreadsheet|spreadsheets|google sheets)|out of (?:excel|spreadsheets))|manual (?:process|processes|work|data entry|entry|effort|steps)|copy(?:ing)? and past(?:e|ing)|(?:our|the|these|those|current|existing|old|legacy) (?:[a-z]+ ){0,2}(?:tool|tools|system|systems|software|process|setup|crm|platform|vendor|provider|spreadsheets?)(?: [a-z]+){0,2} (?:do(?:es)? not (?:work|scale|talk|sync|integrate|communicate|match|keep up|support|give)|is (?:slow|too slow|outdated|broken|not working|ancient|old|down|limited|unstable|falling apart)|keeps?|breaks?|crashes))\b/,
  ),
  cue(
    0.75,
    /\b(?:(?:we|i|they|team|staff|people|everyone|nurses|reps|engineers|agents) (?:is|are|am|feel|get|gets) (?:[a-z]+ )?(?:burn(?:ed|t|ing) out|overwhelmed|overloaded|understaffed|short staffed|swamped|drowning|stretched|buried|stuck)|(?:turnover|churn|attrition|downtime|error rate|no show rate|wait times?|response times?|costs) (?:is|are|has|have|keeps?|went|got)(?: [a-z]+){0,2} (?:high|terrible|bad|awful|up|climbing|rising|growing|increasing|horrible|too (?:high|long)|out of (?:control|hand)))\b/,
  ),
];

const OUTCOME =
  '(?:reduce|maintain|cut|increase|grow|improve|save|speed|scale|automate|consolidate|eliminate|stop|avoid|prevent|launch|expand|hit|double|triple|replace|moderni[sz]e|standardi[sz]e|simplify|streamline|free up|shorten|boost|raise|lower|retain|unify|centrali[sz]e|digiti[sz]e|measure|track|shift|optimi[sz]e|attract|convert|win (?:more|back)|close more|reach (?:more|\\$?\\d|a|new|our)|get (?:rid|better|more|ahead|control|out of|away|everyone|everything|visibility|all|(?:our|the|that|those|this) [a-z]+ (?:[a-z]+ )?(?:down|up|under|out|back|to))|make (?:sure (?:we|our|that|nothing|every)|it easier|our|better|things)|bring (?:down|up|everything|more|our)|move (?:away|off|up|faster|everything|beyond)|be able to|have (?:one|a single|better|more|full|everything|real|a clear|all)|see (?:all|everything|which|where|more|who)|know (?:which|where|who|exactly)|keep (?:our|up|more|better|the team)|give (?:our|my|the|people|customers)|help (?:our|my|the|people|customers|them)|offer (?:our|more|better|a)|serve|open (?:a|two|three|more|new|\\d)|enter (?:the|new|a)|protect|comply|spend less|do more|hire|drive more|capture|understand (?:our|which|where|why (?:our|we|customers))|build (?:a|our|more|up)|be (?:more|at|compliant|profitable|number|faster))';

const GOALS: readonly NeedCue[] = [
  cue(
    0.9,
    /\b(?:our|my|the|a)(?: [a-z]+){0,2} (?:goals?|objectives?|targets?|aim|priorit(?:y|ies)|mandate|vision|ambition|okrs?|mission)(?: (?:here|for|this|next|the|year|quarter|us|me|team|right|now|in|of|is to|[a-z0-9]+)){0,5} (?:is|are|would be|will be)\b/,
  ),
  cue(
    0.8,
    new RegExp(
      `\\b(?:we|i|they|my team|the team|leadership|our [a-z]+)(?: (?:all|also|do|would|will))* (?:want|wants|need|needs|like|love|hope|hopes|aim|intend|plan|have|has|got|am trying|are trying|is trying|are looking|am looking|is looking|are hoping|am hoping|are aiming|are planning|are working|are under pressure|am under pressure|have been asked|have been tasked|was asked|was hired)(?: (?:us|it|this|for|something))* to ${OUTCOME}\\b`,
    ),
    / to /,
  ),
  cue(
    0.8,
    new RegExp(
      `\\b(?:looking for|need|want|would love|would like) (?:a |an |some |any )?(?:[a-z]+ )?(?:way|ways|something|tool|solution|platform|system|partner|one place|software)(?: [a-z]+){0,3} (?:to|that (?:will|can|would|could)?|which (?:will|can)?|where we can) ?(?:[a-z]+ ){0,2}${OUTCOME}\\b`,
    ),
    /\b(?:looking for|need|want|would (?:love|like)) .*\b(?:way|ways|something|tool|solution|platform|system|partner|one place|software)\b/,
  ),
  cue(
    0.75,
    /\b(?:(?:what|all) (?:we|i) (?:want|need|care about|are after)(?: [a-z]+){0,3} is|success (?:would|for (?:us|me)|looks|means)|what (?:good|success) looks like|in a perfect world|in an ideal world|ideally (?:we|i|it|our|the|my)|tasked with|responsible for (?:reducing|growing|improving|cutting|increasing)|the (?:dream|hope|idea|plan) (?:is|would be) (?:to|that))\b/,
  ),
];
