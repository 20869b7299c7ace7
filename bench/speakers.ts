import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sellerCues } from '../shared/capture/seller-cues.ts';
import { withSpeakers } from './speakers/card.ts';
import type { Errors } from './speakers/confuse.ts';
import { heldOut, learnCues } from './speakers/learn-cues.ts';
import { type Measured, measure } from './speakers/measure.ts';
import { foreignDialogues, ownDialogues } from './speakers/read-dialogues.ts';

/**
 * `node bench/speakers.ts [--card]`: dialogues without their labels, as a recogniser would tell their voices apart, with errors of a known share:
 * which side is whose, and how many words end on the wrong one. One line of JSON last; with `--card` into the model card, too. Text and made-up times: no audio is heard.
 */
const own = ownDialogues();
const foreign = foreignDialogues();
const shipped = <T>(dialogues: readonly T[]) => dialogues.map((dialogue) => ({ dialogue, cues: sellerCues }));
const sets = {
  own: heldOut(own),
  ...(foreign ? { sales: shipped(foreign.sales), haggling: shipped(foreign.haggling) } : {}),
};

const cases: (Errors & { name: string })[] = [
  { name: 'none', share: 0, kind: 'scattered' },
  ...[0.05, 0.1, 0.2].map((share) => ({ name: `scattered ${share * 100} %`, share, kind: 'scattered' as const })),
  ...[0.05, 0.1, 0.2].map((share) => ({ name: `edges ${share * 100} %`, share, kind: 'edges' as const })),
  { name: 'edges 5 %, one voice split', share: 0.05, kind: 'edges', isSplit: true },
];

for (const [at, cue] of learnCues(own).entries()) {
  if (cue.odds !== sellerCues[at]?.odds)
    console.log(`The cue ${cue.name} is ${sellerCues[at]?.odds} and would now be learned as ${cue.odds}.`);
}
const found: Record<string, Record<string, Measured>> = {};
for (const [name, calls] of Object.entries(sets)) {
  console.log(`\n${name} (${calls.length} calls)\n  errors | sides right | sure | right of sure | wrong words before | after`);
  found[name] = Object.fromEntries(
    cases.map((errors) => {
      const got = measure(calls, errors);
      const shown = ({ share, low, high }: Measured['right']) => `${share.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
      console.log(
        `  ${[errors.name, ...[got.right, got.sure, got.rightOfSure, got.wrongWords.raw, got.wrongWords.smooth].map(shown)].join(' | ')}`,
      );
      return [errors.name, got];
    }),
  );
}
if (process.argv.includes('--card')) {
  const card = join(import.meta.dirname, '../docs/model-card.md');
  writeFileSync(card, withSpeakers(readFileSync(card, 'utf8'), found));
}
console.log(JSON.stringify(found));
