import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fluxReader, novaReader, paidSeconds, utterancesOf } from './map.ts';

const turnInfo = (event: string, transcript: string, over: object = {}) =>
  JSON.stringify({
    type: 'TurnInfo',
    request_id: 'r',
    sequence_id: 1,
    event,
    turn_index: 2,
    audio_window_start: 4,
    audio_window_end: 5.04,
    transcript,
    words: transcript === '' ? [] : transcript.split(' ').map((word, at) => ({ word, confidence: 0.9, start: 4 + at, end: 4.5 + at })),
    end_of_turn_confidence: 0.1,
    ...over,
  });
const word = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs, confidence: 0.9 });

describe('Flux', () => {
  test('updates a turn until it is final', () => {
    const reader = fluxReader();
    const heard = ['StartOfTurn', 'Update', 'EagerEndOfTurn', 'TurnResumed', 'EndOfTurn'].map((event) =>
      reader.read(turnInfo(event, 'Go on')),
    );
    const turn = { type: 'turn', turn: 2, text: 'Go on', words: [word('Go', 4_000, 4_500), word('on', 5_000, 5_500)], heardToMs: 5_040 };
    expect(heard).toEqual(
      [{}, {}, { pause: 'eager' }, { pause: 'resumed' }, { final: true }].map((over) => ({ ...turn, final: false, ...over })),
    );
    expect(reader.last()).toBe(undefined);
  });

  test('keeps the open turn for the end, since closing ends no turn', () => {
    const reader = fluxReader();
    reader.read(turnInfo('Update', 'Go on'));
    expect(reader.last()).toMatchObject({ text: 'Go on', final: true });
  });

  test('takes the window where words bring no times', () => {
    const heard = fluxReader().read(turnInfo('Update', 'Go', { words: [{ word: 'Go', confidence: 0.9 }] }));
    expect(heard).toMatchObject({ words: [word('Go', 4_000, 5_040)] });
  });

  test('knows the rest of the messages, and ignores nonsense', () => {
    const reader = fluxReader();
    const messages = [
      '{"type":"Connected","request_id":"r","sequence_id":0}',
      turnInfo('Update', ''),
      '{"type":"Error","sequence_id":1,"code":"X","description":"d"}',
    ];
    expect(messages.map((message) => reader.read(message))).toEqual([
      { type: 'listening' },
      { type: 'alive', heardToMs: 5_040 },
      { type: 'fault' },
    ]);
    const nonsense = ['', '{', 'null', '{"type":"TurnInfo"}', '{"type":"ConfigureSuccess"}', turnInfo('Update', 'a', { turn_index: 'x' })];
    expect(nonsense.map((message) => reader.read(message))).toEqual(nonsense.map(() => ({ type: 'ignored' })));
  });
});

describe('nova', () => {
  const results = (text: string, over: object = {}) => {
    const words =
      text === ''
        ? []
        : text.split(' ').map((one, at) => ({ word: one.toLowerCase(), punctuated_word: one, start: at, end: at + 0.5, confidence: 0.9 }));
    const channel = { alternatives: [{ transcript: text, confidence: 0.9, words }] };
    return JSON.stringify({ type: 'Results', channel_index: [0, 1], start: 0, duration: 1, channel, metadata: {}, ...over });
  };
  const final = { is_final: true, speech_final: false };
  const speech = { is_final: true, speech_final: true };

  test('puts final pieces together into one turn for each speech_final', () => {
    const reader = novaReader();
    const heard = [
      results('We'),
      results('We are', final),
      results('looking'),
      results('looking at', speech),
      results('Next'),
      results('Next.', speech),
    ].map((message) => reader.read(message));
    expect(heard.map((one) => one.type === 'turn' && [one.turn, one.text, one.final])).toEqual([
      [0, 'We', false],
      [0, 'We are', false],
      [0, 'We are looking', false],
      [0, 'We are looking at', true],
      [1, 'Next', false],
      [1, 'Next.', true],
    ]);
  });

  test('ends a turn by the second sign when the first never came, and says nothing twice', () => {
    const reader = novaReader();
    const end = '{"type":"UtteranceEnd","channel":[0,1],"last_word_end":1}';
    const heard = [results('Go'), end, results('Go', final), end, end].map((message) => reader.read(message));
    expect(heard.map((one) => (one.type === 'turn' ? [one.text, one.final] : one.type))).toEqual([
      ['Go', false],
      'alive',
      ['Go', false],
      ['Go', true],
      'alive',
    ]);
    expect(reader.last()).toBe(undefined);
  });

  test('an empty end of speech still ends the pieces before it', () => {
    const reader = novaReader();
    reader.read(results('Go', final));
    expect(reader.read(results('', speech))).toMatchObject({ type: 'turn', turn: 0, text: 'Go', final: true });
  });
});

describe('a recording', () => {
  const utterance = (channel: number, start: number, transcript: string, speaker?: number) => ({
    start,
    end: start + 1,
    confidence: 0.9,
    channel,
    transcript,
    speaker,
  });
  const answer = (...utterances: object[]) =>
    JSON.parse(JSON.stringify({ metadata: { channels: 2 }, results: { channels: [], utterances } })) as unknown;

  test('goes into the order of time, counted from 0, with the role of its channel', () => {
    const got = utterancesOf(answer(utterance(0, 0, 'Hi'), utterance(0, 5, 'Good'), utterance(1, 2, 'Hello'), utterance(1, 3, ' ')), [
      'rep',
      'customer',
    ]);
    expect(got?.map(({ seq, role, speaker, text, startMs, endMs }) => [seq, role, speaker, text, startMs, endMs])).toEqual([
      [0, 'rep', 'rep', 'Hi', 0, 1_000],
      [1, 'customer', 'customer', 'Hello', 2_000, 3_000],
      [2, 'rep', 'rep', 'Good', 5_000, 6_000],
    ]);
  });

  test('keeps the words it was hardly sure of beside the sentence, and says what is paid for', () => {
    const words = [
      { word: 'fifty', start: 0, end: 0.4, confidence: 0.31, punctuated_word: '$50,000' },
      { word: 'please', start: 0.5, end: 0.9, confidence: 0.97 },
    ];
    const got = utterancesOf(answer({ ...utterance(0, 0, '$50,000 please'), words }, utterance(1, 2, 'Hello')), ['rep', 'customer']);
    expect(got?.map(({ unsure }) => unsure)).toEqual([[{ text: '$50,000', confidence: 0.31 }], undefined]);
    const ten = { metadata: { channels: 2, duration: 10.5 }, results: {} };
    expect([paidSeconds(ten, true), paidSeconds(ten, false), paidSeconds({}, true)]).toEqual([21, 10.5, 0]);
  });

  test('of one channel has voices instead of roles', () => {
    const got = utterancesOf(answer(utterance(0, 0, 'Hi', 0), utterance(0, 2, 'Hello', 1)), ['rep']);
    expect(got?.map(({ role, speaker }) => [role, speaker])).toEqual([
      ['other', 'Speaker 1'],
      ['other', 'Speaker 2'],
    ]);
  });

  test('in another shape is nothing', () => {
    expect(
      [undefined, {}, { request_id: 'later' }, { metadata: { channels: 1 }, results: { channels: [] } }].map((one) =>
        utterancesOf(one, ['rep']),
      ),
    ).toEqual(Array(4).fill(undefined));
  });
});

// Recorded and documented messages of the vendor, where they lie beside the project.
const shelf = new URL('../../../../shared/fixtures', import.meta.url).pathname;
describe.skipIf(!existsSync(shelf))('what the vendor really said', () => {
  const read = (name: string) => JSON.parse(readFileSync(`${shelf}/${name}`, 'utf8')) as object[];

  test('is understood live', () => {
    const kinds = (reader: { read(message: string): { type: string } }, name: string) =>
      read(name).map((message) => reader.read(JSON.stringify(message)).type);
    expect(kinds(fluxReader(), 'deepgram_v2_flux.json')).toEqual(['listening', 'turn', 'turn', 'turn', 'turn', 'turn', 'fault']);
    expect(kinds(novaReader(), 'deepgram_v1_live.json')).toEqual(['ignored', 'turn', 'alive', 'ignored']);
  });

  test('is understood as a recording', () => {
    expect(utterancesOf(read('deepgram_prerecorded.json'), ['rep', 'customer'])?.map(({ text, role }) => [text, role])).toEqual([
      ['Who signs off on it?', 'rep'],
    ]);
  });
});
