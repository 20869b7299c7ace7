import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importMoments } from './import-moments.ts';

const first = (text: string) => importMoments(text).moments[0];
const refused = (text: string) => importMoments(text).refused;

test('reads a table with its own order of columns', () => {
  const text = [
    'Name,Said by,Trigger phrases,Except,Advice,Kind,Question,Related forms,Priority,Cooldown,Max per call',
    'Too dear,customer,"too expensive; out of our ""own"" range",price is fine,"Compare, then wait.",price,no,yes,70,120,2',
  ].join('\r\n');
  expect(importMoments(text)).toEqual({
    moments: [
      {
        id: 'too-dear',
        name: 'Too dear',
        kind: 'price',
        headline: 'Too dear',
        say: 'Compare, then wait.',
        rule: {
          is: 'phrase',
          phrases: ['too expensive', 'out of our "own" range'],
          not: ['price is fine'],
          said: 'customer',
          asQuestion: false,
          relatedForms: true,
        },
        enabled: false,
        stages: [],
        when: [],
        cooldownSeconds: 120,
        oncePerCall: false,
        maxPerCall: 2,
        priority: 70,
        compliance: false,
      },
    ],
    refused: [],
    said: '1 moment read.',
  });
});

test('takes semicolons and tabs between cells, and a mark at the beginning of the file', () => {
  expect(first('\uFEFFphrases;say\n"too expensive|too dear";Compare.')?.rule).toMatchObject({ phrases: ['too expensive', 'too dear'] });
  expect(first('phrases\tsay\ntoo expensive, too dear\tCompare.')?.rule).toMatchObject({ phrases: ['too expensive', 'too dear'] });
});

test('reads pasted lines, with and without a name', () => {
  const { moments } = importMoments('Too dear: too expensive; out of range => Compare.\nnot the decision maker -> Ask who is.');
  expect(moments.map(({ id, name, say }) => ({ id, name, say }))).toEqual([
    { id: 'too-dear', name: 'Too dear', say: 'Compare.' },
    { id: 'not-the-decision-mak', name: 'Not the decision maker', say: 'Ask who is.' },
  ]);
});

test('gives each moment an id that nobody has', () => {
  const ids = importMoments('Too dear: too expensive => A.\nToo dear: out of range => B.', new Set(['too-dear'])).moments.map(
    ({ id }) => id,
  );
  expect(ids).toEqual(['too-dear-2', 'too-dear-3']);
});

test.each([
  ['phrases,say\n,Compare.', 'It has no phrases.'],
  ['phrases,say\ntoo expensive,', 'It has no advice.'],
  ['phrases,say,speaker\ntoo expensive,Compare.,the boss', 'Nobody here is called “the boss”: write rep, customer or anyone.'],
  [
    'phrases,say,kind\ntoo expensive,Compare.,money',
    'There is no kind “money”: write price, objection, competitor, question or compliance.',
  ],
  ['phrases,say,priority\ntoo expensive,Compare.,high', 'The priority is a whole number from 0 to 1000.'],
  ['phrases,say\nthe,Compare.', '“The”: “the” is said in every conversation. Add the words that make it special.'],
  ['too expensive', 'Write it as “name: phrase; phrase => advice”.'],
  [`too expensive => ${'x'.repeat(141)}`, 'The advice is longer than 140 letters.'],
])('says why a line is not taken: %j', (text, why) => {
  expect(refused(text).map((one) => one.why)).toEqual([why]);
});

test('names the line, also after a cell with line breaks; a quote that is never closed does not swallow the rest', () => {
  expect(refused('phrases,say\n"too expensive\ntoo dear",Compare.\n\nout of range,')).toEqual([
    { line: 5, text: 'out of range,', why: 'It has no advice.' },
  ]);
  const { moments, refused: bad } = importMoments('phrases,say\n"too expensive,Compare.\nout of range,Compare.');
  expect([moments.length, bad.length]).toEqual([2, 0]);
});

test('loses nothing: every line that holds something is a moment or is refused', () => {
  const line = fc.stringMatching(/^[a-z,;:"=>\t -]{0,40}$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const { moments, refused } = importMoments(lines.join('\n'));
      const isTable = /phrases?/.test(lines.join('')) && /say/.test(lines.join(''));
      if (!isTable) expect(moments.length + refused.length).toBe(lines.filter((one) => one.trim() !== '').length);
      for (const { why } of refused) expect(why).not.toBe('');
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
  const row = fc.constantFrom('too expensive,Compare.', 'the,Compare.', ',', 'a;b,c', '', '   ', '"out of range","Wait"');
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const { moments, refused } = importMoments(['phrases,say', ...rows].join('\n'));
      expect(moments.length + refused.length).toBe(rows.filter((one) => one.trim() !== '').length);
    }),
    { numRuns: 100, seed: 20_261_122 },
  );
});
