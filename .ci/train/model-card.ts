import type { Measured } from '../../sandbox/eval/measure.ts';
import { type Figure, type Scores, families as scored } from '../../sandbox/eval/score.ts';
import { chanceNeeded } from '../../shared/understand/heads/chance-needed.ts';
import { chance } from '../../shared/understand/heads/score.ts';
import { isSold } from '../../shared/understand/heads/selling.ts';
import { type Calibration, count } from './calibrate.ts';
import type { Unseen } from './cross-validate.ts';
import type { Plan } from './judges.ts';
import type { Dialogue } from './read-corpus.ts';
import type { Trained } from './trained.ts';

interface Known {
  corpus: readonly Dialogue[];
  plain: readonly Dialogue[];
  trained: Trained;
  dev: Measured | undefined;
}

/** docs/model-card.md: what the heads are, what they learned from, and every figure with how it was measured. */
export function cardOf({ corpus, plain, trained, dev }: Known): string {
  const turns = (list: readonly Dialogue[]): number => list.reduce((sum, one) => sum + one.turns.length, 0);
  const wholes = trained.unseen.filter(({ byDialogue }) => byDialogue.length > 0);
  const objection = wholes.find(({ plan }) => plan.name === 'objection');
  const sold = soldOf(trained.unseen);
  const talk = objection ? talkOf(objection, sold) : '';
  return `# Model card: the embedded analyzer's heads

Written by \`npm run train\`; edit \`.ci/train/model-card.ts\`, not this file.

## What they are
Logistic heads over hashed runs of words, word classes and the hits of the cue rules (\`shared/understand/heads\`). Each says how likely a turn is an objection, a next step, a buying signal or talk of price; smaller ones say of which type and whose step. A turn's loudest sentence counts most, and it becomes the quote. Weights are signed bytes: ${Math.round((trained.packed.bytes.length * 3) / 4 / 1024)} KB in all (${Math.round(trained.packed.bytes.length / 1024)} KB as text). No model key, no network, no clock. In use (\`judge.ts\`) a rule’s hit stands unless its head is below .1, and a head alone must be at .7 or more. One more head reads the whole call: where it hears that nothing is sold, nobody objects and nobody buys.

## What they learned from
${corpus.length} dialogues (${turns(corpus)} turns) in ${new Set(corpus.map(({ industry }) => industry)).size} industries, written by the project (\`.ci/train/corpus\`), and ${plain.length} runs of plain everyday exchanges (${turns(plain)} turns, \`.ci/train/plain\`). Every dialogue is learned from twice: as written, and in lower case without punctuation. How long a turn is, who wrote it and what the call is about are learned apart and left out: in a written corpus objections are longer than other turns, on the telephone they are not. No real call and no text from elsewhere is in it. Features and labels: fingerprint \`${trained.packed.fingerprint}\`. The same corpus and rules give the same bytes.

## On dialogues a head had not seen
Five-fold cross-validation on the corpus; folds keep a dialogue, or a whole industry, together. Thresholds and calibration come from the folds by industry, so these figures are a little kind to them. The interval is Wilson's for recall. Both forms of each dialogue are judged; n counts turns in both.

| head | threshold | n | precision | recall (95 %) | F1, by industry | F1, by dialogue | rules alone | both, as used |
|---|---|---|---|---|---|---|---|---|
${wholes
  .map(({ plan, calibration, byIndustry, byDialogue }) => {
    const [here, there] = [countOf(byIndustry, calibration), countOf(byDialogue, calibration)];
    const { rules } = plan;
    const others = rules
      ? [
          count(byIndustry.map(({ isTrue, one }) => ({ isTrue, isSaid: rules(one) }))),
          count(byIndustry.map((one) => ({ isTrue: one.isTrue, isSaid: isUsed(one, plan, calibration, sold) }))),
        ].map(({ f1 }) => figure(f1))
      : ['–', '–'];
    return `| ${plan.name} | ${calibration.threshold} | ${here.truths} | ${figure(here.precision)} | ${figure(here.recall)} (${wilson(here.recall, here.truths)}) | ${figure(here.f1)} | ${figure(there.f1)} | ${others.join(' | ')} |`;
  })
  .join('\n')}

${talk}

Of what type, where it is known that there is one:

| head | n | precision | recall | F1 | rules alone |
|---|---|---|---|---|---|
${trained.unseen
  .filter(({ byDialogue }) => byDialogue.length === 0)
  .map(({ plan, calibration, byIndustry }) => {
    const here = countOf(byIndustry, calibration);
    const rules = count(byIndustry.map(({ isTrue, one }) => ({ isTrue, isSaid: plan.rules?.(one) ?? false })));
    return `| ${plan.name} | ${here.truths} | ${figure(here.precision)} | ${figure(here.recall)} | ${figure(here.f1)} | ${figure(rules.f1)} |`;
  })
  .join('\n')}

## On calls nobody here wrote
${dev ? devPart(dev) : 'Not measured where this card was written: the calls are not part of this repository (`npm run eval -- path`).'}

## Limits
English only. Turns of text: tone of voice is not heard. The corpus is written, not recorded, so it is tidier and livelier than people are. A head that fires without a rule gives its loudest sentence as the quote, and a next step of that kind is always marked as hedged, so that a person looks at it before it is written.
`;
}

function devPart(dev: Measured): string {
  const table = (scores: Scores): string => scored.map((family) => `| ${family} | ${row(scores.families[family])} |`).join('\n');
  return `${dev.calls} calls, ${dev.turns} turns, labelled by one person outside this project; used for measuring only, never for training; they were measured on about thirty-five times while rules were widened, and a handful of errors of each kind was read to learn how the labels are meant, so expect less elsewhere. Turn level; intervals are resampled over calls. \`npm run eval\` prints the same.

| family | n | precision | recall | F1 | 95 % |
|---|---|---|---|---|---|
${table(dev.written)}

In lower case without punctuation:

| family | n | precision | recall | F1 | 95 % |
|---|---|---|---|---|---|
${table(dev.bare)}

Few of the labels are there in some families: read the intervals, not the third digit.`;
}

const row = ({ n, precision, recall, f1, interval }: Figure): string =>
  `${n} | ${figure(precision)} | ${figure(recall)} | ${figure(f1)} | ${interval ? `${figure(interval[0])} to ${figure(interval[1])}` : '–'}`;

const isSaid = ({ odds }: Unseen, { slope, shift, threshold }: Calibration): boolean => chance(slope * odds + shift) >= threshold;
const countOf = (unseen: readonly Unseen[], calibration: Calibration) =>
  count(unseen.map((one) => ({ isTrue: one.isTrue, isSaid: isSaid(one, calibration) })));

/** As `judge.ts` uses it: rules and head together, and nobody objects or buys where nothing is sold. */
function isUsed(unseen: Unseen, plan: Plan, { slope, shift, threshold }: Calibration, sold: ReadonlyMap<string, boolean>): boolean {
  if (plan.needsSale && sold.get(unseen.one.dialogue) === false) return false;
  return chance(slope * unseen.odds + shift) >= chanceNeeded(threshold, plan.rules?.(unseen.one));
}

/** By dialogue: is anything sold, as a head says that had not seen its industry. */
export function soldOf(unseen: Trained['unseen']): Map<string, boolean> {
  const sold = new Map<string, boolean>();
  const { calibration, byIndustry } = unseen.find(({ plan }) => plan.name === 'selling') ?? { byIndustry: [] };
  // The first of a dialogue is the whole of it.
  for (const { one, odds } of byIndustry)
    if (calibration && !sold.has(one.dialogue))
      sold.set(one.dialogue, isSold(one.features, chance(calibration.slope * odds + calibration.shift), calibration.threshold));
  return sold;
}

export function talkOf({ plan, calibration, byIndustry }: Trained['unseen'][number], sold: ReadonlyMap<string, boolean>): string {
  const talk = byIndustry.filter(({ one, isTrue }) => one.isTalk && !isTrue);
  const sales = new Set(byIndustry.filter(({ one }) => !one.isTalk).map(({ one }) => one.dialogue));
  const per = (said: (one: Unseen) => boolean): string => {
    const wrong = talk.filter(said).length;
    return `${wrong} (${((1000 * wrong) / Math.max(1, talk.length)).toFixed(1)} per 1,000)`;
  };
  const dialogues = new Set(talk.map(({ one }) => one.dialogue));
  const heard = [...dialogues].filter((id) => sold.get(id) === false).length;
  const silenced = [...sales].filter((id) => sold.get(id) === false).length;
  return `Where nobody sells anything, of ${talk.length} customer turns in ${dialogues.size} dialogues the rules alone took ${per((one) => plan.rules?.(one.one) ?? false)} for an objection, the head alone ${per((one) => isSaid(one, calibration))}, and the analyzer as used ${per((one) => isUsed(one, plan, calibration, sold))}. The head that hears whether anything is sold knew ${heard} of these dialogues for what they are, and wrongly silenced ${silenced} of ${sales.size} sales.`;
}

const figure = (value: number): string => value.toFixed(3);

/** Wilson's interval of a share. */
function wilson(share: number, n: number): string {
  if (n === 0) return '–';
  const z = 1.96;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return `${figure(middle - half)}–${figure(middle + half)}`;
}
