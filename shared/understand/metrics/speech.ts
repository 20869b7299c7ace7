/** The words of an utterance as metrics count them: what is spoken, hyphens and all. */
export const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('\u2019', "'")
    .match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];

/** "Mm-hm", "right, right", "okay": said while listening. At most five words, at least half of them of that kind. */
export function isBackChannel(text: string): boolean {
  if (text.length > 60) return false;
  const words = wordsIn(text.replace(/\b(?:i see|got it|of course)\b/gi, 'okay'));
  if (words.length === 0) return true;
  return words.length <= 5 && words.filter((word) => LISTENING.has(word)).length * 2 >= words.length;
}

/** Sounds that fill a pause, and "you know", "I mean", "kind of", "sort of"; "like" only where commas set it apart. */
export function fillersIn(text: string): number {
  const flat = text.toLowerCase().replaceAll('\u2019', "'");
  return flat.match(FILLERS)?.length ?? 0;
}

/** How many questions stand in a text, and how many of them ask for more than a yes. */
export function questionsIn(text: string): { asked: number; open: number } {
  let asked = 0;
  let open = 0;
  for (const [sentence] of text.matchAll(/[^.?!]+[.?!]*/g)) {
    const lean = wordsIn(sentence).join(' ').replace(LEAD, '');
    const marked = /\?/.test(sentence);
    // "Right?" alone looks for a nod.
    if (isBackChannel(sentence) || !(marked || (!/[.!]/.test(sentence) && INTERROGATIVE.test(lean)) || INVITES.test(lean))) continue;
    asked++;
    if (OPEN.test(lean) || INVITES.test(lean)) open++;
  }
  return { asked, open };
}

const LISTENING = new Set(
  'mm mhm mm-hm mm-hmm mmhmm uh-huh huh uh um hm hmm yeah yes yep yup ya ok okay right sure exactly true great good nice cool wow oh ah gotcha understood absolutely totally alright fair perfect'.split(
    ' ',
  ),
);
const FILLERS =
  /\b(?:u+m+|u+h+|uhm|e+r+m?|you know|i mean|(?<!\b(?:the|what|this|that|some|any|a|which|same) )(?:kind|sort) of)\b|, like,/g;
const LEAD = /^(?:(?:and|so|but|okay|ok|well|then|now|um|uh|right|yeah|great) )+/;
const INTERROGATIVE =
  /^(?:what|how|why|when|where|who|which|can|could|would|do|does|did|is|are|will|should|have|has) (?:you|we|i|it|that|this|the|is|are|do|does|did|would|much|many|long|about|your|there|they|kind|happens)\b/;
const INVITES = /^(?:(?:can|could|would) you )?(?:tell me|walk me|talk me|describe|help me understand|explain|share)\b/;
const OPEN = /^(?:what|how(?! (?:many|much|long|old|often|far|big|soon)\b)|why|in what way|which parts?)\b/;
