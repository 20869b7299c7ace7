import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { dueCases } from './eval/due-cases.ts';
import { scoreDues } from './eval/due-dates.ts';
import { devFolder, measure } from './eval/measure.ts';
import { competitorsOf } from './eval/options.ts';
import { type Figure, families, type Scores } from './eval/score.ts';

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: { competitors: { type: 'string' }, 'small-talk': { type: 'boolean', default: false } },
});
if (values['small-talk']) {
  // Trains five times over, which no other use of this command should wait for.
  const { smallTalk } = await import('../.ci/train/small-talk.ts');
  stdout.write(`${smallTalk()}\n\n`);
}
const dues = scoreDues(dueCases);
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
stdout.write(
  `Due dates, our own table: ${dues.right} of ${dues.dated} right (${percent(dues.right, dues.dated)}); ${dues.silent} of ${dues.open} that name no day left without one (${percent(dues.silent, dues.open)})\n\n`,
);
const folder = positionals[0] ?? devFolder;
const measured = measure(folder, competitorsOf(values.competitors));
if (!measured) {
  stderr.write(`No dev_turns.jsonl in ${folder}. Give the folder of labelled calls: npm run eval -- path\n`);
  exit(2);
}

const show = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
const row = (name: string, { n, precision, recall, f1, interval }: Figure): string =>
  [
    name.padEnd(12),
    String(n).padStart(4),
    show(precision).padStart(10),
    show(recall).padStart(7),
    show(f1).padStart(7),
    interval ? `  ${show(interval[0])} to ${show(interval[1])}` : '',
  ].join('');
const table = (title: string, scores: Scores): void => {
  stdout.write(`${title}\nfamily         n precision recall     F1  95 %, over calls\n`);
  for (const family of families) stdout.write(`${row(family, scores.families[family])}\n`);
  stdout.write(
    `mean F1 ${show(meanOf(scores))} · types of objections ${show(scores.objectionTypes)}, of signals ${show(scores.buyingTypes)} · owner ${show(scores.owners)} · sentiment ${show(scores.sentiment)}\n\n`,
  );
};
const meanOf = (scores: Scores): number => families.reduce((sum, family) => sum + scores.families[family].f1, 0) / families.length;

stdout.write(`${measured.calls} calls, ${measured.turns} turns, ${measured.msPerTurn.toFixed(2)} ms a turn\n\n`);
table('As written', measured.written);
table('Lower case, no punctuation', measured.bare);
const short = (scores: Scores) => ({
  mean: round(meanOf(scores)),
  ...Object.fromEntries(families.map((family) => [family, round(scores.families[family].f1)])),
});
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
stdout.write(
  `${JSON.stringify({ ok: true, calls: measured.calls, turns: measured.turns, dueDates: round(dues.share), written: short(measured.written), bare: short(measured.bare) })}\n`,
);
