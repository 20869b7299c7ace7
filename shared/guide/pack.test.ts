import { expect, test } from 'vitest';
import { pack } from './pack.ts';
import { plainWords } from './tokens.ts';

test('every play has its own short id and fits on a card', () => {
  expect(new Set(pack.map((play) => play.id)).size).toBe(pack.length);
  const filled = (text: string) => text.replaceAll('{competitor}', 'A Competitor With A Name');
  const tooLong = pack.filter(({ id, say, headline }) => id.length > 24 || filled(say).length > 140 || filled(headline).length > 60);
  expect(tooLong.map((play) => play.id)).toEqual([]);
});

test('says every phrase once', () => {
  const phrases = pack.flatMap(({ id, phrases }) => phrases.map((phrase) => `${id}: ${plainWords(phrase).join(' ')}`));
  expect(phrases.filter((phrase, i) => phrases.indexOf(phrase) !== i)).toEqual([]);
});
