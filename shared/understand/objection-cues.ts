import type { ObjectionType } from '../contracts/insight.ts';
import type { Cue } from './cue.ts';

const cue = (type: ObjectionType, confidence: number, re: RegExp, whole = false): Cue<ObjectionType> => ({ type, re, confidence, whole });
const whole = (type: ObjectionType, confidence: number, re: RegExp): Cue<ObjectionType> => cue(type, confidence, re, true);

/** Ways to push back that name their own reason. Lean text: no contractions, no punctuation, no emphasis words. */
export const objectionCues: readonly Cue<ObjectionType>[] = [
  cue('price', 0.9, /\b(?:expensive|pricey|overpriced|costly|unaffordable|cost prohibitive|price ?y|sticker shock|rip ?off|exorbitant)\b/),
  cue(
    'price',
    0.85,
    /\b(?:price|pricing|cost|costs|fee|fees|rate|quote|figure|number|premium|subscription|investment|amount)(?: [a-z']+){0,4} (?:high|higher|steep|a lot|hard to|tough to|difficult to|over|above|beyond|out of|double|twice|triple|a stretch|too much|prohibitive|insane|crazy|a (?:problem|concern|worry|blocker|sticking point|shock)|an issue|an obstacle|hefty|heavy)\b/,
  ),
  whole(
    'price',
    0.85,
    /\b(?:can not|could not|will not be able to|not able to|unable to|do not think (?:we|i) can|not sure (?:we|i) can|can hardly|hard to|tough to|struggl\w+ to|difficult to) (?:afford|justify|defend|stretch|swallow|stomach)\b/,
  ),
  cue('price', 0.85, /\b(?:twice|double|triple|three times|2x|3x) (?:what|the (?:price|cost|rate)|as much|our|that|more)\b/),
  cue(
    'price',
    0.8,
    /\b(?:more|higher|less) than (?:what )?(?:we|i) (?:expected|wanted to (?:pay|spend)|planned|budgeted|pay|paid|are paying|hoped|thought|had in mind|can (?:pay|spend|afford)|have (?:to spend|budgeted|set aside)|could (?:pay|spend|afford)|were (?:expecting|planning|hoping|thinking))\b.*/,
    true,
  ),
  whole('price', 0.85, /\b(?:no|not|not have|have not|have not got|without|lack|zero)(?: [a-z']+){0,4} (?:budget|money|funds|funding)\b/),
  cue(
    'price',
    0.85,
    /\bbudget(?: [a-z']+){0,3} (?:tight|limited|cut|cuts|frozen|gone|spent|used up|allocated elsewhere|locked|small|constrained|constraints?|an issue|a (?:concern|problem|constraint)|under)\b/,
  ),
  cue(
    'price',
    0.8,
    /\b(?:tight|limited|small|over|outside|beyond|exceeds?|above|out of|blow|strict|shoestring)(?: (?:on|of|our|my|the|a|what we))* budget\b|\bbudget (?:cuts?|freeze|constraints?)\b|\bmoney is tight\b|\btight on (?:money|cash)\b/,
  ),
  whole(
    'price',
    0.8,
    /\b(?:price|pricing|cost|fee|number|numbers|that|economics|math)(?: [a-z']+){0,2} (?:did not|does not|do not|will not|would not) (?:make sense|work for|add up|fit)(?: [a-z']+){0,4}\b/,
  ),
  cue(
    'price',
    0.8,
    /\b(?:a lot of money|that much money|lot to (?:pay|spend|ask)|big (?:spend|investment|expense|ticket|jump)|hefty|steep|out of (?:our|my) (?:range|league|reach|price range)|pay (?:that|this|so) much|spend (?:that|this|so) much|too much (?:money|for (?:us|me|a|what|our))|(?:that is|it is|seems|sounds|feels) (?:a )?(?:lot|too much|high|too high|steep))\b/,
  ),
  cue(
    'price',
    0.75,
    /\b(?:come down|do (?:any )?better|wiggle room|flexib\w+|move|budge|negotiat\w+|lower|reduce|drop|discount|sharpen|knock)(?: [a-z']+){0,5} (?:price|pricing|cost|rate|fee|number|quote|discount)\b|\b(?:get|give (?:me|us)|need|want|like|looking for|expecting|hoping for|is (?:that|this) (?:the|your))(?: (?:a|the|us|me|your))* (?:better|lower|best)(?: [a-z]+)? (?:price|deal|rate|offer)\b|\bdo (?:any )?better\b|\bhow (?:flexible|firm|negotiable)\b|\b(?:knock|take) (?:something|some|a bit|\$?\d+\S*) off\b/,
  ),
  cue(
    'price',
    0.7,
    /\b(?:hidden (?:fees?|costs?|charges?)|extra (?:fees?|costs?|charges?)|(?:too|so) (?:high|much)$|for (?:that|this) (?:price|much|kind of money)|save (?:money|the money)|can get (?:it|this|that|one) (?:for less|cheaper))\b/,
  ),
  whole(
    'price',
    0.8,
    /\bnot(?: [a-z']+){0,3} (?:worth (?:it|the (?:money|price|cost|investment)|that|paying)|cheap|pay (?:that|this|for)|going to pay|spend (?:that|this|more)|willing to (?:pay|spend))\b/,
  ),
  cue(
    'price',
    0.7,
    /\bhow (?:can|do|could|would) (?:i|we) justify\b|\bjustif(?:y|ies) (?:the|that|this|such)(?: [a-z']+){0,2} (?:price|cost|premium|spend|investment|expense)\b/,
  ),

  cue(
    'price',
    0.7,
    /\b(?:initial|up ?front|big|large|huge|major|serious|significant|sizable|hefty|such an?|that kind of|this kind of|that sort of) (?:financial |money )?(?:investment|outlay|expenditure|expense|costs?|spend)\b|\b(?:a lot|too much|so much|quite something|a fortune)(?: [a-z']+){0,2} (?:up ?front|for (?:a (?:small|company|business|team|shop|firm)|one)|(?:per|a) (?:month|year|seat|user))\b|\b(?:a fortune|an arm and a leg|pretty penny|on the high side|up there in price|spendy)\b/,
  ),
  whole(
    'price',
    0.8,
    /\bnot(?: [a-z']+){0,3} (?:in (?:the|our|my|this year's) budget|budget(?:ed)? for|have (?:that|this) (?:kind|sort|much)(?: of)?(?: (?:money|cash|budget))?|set aside any|have \$?\d\S*)\b|\b(?:watch(?:ing)?|count(?:ing)?) (?:every|our|each) (?:dollar|penny|cent|euro|spend\w*|costs?)\b|\bevery (?:dollar|penny|cent) counts\b|\b(?:cash strapped|strapped for cash|budget crunch|cutting (?:back|costs)|cash flow (?:is|problem|issue)s?)\b/,
  ),
  cue(
    'price',
    0.75,
    /\b(?:have|need|able|got|try|trying|harder?|tough(?:er)?|how|easy|easier|going) (?:to|do i|do we|would i|can i) (?:be able to )?justify\b|\b(?:not sure|not certain|not convinced|question|wonder(?:ing)?|see|know) (?:if|whether|that|how) (?:it|this|that|the [a-z]+(?: [a-z]+)?)(?: [a-z']+){0,2} (?:is|are|would be|will be)(?: [a-z]+)? worth\b|\bis (?:it|this|that|all this)(?: [a-z]+)? worth (?:it|the|all|that|paying|spending)\b|\b(?:but|though|only) (?:the|what about (?:the )?|how about (?:the )?|those|your) ?(?:price|pricing|cost|costs|budget|expense|fees?)\b(?! (?:is|are|was|looks?|seems?|sounds?) (?:fine|good|okay|fair|great|reasonable))/,
  ),

  cue(
    'price',
    0.7,
    /\bwas (?:thinking|hoping) (?:more like|closer to|around|about|of|for)(?: [a-z]+){0,3} \$?\d\S*|\b(?:that is|it is) (?:a |an )?(?:[a-z]+ )?(?:jump|leap|increase|bump)\b|\b\$?\d\S*(?: (?:percent|dollars|a month|a year|each))? is (?:a lot|high|steep|too much|more than|a stretch)\b|\b(?:but|only|and) (?:my|our) (?:budget|limit|max) is\b|\bbudget is (?:only|around \$?\d\S* and)\b|\b(?:would|is) \$?\d\S* (?:be )?(?:okay|possible|enough)\b/,
  ),
  whole(
    'price',
    0.75,
    /\b(?:can not|could not|will not|not able to) (?:go|pay|offer|do|spend)(?: (?:that|any|much|so|quite))* (?:high|higher|up|over|above|beyond|more)\b|\bnot have (?:more|much more|any more|that much|this much)(?: (?:right now|now|to spend))?$/,
  ),

  // An offer back is push-back too.
  cue(
    'price',
    0.8,
    /\b(?:(?:would|could|can|will) you (?:guys )?(?:take|do|accept|go|consider|come|match|meet|lower|drop|manage)(?: [a-z']+){0,4} \$?\d|(?:how about|what about|what if (?:i|we) (?:gave|paid|offer\w*|did)|(?:i|we) (?:can|could|will|would)(?: only| just)? (?:offer|give|do|pay|go|spend))(?: [a-z']+){0,4} \$?\d|(?:lowest|least|best) (?:you|price|that you|offer)(?: [a-z]+)? ?(?:can|could|will|would|are|is)?|(?:most|max|maximum|highest)(?: amount| price)? (?:i|we|that i|that we)|(?:i|we) only have \$?\d|(?:hoping for|thinking (?:more|closer|around|about)|closer to|more like|somewhere around)(?: [a-z']+){0,3} \$\d|(?:go|come) (?:any )?(?:down|lower)|meet (?:me |us )?(?:in the middle|half ?way)|lower (?:it|the price|your)|(?:price|rate|fee|that|it) (?:negotiable|firm|flexible))\b/,
  ),

  whole(
    'timing',
    0.85,
    /\b(?:not|never)(?: [a-z']+){0,3} (?:right|good|best|great|ideal|perfect) (?:time|moment)\b|\b(?:bad|wrong|terrible|poor|awkward) (?:time|timing|moment)\b/,
  ),
  whole(
    'timing',
    0.8,
    /\bnot (?:(?:for )?(?:right )?now|yet|today|this (?:week|month|quarter|year)|at (?:this|the) (?:moment|time|point|stage)|ready(?: (?:to|for|yet))?|in a (?:position|place|hurry|rush)|looking to (?:change|switch|buy|make|do)|a (?:top )?priority|(?:our|my|the) (?:top )?priority|high on|until)\b/,
  ),
  cue(
    'timing',
    0.85,
    /\b(?:need|have|want|would like|going|like|let me|give me|take)(?: [a-z']+){0,4} (?:think (?:about|it|on|this|that|things)|sleep on|mull|digest|time to (?:think|decide|consider|process))\b|\b(?:will|would) (?:have to |need to )?(?:think (?:about|on|it over)|consider it|sleep on it)\b/,
  ),
  cue(
    'timing',
    0.8,
    /\b(?:hold off|on hold|put (?:it|this|that|things|everything) off|postpone|push (?:it|this|that) (?:back|out|to)|delay (?:it|this|that|the)|revisit|circle back (?:in|next|later|after)|wait (?:until|till|for|a|and see|on this)|hiring freeze|spending freeze)\b/,
  ),
  cue(
    'timing',
    0.8,
    /\b(?:too (?:soon|early)|timing (?:is|might|could|issue|would|feels)|other (?:priorities|projects|things (?:going|first))|(?:too much|a lot|so much) (?:going on|on (?:our|my) plate)|competing priorities|bigger (?:priorities|fish)|(?:busy|crazy|hectic) (?:season|period|time|month|quarter|week)|swamped|snowed under|in the middle of (?:a|an|our|another|the)|no (?:rush|hurry)|back burner|not urgent)\b/,
  ),
  cue(
    'timing',
    0.75,
    /\b(?:maybe|perhaps|probably|let us|lets|would be|try|call|reach out|talk|come back|check back|check in|get back|touch base|look at (?:it|this)|do (?:it|this))(?: [a-z']+){0,5} (?:next (?:year|quarter|month|fiscal|summer|spring|fall)|in (?:a few|six|three|a couple of|\d+|several) (?:months|quarters|years)|later (?:this|in|on|down)|down the (?:road|line)|another time|some other time|in the (?:future|new year)|after (?:the )?(?:holidays|summer|new year|christmas|quarter))\b/,
  ),
  whole(
    'timing',
    0.7,
    /\bnot(?: [a-z']+){0,3} realistic\b|\bnot(?: [a-z']+){0,2} had (?:a|the|any|much) (?:chance|time) to\b|\bcall (?:me|us) (?:again |back )?(?:after|in a few|in the|next)\b/,
  ),
  cue(
    'timing',
    0.7,
    /\bneed (?:some |a little |more |a few )?(?:more )?time\b|\b(?:until|till) (?:after|next|the (?:new|end)|january|february|march|april|june|july|august|september|october|november|december|q[1-4])\b/,
  ),

  cue(
    'authority',
    0.85,
    /\b(?:need|needs|have|has|had|want|wants|would|will|must|should|got|going|like|let me)(?: to)?(?: (?:first|also|probably|likely|still|have|need|want|like|to|go|be able))* (?:talk|speak|check|discuss|run|consult|loop|ask|clear|present|bring|take|confirm|convince|pitch|sell|involve|go back|get)(?: [a-z']+){0,5} (?:boss|manager|cfo|ceo|cto|coo|cio|ciso|vp|president|founder|partners?|cofounder|wife|husband|spouse|board|director|directors|finance|legal|procurement|leadership|committee|owner|owners|supervisor|higher ups|stakeholders|management|executives?|exec team|head office|headquarters|colleagues|team|family|superiors|department|it)\b/,
  ),
  whole(
    'authority',
    0.9,
    /\bnot (?:only )?(?:my|our|mine|just my|up to me|solely my) ?(?:decision|call|choice|alone|to make)?\b(?<!not my|not our)|\b(?:above|beyond|over) my (?:pay ?grade|head|authority)\b|\bnot up to (?:me|us)\b/,
  ),
  whole(
    'authority',
    0.85,
    /\b(?:i|we) (?:do not|can not|am not|are not)(?: [a-z']+){0,4} (?:make (?:the|that|this|those|any|a)(?: final)? (?:decisions?|calls?)|decide|sign off|approve|sign (?:anything|that|this|it)|authori[sz]ed|have (?:the )?(?:authority|final say)|the (?:right person|decision maker|one who))\b/,
  ),
  cue(
    'authority',
    0.85,
    /\b(?:boss|manager|cfo|ceo|cto|coo|cio|ciso|vp|president|founder|partners?|wife|husband|board|director|finance|legal|procurement|leadership|committee|owner|management)(?: team)? (?:has|have|needs?|would (?:have|need|want)|will (?:have|need|want)|must|makes?|decides?|handles?|signs?|approves?|controls?|holds?|is the one|are the ones|wants?|would|will not|is not|does not|is going to)\b(?! (?:you|to meet|a demo))/,
  ),
  cue(
    'authority',
    0.8,
    /\b(?:needs?|require[sd]?|get|getting|without|have to get|pending|waiting (?:on|for)|subject to)(?: [a-z']+){0,4} (?:approval|sign ?off|signoff|buy in|sign off|green light|blessing|permission)\b|\b(?:run|pass|take) (?:it|this|that) (?:by|past|to) (?:my|our|the|him|her|them)\b|\bgo(?:es)? through (?:procurement|legal|finance|our|the board|a committee|several)\b/,
  ),
  cue(
    'authority',
    0.75,
    /\b(?:accounting|finance|legal|landlord|board|corporate|head office|headquarters|procurement|security|compliance|works council|union|auditors?|management|leadership|boss|it department|hr) (?:will|would|might|is going to|are going to) (?:not |never )?(?:let|allow|accept|like|agree|approve|go for|want|ask|need|have|insist|object)\b|\b(?:sit down|clear (?:it|this|that)|bring (?:it|this|that) up|go over (?:it|this|that)) with (?:my|our|the|her|him|them)\b|\b(?:want|wants|have|has|get|gets) a say\b|\bnot make (?:these|those|such)(?: [a-z]+)? (?:decisions?|calls?)\b/,
  ),
  cue(
    'authority',
    0.8,
    /\b(?:my|our|the) (?:boss|manager|cfo|ceo|cto|coo|cio|director|partners?|wife|husband|board|owner|leadership|management|team lead|supervisor|principal|it (?:guy|team|department|people))(?: [a-z]+)? (?:might not|may not|will never|would never|thinks|likes to|said no|is (?:[a-z]+ )?(?:skeptical|tight|strict|careful|cautious|conservative|against|hesitant|worried|concerned|old school|hard to|tough))\b|\b(?:tough|hard|difficult|easy) (?:one )?(?:to )?sell (?:to|upstairs|internally|here)\b|\b(?:his|her|their|the (?:board|owner|boss)'s|my (?:boss|wife|husband|partner|manager)'s) (?:decision|call|budget)\b|\b(?:people|someone|somebody|folks|others) above me\b|\bmy hands are tied\b|\bup the chain\b|\bget (?:everyone|everybody|the (?:others|partners|team|board)|my (?:boss|manager|partner|team)) (?:on board|to (?:agree|sign|buy in|approve))\b/,
  ),

  whole(
    'need',
    0.85,
    /\b(?:do not|does not|did not|not sure|no longer|never|not)(?: [a-z']+){0,4} (?:need (?:it|this|that|another|any|a|one|you|to (?:change|switch|spend|buy)|more|help|all|anything|the)|see (?:the|a|any|why|how it|what)(?: (?:real|clear|big|much))? ?(?:need|value|point|benefit|reason|use|difference|advantage|we|would)?|necessary|relevant|useful for|in the market|have a (?:need|use)|have any (?:need|use))\b/,
  ),
  cue(
    'need',
    0.85,
    /\b(?:happy|fine|good|okay|satisfied|comfortable|content|set|covered|sorted|pleased|loyal) (?:with|to stay with) (?:our|my|what|the (?:current|way|one|tool|provider|vendor|system)|how|who|it as|things)\b|\b(?:we are|i am) (?:all )?(?:set|covered|sorted|good (?:for now|as|where|thanks)|fine (?:as|for now|thanks|where))\b/,
  ),
  cue(
    'need',
    0.8,
    /\b(?:already (?:have|got|use|using|work(?:ing)? with|do|doing|handle|pay|covered|solved|built)|works? (?:fine|well|okay|good enough)(?: (?:for|as|already|now))?|doing (?:fine|okay|just fine)|getting by|if it is not broke\w*|good enough|get(?:ting)? the job done|do (?:it|this|that|everything|most of it) (?:in house|ourselves|internally|manually|by hand)|nice to have|live without|build (?:it|this|that|something|our own)(?: (?:in house|ourselves|internally))?)\b/,
  ),
  whole(
    'need',
    0.8,
    /\b(?:no|not)(?: [a-z']+){0,2} (?:real |actual |pressing |immediate |big )?(?:need(?! to| for you| me| us| you)|reason to|point in|pain|use for|interest in (?:changing|switching))\b|\bwhy (?:would|should|do|must) (?:we|i|anyone) (?:need|switch|change|bother|pay|want|do|use|move)\b|\brather (?:spend|invest|use|put|keep|stay|stick|do|have)\b|\b(?:stick|stay) with (?:what|our|the (?:current|one)|who)\b/,
  ),

  cue(
    'competitor',
    0.85,
    /\b(?:look(?:ing|ed)? at|talk(?:ing|ed)? to|talk(?:ing|ed)? with|speak(?:ing)? (?:to|with)|spoke (?:to|with)|evaluat(?:e|ed|ing)|consider(?:ed|ing)?|compar(?:e|ed|ing)|meeting (?:with )?|leaning (?:to|towards?)|shortlist\w*|in talks with|demoed|demos? (?:with|from)|quotes? from|offers? from|proposals? from|bids? from)(?: [a-z']+){0,3} (?:other|others|another|competitors?|competing|alternatives?|vendors|providers|suppliers|options|companies|solutions|platforms|agencies|tools)\b/,
  ),
  cue(
    'competitor',
    0.85,
    /\b(?:(?:other|another|different|competing|rival) (?:vendors?|providers?|suppliers?|compan(?:y|ies)|quotes?|offers?|bids?|solutions?|options?|firms?|platforms?|agenc(?:y|ies)|players)(?: [a-z']+){0,3} (?:cheaper|better|lower|less|offer\w*|quoted?|promis\w+|gave|give|lets?|charges?|has|have|can|do|does)|(?:compar\w+|cheaper|better|lower|less|quoted?|quotes?|already (?:use|using|have|with|work\w*))(?: [a-z']+){0,5} (?:other|another|different) (?:vendors?|providers?|suppliers?|compan(?:y|ies)|solutions?|options?|firms?|platforms?|agenc(?:y|ies))|your competitors?|competitors? (?:of yours|offers?|has|have|is|gave|quoted|does|do))\b/,
  ),
  cue(
    'competitor',
    0.85,
    /\b(?:shopping around|shop around|compare (?:you|this|it|prices|quotes|options)|(?:cheaper|better|faster|easier|lower|less)(?: [a-z']+){0,2} (?:elsewhere|alternatives?|competitor)|somewhere else|go elsewhere|what (?:makes|sets) you|how (?:are|is|do) (?:you|this|it|your \w+)(?: any)? (?:different|differ|better|compare|stack up)|why (?:you|should (?:i|we) (?:choose|pick|go with) you)|why (?:would|should) (?:we|i) (?:choose|pick|go with) you)\b/,
  ),
  cue(
    'competitor',
    0.8,
    /\b(?:under contract with|locked in(?:to)? (?:with|a contract with)|signed (?:with|up with|a contract with)|already (?:use|using|work(?:ing)? with|with|have) (?:another|a different|someone|somebody|a (?:vendor|provider|supplier|partner|agency|competitor)))\b/,
  ),
  cue(
    'competitor',
    0.65,
    /\bthere is (?:another|a different|also an?|this other) [a-z]+ (?:that|who|which|in|on|down|for|with)\b|\bthe (?:one|shop|dealer|guy|store|place|company|school) (?:(?:across|down|around|over|in|on|near)(?: [a-z]+){1,4} )?(?:has|wants|sells|charges|offers|asks|gave|quoted)\b/,
  ),
  cue(
    'competitor',
    0.75,
    /\b(?:i|we) (?:have |can )?(?:saw|seen|found|find|get|know)(?: [a-z']+){0,3} (?:similar|same|another|others?|cheaper|one|ones|something)(?: [a-z']+){0,5} (?:for (?:less|half|\$?\d\S*|under|about|around)|cheaper|elsewhere|online|nearby)\b|\bthe other (?:guys?|one|company|place|agency|vendor|provider|quotes?|offers?|bids?|firm|dealer|shop)(?: [a-z']+){0,3} (?:said|quoted|offer\w*|wants?|charges?|gave|includes?|is|are|was|were|has|had|can|will|does)\b|\bwhy not (?:just )?use\b|\b(?:compare|comparing) (?:it|you|this|that) (?:with|to|against)\b|\bapples (?:to|with) apples\b/,
  ),

  cue(
    'trust',
    0.85,
    /\b(?:how (?:do|can|would|could|will) (?:i|we) (?:know|be sure|trust|verify|tell|believe)|too good to be true|(?:i|we) have (?:heard|seen) (?:that|this|it|all this|these) (?:before|promises?|claims?)|believe it when|hard to believe|seeing is believing|what is the catch|is there a catch|sounds like a scam|is (?:this|it) (?:a scam|legit)|legit(?:imate)?|burned|burnt|over ?promis\w+|snake oil|sales pitch|prove (?:it|that|this|to|the)|no (?:proof|evidence|guarantees?|track record)|any (?:proof|guarantees?)|guarantee (?:that|it|this|the|you|us|results))\b/,
  ),
  cue(
    'trust',
    0.8,
    /\bwhat (?:if|happens if|happens when) (?:it|this|you|your|we|they|something|things|that|the|i)(?: [a-z']+){0,6} (?:not|fail\w*|break\w*|crash\w*|wrong|down|bust|bankrupt|acquired|bought|disappear\w*|under|mistakes?|hate|worse|bad|behind|slip|stuck|leave|quit)\b/,
  ),
  whole(
    'trust',
    0.8,
    /\b(?:not|never)(?: (?:quite|entirely|fully|yet|all that|too|so|100%|at all|overly|exactly))* (?:(?:convinced|sold on|persuaded)|(?:sure|certain|confident) (?:(?:that |if |whether |how )*(?:it|this|you|your [a-z]+|the [a-z]+)(?: [a-z]+)? (?:is|will|would|can|could|does|actually|works?|helps?|makes?)|about (?:this|it|you|your|the)|we will (?:see|get|use)|we would (?:see|get|use)))\b|\b(?:skeptical|sceptical|suspicious|doubtful|i doubt|we doubt|have (?:my|our|some|serious) doubts|have trouble believing|on the fence)\b/,
  ),
  whole(
    'trust',
    0.75,
    /\b(?:never heard of (?:you|your)|do not know (?:you|your company|much about you|who you)|do not trust|not trust|hard to trust|small (?:company|startup|vendor)|(?:will|would|does|do|can) (?:it|this|that|you)(?: [a-z']+){0,2} (?:work for (?:us|a)|deliver|hold up|live up|pay off|last)|(?:bad|negative|mixed|terrible) (?:reviews?|experiences?|things about)|let (?:us )?down by|tried (?:this|that|it|something (?:like|similar)|similar|one)(?: [a-z']+){0,4} (?:not|fail\w*|flop\w*|bad\w*|disaster))\b/,
  ),
  whole(
    'trust',
    0.7,
    /\bnot (?:believe|think) (?:a|an|that|this|it|any|your)(?: [a-z']+){0,3} (?:can|will|would|could|works?|helps?)\b|\b(?:have|want|need) to see (?:that|it|this|them)(?: [a-z']+){0,6} (?:first|before|myself|ourselves|working|in action)\b|\bbefore (?:i|we) believe\b|\bnot sure (?:it|this|that) (?:will|would|can|could|is going to)\b/,
  ),
  cue(
    'trust',
    0.75,
    /\b(?:wonder(?:ing)?|not sure|unsure|not certain|not clear|hard to tell|remains to be seen|question is|do not know|not know) (?:if|whether|how well|how much|that) (?:it|this|that|these|they|you|your [a-z]+|the [a-z]+(?: [a-z]+)?|we|something like (?:this|that))(?: [a-z']+){0,2} (?:will|would|can|could|is going to|work|works|help|helps|make|makes|deliver\w*|holds?|keeps?|catch\w*|handle|pay|pays|last|lasts)\b|\b(?:everyone|everybody|every (?:vendor|salesman|salesperson|company|tool|agency)|they all|you all|all of (?:you|them)|a lot of (?:tools|vendors|companies|people|agencies)) (?:say|says|promise|promises|claim|claims)\b|\b(?:show me|need|want|like) (?:to see )?(?:[a-z]+ )?(?:proof|evidence|hard numbers|real numbers|a guarantee)\b|\bhow many of (?:them|those|your)\b.*\b(?:fail\w*|los[et]\w*|quit|left|cancel\w*)\b/,
  ),

  whole(
    'fit',
    0.85,
    /\b(?:it|this|you|your [a-z']+|the (?:product|platform|tool|system|software|solution|app|package|plan|service|interface|version))(?: [a-z']+)? (?:does not|do not|can not|will not|is not able to|are not able to)(?: (?:even|yet|currently|seem to|appear to))* (?:support|offer|handle|work (?:with|for|on|in)|integrate|connect (?:to|with)|include|cover|allow|scale|solve|have (?:a|an|the|any|that|native|support|built))\b/,
  ),
  whole(
    'fit',
    0.8,
    /\b(?:(?<!we are |i am |are we |been )missing (?:a|the|some|any|that|key|features?|functionality)|lacks?|lacking|too (?:basic|simplistic|limited|generic|rigid|small for|big for|much for (?:us|our|a))|overkill|deal ?breaker|one size fits all|clunky|falls short|(?:bad|poor) fit|more than we need|less than we need)\b/,
  ),
  whole(
    'fit',
    0.8,
    /\bnot(?: [a-z']+){0,3} (?:good fit|right fit|a fit|suitable|suited|right for (?:us|our)|designed for|built for|made for|what (?:we|i) (?:need|want|are looking for|had in mind)|flexible enough|powerful enough|enough (?:features?|flexibility|control))\b|\b(?:we are|our (?:business|case|needs|industry|setup|process|workflows?|market|situation) (?:is|are)) (?:too )?(?:different|unique|special|unusual|niche|too small|too big)\b/,
  ),
  cue(
    'fit',
    0.7,
    /\b(?:we|i) (?:would |actually )?(?:prefer|rather have)(?: [a-z']+){0,4} (?:control|custom\w*|features?|access|code|flexib\w+|on prem\w*|cloud|own|native|simple\w*)\b|\bwithout (?:that|it|this|the|those)(?: [a-z']+){0,3} (?:we|i|it) (?:can not|could not|will not|would not|is not)\b/,
  ),
  whole(
    'fit',
    0.7,
    /\bnot (?:have|get) (?:the |any |enough |much )?(?:space|room|signal|reception|coverage)\b|\bwhat good (?:that|it|this) would do\b|\bonly have room\b/,
  ),
  whole(
    'fit',
    0.75,
    /\b(?:does not|do not|will not|would not|can not)(?: [a-z']+){0,2} (?:fit|suit|match|meet|cover|address) (?:our|my|what|the way|us)\b|\b(?:only|just) works? (?:on|with|for|in|if)\b|\bwhy (?:is|are) there no\b|\bwe need (?:something|one|a (?:tool|system|solution|product)|someone) (?:that|which|who|with|more|less|simpler|bigger|smaller|easier)\b|\b(?:i|we) (?:do not|can not) see how (?:it|this|that|you|your [a-z]+) (?:would|could|can|will|fits?|helps?|works?)\b/,
  ),

  whole(
    'implementation',
    0.9,
    /\b(?:not|no|nobody|little|limited|zero|hardly|lack)(?: [a-z']+){0,5} (?:time|bandwidth|resources|capacity|staff|people|manpower|headcount|developers|engineers|appetite)(?: [a-z']+){0,5} (?:to|for|on)(?: [a-z']+){0,5} (?:implement\w*|roll ?out|migrat\w*|integrat\w*|set ?up|setup|train\w*|onboard\w*|learn\w*|switch\w*|deploy\w*|project|change|move|transition|new (?:tool|system|platform|software)|maintain|manage)\b/,
  ),
  cue(
    'implementation',
    0.85,
    /\b(?:learning curve|change management|resist(?:ant|ance)? to change|hard to (?:switch|change|learn|adopt|migrate|implement|integrate|roll)|(?:pain|painful|nightmare|headache|hassle|effort|disruption|disruptive|work|struggle|risky|difficult|chore) to (?:switch|change|migrate|move|implement|integrate|set up|learn|roll|train)|(?:too much|so much|a lot of|lots of|that much|big|huge) (?:work|effort|hassle|training|disruption|change|upheaval|overhead|retraining)|rip and replace|start(?:ing)? from scratch|steep learning)\b/,
  ),
  cue(
    'implementation',
    0.8,
    /\b(?:time consuming|(?:too|so|very|pretty|overly|seems|sounds|looks|feels|be|is)(?: [a-z]+)? (?:complicated|complex|technical|confusing|overwhelming|intimidating|disruptive|labor intensive|involved)|too (?:hard|difficult|advanced|much (?:of a )?(?:work|change|effort|hassle))|how (?:hard|difficult|complicated|disruptive|painful|much (?:work|effort|time (?:will|would|does)))|(?:sounds|seems|looks) like (?:a lot|too much|a big|a huge|a major)|(?:would|will|going to) (?:have|need) to (?:re ?train|train|migrate|rebuild|re ?enter|re ?learn|learn|redo|overhaul|reconfigure|hire))\b/,
  ),
  whole(
    'implementation',
    0.75,
    /\b(?:we|i|they|our (?:team|staff|people)|my (?:team|staff|people)) (?:do not|just do not|can not|will not)(?: [a-z']+){0,2} (?:have|spare|got|free up|dedicate)(?: [a-z']+){0,3} (?:staff|people|resources?|expertise|skills?|bandwidth|manpower|capacity|headcount|developers?|engineers?|in house|technical|time to (?:learn|train|set|implement|switch|manage|migrate|maintain|deal))\b/,
  ),
  whole(
    'implementation',
    0.8,
    /\b(?:team|staff|people|reps|users|agents|employees|guys|folks|sales ?people|everyone|drivers|nurses|teachers|workers|technicians|managers)(?: [a-z']+){0,2} (?:will not|would not|do not|might not|may not|will never|never|hate|hates|resist|resists|would hate|would resist|will resist|will hate|struggle|struggles|will struggle|would struggle|push(?:es)? back|refuse|refuses)(?: [a-z']+){0,3}(?: (?:use|adopt|learn|change|switch|embrace|log|new|it|this|another|technology|tools?))\b|\bnot (?:very |that |too )?tech(?:nical|nically)?(?: savvy| people|$)|\banother (?:tool|system|login|platform|app|piece of software|dashboard)\b/,
  ),
  cue(
    'implementation',
    0.75,
    /\b(?:disrupt(?:s|ed|ive|ion)?|downtime|interrupt\w*)\b(?: [a-z']+){0,6}|\b(?:would take|will take|going to take|might take|took) (?:forever|ages|too long|so long|months|a (?:long time|year|while))(?: [a-z']+){0,4}/,
  ),
  whole(
    'implementation',
    0.7,
    /\b(?:people|team|guys|staff|reps|drivers|nurses|teachers|employees|crew|they) hates? [a-z]+ing\b|\bnot sure (?:they|he|she|people|everyone|everybody|anyone|my [a-z]+|the (?:team|others|guys)) (?:will|would|can|could)\b|\b(?:we are|already|so) short (?:as it is|of people|of staff|staffed|on people|on staff|handed)\b|\b(?:double|extra|more|additional) work (?:for|on)\b|\b(?:would|will) have to be (?:easy|simple|quick|fast)\b|\b(?:none of us|nobody here|no one here|nobody on my team) (?:wants?|knows?|has|likes?|is going to|will|would|can)\b|\b(?:someone|somebody) (?:would have|will have|has|have|needs?) to (?:change|do|set|sit|type|enter|train|maintain|learn|manage|clean)\b|\b(?:can not|could not) (?:spare|free up) (?:anybody|anyone|people|somebody|any|a person|the)\b|\bsee (?:all of )?(?:them|people|anyone|our [a-z]+|my [a-z]+) (?:using|doing|filling|learning|switching|clicking|adopting)\b/,
  ),
  cue(
    'implementation',
    0.8,
    /\b(?:resistant|resistance|resist|resisting|allergic|opposed|averse|not open|slow) to (?:new|change|any|using|adopt\w*|learning|tools?|technology|software|it|this|that|switch\w*)\b|\b(?:set|stuck) in (?:their|our|his|her|my) ways\b|\b(?:team|staff|people|guys|folks|reps|crew|employees|users|they|everyone|drivers|nurses|teachers)(?: [a-z']+){0,3} (?:love|loves|like|likes|prefer|prefers|used to|attached to|comfortable with|stuck to) (?:their|our|the|doing|how) (?:[a-z]+ )?(?:manual|old|own|way|ways|spreadsheets?|paper|current|existing|things|it|they)\b|\bget(?:ting)? (?:everyone|everybody|people|(?:the|my|our|whole) (?:team|staff|guys|reps|crew|people|drivers|nurses|teachers|managers)|them|old hands)(?: [a-z']+){0,3} (?:on board|to (?:use|adopt|switch|change|learn|buy in|go along|log)|up to speed|trained|used to|comfortable)\b/,
  ),
  cue(
    'implementation',
    0.75,
    /\b(?:might|may|would|could|will|going to|must)(?: [a-z']+){0,2} be (?:a|an|too|such a)? ?(?:real |big |huge |major |whole |bit of a |complete )?(?:pain|painful|tricky|mess|messy|hassle|headache|nightmare|challenge|challenging|tough|struggle|overwhelming|big project|undertaking|big change|lot of work|lot of effort|lot to learn|steep)\b|\b(?:too much|so much|a lot|a ton) (?:to (?:learn|set up|handle|take (?:in|on)|change|manage|digest|migrate)|of (?:training|setup|set up|effort|change|changes|disruption|moving parts|hand holding))\b|\bis (?:it|this|that)(?: [a-z]+){0,2} (?:hard|difficult|complicated|tricky|a pain) to (?:learn|use|set up|implement|integrate|switch|install|maintain|get)\b|\bwho (?:would|will|is going to|has to) (?:set|train|manage|maintain|run|implement|migrate|do (?:that|this|it|all))\b|\bmean(?:s)? (?:double|extra|more) (?:work|effort)\b|\bnot (?:exactly |so )?(?:techy|computer (?:people|savvy|literate)|good with (?:computers|technology|tech|software)|tech people|it people)\b/,
  ),

  cue(
    'security',
    0.8,
    /\b(?:(?:who|where|how)(?: [a-z']+){0,6} (?:access|stored|stores?|store|see|sees|own|owns|protect\w*|secured?|kept|keep|share[ds]?|use|uses)(?: [a-z']+){0,2} (?:our|my|the|customer|patient|client|that|this)(?: [a-z']+){0,2} (?:data|information|records|recordings|files)|(?:our|my|customer|client|patient) (?:data|information|records)(?: [a-z']+){0,3} (?:safe|secure|private|protected|leak\w*|leave|leaves|breach\w*|exposed|sold|stolen)|(?:data|security|privacy) (?:breach\w*|leaks?|risks?|concerns?|worr(?:y|ies)|issues?|problems?|nightmare)|(?:get|got|getting|been) hacked)\b/,
  ),
  cue(
    'security',
    0.75,
    /\b(?:is|are) (?:strictly |highly |all )?(?:confidential|sensitive|privileged)\b|\b(?:breaks?|broke|hacks?|gets?) into (?:your|the|our) (?:cloud|system|servers?|account|data)\b/,
  ),
  whole(
    'security',
    0.85,
    /\b(?:not comfortable|uncomfortable|hesitant|reluctant|can not|not allowed|nervous|wary|uneasy)(?: [a-z']+){0,3} (?:shar\w+|giv\w+|put|putting|send|sending|upload\w*|stor\w+|having|hand\w*|recording)(?: [a-z']+){0,4} (?:data|information|records|cloud|details|calls|files|number|card)\b|\bnot(?: [a-z']+){0,2} (?:secure|compliant|certified|gdpr|hipaa|soc)\b/,
  ),

  cue(
    'terms',
    0.75,
    /\b(?:years?|months|weeks|days) (?:is|are|would be|seems?|sounds?) (?:too |way |awfully |a )?long\b|\b(?:want|need|like) to be able to (?:cancel|stop|leave|quit|get out|pause)\b|\bdo (?:we|i) (?:still )?(?:have to )?pay (?:for )?(?:the rest|if|when|anyway)\b/,
  ),
  whole(
    'terms',
    0.85,
    /\b(?:lock(?:ed)? (?:in|into|us|me)|lock in|(?:long|annual|yearly|multi ?year|two year|three year|five year|\d+ (?:year|month)|12 month|twelve month|year long|one year|full year)(?: term)? (?:contract|commitment|agreement|deal|term|subscription|lock)(?: [a-z']+){0,6} (?:not|too|long|hard|tough|risky|problem|issue|concern|worr\w+|scar\w+|steep|big|deal ?breaker)|(?:not|no|without|hesitant|reluctant|afraid|nervous|do not want)(?: [a-z']+){0,5} (?:commit\w*|contracts?|tied|annual|year|long term|auto renew\w*|sign (?:anything|a|an)|up ?front|minimums?|cancel\w*))\b/,
  ),
  cue(
    'terms',
    0.8,
    /\b(?:cancellation (?:fee|penalty|clause|policy|terms)|termination|auto ?renew\w*|exit clause|penalt(?:y|ies)|liability|indemni\w+|net (?:30|60|90)|payment terms|opt out|pay(?:ing)? (?:it |everything |all |the whole thing )?(?:up ?front|in advance)|minimum (?:commitment|term|seats|contract)|money back|refund if|fine print|red ?lines?|month to month|get out of (?:it|the|this)|what if (?:we|i) (?:want|need|have|decide) to (?:cancel|leave|stop|scale down|downgrade|pause|quit))\b/,
  ),

  whole(
    'brushoff',
    0.95,
    /\b(?:not interested|no interest|take (?:me|us|my|our)(?: [a-z']+){0,3} off|remove (?:me|us|my)|stop calling|do not call|quit calling|do not contact|leave (?:me|us) alone|lose my number|how did you get (?:my|this|our)|where did you get my|not for (?:me|us)(?:$| (?:thanks|thank|right|at))|i will pass|we will pass|going to pass|(?:have to|need to|must|got to) decline|hang(?:ing)? up|goodbye)\b/,
  ),
  whole(
    'brushoff',
    0.75,
    /\bin the middle of something\b|\b(?:time|hours?|minutes?) (?:i|we) do not have\b|\bnot like (?:these|sales|cold|such) calls\b|\bnot give (?:that|it|those) out\b|\bnot promise (?:i|we|anything|you)\b/,
  ),
  whole(
    'brushoff',
    0.85,
    /\b(?:no|not|not have|have no|have not got|without)(?: (?:the|any|much|a lot of|enough|really|got))* time (?:for (?:this|that|it|a (?:call|demo|meeting)|sales)|right now|today|to (?:talk|chat|listen|meet)|at the moment)\b|\b(?:busy|in a meeting|driving|about to (?:leave|go|head)|in the middle of something)(?:$| (?:right now|at the moment|now|today|so|can|and|here))|\b(?:have|got|need) to (?:go|run|jump|hop off)(?:$| (?:now|into))|\b(?:just|can you|could you|please)? ?(?:send|email|shoot|mail) (?:me|us|it|something|over)(?: [a-z']+){0,4} (?:and (?:i|we) will (?:take|have) a look|if (?:i|we) (?:am|are) interested|i will (?:look|read|review|call|get back))\b|\bwill (?:call|contact|reach out to|let|get back to) you if\b|\bdo not (?:take|accept|do) (?:sales |cold |unsolicited )?calls\b|\bno solicit\w*/,
  ),
];

/** Words that say something is a worry, for whatever reason. `ours` marks those that also describe daily pain. */
export const resistance = {
  strong:
    /\b(?:worr(?:y|ied|ies|ying|ysome)|concern(?:s|ed|ing)?|afraid|scared|nervous|anxious|hesitant|hesitation|hesitations|hesitating|reluctant|skeptical|sceptical|wary|reservations?|uneasy|uncomfortable|not comfortable|apprehensive|fear|sticking point|deal ?breaker|blocker|stumbling block|red flag|hang ?up|push ?back|not (?:thrilled|keen|happy|ideal|a fan|crazy about|loving|excited)|downside|drawback|my only (?:thing|issue|problem|question)|the only (?:thing|issue|problem)|what if|what happens (?:if|when)|scares? (?:me|us)|bothers? (?:me|us)|gives (?:me|us) pause|do not (?:like|love) (?:that|the idea|the|how|this|being|having))\b/g,
  weak: /\b(?:problem|issue|issues|problems|challenge|hard|tough|tricky|difficult|painful|headache|nightmare|hassle|risk|risky|complicated|a lot of work|too long|long time|no time|forever|impossible|unrealistic|not (?:sure|convinced|certain)|not have (?:the )?(?:time|bandwidth|resources|people|capacity)|how long|weeks|months)\b/g,
};

/** What a worry is about. The first that matches wins, so the narrow come before the broad. */
export const topics: readonly { type: ObjectionType; re: RegExp }[] = [
  {
    type: 'security',
    re: /\b(?:secur\w+|privacy|private|data (?:protection|residency|safety|handling)|gdpr|hipaa|soc ?2|complian\w+|breach\w*|leak\w*|hack\w*|encrypt\w*|confidential\w*|sensitive|(?:our|customer|client|patient) data|regulat\w+|audit\w*)\b/,
  },
  {
    type: 'implementation',
    re: /\b(?:roll ?out|rolling|implement\w*|migrat\w*|onboard\w*|integrat\w*|works? with (?:our|my|what|the)|set ?up|setup|train(?:ing|ed)?|adoption|adopt|adopting|learning curve|learn|chang(?:e|ing) (?:things|everything|how|the way|our|systems)|new (?:tool|tools|system|systems|software|process|technology)|switch(?:ing)?|transition\w*|deploy\w*|downtime|disrupt\w*|go live|bandwidth|it team|engineering (?:team|time|resources)|change management|ramp\w*|cutover|moving (?:our|everything|all)|(?:team|staff|people|reps|users|agents) (?:using|actually|will|would|to use))\b/,
  },
  {
    type: 'terms',
    re: /\b(?:contract\w*|commitment|commit|commitments|locked|lock in|annual|multi ?year|cancel\w*|sla|slas|clauses?|payment terms|up ?front|minimum|renewal terms|legal|liability|refund\w*|penalt\w+|notice period|terms)\b/,
  },
  {
    type: 'price',
    re: /\b(?:price\w*|pricing|cost\w*|budget\w*|fees?|money|pay(?:ing|ment)?|spend\w*|invest\w*|afford\w*|discount|quote|rate|\$\d[\d.]*)\b/,
  },
  { type: 'competitor', re: /\b(?:competitors?|other vendors?|alternatives?|compared (?:to|with))\b/ },
  {
    type: 'authority',
    re: /\b(?:approv\w+|sign ?off|buy in|my boss|my manager|cfo|ceo|the board|leadership|procurement|committee|stakeholders?)\b/,
  },
  {
    type: 'timing',
    re: /\b(?:timing|timeline|time ?frame|deadline|right now|this (?:year|quarter|month)|next (?:year|quarter)|priorit\w+|bad time|schedule|before the)\b/,
  },
  {
    type: 'trust',
    re: /\b(?:roi|return on|results|proof|prove\w*|references?|track record|reliab\w*|uptime|support|startup|new company|promis\w*|accura\w*|work for us|actually work|guarantee\w*|quality|reputation)\b/,
  },
  {
    type: 'fit',
    re: /\b(?:features?|function\w*|capabilit\w+|custom\w*|scal(?:e|able|ing|ability)|support for|flexib\w+|complex\w*|compatib\w*|languages?|limit\w*|mobile|offline|volume|performance|speed|workflow|interface|reporting)\b/,
  },
];
