/** What keeps a cue from counting. All read a lean sentence, see `normalise`. */

/** The words right before a cue turn it round: "not too expensive", "no concerns". */
export const turnedRound = (lean: string, at: number): boolean =>
  /\b(?:not|no|never|without|nothing|hardly|zero|neither|nor)(?: (?:a|an|the|that|this|too|so|all|any|as|be|been|real|big|major|much|been|have|having|my|our|such|even|of))* $/.test(
    lean.slice(0, at),
  );

/** The words right behind it do: "price is not a problem", "the rollout does not worry me". */
export const takenBack = (lean: string, end: number): boolean =>
  /^(?: [a-z']+){0,3} (?:is not|are not|was not|will not be|would not be|should not be|does not|do not)(?: (?:a|an|the|my|our|any|too|that|really|worry|bother|scare|concern|such|big|huge|real|much of))* (?:a |an )?(?:problem|issue|concern|worry|blocker|deal ?breaker|obstacle|me|us|bad|showstopper)\b/.test(
    lean.slice(end),
  );

/** Somebody else's words. */
export const isReported = (lean: string): boolean =>
  /\b(?:he|she|they|you|who|someone|somebody|people|others|everyone|customers?|clients?|friends?|vendors?|colleagues?)(?: (?:already|also|always|often|once|sometimes|had|have|has|would|will|might))* (?:say|says|said|told|tell|mentioned|promised|promise|claimed|claims|asked|wrote|thought|think)\b/.test(
    lean,
  );

/** How things go in general, not what somebody will do now. */
export const isProcess = (lean: string): boolean =>
  /\b(?:typically|usually|normally|generally|always|in general|every (?:time|day|week|month|quarter|year|morning)|each (?:day|week|month|quarter|time)|whenever|on average|most (?:teams|customers|clients|companies|people)|our (?:process|approach|method\w*|onboarding)|the way (?:it|this|we)|during (?:the )?(?:onboarding|rollout|implementation|setup|kickoff)|(?:week|day|month|phase|step|stage) (?:one|two|three|four|\d+)|first (?:week|month|day) (?:we|you)|after (?:the )?(?:onboarding|go ?live|launch|kickoff)|once you (?:sign|are (?:live|on board|set up))|as part of)\b/.test(
    lean,
  );

/** It is over. */
export const isPast = (lean: string): boolean =>
  /\b(?:used to|back then|at first|initially|originally|previously|in the past|years? ago|months? ago|weeks? ago|last (?:year|time|month|quarter)|our (?:previous|former|last)|our old (?:one|tool|vendor|system|provider|company|agency)|the (?:old|previous|former|last) (?:one|tool|vendor|system|provider|company|agency))\b/.test(
    lean,
  );

/** About what they have today, not about what is offered. */
export const isToday = (lean: string): boolean =>
  /\b(?:(?:our|my|the|their) (?:current|existing|present|legacy|old|in house|homegrown)|what we (?:have|use|do|are using|are doing)(?: (?:now|today|currently|at the moment))? (?:is|are|costs?|does|do|keeps?)|(?:currently|today|right now|at the moment|these days) (?:we|our|my|the team|it takes|everything)|we (?:currently|are currently))\b/.test(
    lean,
  ) && !/\b(?:you|your|yours|switch\w*|migrat\w*|integrat\w*|than|compared|would|might|could)\b/.test(lean);

/** What goes wrong in their own house, told as news: a reason to buy, unless it is held against the offer. */
export const isPain = (lean: string): boolean =>
  /\b(?:struggl\w+|drown\w*|(?:los|wast)(?:e|es|ing) (?:a lot|so much|too much|hours|days|track|time|money|people|customers|deals|sales)|bottlenecks?|frustrat\w+|annoying|manual(?:ly)?|by hand|all over the place|fall\w* (?:through|behind|apart)|drives? (?:me|us|everyone|people) (?:nuts|crazy|mad)|backlogs?|a mess|messy|chaos|chaotic|always behind|keeps? (?:breaking|crashing|failing|going down)|takes? (?:forever|ages|too long|so long|hours|days|weeks))\b/.test(
    lean,
  ) && !OF_OFFER.test(lean);

/** The rep asked how things are or went: what follows is an account of it. */
export const isAskedAbout = (before: string): boolean =>
  before.endsWith('?') &&
  /\b(?:what|how|which|where|who|why|tell me|walk me|are you|do you|did you|have you|were you|was (?:it|that|there))\b.*\b(?:currently|today|these days|at present|right now|at the moment|happen\w*|happening|challenges?|problems?|issues?|struggl\w*|pain\w*|bottlenecks?|frustrat\w*|wrong|biggest|hardest|difficult|bothers?|made you|makes you|brought you|brings you|leave|left|cancel\w*|stopped?|going|been|gone|handle|manage|track|process|set ?up|look like|looks like|using|works? (?:now|for you))\b/.test(
    before,
  );

/** It speaks of what is offered, or of what would come with it. */
export const isOfOffer = (lean: string): boolean => OF_OFFER.test(lean);
const OF_OFFER =
  /\b(?:you|your|yours|this|switch\w*|migrat\w*|integrat\w*|adopt\w*|implement\w*|roll ?out|would|will|might|could|can not|going to|if|but|invest\w*|price|pricing|cost|costs|budget|afford|contract|learn\w*|new (?:tool|system|software|process|one))\b/;

/** A condition or doubt surrounds it. */
export const isHedged = (lean: string): boolean =>
  /\b(?:if|unless|maybe|perhaps|might|may|could|would|possibly|probably|hopefully|assuming|suppose|supposing|depending|depends|try to|see if|not sure|think about|doubt|unlikely|tentatively|ideally|potentially|whether)\b/.test(
    lean,
  );
