import { ok } from '../../../shared/kit/result.ts';
import { OWN_MAKER, OWN_STRANGERS, signsOfText } from '../../../shared/remember/search/signs.ts';
import type { Meaning } from '../../ports/meaning.ts';

/** Tells from the words alone what a text is about. It is always there, and what stands in for a model that is not. */
export const ownMeaning: Meaning = {
  maker: OWN_MAKER,
  strangers: OWN_STRANGERS,
  signsOf: async (texts) => ok(texts.map(signsOfText)),
};
