import { expect, test } from 'vitest';
import { audioAt, faultOf, readRtms } from './rtms-wire.ts';

const read = (message: unknown) => readRtms(JSON.stringify(message));
const unknown = { is: 'unknown' };
const sound = { user_id: 16_778_240, user_name: 'Maya', data: btoa('\u0001\u0002'), timestamp: 1_727_384_102_000 };

// The shapes of /docs/rtms/meetings/work-with-streams and of Zoom's own samples.
test('reads what both sockets say', () => {
  const urls = { audio: 'wss://a.zoom.us', all: 'wss://b.zoom.us' };
  expect(read({ msg_type: 2, status_code: 0, media_server: { server_urls: urls } })).toEqual({
    is: 'answer',
    status: 0,
    isMixed: false,
    mediaAddress: 'wss://a.zoom.us',
  });
  expect(read({ msg_type: 4, status_code: 0, media_params: audioAt(16_000) })).toEqual({
    is: 'answer',
    status: 0,
    isMixed: false,
    hz: 16_000,
  });
  expect(read({ msg_type: 4, status_code: 0, media_params: { audio: { data_opt: 1 } } })).toMatchObject({ isMixed: true });
  expect(read({ msg_type: 12, timestamp: 7 })).toEqual({ is: 'ping', timestamp: 7 });
  expect(read({ msg_type: 14, content: sound })).toEqual({
    is: 'audio',
    who: '16778240',
    name: 'Maya',
    atMs: 1_727_384_102_000,
    bytes: new Uint8Array([1, 2]),
  });
});

test('somebody comes in either of the two shapes that are told', () => {
  const person = { user_id: 1, user_name: 'Maya' };
  const came = { is: 'came', people: [{ who: '1', name: 'Maya' }] };
  expect(read({ msg_type: 6, event: { event_type: 3, participants: [person] } })).toEqual(came);
  expect(read({ msg_type: 6, event: { event_type: 3, ...person } })).toEqual(came);
  expect(read({ msg_type: 6, event: { event_type: 4, participants: [{ user_id: 1 }] } })).toEqual({
    is: 'went',
    people: [{ who: '1', name: '' }],
  });
  expect(read({ msg_type: 6, event: { event_type: 2, ...person } })).toEqual(unknown);
  expect(read({ msg_type: 6, event: { event_type: 7 } })).toEqual({ is: 'media-cut' });
});

test.each([
  [
    { msg_type: 8, state: 4, reason: 6 },
    { is: 'over', isRevoked: false },
  ],
  [
    { msg_type: 8, state: 4, reason: 8 },
    { is: 'over', isRevoked: true },
  ],
  [{ msg_type: 8, state: 4, reason: 13 }, { is: 'trouble' }],
  [{ msg_type: 8, state: 2, reason: 13 }, unknown],
  // One person's session; the stream goes on.
  [{ msg_type: 9, state: 5, stop_reason: 3 }, unknown],
  [
    { msg_type: 9, state: 5, stop_reason: 8 },
    { is: 'over', isRevoked: true },
  ],
])('%j ends the stream or does not', (message, wanted) => {
  expect(read(message)).toEqual(wanted);
});

test('some pages count microseconds', () => {
  expect(read({ msg_type: 14, content: { ...sound, timestamp: 1_727_384_102_000_000 } })).toMatchObject({ atMs: 1_727_384_102_000 });
});

test.each([
  ['no JSON', '{'],
  ['a number', '7'],
  ['no text', new ArrayBuffer(8)],
  ['nothing', undefined],
  ['too much', JSON.stringify({ msg_type: 14, content: { ...sound, user_name: 'x'.repeat(200_000) } })],
  ['no base64', JSON.stringify({ msg_type: 14, content: { ...sound, data: 'ä' } })],
  ['base64 that does not open', JSON.stringify({ msg_type: 14, content: { ...sound, data: 'A' } })],
  ['no person', JSON.stringify({ msg_type: 14, content: { ...sound, user_id: null } })],
  ['no time', JSON.stringify({ msg_type: 14, content: { ...sound, timestamp: 'now' } })],
  [
    'too many people',
    JSON.stringify({ msg_type: 6, event: { event_type: 3, participants: Array(1_001).fill({ user_id: 1, user_name: '' }) } }),
  ],
  ['another kind', JSON.stringify({ msg_type: 99 })],
])('%s is unknown, never an exception', (_what, message) => {
  expect(readRtms(message)).toEqual(unknown);
});

test('a refusal says whether it may pass', () => {
  expect([3, 2, 40, 8, 16, 41].map((status) => faultOf(status).kind)).toEqual(['refused', 'gone', 'gone', 'busy', 'busy', 'refused']);
});
