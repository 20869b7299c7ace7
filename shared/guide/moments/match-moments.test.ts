import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Moment, moment } from '../../contracts/playbook.ts';
import type { Role, Word } from '../../contracts/transcript.ts';
import { compilePlays } from '../compile-plays.ts';
import { matchPlays } from '../match-plays.ts';
import { pack } from '../pack.ts';
import type { Play } from '../play.ts';
import { plainWords, stemOf, tokensOf } from '../tokens.ts';

const said = (text: string): Word[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, at) => ({ text: word, startMs: at * 300, endMs: at * 300 + 250, confidence: 0.95 }));

const phraseRule = (id: string, phrases: string[], over: Partial<Extract<Moment['rule'], { is: 'phrase' }>> = {}): Moment =>
  moment.parse({
    id,
    name: id,
    kind: 'objection',
    headline: id,
    say: 'Say.',
    rule: { is: 'phrase', phrases, said: 'customer', ...over },
    enabled: true,
  });

/** Every phrase held against every place of the turn: slow, and plainly right. */
function slowly(words: readonly Word[], role: Role, plays: readonly Play[], competitors: readonly string[]): string[] {
  const tokens = tokensOf(words);
  const at = (play: Play, phrases: readonly string[]) =>
    phrases.flatMap((phrase) =>
      (phrase.includes('{competitor}') ? competitors : ['']).flatMap((competitor) => {
        const [before = '', after = ''] = phrase.split('{competitor}');
        const exact = (text: string) => plainWords(text).map((word) => ({ word, isExact: true }));
        const loose = (text: string) => plainWords(text).map((word) => ({ word, isExact: play.exact ?? false }));
        const wanted = [...loose(before), ...exact(competitor), ...loose(after)];
        return tokens.flatMap((_, first) => {
          const isHere = wanted.every(({ word, isExact }, i) => {
            const token = tokens[first + i];
            return token !== undefined && (isExact ? token.exact === word : token.stem === stemOf(word));
          });
          return isHere && wanted.length > 0 ? [{ first, last: first + wanted.length - 1, competitor }] : [];
        });
      }),
    );
  return plays
    .filter(({ heardFrom }) => heardFrom === 'anyone' || heardFrom === role)
    .flatMap((play) => {
      const against = at(play, play.not);
      return at(play, play.phrases)
        .filter((hit) => !against.some((other) => other.first - hit.last <= 12 && hit.first - other.last <= 12))
        .map(({ first, last, competitor }) => `${play.id}:${competitor} ${tokens[first]?.word}-${tokens[last]?.word}`);
    })
    .sort();
}

test('finds on random turns exactly what holding every phrase against every place finds', () => {
  const competitors = ['Zendara', 'Front Desk Pro'];
  const own: Play[] = [
    {
      id: 'exact',
      kind: 'price',
      name: 'x',
      headline: 'x',
      say: 'x',
      heardFrom: 'anyone',
      phrases: ['the prices', 'leaving {competitor} now'],
      not: ['not {competitor}'],
      once: true,
      exact: true,
    },
    {
      id: 'loose',
      kind: 'price',
      name: 'x',
      headline: 'x',
      say: 'x',
      heardFrom: 'rep',
      phrases: ['price', 'the price', 'leaving {competitor}'],
      not: ['front desk'],
      once: true,
    },
  ];
  // Whether it is a question is looked at after; that has its own test.
  const plays = [...pack.filter(({ asQuestion }) => !asQuestion), ...own];
  const compiled = compilePlays(plays, competitors);
  const pieces = [
    ...pack.flatMap(({ phrases, not }) => [...phrases, ...not]),
    ...'the price prices leaving Zendara Zendaras now not Front Desk Pro desks, and. we well so it is'.split(' '),
  ];
  const turn = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(turn, fc.constantFrom<Role>('rep', 'customer', 'other'), (text, role) => {
      const words = said(text);
      const fast = matchPlays(words, role, compiled).map(
        (hit) => `${hit.playId}:${hit.slots.competitor ?? ''} ${hit.firstToken}-${hit.lastToken}`,
      );
      expect(fast.sort()).toEqual(slowly(words, role, plays, competitors));
    }),
    { numRuns: 400, seed: 20_261_122 },
  );
});

const hits = (text: string, ...moments: Moment[]) =>
  matchPlays(said(text), 'customer', compilePlays([], ['Zendara'], moments)).map((hit) => hit.playId);

test('takes related forms only where they are on', () => {
  expect(hits('our prices went up', phraseRule('loose', ['price']), phraseRule('exact', ['price'], { relatedForms: false }))).toEqual([
    'loose',
  ]);
  expect(hits('our price went up', phraseRule('loose', ['price']), phraseRule('exact', ['price'], { relatedForms: false }))).toEqual([
    'loose',
    'exact',
  ]);
});

test.each([
  ['Do you have single sign on?', true],
  ['do you have single sign on', true],
  ['We already have single sign on.', false],
  ['Is that so? We have single sign on.', false],
  ['We like it. And what about single sign on?', true],
])('said as a question: “%s” → %s', (text, isAsked) => {
  expect(hits(text, phraseRule('sso', ['single sign on'], { asQuestion: true })).length > 0).toBe(isAsked);
});

test('words within twelve take it back, words further away do not', () => {
  const rule = phraseRule('price', ['too expensive'], { not: ['just kidding'] });
  const far = Array.from({ length: 12 }, (_, at) => `word${at}`).join(' ');
  expect(hits('too expensive just kidding', rule)).toEqual([]);
  expect(hits(`too expensive ${far} just kidding`, rule)).toEqual(['price']);
});

test('a moment that is not enabled is not listened for', () => {
  expect(hits('too expensive', { ...phraseRule('price', ['too expensive']), enabled: false })).toEqual([]);
});
