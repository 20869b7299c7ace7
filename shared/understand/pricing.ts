import type { Said } from './said.ts';

/** Is price, cost, budget, discount, fee or payment spoken of? Either side counts; figures of profit alone do not. */
export function isPricing({ lean, text }: Said): boolean {
  const plain = lean.replace(NOT_MONEY, ' ');
  if (WORDS.test(plain)) return true;
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
  /\b(?:pric(?:e|es|ed|ey|ing|ier)|cost(?:s|ly|ing)?|budget(?:s|ed|ing|ary)?|discount(?:s|ed|ing)?|fees?|expens(?:e|es|ive)|inexpensive|cheap(?:er|est|ly)?|afford(?:s|able|ability)?|pay|pays|paying|paid|payment|payments|invoic(?:e|es|ed|ing)|bill(?:ed|ing)|subscriptions?|dollars?|bucks|euros?|pounds? (?:a|per)|rupees|cents|spend|spending|spent \$?\d\S*|refund(?:s|ed)?|(?:a|the|your|our|another|formal|price|ballpark) quote|quotes? (?:for|from)|quoted|charge|charges|charged|(?:per|a|each) (?:seat|license|user|agent) (?:per|a|each)|(?:\$?\d\S*|few|hundred) (?:per|a) (?:user|seat|month|year|agent|head|person|license|licence)|free (?:trial|of charge|tier|plan|month|version)|for free|upfront (?:payment|fee|cost)|financing|installments?|deposit|surcharge|markup|total cost|tco|how much (?:is|does it|would it|do you|are you|will it|for|money|are we talking)|money|purchase order|donat(?:e|ion|ions) (?:of )?\$?\d\S*|price ?point|pricetag)\b/;
const AMOUNT = /(?:\$\d|\b\d[\d.]* (?:dollars|usd|eur|euros|bucks|pounds|rupees)\b)/;
const NOT_MONEY =
  /\b(?:(?:leav\w+|left) (?:[a-z]+ )?money on the table|(?:sav\w+|mak\w+|los\w+) (?:you |us |me |them |the company )?(?:[a-z]+ )?money|cost(?:s|ing)? (?:you|us|me|them) (?:[a-z]+ )?(?:leads?|customers?|deals?|time|sales|business|hours|sleep)|cost of (?:doing nothing|inaction|poor|delay)|pays? for itself|paying (?:customers?|users?|clients?)|pay(?:s|ing)? (?:close |more )?attention|payroll|pays? off|paid off|paying off|pay it forward|in charge|price match guarantee|at all costs?|cost of living|spend(?:s|ing)?(?: [a-z0-9]+){0,4} (?:time|hours?|minutes?|days?|weeks?|mornings?|afternoons?|energy|half)|(?:time|hours?|minutes?|days) (?:we|they|i|people|your team|our team) (?:spend|are spending)|paid (?:ads?|search|media|social|leave|traffic)|quote unquote|on billing|billing (?:team|department|system|software|address|tickets?|questions?)|charge (?:the|my|your) (?:phone|battery)|free (?:time|up|to))\b/g;
const OTHER_RATES =
  /\b(?:conversion|open|response|churn|win|close|click|success|retention|reply|adoption|error|growth|bounce|show|hit|attach|resolution|interest in) rates?\b/;
/** Money that comes in or is saved, not what the offer costs. */
const GAIN =
  /\b(?:revenue|arr|mrr|saved|saves?|saving|savings|funding|raised|valuation|pipeline|profit|earn\w*|made|generate[ds]?|sales of|worth of|lost|losing|turnover|quota|deal size|return)\b/;
