import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { speakersOf } from '../../bench/speakers/card.ts';
import { calibrate } from './calibrate.ts';
import { crossValidate, train } from './cross-validate.ts';
import { callExamplesOf, type Example, examplesOf } from './examples.ts';
import { families, rival, SOLD, selling, typePlans } from './judges.ts';
import { cardOf } from './model-card.ts';
import { type Packed, Packer } from './pack.ts';
import { type Dialogue, readCorpus } from './read-corpus.ts';
import type { Trained } from './trained.ts';

/**
 * The heads from a corpus; `plain` is learned from in every fold and never judged. Nothing here asks the clock or chance: same corpus
 * and rules, same bytes.
 */
export function trainAll(dialogues: readonly Dialogue[], plain: readonly Dialogue[]): Trained {
  const examples = examplesOf(dialogues);
  const always = examplesOf(plain);
  const all = [...examples, ...always];
  const packer = new Packer();
  const judges: Trained['packed']['judges'] = {};
  const unseen: Trained['unseen'] = [];
  for (const plan of [...families, rival]) {
    const byIndustry = crossValidate(plan, examples, (one) => one.industry, always);
    const byDialogue = crossValidate(plan, examples, (one) => one.dialogue, always);
    const calibration = calibrate(byIndustry);
    unseen.push({ plan, calibration, byIndustry, byDialogue });
    judges[plan.name] = packer.add(train(plan, all), calibration);
  }
  const calls = callExamplesOf([...dialogues, ...plain]);
  const byIndustry = crossValidate(selling, calls, (one) => one.industry);
  const calibration = { ...calibrate(byIndustry), threshold: SOLD };
  unseen.push({ plan: selling, calibration, byIndustry, byDialogue: crossValidate(selling, calls, (one) => one.dialogue) });
  judges[selling.name] = packer.add(train(selling, calls), calibration);
  for (const { group, kind, plan } of typePlans) {
    const byIndustry = crossValidate(plan, examples, (one) => one.industry, always);
    const calibration = { ...calibrate(byIndustry), threshold: 0.5 };
    unseen.push({ plan, calibration, byIndustry, byDialogue: [] });
    const made: Record<string, Packed> = (judges[group] as Record<string, Packed> | undefined) ?? {};
    made[kind] = packer.add(train(plan, all), calibration);
    judges[group] = made;
  }
  return {
    packed: { fingerprint: fingerprintOf([...all, ...calls]), judges, bytes: packer.base64() },
    unseen,
  };
}

/** Of everything the heads learn from: every turn's features, which change with the corpus and with the rules, and its labels. */
export function fingerprintOf(examples: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { turn, features, industry, dialogue } of examples) hash.update(JSON.stringify([industry, dialogue, turn, features]));
  return hash.digest('hex').slice(0, 32);
}

if (import.meta.main) {
  const here = import.meta.dirname;
  const [corpus, plain] = [readCorpus(join(here, 'corpus')), readCorpus(join(here, 'plain'))];
  const trained = trainAll(corpus, plain);
  const to = join(here, '../../shared/understand/heads/weights.json');
  const text = `${JSON.stringify(trained.packed, null, 1)}\n`;
  const isSame = existsSync(to) && readFileSync(to, 'utf8') === text;
  writeFileSync(to, text);
  // Loaded only now: the analyzer takes its weights with it when it is imported.
  const { devFolder, measure } = await import('../../sandbox/eval/measure.ts');
  const card = join(here, '../../docs/model-card.md');
  // Its last section is written by who measures speakers.
  const kept = speakersOf(readFileSync(card, 'utf8'));
  writeFileSync(card, cardOf({ corpus, plain, trained, dev: measure(devFolder) }) + kept);
  process.stdout.write(`${JSON.stringify({ ok: true, dialogues: corpus.length, bytes: text.length, isSame })}\n`);
}
