import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smoothVoices, turnsOf, type VoicedWord } from './smooth-voices.ts';

/** "0:Hello there. 1:Hi" — a word after another without a pause, half a second where the voice is written. */
function heard(script: string): VoicedWord[] {
  let clockMs = 0;
  let voice = 0;
  return script.split(' ').map((part) => {
    const [, number, , text = part] = /^(\d+)(!?):(.*)$/.exec(part) ?? [];
    if (number !== undefined) voice = Number(number);
    if (number !== undefined && !part.includes('!')) clockMs += 500;
    const startMs = clockMs;
    clockMs += 320;
    return { text, startMs, endMs: startMs + 300, confidence: 0.9, voice };
  });
}
const voices = (script: string) =>
  smoothVoices(heard(script))
    .map(({ voice }) => voice)
    .join('');

// An exclamation mark: the voice changes without a pause.
test('a word in the middle of somebody else’s sentence is theirs', () => {
  expect(voices('0:we help teams 1!:like 0!:yours every day. 1:Good to know.')).toBe('0000000111');
});

test('a yes between two sentences stays whose it was', () => {
  expect(voices('0:we start in May. 1:Yes. 0:Then we train your team.')).toBe('0000100000');
});

test('the first word of an answer belongs to the answer', () => {
  expect(voices('0:is that right? 0!:No 1!:we never said that to you.')).toBe('0001111111');
});

test('a voice that goes on where another one ended for good is the same', () => {
  const half = (voice: number) => '0:One two three. X:Four five six. 0:Seven eight. X:Nine ten.'.replaceAll('X', String(voice));
  expect(new Set(voices(`${half(1)} ${half(1)} ${half(2)} ${half(2)}`))).toEqual(new Set(['0', '1']));
});

test('a voice that says hello when another one ended is somebody else: the call was handed over', () => {
  const half = (voice: number, first: string) => `0:One two three. ${voice}:${first} five six. 0:Seven eight. ${voice}:Nine ten.`;
  const script = [half(1, 'Four'), half(1, 'Four'), half(2, 'Hello'), half(2, 'Four')].join(' ');
  expect(new Set(voices(script))).toEqual(new Set(['0', '1', '2']));
});

test('keeps every word, its times and their order, and knows no new voices', () => {
  const word = fc.record({ text: fc.constantFrom('a', 'b.', 'c?'), voice: fc.nat(3), gap: fc.nat(900) });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (all) => {
      let clockMs = 0;
      const words = all.map(({ text, voice, gap }) => {
        clockMs += gap + 100;
        return { text, voice, startMs: clockMs, endMs: clockMs + 90, confidence: 1 };
      });
      const smooth = smoothVoices(words);
      expect(smooth.map(({ voice: _, ...rest }) => rest)).toEqual(words.map(({ voice: _, ...rest }) => rest));
      expect(smooth.every(({ voice }) => words.some((one) => one.voice === voice))).toBe(true);
    }),
  );
});

test('words become utterances by voice and silence, with voices numbered as they first speak', () => {
  const words = heard('3:Hi there. 1:Hello. 3:How are you?');
  expect(turnsOf(words).map(({ seq, role, speaker, text, startMs, endMs }) => [seq, role, speaker, text, startMs, endMs])).toEqual([
    [0, 'other', 'Speaker 1', 'Hi there.', 500, 1_120],
    [1, 'other', 'Speaker 2', 'Hello.', 1_640, 1_940],
    [2, 'other', 'Speaker 1', 'How are you?', 2_460, 3_400],
  ]);
});
