import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packed from '../../shared/understand/heads/weights.json' with { type: 'json' };
import { alike } from './check-corpus.ts';
import { callExamplesOf, examplesOf } from './examples.ts';
import { readCorpus, readDialogues } from './read-corpus.ts';
import { fingerprintOf, trainAll } from './train.ts';

const tiny = ['bikes', 'boats', 'books', 'bread', 'bells'].flatMap((name, nth) =>
  readDialogues(
    `= ${name}-1 | ${name} | close
R: Our ${name} start at ${nth + 2} hundred. ## $
C: That is too expensive for ${name}. ## o:price $ -
R: I can send you a smaller offer tomorrow. ## n:rep,"tomorrow" $
C: Lovely ${name}, we would like to order them. ## b:commit +
C: It rained all day at the ${name} fair.`,
    'tiny.txt',
  ),
);

test('trains the same bytes twice', () => {
  const [one, other] = [trainAll(tiny, []), trainAll(tiny, [])];
  expect(one.packed.bytes.length).toBeGreaterThan(100_000);
  expect(JSON.stringify(other.packed)).toBe(JSON.stringify(one.packed));
});

test('other words make other weights', () => {
  const changed = tiny.map((one) => ({
    ...one,
    turns: one.turns.map((turn) => ({ ...turn, text: turn.text.replace('rained', 'snowed') })),
  }));
  expect(trainAll(changed, []).packed.fingerprint).not.toBe(trainAll(tiny, []).packed.fingerprint);
});

const corpus = readCorpus(join(import.meta.dirname, 'corpus'));
const plain = readCorpus(join(import.meta.dirname, 'plain'));

test('the committed weights come from the committed corpus and today’s rules: else `npm run train`', () => {
  expect(packed.fingerprint).toBe(fingerprintOf([...examplesOf(corpus), ...examplesOf(plain), ...callExamplesOf([...corpus, ...plain])]));
});

test('all heads together are smaller than 400 KB', () => {
  expect(readFileSync(join(import.meta.dirname, '../../shared/understand/heads/weights.json')).length).toBeLessThan(400 * 1024);
});

test('the plain exchanges repeat neither each other nor the corpus', () => {
  expect(alike(plain)).toEqual([]);
  expect(alike([...corpus, ...plain]).filter(({ one, other }) => one.startsWith('plain-') !== other.startsWith('plain-'))).toEqual([]);
});
