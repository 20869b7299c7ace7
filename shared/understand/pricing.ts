import type { Said } from './said.ts';

/** Is price, cost, budget, discount, fee or payment spoken of? Either side counts; figures of profit alone do not. */
export function isPricing({ lean, text, before }: Said): boolean {
  const plain = lean.replace(NOT_MONEY, ' ');
  if (WORDS.test(plain) || HAGGLES.test(plain)) return true;
  // A bare number answers a question of price.
  if (ASKED.test(before) && NUMBER.test(plain)) return true;
  if (
    /\brates?\b/.test(plain) &&
    /\b(?:lower|better|cheaper|higher|hourly|day|flat|fixed|our|your|their|current|special|discounted|interest|lock) rates?\b|\brates? (?:is|are|for|of|per|card|increase)\b/.test(
      plain,
    ) &&
    !OTHER_RATES.test(plain)
  )
    return true;
  if (!AMOUNT.test(plain) && !/[$€£₹]\s?\d/.test(text)) return false;
  return !GAIN.test(plain);
}

const WORDS =
  /\b(?:pric(?:e|es|ed|ey|ing|ier)|cost(?:s|ly|ing)?|budget(?:s|ed|ing|ary)?|discount(?:s|ed|ing)?|fees?|expens(?:e|es|ive)|inexpensive|cheap(?:er|est|ly)?|afford(?:s|able|ability)?|pay|pays|paying|paid|payment|payments|invoic(?:e|es|ed|ing)|bill(?:ed|ing)|dollars?|bucks|euros?|pounds? (?:a|per)|rupees|cents|spend|spending|spent \$?\d\S*|refund(?:s|ed)?|(?:a|the|your|our|another|formal|price|ballpark) quote|quotes? (?:for|from)|quoted|charge|charges|charged|(?:per|a|each) (?:seat|license|user|agent) (?:per|a|each)|(?:\$?\d[\d.]*(?!\S)|few|hundred) (?:per|a) (?:user|seat|month|year|agent|head|person|license|licence)|free (?:trial|of charge|tier|plan|month|version)|for free|upfront (?:payment|fee|cost)|financing|installments?|deposit|surcharge|markup|total cost|tco|how much (?:is|does it|would it|do you|are you|will it|for|money|are we talking)|money|purchase order|donat(?:e|ion|ions) (?:of )?\$?\d\S*|price ?point|price ?tag|(?:initial|up ?front|big|huge|large|significant|small|monthly|yearly|annual|total|financial|this|that|worth the|worth an?|such an?|kind of|sort of) investments?|investment (?:up ?front|for (?:us|a)|is|of)|a lot up ?front|arm and a leg|a fortune|cash|subscriptions?|per (?:seat|license|licence|head)|off the (?:total|price|list))\b/;
const HAGGLES =
  /\b(?:(?:would|will|could|can) you(?: [a-z]+)? (?:take|accept|do|go)|(?:go|come) (?:down|up) to|(?:asking|offer|offering|hoping for|was thinking(?: (?:of|around|about|more like))?|(?:take|sell|have) it (?:at|for)|meet (?:me|you) at)) (?:around |about )?\$?\d\d\d*[\d.]*\b(?! (?:minutes|days|weeks|people|o'clock|am|pm))|\b\$?\d\d\d[\d.]* (?:is|was) (?:my|our|the) (?:last|lowest|final|best|highest)\b|\b(?:what do (?:we|i) owe|owe you|quote (?:me|us|you) (?:on|for|a)|\d[\d.]* (?:a night|per night|per room|apiece|a piece|each))\b/;
const ASKED =
  /\b(?:how much (?:is|does|would|do|for|are|will|of an investment)|what (?:is|are|does|do|would|will|did)(?: [a-z']+){0,5} (?:price|pricing|cost|costs|fee|charge|charges|rate|pay|come to|run|budget|investment|asking)|per (?:user|seat|head|month|person)|(?:and|the) (?:price|cost|pricing|budget))\b[^|]*\?$/;
const NUMBER =
  /(?<!\b(?:in|by|at|until|section|page|option|step) )\b\d\d[\d.]*\b(?! (?:minutes?|hours?|days?|weeks?|months?|years?|people|users|seats|employees|agents|percent|times|am|pm|o'clock|calls|tickets))/;
const AMOUNT = /(?:\$\d|\b\d[\d.]* (?:dollars|usd|eur|euros|bucks|pounds|rupees)\b)/;
const NOT_MONEY =
  /\b(?:cancel\w* (?:your|my|our|the|that) subscription|(?:operational|operating|labou?r|overhead|production|acquisition|personnel|staffing|time and) costs?|cost (?:savings?|reductions?)|(?:leav\w+|left) (?:[a-z]+ )?money on the table|return on (?:the |your |our |that |this )?investments?|(?:sav\w+|mak\w+|los\w+) (?:you |us |me |them |the company )?(?:[a-z]+ )?money|cost(?:s|ing)? (?:you|us|me|them) (?:[a-z]+ )?(?:leads?|customers?|deals?|time|sales|business|hours|sleep)|cost of (?:doing nothing|inaction|poor|delay)|pays? for itself|paying (?:customers?|users?|clients?)|pay(?:s|ing)? (?:close |more )?attention|payroll|pays? off|paid off|paying off|pay it forward|in charge|price match guarantee|at all costs?|cost of living|spend(?:s|ing)?(?: [a-z0-9]+){0,4} (?:time|hours?|minutes?|days?|weeks?|mornings?|afternoons?|energy|half)|(?:time|hours?|minutes?|days) (?:we|they|i|people|your team|our team) (?:spend|are spending)|paid (?:ads?|search|media|social|leave|traffic)|quote unquote|on billing|billing (?:team|department|system|software|address|tickets?|questions?)|charge (?:the|my|your) (?:phone|battery)|free (?:time|up|to))\b/g;
const OTHER_RATES =
  /\b(?:conversion|open|response|churn|win|close|click|success|retention|reply|adoption|error|growth|bounce|show|hit|attach|resolution|interest in) rates?\b/;
/** Money that comes in or is saved, not what the offer costs. */
const GAIN =
  /\b(?:revenue|arr|mrr|saved|saves?|saving|savings|funding|raised|valuation|pipeline|profit|earn\w*|made|generate[ds]?|sales of|worth of|lost|losing|turnover|quota|deal size|return)\b/;
