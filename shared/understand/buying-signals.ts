import type { BuyingType } from '../contracts/insight.ts';
import { bestOfTurn, type Cue, type Found } from './cue.ts';
import { isReported, isToday, turnedRound } from './guards.ts';
import type { Said } from './said.ts';

/** What says that the customer is coming nearer, one of each type an utterance. A rep sends no buying signals. */
export function buyingSignals(said: readonly Said[]): Found<BuyingType>[] {
  return bestOfTurn(said.filter((one) => one.utterance.role !== 'rep').flatMap(inSentence));
}

function inSentence(said: Said): Found<BuyingType>[] {
  const { lean } = said;
  if (lean === '' || isReported(lean)) return [];
  const scale = said.utterance.role === 'customer' ? 1 : 0.7;
  const found: Found<BuyingType>[] = [];
  const add = (type: BuyingType, confidence: number): void => {
    if (!found.some((one) => one.type === type)) found.push({ type, said, confidence: confidence * scale });
  };
  for (const cue of cues) {
    const hit = cue.re.exec(lean);
    if (!hit || turnedRound(lean, hit.index) || UNREAL.test(lean)) continue;
    if (cue.type === 'praise' && (said.isQuestion || POLITE.test(lean) || isToday(lean) || isMereAssent(lean, hit.index))) continue;
    if ((cue.type === 'request' || cue.type === 'commit') && DISMISSES.test(lean)) continue;
    if (cue.type === 'budget' && CAPPED.test(lean)) continue;
    if (cue.type === 'purchase_q' && RESISTS.test(lean)) continue;
    if (
      cue.type === 'purchase_q' &&
      !said.isQuestion &&
      !asksBare(said, hit[0]) &&
      !/\b(?:wondering|curious|want to know|like to know|tell me)\b/.test(lean)
    )
      continue;
    add(cue.type, cue.confidence);
  }
  if (assents(said)) add('commit', 0.8);
  return found;
}

/** "Excellent." and "sounds good" say that somebody listens; what is granted before a "but" makes room for what comes after it. */
const isMereAssent = (lean: string, at: number): boolean =>
  /^[a-z']+(?: [a-z']+)?$/.test(lean) ||
  /^(?:(?:okay|yes|well|oh|and|so|fine|that|this|it|all) ){0,3}(?:sounds|looks) (?:good|great|perfect|nice)$/.test(lean) ||
  / (?:but|however|though|although) /.test(lean.slice(at));

/** A yes counts when the rep's last words offered a step forward. */
function assents(said: Said): boolean {
  if (!said.opens || !ADVANCE.test(said.before) || COURTESY.test(said.before)) return false;
  return YES.test(said.full) && !/\b(?:but|not|no|if|unless|maybe|depends)\b/.test(said.full);
}

const cue = (type: BuyingType, confidence: number, re: RegExp): Cue<BuyingType> => ({ type, re, confidence });

const cues: readonly Cue<BuyingType>[] = [
  cue(
    'commit',
    0.9,
    /\b(?:lets|let us) (?:do (?:it|this|that)|go(?: ahead| forward| for it| with)?(?! (?:over|through|back))|move (?:forward|ahead|on it)|get (?:started|going|it done|this done|this going|the ball)|book|schedule|set (?:it|that|this|up|something)|proceed|start|sign|meet|plan (?:for|on|that)|try|give (?:it|this|that) a|make it happen|lock it in|put (?:it|something|that) (?:in|on)|talk (?:again|next|then|on|tomorrow)|connect|reconnect)\b/,
  ),
  cue(
    'commit',
    0.9,
    /\b(?:i|we) (?:(?:will|would|am|are|want|would like|would love|have decided|decided|plan|intend) (?:to |going to |probably |likely |gladly |happily |then |also |all |happy to |ready to |keen to |willing to |glad to |like to |love to |looking to |excited to |prepared to |be happy to |be glad to )*)(?:go ahead|move (?:forward|ahead)|go forward|proceed|buy|order|purchase|take (?:it|two|three|one|the|that)|sign(?: up)?\b|renew\w*|upgrade|start(?: with)?|get started|pilot|try (?:it|this|that|the)|give (?:it|this|that) a|go with|donate|join|enroll|subscribe|commit|book|come back(?! to)|switch(?: (?:over|to you|back))?\b|stay(?: with you)?$|expand|roll it out|give you|do (?:it|that|the (?:demo|trial|pilot|call))|attend|be there|schedule|set up)\b/,
  ),
  cue(
    'commit',
    0.85,
    /\b(?:sign (?:me|us) up|count (?:me|us) in|(?:i am|we are) (?:in|sold|on board|convinced)(?:$| (?:on|lets|so|then))|where do (?:i|we) sign|you have (?:got )?a deal|it is a deal|deal$|consider it done|put (?:me|us) down|send (?:me|us|over) the (?:contract|agreement|paperwork|order form|invoice|invite|link)|definitely renew\w*|^renewing|ready to (?:go|sign|buy|move|start|commit)|happy to (?:move|proceed|sign|meet|hop|jump|try|do (?:it|that))|ready when you are|(?:i am|we are|i would be|we would be|yes)(?: [a-z]+)? (?:interested|open to (?:it|that|this|a|seeing|trying|meeting))|i will take (?:it|that|one|two)|please do(?! not))\b/,
  ),
  cue(
    'commit',
    0.8,
    /\b(?:(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|morning|afternoon|evening|noon|\d{1,2}(?: ?(?:am|pm))?|ten|eleven|one|two|three|four|that time|next week|either)(?: (?:at )?\d{1,2})? (?:works|work|should work|would work|is (?:good|fine|perfect|great|okay)|sounds (?:good|great|perfect))(?: (?:for|best|well|great|perfectly|fine|with)|$)|(?:that|it) (?:works|should work|would work)(?: (?:for|best|well|great|perfectly|fine|with)|$)|works for (?:me|us)|i am (?:free|available|open) (?:on |at |after |from )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow|then|next|this|\d)|see you (?:then|on|tomorrow|next|there)|(?:looking|look) forward to (?:it|seeing|the|our|working|getting))\b/,
  ),
  cue(
    'commit',
    0.75,
    /\b(?:we can (?:start|do that|move forward|go ahead|make that work|proceed)|i can (?:do|make) (?:that|monday|tuesday|wednesday|thursday|friday|it)|that (?:would|will) work|^(?:yes|sure|okay|great|perfect)(?: [a-z]+){0,2} (?:lets|go ahead|please do|do it|send it|set it up|book it|i would (?:love|like) (?:that|to)|that works|we can do that|i am in|please send))\b/,
  ),

  cue(
    'commit',
    0.75,
    /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next week|morning|afternoon|(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th)))(?: [a-z0-9]+){0,4} (?:works|(?:is|are|should be|would be|sounds) (?:fine|good|best|okay|perfect|great))\b|\bput (?:it|that|me|us|something) (?:in|on|into|down in) (?:my|the|your|our) (?:calendar|plan|list|diary|schedule)\b|\ba (?:[a-z]+ )?(?:trial|demo|pilot|test|meeting|call|walkthrough) (?:would|might|could|sounds|makes?) ?(?:make sense|be (?:good|great|helpful|nice|fine|useful)|good|great|sense|work)\b|\blets (?:switch|turn|add|put|take|lock|make|get (?:it|this|that|you|us|the)|see it|have)\b|\b(?:i|we) (?:will|would) place (?:the|an|my|our) order\b|\bmy signature\b|\b(?:i|we) (?:can|will) be there\b|\breasons? not to\b|^(?:fine |okay |sure |yes |alright |well )*why not\b|\b(?:i|we) will (?:come|pick it up|get it) (?:tonight|tomorrow|today|on|at|by)\b/,
  ),
  cue(
    'commit',
    0.75,
    /\b(?:(?:you|we) (?:have |got )*(?:yourself )?a deal|it is a deal|^sold$|^agreed\b|i accept|we accept|i can (?:pick (?:it|them|that) up|come (?:by|get it|over and)|pay (?:cash|today|you))|cash in hand|(?:looks|sounds) like (?:we|you) have a deal|(?:i am|we are) (?:willing|prepared) to (?:try|give it|go|move|start|do|commit|sign)|^(?:[a-z]+ )?(?:very )?interested(?:$| but| in\b| though| however)|pencil (?:us|me|it) in|make it official|get (?:this|it|that) (?:signed|started|going|rolling|set up)|let me know (?:where to sign|when we can start|what you need from))\b/,
  ),

  cue(
    'praise',
    0.85,
    /\b(?:this|that|it|you|your [a-z']+(?: [a-z]+)?|the (?:demo|product|platform|tool|team|features?|dashboard|interface|support|onboarding|service|results|presentation|integration|reporting|system|software|app|offer|whole thing|[a-z]+ (?:feature|view|part|piece|dashboard)))(?: [a-z]+)? (?:is|are|was|were|looks?|sounds?|seems?|feels?|has been|have been)(?: (?:a|an|one of the|the|so|such|exactly|much|by far|all|also|been|such a|most))* (?:great|excellent|amazing|awesome|impressive|fantastic|helpful|useful|interesting|perfect|compelling|brilliant|wonderful|comprehensive|valuable|neat|beautiful|lovely|powerful|incredible|outstanding|promising|exciting|attractive|refreshing|clever|slick|intuitive|game ?changer|lifesaver|what (?:we|i) (?:need|want|were|are)|right up|spot on|ideal|terrific|superb|remarkable|phenomenal|thorough)\b/,
  ),
  cue(
    'praise',
    0.8,
    /\b(?:your [a-z']+(?: [a-z]+)?|the (?:demo|product|platform|tool|features?|dashboard|interface|support|onboarding|service|results|presentation|integration|reporting|system|software|app|offer))(?: [a-z]+)? (?:is|are|was|were|looks?|sounds?|seems?|feels?|has been|have been)(?: (?:a|an|the|so|such|all|also|been|much|far))* (?:good|nice|cool|smart|solid|easy|simple|better|best|clean|strong|fast|reliable|fair|reasonable)\b|^(?:(?:well|okay|yes|oh|wow|and|honestly) )*(?:that|this|it)? ?(?:sounds?|looks?) (?:good|great|interesting|promising|perfect|amazing|awesome|fantastic|useful|nice)(?:$| (?:to me|so far|and|thank|i|we))/,
  ),
  cue(
    'praise',
    0.85,
    /\b(?:(?:i|we|my team|the team|everyone|our [a-z]+)(?: (?:do|have|all|also))* (?:love|loved|loves|like|liked|likes|enjoy|enjoyed) (?:this|that|the|how|your|it|what|using|working|everything)|(?:am|are|was|were|very|so|quite|been|pretty) impressed|impressed (?:with|by)|blown away|(?:exactly|just|precisely) what (?:we|i)|big fan|huge fan|(?:oh )?(?:wow|brilliant|fantastic|awesome|amazing|impressive|incredible|excellent)(?: (?:that is|i|we|so|this|okay)|$)|oh (?:nice|cool|great|neat)|game ?changer|life ?saver|(?:one of the|the|by far the) best (?:[a-z]+ ){0,3}(?:i|we|in)\b|saved us|happy with (?:you|your|it|how|this|everything|the (?:service|product|results|support|platform))|exceeded|thrilled|delighted|could not be happier|rooting for you|recommend(?:ed)? (?:you|it|this)|makes? (?:a (?:huge|big|real) difference|(?:perfect|total|a lot of) sense)|made (?:a|all the) (?:huge |big |real )?difference|works? (?:great|perfectly|beautifully|like a charm)|see the value|you (?:guys )?(?:delivered|nailed|really get|have thought))\b/,
  ),
  cue(
    'praise',
    0.75,
    /\b(?:sounds?|looks?|seems?) (?:like )?(?:a |an )?(?:great|cool|interesting|useful|helpful|promising|amazing|awesome|fantastic|handy|convenient|appealing|impressive|neat|smart|exciting|intriguing|valuable|powerful|ideal|lovely|brilliant|way (?:better|easier)|much (?:better|easier)|(?:good|great|nice|perfect) (?:fit|deal|option|idea|solution|product|tool|way|feature|system|plan|offer))\b|\b[a-z]+(?:s|ing|ion|ity|ics|ment|feature|part|side|idea|thing|view) (?:sounds?|looks?|seems?) (?:good|nice|great|solid|easy|simple)\b|\b(?:it|this|that|she|he) (?:is|was)(?: (?:a|an|in|such|one))* (?:exceptional|gorgeous|stunning|superb|lovely|sweet|great shape|good shape|great condition|good condition|excellent condition|nice (?:car|table|bike|place|one|piece|feature|tool))\b/,
  ),
  cue(
    'praise',
    0.75,
    /\b(?:see (?:the|a lot of|some|real|your|where the|how (?:this|that|it) (?:could|would|can|might)(?: [a-z]+)?)(?: [a-z]+)? ?(?:potential|value|benefits?|appeal|upside|advantages?|help|save|work|fit)|you (?:guys |have |all )*(?:helped|saved|doubled|tripled|turned|delivered|solved|nailed|got us|gave us|made (?:my|our|it|this)|walked us)|(?:doubled|tripled|quadrupled|boosted|transformed|cut|improved|increased|reduced)(?: [a-z']+){0,2} (?:our|my)|the only (?:one|ones|vendor|company|tool|agency|people) (?:that|who|which)|better than (?:the|what|any|anything|our|my|most|everything)|makes? (?:it|things|life|my (?:job|life)|our (?:job|life|lives)) (?:so |a lot |much )?(?:easier|simpler)|(?:been|works?|worked|runs?) (?:so |really )?(?:great|wonderful|smoothly|well|beautifully|perfectly)(?: for (?:us|me))?$|(?:big|huge|major) (?:plus|improvement|win|help|help for us)|that (?:would|will|could) (?:solve|fix|save|help|be (?:a lot|so much|much) easier)|this is (?:exactly |just )?(?:what|the kind))\b/,
  ),
  cue(
    'praise',
    0.65,
    /\bno complaints\b|\b(?:nobody|no one|none of us)(?: [a-z]+){0,2} wants? to go back\b|\bknows? what (?:he is|she is|they are|you are) doing\b|\bknow what you are doing\b|\b(?:that|it|this) is (?:a |an )?(?:decent|generous|clever|different|(?:good|great|nice|fair|smart) (?:start|model|way|approach|offer|setup|touch|system|concept))\b|\bwould (?:probably )?love (?:it|that|this|to have)\b|\b(?:our|the) (?:last|old|current|other) (?:tool|one|vendor|system|agency|provider|software)(?: [a-z]+)? (?:could not|can not|never|did not|does not) (?:do|have|offer|show|tell|give|mention)\b|\bit has been (?:good|great|fine|wonderful|smooth)\b|\bwhy we are talking to you\b|\b(?:big|huge) fan\b/,
  ),
  cue(
    'praise',
    0.6,
    /^(?:oh |wow |okay |very |that is |well |now that is |huh )*(?:interesting|impressive|clever|neat|brilliant|intriguing|love it|fancy)(?:$| (?:and|so|how|okay|idea|i|we|the|that))/,
  ),
  cue(
    'praise',
    0.75,
    /\b(?:this|that|it|your [a-z']+|which)(?: [a-z]+)? (?:would|could|will|can|is going to|might)(?: [a-z]+)? (?:help (?:us|me|our|a lot|with)|save (?:us|me|our|so|a lot|hours|time)|reduce|solve|make (?:(?:a|my|our) (?:big |huge |real )?(?:difference|life|lives|job)|things|it (?:so )?(?:much )?easier)|change everything|be (?:a )?(?:huge|massive|amazing|fantastic|game ?changer|valuable))\b/,
  ),

  cue(
    'purchase_q',
    0.85,
    /\b(?:how much (?:is|does|do|would|will|are|for|per)|what (?:is|are|would|does|do|will|kind of|sort of|about)(?: [a-z']+){0,5} (?:price|prices|pricing|cost|costs|fee|fees|rate|rates|charge|discount|discounts|contract|payment|commitment|investment|minimum|plans?|packages?|tiers?|trial)|how (?:is|are|does)(?: [a-z']+){0,3} (?:priced|charge[ds]?|billed|billing|pricing)|(?:is|are) there(?: [a-z']+){0,3} (?:free trial|trial|discount|contract|minimum|set ?up fee|fee|fees|pilot|guarantee|payment plan|cost|charge)|do you (?:offer|have|do|provide|give)(?: [a-z']+){0,3} (?:discounts?|trials?|pilots?|payment|monthly|annual|financing|volume|nonprofit|contracts?|packages?|plans?|guarantee))\b/,
  ),
  cue(
    'purchase_q',
    0.85,
    /\b(?:how (?:long|soon|quickly|fast)(?: [a-z']+){0,6} (?:take|takes|live|started|start|running|implement\w*|onboard\w*|set ?up|setup|rolled|deploy\w*|deliver\w*|contract|commitment|trial|ship)|when (?:can|could|would|will|do) (?:we|i|you|it|this)(?: [a-z']+){0,2} (?:start|go|begin|get|launch|have|expect|deliver|sign)|what (?:is|are|would be|happens)(?: the)?(?: [a-z]+)? (?:next|next steps?|timeline|process|procedure|lead time|turnaround)|how (?:do|would|can|could) (?:we|i) (?:get started|sign|pay|buy|order|proceed|start|move forward|purchase|go about|donate)|what (?:do|would) (?:you|we|i) need (?:from (?:us|me)|to (?:get|start|sign|do))|what does(?: the)? (?:onboarding|implementation|rollout|contract|process|timeline|set ?up|pilot|trial)(?: process)? (?:look|involve|include|cost))\b/,
  ),
  cue(
    'purchase_q',
    0.75,
    /\b(?:can (?:we|i) (?:start|pay|try|get a (?:trial|discount|quote|demo)|do a (?:trial|pilot)|have a (?:trial|demo|discount)|test|cancel|add|upgrade|buy|begin|switch)|could (?:we|i) (?:start|try|pilot|get a|do a (?:trial|pilot)|test)|is (?:it|that|there|this)(?: [a-z]+){0,2} (?:per (?:user|seat|month|year|person|agent)|monthly|annual|billed|included|extra|a one time|month to month)|what is included|does (?:that|it|the price) include|where (?:can|do|could) (?:we|i) (?:buy|order|sign|pay|donate|start))\b/,
  ),

  cue(
    'purchase_q',
    0.7,
    /\bwhat (?:do|would|did|will) (?:we|i|you) (?:owe|pay|say per|charge|need to pay)\b|\bwhat (?:does|would|will|did) (?:it|that|this|they|the [a-z]+) (?:come to|add up to|run|amount to)\b|\b(?:would|do|will) (?:we|i) (?:pay|have to pay|be charged|be billed)\b|\bfor (?:that|this) price (?:we|i|do|would|is)\b|\bis (?:it|that|this) (?:in|part of|covered by|included in|on top of) (?:our|the|my|that|this) (?:plan|price|package|contract|fee)\b|\bwhen (?:could|can|would) you (?:put|install|start|begin|do|come|deliver|send|have)\b|\bwhat (?:do we do|happens|comes|is the plan) next\b|\bdid the (?:premium|price|rate|cost|fee) (?:change|go up|increase)\b|\b(?:could|can) we (?:drop|add|change|reduce|downgrade|pay|split|spread)\b|\b(?:is|are) (?:freight|shipping|delivery|support|training|installation|set ?up|maintenance|updates?)(?: [a-z]+){0,3} (?:included|extra|free|on you|on us)\b|\b(?:freight|shipping|delivery) is that\b|\byou are asking\b|\bwhat payment terms\b|\bwhich payment terms\b/,
  ),
  cue(
    'purchase_q',
    0.7,
    /\bhow (?:does|do|is|are|would) (?:the |your )?(?:[a-z]+ )?(?:pricing|billing|payments?|contracts?|trials?|onboarding|licens\w+|implementation|subscription)s? (?:work|look|structured|handled|go)\b|\bis (?:it|this|that|the [a-z]+) (?:available|for sale)\b|\bwhen (?:can|could|would) (?:i|we|you) (?:see|pick|come|get|look|install|ship|deliver|begin|be (?:up|live|ready))\b|\b(?:do|can|could|would|will) (?:i|we|you) (?:get|have|offer|include|throw in|do)(?: (?:a|any|some|an|the))? (?:discount|trial|demo|sample|delivery|warranty|guarantee|refund|payment plan|monthly plan|installments?)\b|\bwhat (?:would|will|does|is|are)(?: [a-z']+){0,4} (?:run|set) (?:me|us) back\b|\bwhat (?:are we|am i|would we be) (?:talking|looking at)\b|\bwhat (?:kind|type|sort) of (?:price|pricing|contract|budget|investment|cost|commitment)\b|\bwho pays\b|\bhow (?:soon|quickly|fast|long)(?: [a-z']+){0,4} (?:get|have|see|be|until|before|arrive|here|ready|begin|need)\b/,
  ),
  cue(
    'purchase_q',
    0.7,
    /^(?:(?:and|so|okay|well|alright|great|cool|but|what about|how about|what is|what are|the|your|then|also|any|is there|are there|like|roughly) )*(?:price|prices|pricing|cost|costs|fees?|rates?|contract|payment terms|timeline|delivery time|warranty|setup fee|monthly fee|total|damage)(?: (?:then|like|roughly|for (?:that|this|us|all of that)|per (?:user|month|seat|year)|a month|look like))*$/,
  ),

  cue(
    'request',
    0.85,
    /\b(?:(?:can|could|would|will) you(?: (?:please|also|maybe|possibly|go ahead and))* (?:send|share|email|forward|provide|put together|prepare|draft|give|get|show|mail|text|shoot)(?: (?:me|us|over|that|it|this|those|my|our|the|a|an|some|along|across|[a-z']+)){1,7}|(?:please |^|and |then |yes |sure |okay )(?:send|email|forward|share|shoot|text) (?:me|us|it|that|over|the|your|a|some)|(?:i|we) (?:would|will)(?: also| really)? (?:like|love|want|need|appreciate)(?: [a-z']+){0,4} (?:proposal|quote|demo|trial|references?|case stud(?:y|ies)|contract|documentation|docs|information|details|breakdown|sample|example|copy|agreement|estimate|presentation|walkthrough|pilot|brochure|whitepaper|report)|do you have(?: [a-z']+){0,3} (?:references?|case stud(?:y|ies)|examples?|documentation|customers (?:like|similar|in)|brochure|documents?|one pager|website|literature)|(?:need|want) (?:a|an|the|your|to see (?:a|the|some))(?: [a-z']+){0,2} (?:proposal|quote|contract|demo|references?|breakdown|agreement|estimate|case stud(?:y|ies)|security (?:docs|report|questionnaire)|sow|statement of work))\b/,
  ),

  cue(
    'request',
    0.7,
    /\b(?:could|can|would) you (?:also |please )?quote (?:me|us)\b|\b(?:do you have|have you got|have you|got)(?: (?:any|some|the|that|a few|anything))+(?: [a-z]+){0,3} (?:look at|in writing|papers|figures|numbers|photos|pictures|proof|data on|data sheet|price list|show (?:me|us|them|him|her))\b|\b(?:the|your) price list (?:as well|too|please)\b/,
  ),
  cue(
    'urgency',
    0.7,
    /\b(?:has|have|needs?) to be (?:up |all )?(?:running|live|done|ready|in place|here|working|finished)(?: [a-z]+){0,3} (?:by|before|in|until)\b|\b(?:runs?|running) out (?:at|in|on|by|next|this|soon)\b|\bin place (?:before|by)\b|\bneed (?:the|it|them|this)(?: [a-z]+){0,4} in (?:two|three|four|five|six|\d+) (?:days|weeks)\b/,
  ),
  cue(
    'urgency',
    0.8,
    /\b(?:asap|as soon as (?:possible|we can|you can)|urgent(?:ly)?|immediately|right away|sooner the better|the sooner|can not wait|time (?:is of the essence|sensitive)|yesterday would|(?:need|want|have to|must|hoping|like|looking)(?: [a-z']+){0,8} (?:by|before|in time for) (?:the )?(?:end of|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december|next|monday|tuesday|wednesday|thursday|friday|year end|holidays|summer|season|audit|launch|then)|deadline|need (?:this|it|something|a solution|that) (?:now|fast|quickly|soon|live|in place|up and running|this (?:week|month|quarter)))\b/,
  ),
  cue(
    'authority',
    0.85,
    /\b(?:(?:it is|that is|this is) (?:my|our) (?:decision|call|budget)|i am the (?:decision maker|one who (?:decides|signs|makes)|owner|final|person who)|i (?:make|own|have|hold|control) (?:the|all the|those|that|these)(?: [a-z]+)? (?:decisions?|budget|authority|final say|call|purse)|i (?:can|am able to|am authori[sz]ed to) (?:decide|sign|approve|make (?:the|that|this))|i do not need (?:anyone|approval|permission)|i sign (?:off|the)|(?:my|the) (?:boss|cfo|ceo|board|team|manager|leadership) (?:has |have |is |are |already )+(?:approved|signed off|on board|given|in favor|agreed|said yes|excited))\b/,
  ),
  cue(
    'budget',
    0.7,
    /\b(?:price|pricing|cost|number|fee)(?: [a-z]+){0,3} is (?:okay|fine|fair|good|reasonable)\b|\$?\d\S*(?: [a-z]+){0,3} is (?:fair|reasonable|doable|fine with|okay with)\b|\bworks for (?:our|my) budget\b/,
  ),
  cue(
    'budget',
    0.85,
    /\b(?:(?:we|i) (?:do )?(?:have|got|set aside|allocated|earmarked|put aside|can spend|are able to spend|have (?:set aside|allocated|got|approved))(?: [a-z$\d.,]+){0,6} (?:budget|budgeted|set aside|allocated|for this)|budget (?:is|of|around|about|approved|allocated|set aside|would be|for (?:this|it) is)(?: (?:around|about|roughly|up|between|approved|there|in place|not an issue|\$?\d\S*))+|(?:within|in|inside|under|fits?|into) (?:our|my|the) (?:price range|range|budget)|(?:price|cost|pricing|number|rate|figure)(?: [a-z]+)? (?:is|are|seems|sounds|looks|works)(?: [a-z]+)? (?:reasonable|fair|affordable|doable|manageable|okay|fine|competitive|within|a good deal)|(?:that|it)(?: (?:is|seems|sounds|looks))(?: [a-z]+)? (?:reasonable|affordable|competitive|a good deal|within reach)|(?:cheaper|less|lower|better) than (?:i|we) (?:thought|expected|feared|pay|are paying)|(?:good|great|fair) (?:price|deal|value)|we can (?:afford|swing|spend|pay)|willing to (?:pay|spend|invest)|budget is not (?:a|an) (?:problem|issue|concern)|money is not (?:a|an) (?:problem|issue))\b/,
  ),
  cue(
    'need',
    0.7,
    /\b(?:i|we|my (?:wife|husband|team|daughter|son|boss))(?: (?:would|do|will|also|definitely))* (?:love|like|want|wants|need|needs|would love) to (?:have|own|buy|get|try|use|see)(?: a| the)?(?: [a-z]+)? (?:this|it|that|one|in action|demo|yours)\b|\b(?:i|we) (?:would |do )?want (?:it|this|that one|this one|the [a-z]+ (?:plan|package|version|one))\b|\b(?:been (?:looking|searching|hunting) for|in the market for|looking for) (?:something like|exactly|one like|one of|a (?:tool|system|solution|partner|vendor|way))\b/,
  ),
  cue(
    'need',
    0.75,
    /\b(?:(?:we|i) (?:are|am|have been) (?:actively |definitely )?(?:in the market|looking to (?:buy|purchase|replace|upgrade|switch))|that is (?:exactly )?(?:the (?:kind|type|sort) of (?:thing|tool|solution)|what) (?:we|i) (?:need|are looking for|have been looking for|were looking for)|(?:we|i) (?:need|could use) (?:this|something like (?:this|that|it))|(?:we|i) (?:desperately|badly|urgently) need)\b/,
  ),
];

/** "Good question" praises the question. */
const POLITE =
  /\b(?:good|great|fair|interesting|excellent) (?:question|point|morning|afternoon|evening|day|luck|weekend|to (?:hear|know|meet|see|talk|speak|connect)|talking|chatting|meeting|idea to ask|one)\b|\bnice (?:to|meeting|talking|day|weekend)\b|\b(?:i|we) (?:am|are) (?:doing )?(?:good|great|fine|well)\b|\b(?:have|had) a (?:great|good|nice)\b|\bthat is (?:fine|okay|good|great)$|\b(?:would|could) (?:like|love|appreciate) (?:that|to|it)\b/;
/** Speech without marks shows its questions by their first word alone. */
const asksBare = ({ lean, utterance }: Said, words: string): boolean =>
  BARE_ASK.test(lean) ||
  (!/[.?!]/.test(utterance.text) && /^(?:how|what|when|where|which|who|is|are|do|does|did|can|could|would|will)\b/.test(words));
/** Asked in a few words: "and pricing". */
const BARE_ASK =
  /^(?:(?:and|so|okay|what about|how about) )+(?:the |your )?(?:price|pricing|cost|costs|contract|fees?|timeline)(?: (?:then|like))?$/;
/** A question that pushes back is no purchase question. */
const RESISTS = /\b(?:too (?:much|expensive|high|long)|expensive|hidden|worried|concerned|afraid|justify|what if|catch)\b/;
const UNREAL =
  /\bif (?:i|we) (?:am|are|were|was) interested\b|\b(?:would have|could have|should have|if only|wish)\b(?!.*\b(?:upgraded|stayed|bought|renewed)\b)/;
/** A budget held against the price is a limit. */
const CAPPED = /^but |\bbut (?:my|our|the|i|we)\b|\bnot (?:set|put) aside\b/;
const DISMISSES = /\bif (?:i|we) (?:am|are|get|become) interested\b|\bnot interested\b|\b(?:and|then) (?:i|we) will (?:see|think)\b/;
const ADVANCE =
  /\b(?:schedule|book|set up|meet|meeting|demo|trial|pilot|proposal|start|get started|next step|move forward|go ahead|sign|contract|invite|calendar|call (?:you|back|with|on|next|tomorrow)|send (?:you|over|it|that|the|a)|monday|tuesday|wednesday|thursday|friday|tomorrow|next week|interested in|sign up|donate|order|buy|upgrade|renew|join|come back|proceed|give it a try|would you (?:like|be (?:open|interested|willing|able))|does that work|sound good|work for you)\b(?!.* (?:recorded|recording)).*\?|\blets (?:meet|schedule|book|plan|do|set|talk)\b/;
const COURTESY =
  /\b(?:record(?:ed|ing)?|transcribed|can i ask|may i ask|ask you|a few questions|hear me|see my screen|share my screen|good time|have a (?:minute|moment|second)|make sense|any (?:other )?questions|how are you)\b/;
const YES =
  /^(?:(?:yes|sure|okay|absolutely|definitely|perfect|great|of course|certainly|sounds (?:good|great|perfect)|that works|fine|alright|all right|i would|we would|happy to|please|love to|why not|lets do it|by all means|gladly|works|good|excellent|awesome|yes please|that would be (?:great|good|perfect|fine|helpful|fantastic|wonderful|nice)|i would (?:love|like) (?:that|to)|i could do that|we could do that|i am interested|thank you|thanks|go ahead)(?: |$))+(?:[a-z0-9']+(?: |$)){0,6}$/;
