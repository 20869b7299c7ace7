import type { Measured } from './measure.ts';

const TITLE = '\n## Who speaks on one track\n';

/** The model card with this section as the figures are now; what stands before it stays. */
export const withSpeakers = (card: string, found: Record<string, Record<string, Measured>>): string =>
  card.slice(0, placeIn(card)) + TITLE + section(found);

/** What is kept of the section when the rest of the card is written anew. */
export const speakersOf = (card: string): string => card.slice(placeIn(card));

const placeIn = (card: string): number => (card.includes(TITLE) ? card.indexOf(TITLE) : card.length);

function section(found: Record<string, Record<string, Measured>>): string {
  const rows = Object.entries(found).flatMap(([set, cases]) =>
    Object.entries(cases).map(([errors, got]) => {
      const of = ({ share, low, high }: Measured['right']) => `${share.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
      const cells = [got.right, got.sure, got.rightOfSure, got.wrongWords.raw, got.wrongWords.smooth].map(of);
      return `| ${[set, got.calls, errors, ...cells].join(' | ')} |`;
    }),
  );
  return `
Written by \`npm run bench:speakers -- --card\`. Of a mono recording the recogniser tells voices apart; which is the rep's is told from the words by ${'`shared/capture/who-speaks.ts`'}: some two dozen wordings, each with the log-odds that a seller says it, names where they are known, and the fact that people talk across the table. Under .95 nobody is sure: the rep is asked, and no word counts as the customer's until then.

| calls | n | errors put in | sides right | sure | right where sure | words on the wrong side, before | after smoothing |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

- \`own\`: the corpus above without its labels, odds learned from other industries than the dialogue's own. \`sales\` and \`haggling\`: the calls nobody here wrote, by kind; the second are strangers who bargain over used things, which is not what this is for, and it shows. Five of those calls were read, and all were measured on some four times, while the wordings were chosen; the scale of the odds was set on \`own\`.
- Errors: \`scattered\`, any word alike; \`edges\`, as many words, together where the voice changes; \`split\`, the rep becomes a third voice half way. Smoothing mends what is scattered and little at the edges.
- A call with its sides the wrong way round has nearly all its words wrong; they are in the last two columns. Intervals are 95 %, Wilson's for calls, resampled over calls for words.
- What this does not say: how many words a real recogniser gives to the wrong voice. It is text with made-up times; no real audio went through the real vendor. Names, two reps, and who rang whom have no figures: their weights are judged. No name was known in any of these calls, so where it is, expect more calls to be sure.
`;
}
