import type { Utterance } from '../contracts/transcript.ts';

/**
 * The transcript as the analyzers read it: what only machines see is gone, links and markup are words. Claims quote these words,
 * and so a quote carries neither into a CRM. Says nothing about who spoke: roles and times stay.
 */
export const harmless = (utterances: readonly Utterance[]): Utterance[] =>
  utterances.map((said) => ({ ...said, text: harmlessText(said.text), speaker: harmlessName(said.speaker) }));

/** A name out of a CRM or a file: one short line. '' when nothing of it is left. */
export const harmlessName = (name: string): string => harmlessText(name.slice(0, 400)).slice(0, NAME_MAX).trim();

/** Speech as it was said, without hidden signs, markup and addresses one could click. */
export function harmlessText(text: string): string {
  // Most of what people say needs none of this.
  if (!SUSPECT.test(text)) return text;
  return withoutAddresses(withoutMarkup(visible(text)));
}

/** Without control, direction, zero-width, tag and private signs; lines become one. */
export function visible(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(HIDDEN, '')
    .replace(/\p{Mn}{4,}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Addresses that a program would turn into a link read "(link)". A bare "acme.com" is how people say a name and stays. */
export const withoutAddresses = (text: string): string => text.replace(SCHEMED, '(link)').replace(PATHED, '(link)');

function withoutMarkup(text: string): string {
  return (
    text
      .replace(/!?\[([^[\]]{0,200})\]\([^()]{0,500}\)/g, '$1')
      .replace(/<[/!?]?[a-z][^<>]{0,300}>/gi, ' ')
      // What is left of a tag that never closes.
      .replace(/<(?=[/!?a-z])/gi, '‹')
      .replace(/&(?:lt|#0*60|#x0*3c);?/gi, '‹')
      .replace(/\]\s?\(/g, '] ')
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}

const NAME_MAX = 120;
/** Unassigned signs stay: they are the emoji of next year. A joiner inside an emoji goes too, which leaves its parts. */
const HIDDEN = /[\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}/gu;
const SUSPECT = /[^\p{L}\p{N}\p{M} .,!?;'"’“”$€£%-]|\p{Mn}{4}|\.[\p{L}\p{N}]|[\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}| {2}/u;
const SCHEMED = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.|(?:javascript|data|vbscript|mailto|tel|file):(?=\S))[^\s<>"'“”]*/gi;
const PATHED = /\b(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,12}(?::\d{2,5})?\/[^\s<>"'“”]*/giu;
