import { describe, expect, test } from 'vitest';
import { readTwiml } from '../../../sandbox/twilio/twiml.ts';
import { twilioLine } from './line.ts';

const line = twilioLine({ api: 'https://api.twilio.com' });
const account = `AC${'1'.repeat(32)}`;
const call = `CA${'2'.repeat(32)}`;
const start = {
  event: 'start',
  sequenceNumber: '1',
  streamSid: 'MZ1',
  start: {
    accountSid: account,
    streamSid: 'MZ1',
    callSid: call,
    tracks: ['inbound', 'outbound'],
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
    customParameters: { callId: 'c_1', repTrack: 'inbound' },
  },
};
const media = (over: object) =>
  JSON.stringify({ event: 'media', media: { track: 'inbound', chunk: '1', timestamp: '40', payload: '//8=', ...over } });

describe('a media stream', () => {
  test('starts with whose call it is and which track is the rep', () => {
    const started = { type: 'started', externalId: call, account, repTrack: 'inbound', callId: 'c_1' };
    expect(line.read(JSON.stringify(start))).toEqual(started);
  });

  test('brings audio with its track and time', () => {
    expect(line.read(media({}))).toEqual({ type: 'audio', track: 'inbound', atMs: 40, bytes: Uint8Array.of(255, 255) });
  });

  test('stops', () => {
    expect(line.read('{"event":"stop","stop":{}}')).toEqual({ type: 'stopped' });
  });

  test('ignores what it does not know, and never throws', () => {
    const nonsense = [
      '',
      'no json',
      'null',
      '[]',
      '{"event":"connected","protocol":"Call","version":"1.0.0"}',
      '{"event":"mark"}',
      media({ track: 'both' }),
      media({ timestamp: '-1' }),
      media({ payload: '***' }),
      media({ payload: 'A' }),
      media({ payload: 'A'.repeat(20_000) }),
      `{"event":"stop","pad":"${'x'.repeat(70_000)}"}`,
      JSON.stringify({ ...start, start: { ...start.start, customParameters: {} } }),
      JSON.stringify({ ...start, start: { ...start.start, accountSid: 'somebody' } }),
      JSON.stringify({ ...start, start: { ...start.start, mediaFormat: { encoding: 'audio/l16', sampleRate: 16_000, channels: 1 } } }),
    ];
    expect(nonsense.map((message) => line.read(message))).toEqual(nonsense.map(() => ({ type: 'ignored' })));
  });
});

test('the answer announces, streams both tracks and connects, in TwiML the vendor takes', () => {
  const answer = line.answer({
    mediaUrl: 'wss://ros.example.com/twilio/media',
    statusUrl: 'https://ros.example.com/twilio/status?t=1&c=2',
    callId: 'c_"1"',
    repTrack: 'outbound',
    dial: '+14155550142',
    announcement: 'This call is recorded & transcribed <for notes>.',
  });
  expect(answer.contentType).toBe('text/xml');
  expect(readTwiml(answer.body)).toEqual({
    say: ['This call is recorded & transcribed <for notes>.'],
    stream: {
      url: 'wss://ros.example.com/twilio/media',
      track: 'both_tracks',
      statusCallback: 'https://ros.example.com/twilio/status?t=1&c=2',
      parameters: { callId: 'c_"1"', repTrack: 'outbound' },
    },
    dial: '+14155550142',
  });
});

test('a call nobody may listen to is only connected', () => {
  const call = {
    mediaUrl: '',
    statusUrl: 'https://ros.example.com/s',
    callId: 'c',
    repTrack: 'outbound',
    dial: '+14155550142',
    announcement: 'Hi',
  } as const;
  expect(readTwiml(line.answer(call).body)).toEqual({ say: [], dial: '+14155550142' });
});
