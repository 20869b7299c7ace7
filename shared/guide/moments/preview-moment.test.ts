import { expect, test } from 'vitest';
import { type Moment, moment } from '../../contracts/playbook.ts';
import type { Role, Utterance } from '../../contracts/transcript.ts';
import { previewMoment, previewPlays } from './preview-moment.ts';
import { sayPreview } from './say-preview.ts';

const make = (rule: object, over: object = {}): Moment =>
  moment.parse({ id: 'm', name: 'Rule', kind: 'objection', headline: 'Do it', say: 'Say it.', rule, ...over });
const said = (...all: [Role, string, number][]): Utterance[] =>
  all.map(([role, text, startMs], seq) => ({
    seq,
    role,
    speaker: role === 'rep' ? 'Sam' : 'Maya',
    text,
    startMs,
    endMs: startMs + 4_000,
    confidence: 0.8,
  }));
const fires = (one: Moment, utterances: Utterance[], record = null) =>
  previewMoment(one, previewPlays(one, ['Zendara']), { startedAtMs: 0, record, said: utterances });

test('says where a phrase would have come, with the words and who said them', () => {
  const one = make({ is: 'phrase', phrases: ['too expensive'], said: 'customer' });
  const call = said(
    ['rep', 'It is too expensive elsewhere.', 0],
    ['customer', 'Well, that is too expensive.', 5_000],
    ['customer', 'Too expensive.', 20_000],
  );
  expect(fires(one, call)).toEqual([{ atMs: 7_400, quote: 'too expensive.', role: 'customer', speaker: 'Maya' }]);
});

test('comes as often as it may on one call', () => {
  const one = make(
    { is: 'phrase', phrases: ['too expensive'], said: 'customer' },
    { oncePerCall: false, maxPerCall: 2, cooldownSeconds: 1 },
  );
  const call = said(...[0, 60_000, 120_000, 180_000].map((at): [Role, string, number] => ['customer', 'That is too expensive.', at]));
  expect(fires(one, call)).toHaveLength(2);
});

test('tells what time brings, before somebody speaks again', () => {
  const one = make({ is: 'silence', overSeconds: 6 });
  expect(fires(one, said(['rep', 'It is forty thousand.', 0], ['customer', 'Hm.', 15_000]))).toEqual([
    { atMs: 10_000, quote: '', role: 'rep', speaker: '' },
  ]);
  expect(fires(one, said(['rep', 'It is forty thousand.', 0], ['customer', 'Hm.', 8_000]))).toEqual([]);
});

test('tells what would have been ticked and filled in', () => {
  const call = said(['rep', 'Who else is involved?', 0], ['customer', 'We would start with forty seats.', 5_000]);
  expect(fires(make({ is: 'step', phrases: ['who else is involved'], said: 'rep', stage: 'Discovery' }), call)).toHaveLength(1);
  expect(fires(make({ is: 'slot', slot: 'seats', said: 'customer' }), call)).toHaveLength(1);
});

test.each([
  [{ fired: 14, callsWith: 12, calls: 200 }, 'This would have fired 14 times in your last 200 calls.'],
  [{ fired: 1, callsWith: 1, calls: 1 }, 'This would have fired once in your last call.'],
  [{ fired: 0, callsWith: 0, calls: 30 }, 'This would not have fired in your last 30 calls.'],
  [{ fired: 0, callsWith: 0, calls: 0 }, 'There is no call yet that you may see, so nobody can tell how often this would fire.'],
  [
    { fired: 25, callsWith: 18, calls: 20 },
    'This would have fired 25 times in your last 20 calls. That is more than every second call: it will be a card too many.',
  ],
])('%j → %s', (found, sentence) => {
  expect(sayPreview(found)).toBe(sentence);
});
