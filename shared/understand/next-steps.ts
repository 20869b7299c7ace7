import type { Owner } from '../contracts/insight.ts';
import { dueText } from './due-text.ts';
import { isHedged, isProcess, isReported } from './guards.ts';
import type { Said } from './said.ts';

/** A step somebody took on, before it has a name and a date. */
export interface Step {
  said: Said;
  owner: Owner;
  /** The words of the deed, lean, from the verb on; empty when only a time was agreed. */
  deed: string;
  /** Where the deed begins in the lean sentence. */
  deedAt: number;
  /** Who else is to do it: "our legal team will review it". */
  helper?: string;
  /** Where the due words stand in the sentence. */
  due?: { text: string; start: number; end: number };
  hedged: boolean;
  confidence: number;
}

/** What somebody will do after the call, sentence by sentence. */
export function nextSteps(said: readonly Said[]): Step[] {
  return said.flatMap((one) => inSentence(one) ?? []);
}

function inSentence(said: Said): Step | undefined {
  const { lean } = said;
  if (lean === '' || isReported(lean) || DONE.test(lean)) return undefined;
  const due = dueText(said.text);
  const mine: Owner = said.utterance.role === 'rep' ? 'rep' : 'customer';
  const theirs: Owner = mine === 'rep' ? 'customer' : 'rep';
  if (isProcess(lean) && !(due && /\b(?:i will|lets)\b/.test(lean))) return undefined;

  for (const form of FORMS) {
    const hit = form.re.exec(lean);
    if (!hit) continue;
    const deedAt = hit.index + (hit[1] ?? '').length;
    const deed = lean.slice(deedAt);
    const helper = form.helped ? hit[2] : undefined;
    if (negated(lean, hit.index) || (IN_CALL.test(deed) && !(due && AWAY.test(due.text.toLowerCase())))) continue;
    if (form.needsDue && !due) continue;
    if (form.role && form.role !== mine) continue;
    const owner = form.owner === 'mine' ? mine : form.owner === 'theirs' ? theirs : 'both';
    const hedged = isHedged(lean) || said.isQuestion || form.weak === true;
    const confidence = (form.weak ? 0.7 : 0.9) - (hedged && !form.weak ? 0.1 : 0);
    return { said, owner, deed: form.bare ? '' : deed, deedAt, ...(helper ? { helper } : {}), ...(due ? { due } : {}), hedged, confidence };
  }
  return undefined;
}

const negated = (lean: string, at: number): boolean =>
  /\b(?:not|never|no need to|instead of|without|before i|before we|rather than|wish|unless) $/.test(lean.slice(0, at)) ||
  /\b(?:do not|will not|can not) (?:have to |need to )?$/.test(lean.slice(0, at));

interface Form {
  /** Group 1 is what stands before the deed. */
  re: RegExp;
  owner: 'mine' | 'theirs' | 'both';
  /** An offer, a wish, a need: true only if the other side agrees. */
  weak?: boolean;
  needsDue?: boolean;
  /** Only in this side's mouth. */
  role?: 'rep' | 'customer';
  /** The deed is to meet at the time named. */
  bare?: boolean;
  /** Group 2 is who does it. */
  helped?: boolean;
}

// Deeds that happen after a call. Those that also happen inside one (show, explain, walk through) are left out.
const SEND =
  'send|email|e mail|mail|text|forward|share|shoot|drop|submit|provide|circulate|pass|deliver|resend|attach|include|copy|cc|fax|upload|return|fill out|fill in|complete|sign|fix up';
const TALK =
  'call|ring|phone|ping|message|follow up|get back|come back|circle back|reach out|touch base|check in|reconnect|regroup|contact|write|reply|respond|report back|let you know|let them know|update|confirm|get in touch|be in touch|keep you posted|keep you updated|catch up|hop on|jump on';
const ASK =
  'show (?:it|this|that|them|these) to|bring (?:it|this|that|them) up (?:with|at|to|in)|clear (?:it|this|that) with|sit down with|talk to|talk with|speak to|speak with|check with|check on|discuss|run (?:it|this|that|these|them)|loop|ask|consult|introduce|connect you|connect us|put you in touch|bring|take (?:it|this|that) (?:to|back)|present|pitch|invite|involve|get (?:approval|sign ?off|buy in|my|our|the|feedback|input|legal|finance|it over|that over|you|those|them|these|this|that|back|some|in touch|a|him|her|someone|everyone)|have (?:my|our|the|someone|somebody|them|him|her|legal|finance|that|it|a)|sync with|meet with|confer';
const MAKE =
  'give (?:you|him|her|them|it) (?:a|an) (?:ring|call|buzz|shout|update|answer|heads up)|pick (?:it|them|that|this|one|you|the [a-z]+|everything) up|pick up|come (?:over|out|by|pick|get|see|look)|drive (?:over|out|down|up)|drop (?:it|them|that|this|the [a-z]+) off|bring|ship|wire|order|e ?sign|print|schedule|reschedule|book|set up|set (?:something|that|it|this|a|an|the|aside)|arrange|plan|organi[sz]e|coordinate|block|hold|reserve|put (?:together|something|that|it|a|an|the|this|you|in|some)|prepare|draft|draw up|write up|create|build out|work up|work on|pull together|gather|compile|generate|make (?:a|an|the|sure|some|that|it happen)|review|look into|look over|look through|take a look|read|go through|go over|evaluate|test|try|double check|check|find out|research|kick off|place (?:an|the|your|my|our) order|pay|transfer|register|download|move (?:forward|ahead)|proceed|finali[sz]e|initiate|approve|push|bump|add|issue|revise|donate|visit|stop by|come by|swing by|drop by|meet|join|attend';
const DEEDS = `(?:${SEND}|${TALK}|${ASK}|${MAKE})\\b`;
const FILL =
  '(?:also |then |go ahead and |be sure to |make sure to |try to |still |first |now |likely |probably |personally |maybe |please |just |quickly |immediately |get |turn around and |take a moment to )*';
const WILL =
  '(?:will|shall|am going to|are going to|plan to|am planning to|promise to|intend to|am happy to|will be happy to|would be happy to|are happy to|will be|will need to|will have to|have to|need to|got to|should|must|want to|am about to)';

const FORMS: readonly Form[] = [
  // Meetings, taken first: "I'll call you Tuesday" is the rep's deed, "let's talk Tuesday" is everybody's.
  {
    re: new RegExp(
      `(\\blets (?:${FILL}))(?:${DEEDS}|talk|speak|chat|connect|reconvene|continue|pick|do|get (?:together|that|something|it|a|this)|find|aim|shoot for|say|make it|lock|revisit|set)\\b(?! (?:about|into|with the|at the (?:dashboard|screen)|through|in |over (?:the|your|some|how)|on to|this (?:up )?(?:one|screen)))`,
    ),
    owner: 'both',
  },
  {
    re: /(\b(?:can|could|shall|should|may|would) (?:we|i)(?: (?:maybe|perhaps|all|also|possibly|then|just))* )(?:schedule|set|book|meet|find|hop|jump|talk|speak|connect|reconnect|arrange|plan|get (?:something|some|a|that|on|together)|put (?:something|a|that|some)|do (?:a|another|it|that|the)|have (?:a|another) (?:call|meeting|chat|demo)|follow up|touch base|circle back|regroup|grab|block|call you|give you a call|stop by)\b/,
    owner: 'both',
    weak: true,
  },
  {
    re: /(\b(?:(?:would|could|can) it (?:make sense|be (?:helpful|possible|useful|worth\w*|good|okay|alright))|(?:does|would|do) it make sense|would you (?:be (?:open|available|willing|free|interested|up|able|okay|comfortable|happy)|like|want|mind|have (?:time|some time|a few minutes|availability|[a-z0-9]+ minutes))|are you (?:free|available|open|around|able)|do you have (?:time|availability|some time|any time|[a-z0-9]+ minutes|a few minutes)|how does|how about|what about|(?<!\b[a-z]+ )(?:does|would|will|could)(?= (?:monday|tuesday|wednesday|thursday|friday|tomorrow|next|this|that|it|a|the|sometime|\d)))(?: (?:to|for|in|a|an|another|the|us|me|you|if we|if i|we|i|short|brief|longer|second|follow up|\d+ minute|[a-z]+ minute|half hour))* )(?:schedule|set(?:ting)? up|book(?:ing)?|meet(?:ing)?|talk(?:ing)?|chat|call|demo|meeting|quick|hop(?:ping)?|jump(?:ing)?|connect(?:ing)?|follow up|do(?:ing)?|join(?:ing)?|attend|next|this|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|later|sometime|walkthrough|time|spend|see (?:a|the) demo|trial|pilot|free|available|on|at|in|fifteen|thirty|\d+)\b(?=.*\b(?:schedule|call|meet\w*|demo|chat|talk|minutes|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|week|walkthrough|trial|pilot|available|free|afternoon|morning|session|conversation|connect\w*|follow up|invite)\b)/,
    owner: 'both',
    weak: true,
  },
  {
    re: /((?:^|\b(?:i will|we will|okay|great|then|and) ))(?:see|talk to|speak to|talk|speak|chat|catch|meet) you(?: all| guys| both)? (?:then|on|at|tomorrow|next|monday|tuesday|wednesday|thursday|friday|this|in (?:a|two|three))\b/,
    owner: 'both',
  },
  {
    re: /((?:^|\b))(?:(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next week|morning|afternoon|noon|\d{1,2}(?: ?(?:am|pm))?|one|two|three|four|nine|ten|eleven)(?: (?:morning|afternoon|at [a-z0-9]+))* (?:works|work|should work|will work|would work|would be (?:best|good|great|perfect|fine|ideal)|is (?:good|fine|perfect|great|okay|best|open)|sounds (?:good|great|perfect))|(?:i am|we are|i can be) (?:free|available|open|around) (?:on |at |after |from |all )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next|this|then|\d|any)|(?:i|we) can do (?:monday|tuesday|wednesday|thursday|friday|tomorrow|next|\d|one|two|three|ten))\b/,
    owner: 'both',
    bare: true,
  },
  {
    re: /(\b(?:i|we) (?:would|will|want)(?: (?:love|like|need|want|have))*(?: to)? )(?:schedule|set up|book|arrange|get (?:you|us|that|this|something|a|another) (?:[a-z]+ ){0,4}(?:calendar|scheduled|booked|set up)|meet|invite|have (?:a|another) (?:call|meeting|session|conversation|demo)|see (?:a|the) (?:demo|trial|proposal)|do (?:a|the|another) (?:demo|call|trial|pilot|follow up|walkthrough|session))\b/,
    owner: 'both',
    weak: true,
  },

  // What the other side is asked for.
  {
    re: new RegExp(
      `(\\b(?:can|could|would|will) you (?:${FILL}|help (?:me |us )?|be able to )*)(?:${DEEDS})(?! (?:about|me (?:about|how|what|why|more)|us (?:about|how|what|more)|the screen|your screen))`,
    ),
    owner: 'theirs',
    weak: true,
  },
  {
    re: /((?:^|\b(?:please|and then|then|so|yes|sure|okay|great|perfect|and|just|also) ))(?:please )?(?:(?:send|email|forward|share|shoot|mail|text) (?:me|us|it|that|them|over|the|your|a|those|along)|call me|give me a call|let me know (?:by|when|what|how|which|once|as soon|your|tomorrow|next|on|(?:if|whether)(?! (?:you (?:want|have|need|would|are|see|get|ever)|there|anything|that|this|it)))|keep me (?:posted|updated)|reach out|get back to me|put (?:it|that|something) (?:on|in) (?:my|the)|(?:take a|have a) (?:look|read) (?:at|through|over)|feel free to|review (?:it|the|that)|check your (?:email|inbox)|(?:talk|speak) to (?:your|the))\b/,
    owner: 'theirs',
  },
  {
    re: /(\b(?:i|we) (?:would|will)(?: also)? (?:need|like|love|want|appreciate)(?: (?:you to|to (?:see|get|have|receive|review)|if you could|for you to|it if you))? )(?:[a-z]+ ){0,4}(?:proposal|quote|contract|documentation|docs|information|details|references?|case stud(?:y|ies)|breakdown|agreement|estimate|copy|sample|report|paperwork|summary|email|send|pricing|numbers|invoice|link)\b/,
    owner: 'theirs',
    weak: true,
    role: 'customer',
  },
  {
    re: /(\b)(?:you (?:will|should|can expect to) (?:get|receive|have|hear|see) (?:it|that|this|them|an?|the|from (?:me|us)|my|our|everything|something)\b)/,
    owner: 'mine',
  },
  {
    re: /(\byou (?:will|can|need to|should|will need to|will want to|have to) (?:also |then |just )?)(?:review|sign|send (?:me|us|it|back)|confirm|let me know|talk (?:to|with)|check with|share|fill|complete|loop|discuss|get back|reply|email (?:me|us)|call (?:me|us)|return)\b/,
    owner: 'theirs',
    weak: true,
    role: 'rep',
  },

  // What the speaker's own side takes on.
  { re: new RegExp(`(\\b(?:i|we) (?:${WILL}) (?:${FILL}))(?:${DEEDS})`), owner: 'mine' },
  {
    re: new RegExp(
      `(\\b(?:i|we) can (?:${FILL}))(?:${DEEDS})(?=.*(?:\\b(?:you|over|together|today|tomorrow|team|back|week|call|email|up)\\b))`,
    ),
    owner: 'mine',
    weak: true,
  },
  {
    re: new RegExp(
      `(\\b(?:i|we) would (?:need|have|want|like) to (?:${FILL}))(?:${ASK}|${TALK}|show (?:it|this|that) to|think it over with)\\b`,
    ),
    owner: 'mine',
    role: 'customer',
    weak: true,
  },
  { re: /(\b(?:i|we) will )do (?:that|it|this)\b/, owner: 'mine', needsDue: true },
  {
    re: /((?:^|\b))give (?:us|me) (?:until|till|a (?:week|day|few|couple)|some time|two|three)\b/,
    owner: 'mine',
    role: 'customer',
    weak: true,
  },
  {
    re: /(\byou (?:can|could) )(?:come|stop|call|send|drop|visit|bring|pick)\b/,
    owner: 'theirs',
    role: 'customer',
    weak: true,
    needsDue: true,
  },
  {
    re: /^((?:(?:and|so|okay|great|perfect|then|how about|maybe|say|next|this|yes|make it|lets say) )*)(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)(?: (?:morning|afternoon|evening|at|around|after|\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|it is|then|the|half past))+$/,
    owner: 'both',
    bare: true,
    weak: true,
  },
  {
    re: new RegExp(`(\\b(?:i|we) (?:can|could) (?:${FILL}|be there and )*)(?:${DEEDS}|be there)`),
    owner: 'mine',
    weak: true,
    needsDue: true,
  },
  {
    re: /(\b(?:i|we) (?:can|could|would|will) )(?:hold|reserve|keep|set aside|put aside|save) (?:it|them|one|that|this|the [a-z]+|your [a-z]+)(?: [a-z]+){0,2} (?:for you|for me|until|till)\b/,
    owner: 'mine',
    weak: true,
  },
  {
    re: /(\blet (?:me|us) (?:also |then |just |go ahead and )*)(?:send|email|forward|get (?:you|that|this|those|back|with|it|my|someone)|check with|talk (?:to|with)|speak (?:to|with)|discuss|run (?:it|this|that)|follow up|put together|put (?:something|a|that|you)|draft|prepare|schedule|set up|book|find out|look into|think about it and|connect you|introduce|circle back|loop|confirm|take (?:it|this|that) (?:to|back)|work on|work up|reach out|review|know)\b(?<!let me know)/,
    owner: 'mine',
  },
  {
    re: new RegExp(
      `(\\b((?:our|my|the) (?:[a-z]+ ){0,2}(?:team|manager|legal|finance|boss|cfo|cto|ceo|colleague|assistant|engineer|engineers|specialist|rep|lawyer|lawyers|counsel|department|people|folks|board|partner|wife|husband)|someone(?: from (?:our|my|the) [a-z]+)?|they|he|she|legal|finance|procurement|security) (?:will|is going to|are going to|needs to|need to|wants to|want to|will want to|will need to|has to|have to|would want to) (?:${FILL}))(?:${DEEDS})`,
    ),
    owner: 'mine',
    helped: true,
  },
  {
    re: /(\b(?:the |an? |my )?(?:[a-z]+ )?(?:invite|invitation|calendar invite|email|proposal|contract|quote|paperwork|link|documents?|docs|agreement) (?:will be|is|should be|goes|will go|are) )(?:on (?:its|the) way|in your (?:inbox|calendar|email)|sent|out|with you|coming|over)\b/,
    owner: 'mine',
  },
  {
    re: /(\b(?:expect|look out for|keep an eye out for|watch for) )(?:[a-z]+ ){0,3}(?:email|invite|call|message|proposal|contract|quote|link|something from)\b/,
    owner: 'mine',
    role: 'rep',
  },
];

/** What is done while everybody is still on the line. */
const IN_CALL =
  /^(?:(?:call|text|message) (?:it|that|this)\b(?! (?:to|over))|come back$|(?:include|throw in|add|bring in)(?: [a-z0-9']+)*$(?<!\b(?:email|invite|proposal|quote|contract|summary|report|calculator|deck|document\w*|docs|examples?|patterns?|references?|stud(?:y|ies)|information|info|details|link|pricing|breakdown|agreement|list|guide|sheet|file|copy|notes?)\b.*)|share (?:my|your|the|a) (?:screen|story|example|quick)|share (?:with you )?(?:some|a few|what|how|that|an?) (?:thoughts?|background|context|insights?|we|i|you)|check (?:in )?(?:if|whether|real quick|something|that you|my understanding)|ask (?:you|a|one|if|what|about|how|why)|(?:get|have|bring|put|take) you (?:up|to (?:see|look|the)|through|started|set)|get (?:into|to (?:the|that|it|know|your|a)|a (?:sense|feel|better|bit|little|picture|good|quick)|you (?:some|a sense|up|started|set|live)|your|more|some (?:background|context|clarity)|this right|that done|it done|the most|better)|start (?:by|with|off|from|out|using|to|seeing|with the)|(?:go|walk|run|step) (?:through|over) (?:some|a few|the (?:agenda|basics|features|main|demo|screen)|how|what|each|a couple)|make (?:a (?:note|difference|decision|quick)|the (?:most|point|case)|that|an?|some|sure (?:i (?:understand|heard|have|got)|we (?:are|cover|understand|have|get|use)|that|you (?:are|have|get)|it|to))|(?:add|include) (?:to (?:that|what)|that|value|one|a bit)|push (?:back|you|it|that)|build out|work on (?:that|it)(?: together)?$|try (?:to|and|not)|bring (?:up|in|that|it(?! up (?:with|at|to|in))|you|value|down|the|more)|take a (?:moment|step|second|minute|look at (?:this|that|your|how|the screen))|do (?:that|this|it)$|set (?:the|expectations|your|aside)|look (?:at|into how)|test|order$|talk (?:to|with) you (?:about|today|regarding)|speak (?:to|with) you (?:about|today|regarding)|discuss (?:that|this|your|how|what|the|pricing|our|a)(?!.*\b(?:with|internally|tomorrow|next|team)\b)|present (?:you|an?|to you|this|the)(?!.*\b(?:to (?:the|my|our)|tomorrow|next)\b)|put (?:you on hold|that aside|it (?:this way|simply|in (?:perspective|context|other words|simple))|a number|in (?:place|the|more))|respond to|reply to|pay (?:for|more|less|attention|that|\$|the|it|this)|update (?:it|our|the|you on)|introduce (?:you to (?:a|the|our) (?:product|platform|concept|idea|tool|solution)|myself|a|the|our|new)|contact (?:support|us)|join (?:us|the call|a)$|start$|plan (?:on using|to|for)$|check$|read$|write$|hold$|message$|call$|confirm (?:that|your name|i|we|you|my)(?!.*\b(?:with|by|tomorrow)\b)|add$|deliver(?: (?:on|the|value|results|that|more))?|evaluate(?: (?:that|this|if|whether|how|what))?$|provide (?:you with (?:a|an|some) (?:overview|background|context)|value|the best|support|training|a)(?!.*\b(?:by|tomorrow|today|email|after)\b)|connect (?:to|with) (?:your|the) (?:system|crm|data|api|existing|tools)|connect you to (?:the|your) (?:data|system)|transfer (?:the|your|our) data|move (?:on|to|into|forward with the (?:demo|next)))/;
/** A time that lies outside the call. */
const AWAY =
  /\b(?:day|tomorrow|week|month|quarter|eod|cob|later|after|january|february|march|april|june|july|august|september|october|november|december|q[1-4])\b|day\b/;
/** What has been done already, or is asked about. */
const DONE =
  /\b(?:i|we|you) (?:already|have already|did) (?:sent|send|talk\w*|spoke|schedul\w*|book\w*)\b|\bas (?:i|we) (?:said|discussed|mentioned)\b|\bthank you for (?:send|call|schedul|reach)\w*\b/;
