import { DeepgramClient } from '@deepgram/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { interleave, wavHeader } from '../../shared/capture/interleave.ts';
import { toPcm16 } from '../../shared/capture/mulaw.ts';
import { sampleCall } from '../sample-call/read.ts';
import { type DeepgramTwin, startDeepgram } from './protocol.ts';
import { mixed } from './sound.ts';

const call = sampleCall();
const customer = call.tracks.customer.audio;
const said = (side: 'rep' | 'customer') => call.tracks[side].turns.map(({ words }) => words.map(({ text }) => text).join(' '));
const notices: string[] = [];
let twin: DeepgramTwin;
beforeAll(async () => {
  twin = await startDeepgram({
    port: 0,
    apiKey: 'right',
    speed: 1_000,
    now: () => Date.UTC(2026, 10, 20),
    notice: (sentence) => notices.push(sentence),
  });
});
afterAll(() => twin.close());

const token = { authorization: 'Token right' };
const FLUX = '/v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000';
const NOVA = '/v1/listen?model=nova-3&encoding=mulaw&sample_rate=8000';

interface Message extends Record<string, unknown> {
  type: string;
  event?: string;
  turn_index?: number;
  sequence_id?: number;
  audio_window_end?: number;
  transcript?: string;
  words?: { word: string; confidence: number }[];
  is_final?: boolean;
  speech_final?: boolean;
  channel_index?: number[];
  channel?: { alternatives: { transcript: string; words?: { punctuated_word: string; speaker?: number }[] }[] };
}

/** Sends everything and waits for the end. */
function converse(
  path: string,
  send: (string | Uint8Array)[],
  headers: Record<string, string> = token,
): Promise<{ messages: Message[]; code: number }> {
  const socket = new WebSocket(twin.origin.replace('http', 'ws') + path, { headers });
  const messages: Message[] = [];
  return new Promise((done, fail) => {
    socket.on('error', fail);
    socket.on('open', () => send.forEach((one) => void socket.send(one)));
    socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Message));
    socket.on('close', (code) => done({ messages, code }));
  });
}

/** The status a handshake is refused with, and the vendor's code for it. */
function refusal(path: string, headers: Record<string, string> = token): Promise<unknown[]> {
  const socket = new WebSocket(twin.origin.replace('http', 'ws') + path, { headers });
  return new Promise((done, fail) => {
    socket.on('error', fail);
    socket.on('open', () => fail(new Error('accepted')));
    socket.on('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (part) => (text += part));
      response.on('end', () => done([response.statusCode, (JSON.parse(text) as { err_code: string }).err_code]));
    });
  });
}

const CLOSE = '{"type":"CloseStream"}';
const events = (messages: Message[], ...kinds: string[]) => messages.filter(({ event }) => kinds.includes(event ?? ''));

// specs/deepgram/asyncapi.yml, /v2/listen; developers.deepgram.com/docs/flux/state
describe('Flux', () => {
  let heard: { messages: Message[]; code: number };
  beforeAll(async () => {
    heard = await converse(`${FLUX}&eager_eot_threshold=0.4`, [customer, CLOSE]);
  });

  test('is connected first and counts every message', () => {
    expect(heard.messages[0]).toMatchObject({ type: 'Connected', sequence_id: 0 });
    expect(heard.messages.map(({ sequence_id }) => sequence_id)).toEqual(heard.messages.map((_, at) => at));
  });

  test('says each turn with its number, and ends without a close code', () => {
    const ends = events(heard.messages, 'EndOfTurn');
    expect(ends.map(({ transcript }) => transcript)).toEqual(said('customer'));
    expect(ends.map(({ turn_index }) => turn_index)).toEqual(ends.map((_, at) => at));
    expect(heard.code).toBe(1005);
  });

  test('gives an update each quarter of a second of audio', () => {
    const updates = events(heard.messages, 'Update').length;
    const changes = events(heard.messages, 'StartOfTurn', 'EagerEndOfTurn', 'EndOfTurn').length;
    expect(updates).toBeLessThanOrEqual(call.durationMs / 250);
    expect(updates + changes).toBeGreaterThanOrEqual(Math.floor(call.durationMs / 250));
  });

  test('ends a turn about 260 ms after its last word', () => {
    const late = events(heard.messages, 'EndOfTurn').map(
      ({ audio_window_end }, at) => audio_window_end! * 1_000 - call.tracks.customer.turns[at]!.words.at(-1)!.endMs,
    );
    expect(late.filter((ms) => ms < 260 || ms > 300)).toEqual([]);
  });

  test('an eager end has the words of the end that follows', () => {
    expect(events(heard.messages, 'EagerEndOfTurn').map(({ transcript }) => transcript)).toEqual(said('customer'));
  });

  test('takes prize for price in two messages, surely, and then corrects itself', () => {
    const shown = heard.messages.flatMap(({ words = [] }) => words.filter(({ word }) => /^pri[cz]e$/.test(word)).slice(0, 1));
    expect(shown.slice(0, 3)).toMatchObject([{ word: 'price', confidence: 0.91 }, { word: 'price' }, { word: 'prize' }]);
  });

  test('finds its place when the stream starts in the middle, between frames, after a gap', async () => {
    const gap = new Uint8Array(8_000).fill(0xff);
    const { messages } = await converse(FLUX, [
      customer.subarray(26_000 * 8 + 77, 34_000 * 8),
      gap,
      customer.subarray(57_000 * 8, 66_000 * 8),
      CLOSE,
    ]);
    expect(events(messages, 'EndOfTurn').map(({ transcript }) => transcript)).toEqual([said('customer')[2], said('customer')[5]]);
  });

  test('does not hear words whose audio was lost', async () => {
    const holed = customer.slice(26_000 * 8, 34_000 * 8);
    const [first, second] = call.tracks.customer.turns[2]!.words;
    holed.fill(0xff, (first!.startMs - 26_000) * 8, (second!.endMs - 26_000) * 8);
    const { messages } = await converse(FLUX, [holed, CLOSE]);
    expect(events(messages, 'EndOfTurn')[0]?.transcript).toBe(said('customer')[2]!.split(' ').slice(2).join(' '));
  });

  test('hears linear audio alike', async () => {
    const { messages } = await converse(FLUX.replace('mulaw', 'linear16'), [new Uint8Array(toPcm16(customer).buffer), CLOSE]);
    expect(events(messages, 'EndOfTurn').map(({ transcript }) => transcript)).toEqual(said('customer'));
  });

  test('does not end the open turn when it is closed', async () => {
    const { messages } = await converse(FLUX, [customer.subarray(0, 18_000 * 8), CLOSE]);
    expect([events(messages, 'EndOfTurn').length, messages.at(-1)?.event]).toEqual([1, 'Update']);
  });

  test('ends the turn when forced', async () => {
    const { messages } = await converse(FLUX, [customer.subarray(0, 18_000 * 8), '{"type":"ForceEndTurn"}', CLOSE]);
    expect(messages.at(-1)).toMatchObject({ event: 'EndOfTurn', trigger: 'manual' });
  });

  test('never ends a turn by itself at a threshold of 1', async () => {
    const { messages } = await converse(`${FLUX}&eot_threshold=1.0&eot_timeout_ms=2000`, [customer.subarray(0, 13_000 * 8), CLOSE]);
    expect(events(messages, 'EndOfTurn')).toMatchObject([{ trigger: 'timeout' }]);
  });

  test('is configured on the way, or says that it was not', async () => {
    const good = '{"type":"Configure","thresholds":{"eot_threshold":0.8},"keyterms":["Zendara"]}';
    const bad = [
      '{"type":"Configure","thresholds":{"eot_threshold":3}}',
      '{"type":"Configure","keyterms":"a"}',
      '{"type":"Configure","more":1}',
    ];
    const { messages } = await converse(FLUX, [good, ...bad, CLOSE]);
    expect(messages.slice(1).map(({ type }) => type)).toEqual([
      'ConfigureSuccess',
      'ConfigureFailure',
      'ConfigureFailure',
      'ConfigureFailure',
    ]);
    expect(messages[1]).toMatchObject({ thresholds: { eot_threshold: 0.8, eot_timeout_ms: 5_000 }, keyterms: ['Zendara'] });
  });

  test.each(['{"type":"KeepAlive"}', 'hello'])('ends with an error at %s', async (text) => {
    const { messages, code } = await converse(FLUX, [text]);
    expect([messages.at(-1), code]).toMatchObject([{ type: 'Error', sequence_id: 1, code: 'UNPARSABLE_CLIENT_MESSAGE' }, 1008]);
  });

  test.each([
    ['an unknown model', FLUX.replace('flux-general-en', 'flux-2')],
    ['no model', FLUX.replace('model=flux-general-en&', '')],
    ['an unknown encoding', FLUX.replace('mulaw', 'g729')],
    ['raw audio without its rate', FLUX.replace('&sample_rate=8000', '')],
    ['a rate without an encoding', FLUX.replace('&encoding=mulaw', '')],
    ['mulaw at 44.1 kHz', FLUX.replace('8000', '44100')],
    ['a threshold below its range', `${FLUX}&eot_threshold=0.4`],
    ['an eager threshold above its range', `${FLUX}&eager_eot_threshold=0.95`],
    ['an eager threshold above the other', `${FLUX}&eager_eot_threshold=0.8`],
    ['a timeout below its range', `${FLUX}&eot_timeout_ms=100`],
    ['a list in one keyterm', `${FLUX}&keyterm=a,b`],
    ['a weight on a keyterm', `${FLUX}&keyterm=a:0.15`],
    ['a language hint in the English model', `${FLUX}&language_hint=de`],
    ['a parameter of nova', `${FLUX}&interim_results=true`],
    ['a parameter given twice', `${FLUX}&numerals=true&numerals=true`],
  ])('refuses %s', async (_, path) => {
    expect(await refusal(path)).toEqual([400, 'Bad Request']);
  });
});

// specs/deepgram/asyncapi.yml, /v1/listen
describe('nova live', () => {
  const asked = `${NOVA}&interim_results=true&punctuate=true&endpointing=300&utterance_end_ms=1000&vad_events=true`;
  const textOf = ({ channel }: Message) => channel?.alternatives[0]?.transcript ?? '';

  test('puts a turn together from final pieces and sums up at the end', async () => {
    const { messages, code } = await converse(asked, [customer, CLOSE]);
    const finals = messages.filter(({ type, is_final }) => type === 'Results' && is_final);
    expect(
      finals
        .map(textOf)
        .filter((text) => text !== '')
        .join(' '),
    ).toBe(said('customer').join(' '));
    expect(finals.filter(({ speech_final }) => speech_final).length).toBeGreaterThanOrEqual(said('customer').length);
    expect(new Set(messages.map(({ type }) => type))).toEqual(new Set(['Results', 'SpeechStarted', 'UtteranceEnd', 'Metadata']));
    expect([messages.at(-1), code]).toMatchObject([
      { type: 'Metadata', channels: 1, duration: call.durationMs / 1_000, created: '2026-11-20T00:00:00.000Z' },
      1000,
    ]);
  });

  test('hears two channels, each by its number', async () => {
    const both = interleave(call.tracks.rep.audio, customer);
    const { messages } = await converse(`${NOVA}&punctuate=true&channels=2&multichannel=true`, [both, CLOSE]);
    const of = (channel: number) =>
      messages
        .filter(({ channel_index }) => channel_index?.[0] === channel)
        .map(textOf)
        .filter((text) => text !== '')
        .join(' ');
    expect([of(0), of(1)]).toEqual([said('rep').join(' '), said('customer').join(' ')]);
  });

  test('tells the voices on one channel apart, word by word', async () => {
    const { messages } = await converse(`${NOVA}&punctuate=true&diarize_model=v1`, [mixed([call.tracks.rep.audio, customer]), CLOSE]);
    const words = messages.flatMap(({ is_final, channel }) => (is_final ? (channel?.alternatives[0]?.words ?? []) : []));
    const of = (voice: number) =>
      words
        .filter(({ speaker }) => speaker === voice)
        .map(({ punctuated_word }) => punctuated_word)
        .join(' ');
    expect([of(0), of(1)]).toEqual([said('rep').join(' '), said('customer').join(' ')]);
  });

  test('finishes early when asked, and lives on KeepAlive', async () => {
    const { messages } = await converse(asked, ['{"type":"KeepAlive"}', customer.subarray(0, 8_400 * 8), '{"type":"Finalize"}', CLOSE]);
    expect(messages.find(({ from_finalize }) => from_finalize === true)).toMatchObject({ is_final: true });
  });

  test('ends with an error at a message it does not know', async () => {
    const { messages, code } = await converse(NOVA, ['{"type":"Configure"}']);
    expect([messages[0]?.type, code]).toEqual(['Error', 1008]);
  });

  test.each([
    ['an unknown model', NOVA.replace('nova-3', 'nova-9')],
    ['no model', NOVA.replace('model=nova-3&', '')],
    ['raw audio without its rate', NOVA.replace('&sample_rate=8000', '')],
    ['utterance_end_ms without interims', `${NOVA}&utterance_end_ms=1000`],
    ['utterance_end_ms below a second', `${NOVA}&interim_results=true&utterance_end_ms=500`],
    ['a boolean that is none', `${NOVA}&punctuate=yes`],
    ['the diarizer for recordings', `${NOVA}&diarize_model=v2`],
    ['a parameter for recordings', `${NOVA}&utterances=true`],
  ])('refuses %s', async (_, path) => {
    expect(await refusal(path)).toEqual([400, 'Bad Request']);
  });
});

describe('a recording', () => {
  const wav = Buffer.concat([wavHeader({ channels: 2 }), interleave(call.tracks.rep.audio, customer)]);
  const post = async (query: string, body: BodyInit, headers: Record<string, string> = { ...token, 'content-type': 'audio/wav' }) => {
    const response = await fetch(`${twin.origin}/v1/listen?${query}`, { method: 'POST', headers, body });
    const answer = (await response.json()) as {
      err_code?: string;
      results?: { utterances?: { transcript: string; channel: number; speaker?: number }[] };
    };
    return { status: response.status, ...answer };
  };
  // openapi.yml, ListenV1Response; the SDK is the vendor's own.
  test("is read through the vendor's own SDK", async () => {
    const environment = { base: twin.origin, production: twin.origin, agent: twin.origin, agentRest: twin.origin };
    const client = new DeepgramClient({ apiKey: 'right', environment });
    const answer = await client.listen.v1.media.transcribeFile(wav, {
      model: 'nova-3',
      multichannel: true,
      utterances: true,
      punctuate: true,
    });
    if (!('results' in answer)) throw new Error('no results');
    expect(answer.results.channels.map(({ alternatives }) => alternatives?.[0]?.transcript)).toEqual([
      said('rep').join(' '),
      said('customer').join(' '),
    ]);
    expect(answer.metadata).toMatchObject({ channels: 2, duration: call.durationMs / 1_000, created: '2026-11-20T00:00:00.000Z' });
  });

  test('lists the utterances channel after channel', async () => {
    const { results } = await post('model=nova-3&multichannel=true&utterances=true&punctuate=true&utt_split=0.8', wav);
    expect(results?.utterances?.map(({ channel, transcript }) => [channel, transcript])).toEqual([
      ...said('rep').map((text) => [0, text]),
      ...said('customer').map((text) => [1, text]),
    ]);
  });

  test('with both people on one channel is told apart by voice', async () => {
    const { results } = await post('model=nova-3&diarize_model=latest&utterances=true&punctuate=true', wav);
    expect(results?.utterances?.map(({ speaker }) => speaker)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });

  test('errs between voices as it is told to', async () => {
    const asked = 'model=nova-3&diarize_model=v2&utterances=true&punctuate=true';
    const voices = async () => new Set((await post(asked, wav)).results?.utterances?.map(({ speaker }) => speaker));
    const told: number[] = [];
    for (const errors of [{ merged: true }, { splitAtMs: 30_000 }, {}]) {
      twin.faults.mistakeVoices(errors);
      told.push((await voices()).size);
    }
    expect(told).toEqual([1, 3, 2]);
    twin.faults.mistakeVoices({ confused: 0.1 });
    expect((await post(asked, wav)).results?.utterances?.length).toBeGreaterThan(20);
    twin.faults.mistakeVoices({});
  });

  test('refuses a diarizer it does not have', async () => {
    expect((await post('model=nova-3&diarize_model=v3', wav)).status).toBe(400);
  });

  test('nobody knows gives empty transcripts, and one notice that names the key', async () => {
    notices.length = 0;
    const noise = Uint8Array.from({ length: 16_000 }, (_, at) => (at * 7_919) % 251);
    const { status, results } = await post('model=nova-3&utterances=true&encoding=mulaw&sample_rate=8000', noise);
    await post('model=nova-3', Buffer.from('ID3 something'));
    expect([status, results?.utterances]).toEqual([200, []]);
    expect(notices.length).toBeLessThanOrEqual(1);
  });

  test('by address is not fetched', async () => {
    const { status, err_code } = await post('model=nova-3', '{"url":"https://a.example/x.wav"}', {
      ...token,
      'content-type': 'application/json',
    });
    expect([status, err_code]).toEqual([400, 'REMOTE_CONTENT_ERROR']);
  });

  test.each([
    ['text', 'model=nova-3', 'hello'],
    ['an unknown model', 'model=nova-9', wav],
    ['no model', '', wav],
    ['an unknown parameter', 'model=nova-3&utterence=true', wav],
    ['a live parameter', 'model=nova-3&interim_results=true', wav],
  ])('is refused with %s', async (_, query, body) => {
    const { status, err_code } = await post(query, body);
    expect([status, err_code]).toEqual([400, 'Bad Request']);
  });

  test('is refused without a key, and under a fault', async () => {
    expect(await post('model=nova-3', wav, { authorization: 'Token wrong' })).toMatchObject({ status: 401, err_code: 'INVALID_AUTH' });
    twin.faults.refuseNext(403);
    expect(await post('model=nova-3', wav)).toMatchObject({ status: 403, err_code: 'INSUFFICIENT_PERMISSIONS' });
  });
});

describe('the door', () => {
  test('takes Token, Bearer and the sub-protocol browsers use', async () => {
    const ways = [token, { authorization: 'Bearer right' }, { 'sec-websocket-protocol': 'token, right' }];
    const codes = [];
    for (const headers of ways.slice(0, 2)) codes.push((await converse(FLUX, [CLOSE], headers)).code);
    const socket = new WebSocket(twin.origin.replace('http', 'ws') + FLUX, ['token', 'right']);
    codes.push(await new Promise((done) => socket.on('open', () => socket.send(CLOSE)).on('close', done)));
    expect(codes).toEqual([1005, 1005, 1005]);
  });

  test('is shut without the right key', async () => {
    expect(await refusal(FLUX, {})).toEqual([401, 'INVALID_AUTH']);
    expect(await refusal(NOVA, { authorization: 'Token wrong' })).toEqual([401, 'INVALID_AUTH']);
  });

  test('lets fifty streams in and not one more', async () => {
    const full = await startDeepgram({ port: 0, apiKey: 'right', notice: () => {} });
    const dial = () => new WebSocket(full.origin.replace('http', 'ws') + FLUX, { headers: token });
    await Promise.all(Array.from({ length: 50 }, () => new Promise((done) => dial().on('open', done))));
    const status = await new Promise((done) => dial().on('unexpected-response', (_, response) => done(response.statusCode)));
    await full.close();
    expect(status).toBe(429);
  });
});

test('audio that is not the sample call stays without words, and is noticed once', async () => {
  const quiet: string[] = [];
  const alone = await startDeepgram({ port: 0, apiKey: 'right', speed: 1_000, notice: (sentence) => quiet.push(sentence) });
  const noise = Uint8Array.from({ length: 16_000 }, (_, at) => (at * 7_919) % 251);
  const socket = new WebSocket(alone.origin.replace('http', 'ws') + FLUX, { headers: token });
  const texts: unknown[] = [];
  socket.on('message', (data) => texts.push((JSON.parse(String(data)) as Message).transcript));
  await new Promise((done) => socket.on('open', () => [noise, noise, CLOSE].forEach((one) => void socket.send(one))).on('close', done));
  await alone.close();
  expect(new Set(texts)).toEqual(new Set([undefined, '']));
  expect([quiet.length, quiet[0]?.includes('DEEPGRAM_API_KEY')]).toEqual([1, true]);
});
