import { expect, test } from 'vitest';
import { hidePeople } from './hide-people.ts';
import { evidenceOf } from './said.ts';

const turn = (seq: number, text: string, speaker = 'Maya Lindqvist') => ({
  seq,
  role: 'customer' as const,
  speaker,
  text,
  startMs: seq * 10_000,
  endMs: seq * 10_000 + 9_000,
  confidence: 1,
});
const names = ['Sam Okafor', 'Maya Lindqvist', 'Will Marsh', 'Jürgen Müller'];
const texts = (...said: string[]) =>
  hidePeople(
    said.map((text, seq) => turn(seq, text)),
    names,
  ).utterances.map(({ text }) => text);

test('a person is one sign, by whole name and by part of it, in any case', () => {
  expect(texts('Maya Lindqvist here.', 'hi maya, it is sam', "That's Lindqvist's call, Jurgen.")).toEqual([
    '[P2] here.',
    'hi [P2], it is [P1]',
    "That's [P2]'s call, [P4].",
  ]);
});

test('a name that is also a word counts only where a capital shows it', () => {
  expect(texts('Will you sign? I asked Will to.', 'they will', 'WILL IT', 'Will Marsh said no.')).toEqual([
    'Will you sign? I asked [P3] to.',
    'they will',
    'WILL IT',
    '[P3] said no.',
  ]);
});

test('the same number is the same sign, and another one is another', () => {
  expect(texts('312 555 0142', 'again 312-555-0142 or maya@x.example', '312 555 0199')).toEqual([
    '[PHONE1]',
    'again [PHONE1] or [EMAIL1]',
    '[PHONE2]',
  ]);
});

test('who speaks is a sign as well', () => {
  const { utterances } = hidePeople([turn(0, 'Hi'), turn(1, 'Hi', 'Speaker 2')], names);
  expect(utterances.map(({ speaker }) => speaker)).toEqual(['[P2]', 'somebody']);
});

test('a proof comes back in the words that were said, at their place', () => {
  const said = [turn(0, 'Call Sam on 312 555 0142. Then Maya Lindqvist signs, then Maya signs.')];
  const { utterances, shown } = hidePeople(said, names);
  const [hidden] = utterances;
  const text = hidden!.text;
  expect(text).toBe('Call [P1] on [PHONE1]. Then [P2] signs, then [P2] signs.');
  const at = (words: string, nth: number) => {
    let from = -1;
    for (let i = 0; i <= nth; i++) from = text.indexOf(words, from + 1);
    return shown(evidenceOf(hidden!, from, from + words.length))?.quote;
  };
  expect([at('[P1] on [PHONE1].', 0), at('[P2] signs', 0), at('[P2] signs', 1), at('then [P2]', 0)]).toEqual([
    'Sam on 312 555 0142.',
    'Maya Lindqvist signs',
    'Maya signs',
    'then Maya',
  ]);
  expect(shown({ ...evidenceOf(hidden!, 0, 4), seq: 9 })).toBeUndefined();
});

test('a sentence of the model gets its names back, plain words for the rest, and nothing for a sign we never gave', () => {
  const { named } = hidePeople([turn(0, 'maya@x.example')], names);
  expect(named('Send [P2] an invite to [EMAIL1]')).toBe('Send Maya an invite to the email address');
  expect([named('Ask [P9]'), named('Ring [PHONE1]'), named('Ask [CARD7]')]).toEqual([undefined, undefined, undefined]);
});

test('a sign that somebody spoke is theirs and leads nowhere', () => {
  const { utterances, shown } = hidePeople([turn(0, 'ask [P1] and [CARD1] now')], names);
  expect(shown(evidenceOf(utterances[0]!, 0, 24))?.quote).toBe('ask [P1] and [CARD1] now');
});
