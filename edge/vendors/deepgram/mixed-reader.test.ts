import { expect, test } from 'vitest';
import { mixedReader } from './mixed-reader.ts';

/** "0:Hi there. 1:Yes." as nova tells it; times go on from `fromS`. */
function results(script: string, fromS: number, kind: { is_final?: boolean; speech_final?: boolean } = {}): string {
  let speaker = 0;
  const words =
    script === ''
      ? []
      : script.split(' ').map((part, at) => {
          const [, number, text = part] = /^(\d):(.*)$/.exec(part) ?? [];
          if (number !== undefined) speaker = Number(number);
          return {
            word: text.toLowerCase(),
            punctuated_word: text,
            start: fromS + at * 0.4,
            end: fromS + at * 0.4 + 0.3,
            confidence: 0.9,
            speaker,
          };
        });
  return JSON.stringify({ type: 'Results', start: fromS, duration: 2, ...kind, channel: { alternatives: [{ transcript: '', words }] } });
}
const final = { is_final: true };
const end = { is_final: true, speech_final: true };

function told(...messages: string[]) {
  const reader = mixedReader();
  const heard = [...messages.flatMap((message) => reader.read(message)), ...reader.last()];
  return heard.flatMap((one) => (one.type === 'turn' ? [`${one.turn} ${one.voice} ${one.text}${one.final ? ' .' : ''}`] : []));
}

test('a turn ends where another voice begins, and each has its number', () => {
  expect(told(results('0:How are you? 1:Fine, thanks.', 0, final), results('0:Good.', 2, end))).toEqual([
    '0 0 How are you? .',
    '1 1 Fine, thanks.',
    '1 1 Fine, thanks. .',
    '2 0 Good. .',
  ]);
});

test('words that may still change move no turn: only the voice that speaks is shown', () => {
  expect(told(results('0:How are you? 1:Fine', 0), results('0:How are you today?', 0, end))).toEqual([
    '0 0 How are you?',
    '0 0 How are you today? .',
  ]);
});

test('one word of another voice within a sentence is a slip', () => {
  expect(told(results('0:we help teams 1:like 0:yours every day.', 0, end))).toEqual(['0 0 we help teams like yours every day. .']);
});

test('an end by silence ends the turn, and an open one is said when the session closes', () => {
  const silence = JSON.stringify({ type: 'UtteranceEnd', channel: [0, 1], last_word_end: 1 });
  expect(told(results('0:Good morning.', 0, final), silence, results('1:And who', 3))).toEqual([
    '0 0 Good morning.',
    '0 0 Good morning. .',
    '1 1 And who',
    '1 1 And who .',
  ]);
});

test('says that it listens where nothing is said, and passes an error on', () => {
  const reader = mixedReader();
  expect([reader.read(results('', 0, end)), reader.read('{"type":"Error"}'), reader.read('nonsense'), reader.last()]).toEqual([
    [{ type: 'alive', heardToMs: 2_000 }],
    [{ type: 'fault' }],
    [{ type: 'ignored' }],
    [],
  ]);
});
