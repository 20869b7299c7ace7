import { plain } from '../../kit/ids.ts';
import { stemOf } from '../../understand/heads/stem.ts';
import { sentences } from '../../understand/sentences.ts';
import type { Token } from '../../understand/token.ts';
import { tokens } from '../../understand/tokenise.ts';

/** What a model's text may lean on. */
export interface Ground {
  /** The cited card's texts. */
  card: readonly string[];
  /** What the customer said lately. */
  said: readonly string[];
  /** Words of the call and of the names the server knows, as `plain` writes them. */
  heard: ReadonlySet<string>;
}

/**
 * May a representative be given these words? A figure has to be in the card or in what the customer said, a name must have been named, and
 * every claim about price, product or other customers comes out of the card. The customer's own words may be given back to them. A `label`
 * says what it is about and claims nothing, unless it offers something.
 */
export function isGrounded(text: string, { card, said, heard }: Ground, as: 'label' | 'speech'): boolean {
  const figures = new Set([...card, ...said].flatMap((one) => tokens(one).map((token) => token.text)));
  if (tokens(text).some((token) => isFigure(token) && !figures.has(token.text))) return false;
  const ours = stemsOf(card);
  const theirs = new Set([...ours, ...stemsOf(said)]);
  const known = (word: string) => heard.has(word) || theirs.has(stemOf(word));
  if ([...text.matchAll(NAME)].some(([name]) => !wordsOf(name).every(known))) return false;
  return sentences(text).every(({ text: one }) => {
    const from = groundOf(one, as);
    if (from === 'none') return true;
    const stems = from === 'card' ? ours : theirs;
    return wordsOf(one).every((word) => isPlain(word) || stems.has(stemOf(word)));
  });
}

/** Where the words of a sentence have to come from. */
function groundOf(sentence: string, as: 'label' | 'speech'): 'card' | 'talk' | 'none' {
  const said = sentence.toLowerCase();
  if (OFFER.test(said)) return 'card';
  const isOurs = OURS.test(said) && DOES.test(said);
  if (/\?["'”’]?\s*$/.test(sentence)) return isOurs ? 'card' : 'none';
  const isClaim = PRICE.test(said) || OTHERS.test(said) || (SUBJECT.test(said) && DOES.test(said));
  if (!isClaim) return 'none';
  return !isOurs && (as === 'label' || GIVEN_BACK.test(said)) ? 'talk' : 'card';
}

/** Digits, or a number of several words; "one question" is none. */
const isFigure = ({ text, raw, words }: Token): boolean => text.startsWith('#') && (words > 1 || !/^[a-z]+$/.test(raw) || LARGE.test(raw));
const stemsOf = (texts: readonly string[]): Set<string> => new Set(texts.flatMap((one) => wordsOf(one).map(stemOf)));
const wordsOf = (text: string): string[] =>
  plain(text.replaceAll(/['’]/g, ''))
    .split(' ')
    .filter((word) => word !== '');
const isPlain = (word: string): boolean => word.length < 3 || PLAIN.has(word);

const LARGE = /^(?:hundred|thousand|million|half|double|twice|triple|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)/;
const GIVEN_BACK =
  /^["'“‘]?(?:so |and |okay,? |right,? )*(?:you|your|you've|you're|i hear|i understand|sounds like|it sounds like|if i hear)\b/;
const NAME = /(?<=[\p{L}\p{N},;:)’'”"] )\p{Lu}[\p{L}\p{N}]+|\b\p{Lu}{2,}\b/gu;
const OFFER =
  /\b(?:discount\w*|free|cheaper|cheapest|refund\w*|guarante\w*|waiv\w*|rebate\w*|credits?|trial\w*|bonus|lowest|price match\w*|no (?:extra )?(?:costs?|charges?|fees?))\b/;
const OURS = /\b(?:we|we're|we've|our|ours)\b/;
const SUBJECT = /\b(?:we|we're|we've|our|ours|it|it's|this|that|they|(?:the|our) \w+)\b/;
const DOES =
  /\b(?:support\w*|includ\w*|offer\w*|integrat\w*|provid\w*|comes? with|ships?|shipp\w+|compl(?:y|ies|iant)|certif\w*|encrypt\w*|secur\w*|works? with|connect\w*|deliver\w*|automat\w*|sav(?:e|es|ing)|reduc\w*|cuts?|increas\w*|improv\w*|faster|better|handles?|takes?|host\w*|migrat\w*|scal\w+|uptime|available|unlimited|built|ready|compatible|proven)\b/;
const PRICE =
  /\b(?:pric\w*|costs?|fees?|charges?|pays?|per (?:seat|user|month|year)|licen[cs]\w*|contracts?|cancel\w*|billing|billed|savings?|roi)\b/;
const OTHERS =
  /\b(?:customers?|clients?|companies|teams?|businesses|others?) (?:like|who|that|your|see|say|get|save|usually|often|have|use|report)\b/;
/** Words that claim nothing by themselves. */
const PLAIN = new Set(
  'the and for with from into over about after before because but not than that this these those they them their there then what when where which while who why how has have had was were are been being will would could should can may might must does did doing its his her our your you she him all any some more most much very too also only just still again now here let lets makes make made sense hear hearing heard understand understood sounds sound fair point right thanks thank good great sure yes see say said tell told ask asked think thought know look looking want wanted wants need needed needs like help helps helpful take put next one first back give go going get getting come part together both between whether per'.split(
    ' ',
  ),
);
