/** One thing that people who sell say, or people who buy; read in lower case without punctuation, so that it holds for what a recogniser writes. */
export interface SellerCue {
  name: string;
  /** Natural log of how much likelier a seller's turn holds it than a buyer's, by `npm run bench:speakers`; never beyond 2 either way. */
  odds: number;
  says: RegExp;
}

/** Wordings by what they mean. None names a trade, so that none of them is only true of one. */
export const sellerCues: readonly SellerCue[] = [
  // What a seller says.
  {
    name: 'introduces-company',
    odds: 0.55,
    says: /\b(?:this is|it's|i'm|my name is|my name's) [\p{L}' ]{2,30}?\b(?:from|with|at|over at|calling)\b|\bcalling (?:you )?(?:from|about|on behalf|because|to follow|regarding)\b/u,
  },
  {
    name: 'thanks-for-time',
    odds: 0.74,
    says: /\b(?:thanks?|thank you)(?: you)?(?: so much| again| very much)? for (?:taking|joining|your (?:time|call|patience|interest)|making|hopping|having|the time|calling|choosing|reaching|getting|coming)\b/,
  },
  { name: 'asks-about-you', odds: 1.07, says: /\b(?:what|how|who|when|which|where|tell me)\b(?: \S+){0,10} (?:you|your|you're|you've)\b/ },
  {
    name: 'asks-yes-no',
    odds: 1.22,
    says: /\b(?:are|have|did|were|would|could) you (?!take|accept|send|sell|selling|still|offer|guarantee|guys (?:offer|have))\b/,
  },
  {
    name: 'our-offer',
    odds: 0.42,
    says: /\bour (?:own )?(?:platform|product|products|customers|clients|solution|tool|software|pricing|plans?|service|services|technology|package|packages|engineers?|specialists?|technicians?|installers?|support team|onboarding|implementation|standard|premium|basic|enterprise|warranty|guarantee)\b/,
  },
  {
    name: 'we-do-for-clients',
    odds: 1.6,
    says: /\bwe (?:can |also |do |usually |typically |would |will |actually )?(?:help|offer|provide|integrate|support|work with|include|cover|guarantee|ship|deliver|install|train|charge|bill|quote|handle)\b/,
  },
  {
    name: 'offers-to-act',
    odds: 1.02,
    says: /\b(?:i'll|i will|i can|i could|let me|i'd like to|i would like to|we'll|happy to|i'm happy to) (?:also |just |definitely |certainly |quickly )?(?:send|show|walk|share|email|put|set up|pull|book|schedule|draft|follow|explain|arrange|offer|include|introduce|drop|hold|forward)\b/,
  },
  { name: 'for-you', odds: 1, says: /\b(?:for you|work for you|works for you|help you|suit you|with you)\b/ },
  {
    name: 'tells-price',
    odds: 0.49,
    says: /\b(?:(?:the|our|list|full) (?:list )?(?:price|rate|fee|cost) (?:is|would be|comes|for)|(?:it|that|which) (?:is|would be|comes to|runs|starts at|comes out)(?: \S+){0,3} (?:\d|dollars|euros|pounds)|per (?:user|seat|unit|head|licence|license)|(?:go|come) down to|(?:knock|take)(?: \S+){0,3} off|throw in|comes with|list price)\b/,
  },
  {
    name: 'takes-up-what-was-said',
    odds: 0.58,
    says: /\b(?:(?:totally|completely|i) (?:get|understand|hear|appreciate) (?:that|you|it|your|where)|that makes sense|makes (?:total|complete|perfect) sense|(?:great|good|fair|excellent) (?:question|point)|sorry to hear|glad to hear|sounds like you|from what you)\b/,
  },
  {
    name: 'proposes',
    odds: 1.94,
    says: /\b(?:would you (?:like|be open|prefer|mind)|shall (?:we|i)|how about we|what if we|does (?:that|this|\S+day)(?: \S+){0,4} (?:work|suit)|how does (?:that|\S+day) (?:sound|look)|can i ask|may i)\b/,
  },
  { name: 'you-can', odds: 0.86, says: /\b(?:you can|you'll|you'd|you get|you'd get|you would|lets you|allows you|gives you|saves you)\b/ },
  // What a buyer says.
  {
    name: 'own-way-now',
    odds: -1.59,
    says: /\b(?:our current|we(?:'re| are) (?:using|currently|looking|swamped|struggling|on|still|just|already|happy|locked|stuck)|we (?:use|currently|already|need|tried|struggle|spend|lose|lost|waste)|we've (?:got|been|had|tried)|we had|i've (?:got|been|had))\b/,
  },
  {
    name: 'asks-price',
    odds: -0.72,
    says: /\b(?:how much|what(?:'s| is| are| about)(?: the| your| our)? (?:price|pricing|cost|costs|rate|rates|fee|fees|catch)|what (?:does|would|do|will)(?: \S+){1,3} (?:cost|charge|run|pay)|what are you (?:asking|expecting)|(?:any|a) discount|best price|lowest)\b/,
  },
  {
    name: 'minds-price',
    odds: -0.93,
    says: /\b(?:(?:my|our) (?:budget|price range)|too (?:expensive|much|pricey|high|steep)|can't afford|pricey|cheaper|(?:lot|bit) of money|would you (?:take|accept|consider|sell)|willing to (?:pay|offer)|i (?:can|could|would|'d) (?:pay|offer)|my (?:offer|last offer)|pick it up)\b/,
  },
  {
    name: 'has-a-boss',
    odds: -2,
    says: /\bmy (?:boss|manager|cfo|ceo|wife|husband|partner|director|board|accountant|team|brother|sister|mother|father|guys|people|office|bookkeeper)\b|\b(?:run|pass) (?:it|this|that) (?:by|past)\b/,
  },
  {
    name: 'your-offer',
    odds: -0.7,
    says: /\byour (?:product|products|platform|pricing|price|prices|tool|software|company|solution|competitors?|website|ad|listing|quote|proposal|guys|people|contract|car|bike|item|post)\b/,
  },
  {
    name: 'asks-what-it-does',
    odds: -0.28,
    says: /\b(?:do you (?:guys )?(?:offer|support|integrate|take|deliver|ship|provide|accept|charge|sell|also|guarantee)|does (?:it|this|that|your)|can (?:it|your|you guys)|will it|is it (?:still |really )?(?:available|compatible|secure|possible|negotiable|included|working)|is there (?:a|any)|are there (?:any)?|how (?:does|do|would|is) (?:it|this|that|your)|what (?:about|if|happens|kind of support))\b/,
  },
  {
    name: 'is-interested',
    odds: -0.28,
    says: /\b(?:i'm|i am|we're|we are) (?:very |really |quite )?(?:interested in|looking (?:for|to|into))|\b(?:for sale|you're selling|are you selling|still selling|i see you(?:'re| are| have)|i saw (?:your|you)|you have listed|i'll take it)\b/,
  },
  {
    name: 'asks-for-something',
    odds: -0.8,
    says: /\b(?:send me|(?:can|could|would) you (?:please )?(?:send|show|tell|give|email|explain|walk|repeat)|let me (?:think|check|talk|ask)|i(?:'d| would)? (?:need|have|want|'ll have) to (?:think|talk|check|ask|see|know|run|speak)|call me|get back to (?:you|me))\b/,
  },
  {
    name: 'doubts',
    odds: -1.88,
    says: /\b(?:i(?:'m| am) not (?:sure|convinced|interested|ready|looking|going)|i (?:don't|do not|dont) (?:know|think|want|need|have|see|like|care|understand)|not interested|i can't|i cannot|we can't|we don't|i mean|honestly|to be honest|worried|concerned|nervous|burned)\b/,
  },
  {
    name: 'my-own',
    odds: -2,
    says: /\bmy (?!name|pleasure|calendar|colleague|side|screen|notes|apologies|supervisor|end|understanding|contact|question)\p{L}+/u,
  },
  { name: 'others-here', odds: -0.73, says: /\b(?:he's|she's|he|she|they)\b/ },
];

/** Lower case, one kind of apostrophe, no other marks: as it is in a recogniser's plainest answer. */
export const bareWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('\u2019', "'")
    .replace(/[^\p{L}\p{N}'$]+/gu, ' ')
    .trim();
