import type { ObjectionType } from '../contracts/insight.ts';
import { bestOfTurn, type Found } from './cue.ts';
import { isAskedAbout, isOfOffer, isPain, isPast, isReported, isToday, takenBack, turnedRound } from './guards.ts';
import { objectionCues, resistance, topics } from './objection-cues.ts';
import type { Said } from './said.ts';

/** What stands in the customer's way, one of each type an utterance. A rep raises no objections. */
export function objections(said: readonly Said[], competitors: readonly string[] = []): Found<ObjectionType>[] {
  const names = competitors.map((name) => name.toLowerCase());
  return bestOfTurn(said.filter((one) => one.utterance.role !== 'rep').flatMap((one) => inSentence(one, names)));
}

function inSentence(said: Said, names: readonly string[]): Found<ObjectionType>[] {
  const { lean } = said;
  if (lean === '' || othersSay(lean)) return [];
  const scale = said.utterance.role === 'customer' ? 1 : 0.7;
  const found: Found<ObjectionType>[] = [];
  const add = (type: ObjectionType, confidence: number): void => {
    if (!found.some((one) => one.type === type)) found.push({ type, said, confidence: confidence * scale });
  };

  // What hurts today, or hurt before, is a reason to buy.
  const elsewhere = isToday(lean) || isPast(lean) || isPain(lean) || (isAskedAbout(said.before) && !isOfOffer(lean));
  for (const cue of objectionCues) {
    if (elsewhere && cue.type !== 'need' && cue.type !== 'competitor' && cue.type !== 'authority') continue;
    const hit = cue.re.exec(lean);
    if (!hit) continue;
    if (!cue.whole && turnedRound(lean, hit.index)) continue;
    if (takenBack(` ${lean.slice(hit.index)}`, 0) || takenBack(lean, hit.index + hit[0].length)) continue;
    if (cue.type === 'need' && /\b(?:integrat\w*|connect\w*|work with|compatib\w*)\b/.test(lean)) continue;
    if (cue.type === 'authority' && said.isQuestion && /^(?:who|do i|should i|can you)\b/.test(lean)) continue;
    add(cue.type, cue.confidence);
  }

  if (
    names.some((name) => lean.includes(name)) &&
    (RIVAL.test(lean) || /\b(?:cheaper|lower|better|less|more)\b/.test(lean)) &&
    !isPast(lean)
  )
    add('competitor', 0.85);
  if (found.length === 0 && !elsewhere) {
    const worry = worryAbout(lean) ?? held(said);
    if (worry) add(worry.type, worry.confidence);
  }
  if (found.length === 0 && BURNT.test(lean)) add('trust', 0.7);
  if (found.length === 0 && refuses(said)) add('brushoff', 0.8);
  return found;
}

/** A worry in general words gets its type from what it is about. */
function worryAbout(lean: string): { type: ObjectionType; confidence: number } | undefined {
  const about = topics.find((topic) => topic.re.test(lean))?.type;
  for (const hit of lean.matchAll(resistance.strong)) {
    if (turnedRound(lean, hit.index) || takenBack(lean, hit.index + hit[0].length)) continue;
    if (about) return { type: about, confidence: 0.85 };
    if (OFFERED.test(lean)) return { type: 'trust', confidence: 0.65 };
  }
  // Everyday words for trouble count only for what would come, never for how things are.
  if (!about || !AHEAD.test(lean) || /^(?:what|how|when|where) (?:is|are|does|do|long)\b/.test(lean)) return undefined;
  for (const hit of lean.matchAll(resistance.weak)) {
    if (/^(?:how long|weeks|months)$/.test(hit[0]) || turnedRound(lean, hit.index) || takenBack(lean, hit.index)) continue;
    return { type: about, confidence: 0.7 };
  }
  return undefined;
}

/** Held against what was said before: "but what about the training?", "will it actually work?", "our systems are old" to an integration. */
function held({ lean, full, isQuestion, before }: Said): { type: ObjectionType; confidence: number } | undefined {
  const about = topics.find((topic) => topic.re.test(lean))?.type;
  if (about && BUT_ASKS.test(lean)) return { type: about, confidence: 0.7 };
  if (isQuestion && IF_GOES_WRONG.test(lean)) return { type: about ?? 'trust', confidence: 0.65 };
  if (isQuestion && ACTUALLY.test(full)) return { type: about ?? 'trust', confidence: 0.65 };
  if (CONNECTS.test(before) && OLD_HOUSE.test(lean)) return { type: 'implementation', confidence: 0.65 };
  return undefined;
}

const BUT_ASKS =
  /\b(?:but|though|however|guess)\b(?: [a-z']+){0,8}? (?:what about|how about|how (?:does|do|would|will|can|is|are|much|hard|long|easy)|what (?:if|happens|does)|(?:will|would|does|do|can|could|is|are) (?:it|this|that|you|they|there|we|your|the))\b/;
const IF_GOES_WRONG =
  /^(?:(?:and|but|so|okay|well|then) )*(?:what )?(?:if|when)\b.*\b(?:quit|quits|stops?|leaves?|breaks?|fails?|not|cancel|dies|lost|loses?|goes (?:down|wrong|bankrupt|under)|sick|hates?|runs? over|crash\w*|slow)\b/;
/** Had it before, and it came to nothing. */
const BURNT =
  /\b(?:promised|told|said)(?: [a-z]+)? (?:us |me )?(?:that|the same|this|six|so)(?: [a-z]+){0,3} (?:too|before|as well|also)\b|\b(?:had|tried|bought|used|did) (?:something like (?:it|that|this)|(?:a|an|one|this|that|it)(?: [a-z]+){0,3})(?: [a-z]+){0,4} (?:before|already|once)\b.*\b(?:never|nobody|not|failed|dropped|waste|disaster|quit)\b|\bevery (?:salesman|vendor|company|agency|provider) says\b/;
const ACTUALLY =
  /\b(?:will|would|does|do|can|could|is|are) (?:it|this|that|they|these|those|you|we|your [a-z]+|the [a-z]+)(?: [a-z']+){0,2} (?:actually|really|truly)\b/;
const CONNECTS = /\b(?:integrat\w*|connect\w*|compatib\w*|works with|plugs? in|seamless\w*|import\w*|sync\w*|set ?up|migrat\w*)\b/;
const OLD_HOUSE =
  /\b(?:our|my|the) (?:[a-z]+ )?(?:systems?|set ?up|software|tools?|stack|infrastructure|machines|computers|data|network)(?: [a-z]+)? (?:is|are)(?: [a-z]+){0,3} (?:old|older|outdated|legacy|ancient|complicated|messy|complex|custom|different|a mess|homegrown)\b|\b(?:bunch|lot|ton|pile|mix) of (?:[a-z]+ )?(?:systems|tools|software|apps|spreadsheets|databases|stuff)\b/;

/** "No thanks" to an offer. A bare no to any other question is an answer. */
function refuses(said: Said): boolean {
  if (!said.opens || !OFFER.test(said.before)) return false;
  return /^(?:no(?: no)*|no thank you|no thanks|not (?:really|now|today)|i do not think so|i would rather not|i am good|we are good|i am fine|we are fine)(?: (?:thank you|thanks|sorry|i am sorry|not|really|i am good|at all|but thank you))*$/.test(
    said.full,
  );
}

const othersSay = (lean: string): boolean =>
  isReported(lean) &&
  /\b(?:some people|people|others|other (?:customers|clients|companies)|friends?|you|your [a-z]+) (?:say|said|told|mentioned|think|thought)\b/.test(
    lean,
  ) &&
  !/\bbut\b/.test(lean);
const RIVAL =
  /\b(?:looking at|look at|talking (?:to|with)|evaluating|considering|comparing|compared|versus|against|quoted?|offers?|offered|promised|gave us|cheaper|lower|better|prefer|leaning|signed|contract|already (?:use|using|have|with)|other option|also (?:have|has|does)|instead|rather|proposal|pitched|demo)\b/;
const OFFERED = /\b(?:this|your|you|if we|switching|moving)\b/;
const AHEAD =
  /\b(?:would|will|going to|could|might|can not|if we|before we|to (?:switch|migrate|implement|integrate|roll|train|move|set|get|learn|convince|sell|justify|sign|commit|approve)|you|your|this|switching|migrating|for us to|my team|our team|we do not|i do not)\b/;
const OFFER =
  /\b(?:would you (?:like|be|want|consider|mind)|do you want|are you interested|can (?:i|we) (?:set|book|schedule|send|show|offer|sign|get|interest|count|put)|could (?:i|we) (?:set|book|schedule|interest)|shall (?:i|we)|how about|want to|interested in|would it make sense|open to|willing to|may i (?:send|show|offer)|donate|sign up|give it a try)\b/;
