import type { Said } from './said.ts';

/** How an utterance sounds, 0 (negative) to 1 (positive), 0.5 neutral, from its sentences. */
export function sentimentOf(sentences: readonly Said[]): number {
  let sum = 0;
  for (const one of sentences) sum += Math.max(-2, Math.min(2, score(one)));
  // Three strong words are as clear as ten.
  return Math.round((0.5 + 0.5 * Math.tanh(sum / 2.2)) * 1000) / 1000;
}

/** The customer's attitude over the call: the end weighs more, since that is how they leave. */
export function sentimentOfCall(turns: readonly { sentiment: number; words: number; isCustomer: boolean }[]): number {
  const theirs = turns.filter((one) => one.isCustomer && one.words > 0);
  let sum = 0;
  let weight = 0;
  theirs.forEach((one, nth) => {
    const place = 1 + (2 * nth) / Math.max(1, theirs.length - 1);
    // A neutral answer says little about the mood, so it weighs little.
    const w = place * (Math.abs(one.sentiment - 0.5) > 0.08 ? 1 : 0.35) * Math.min(1, 0.4 + one.words / 20);
    sum += one.sentiment * w;
    weight += w;
  });
  return weight === 0 ? 0.5 : Math.round((sum / weight) * 1000) / 1000;
}

function score({ lean, isQuestion }: Said): number {
  const plain = lean.replace(NEUTRAL, ' ');
  let sum = 0;
  for (const hit of plain.matchAll(GOOD))
    sum += FLIPPED.test(plain.slice(Math.max(0, hit.index - 26), hit.index)) ? -1.1 : WARM.test(hit[0]) ? 1.4 : 0.9;
  for (const hit of plain.matchAll(BAD)) sum += FLIPPED.test(plain.slice(Math.max(0, hit.index - 26), hit.index)) ? 0.5 : -1;
  for (const _ of plain.matchAll(STUCK)) sum -= 0.9;
  // A question asks; it seldom feels.
  return isQuestion ? sum * 0.6 : sum;
}

const FLIPPED =
  /\b(?:not|no|never|without|nothing|nobody|hardly)(?: (?:ever|a|an|the|that|too|so|very|really|all|any|as|be|been|have|had|much|to))* $/;
const GOOD =
  /\b(?:love|loved|loves|lovely|great|excellent|amazing|awesome|fantastic|impressive|impressed|perfect|perfectly|wonderful|brilliant|helpful|happy|glad|excited|exciting|appreciate|thank|thanks|good|nice|cool|interesting|interested|compelling|useful|valuable|easy|easier|best|better|pleased|delighted|thrilled|promising|neat|solid|beautiful|incredible|outstanding|recommend|enjoy|enjoyed|like (?:that|this|it|the|your|how|what)|sounds (?:good|great|right|perfect)|works (?:great|well|perfectly|for (?:me|us))|makes sense|exactly|game ?changer|wow|fair enough|forward to|on board|confident|comfortable|agree|agreed|smart|success|successful|improved|improvement|grew|doubled|tripled|win|wins|winning|reasonable|affordable|trust you|kind|fun|hope|helps|helped|yes please|of course|absolutely|sure|ready|go ahead|move forward|deal)\b/g;
const WARM =
  /love|amazing|awesome|fantastic|excellent|impress|perfect|thrilled|delighted|brilliant|incredible|game ?changer|outstanding|best|wow|excited/;
const BAD =
  /\b(?:bad|badly|worse|worst|terrible|horrible|awful|poor|hate|hated|hates|annoy\w*|frustrat\w*|disappoint\w*|angry|upset|unhappy|dissatisfied|problem|problems|issue|issues|trouble|struggl\w*|difficult|difficulty|hard|tough|pain|painful|pains|headache|nightmare|mess|messy|slow|slows|broken|breaks|broke|bug|bugs|buggy|fail\w*|crash\w*|lose|loses|losing|lost|loss|waste|wasted|wasting|wasteful|expensive|pricey|overpriced|costly|steep|worr\w*|concern\w*|afraid|scared|nervous|skeptical|hesitant|doubt\w*|risk|risky|confus\w*|complicated|complex|clunky|manual|manually|tedious|unfortunately|sadly|sorry|complain\w*|overwhelm\w*|stuck|behind|missed|missing|miss|mistakes?|errors?|inaccurate|outdated|inefficient|bottleneck|burned|burnt|churn\w*|cancel\w*|quit|leaving|drop(?:ped|ping)|declin\w*|lack\w*|tired|stress\w*|chaos|chaotic|scam|ridiculous|unacceptable|useless|downtime|delay\w*|late|overload\w*|drown\w*|limited|tight|cut|cuts|blame|refund|disaster|not interested|stop calling)\b/g;
/** Pain told without a single dark word. */
const STUCK =
  /\b(?:takes? (?:us )?(?:forever|ages|hours|days|weeks|too long|so long)|hours (?:a|per|every|each) (?:day|week|month)|all over the place|fall(?:s|ing)? through the cracks|slip(?:s|ping)? through|no (?:visibility|way to|idea|time|budget)|too (?:much|many|long|high|late|slow)|spreadsheets?|can not (?:see|find|keep|get|tell|track|trust|afford|scale|justify)|do not (?:have (?:a|any|enough|time|visibility)|know (?:where|what|who|why|how)|trust|see|need|want)|not (?:working|happy|ideal|great|good|sure|enough|worth|convinced|ready|now)|by hand|barely|keep up|copy(?:ing)? and past\w*|half (?:our|the|my) (?:day|time|week)|whole (?:mornings?|days?|afternoons?)|twice what|out of (?:our|my) (?:budget|range))\b/g;
const NEUTRAL =
  /\b(?:good (?:morning|afternoon|evening|question)|no (?:problem|worries)|not (?:a )?(?:bad|problem)|thank you for (?:calling|your (?:time|call))|how are you|hard drive|hardware|nice to meet you|make sure|sure thing|for sure|not sure|late(?:r|st)|best regards|what is the best|like to|feel like|looks like|something like|things like|on behalf|good for now|better understand|best (?:way|time|number|email|person)|more manual work for (?:me|us)|issue (?:a|the)|loss prevention|complex needs)\b/g;
