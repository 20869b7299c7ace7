import { expect, test } from 'vitest';
import { readMeeting, sideOf } from './read-meeting.ts';

const people = [
  { name: 'Sam Okafor', isOurs: true },
  { name: 'Noor Haddad', isOurs: true },
  { name: 'Maya Lindqvist', isOurs: false },
];
const bytes = (text: string) => new TextEncoder().encode(text);
const who = (text: string) => {
  const read = readMeeting(bytes(text), 'The transcript', people);
  return read.ok ? read.utterances.map(({ role, speaker, startMs }) => ({ role, speaker, startMs })) : read.why;
};

test('Zoom writes "Name: words", Teams writes voices; both become sides', () => {
  const zoom =
    'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.000\r\nSam Okafor: Hello Maya.\r\n\r\n2\r\n00:00:04.000 --> 00:00:06.000\r\nMaya Lindqvist: Hello.\r\n';
  const teams =
    'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Noor Haddad>Hello Maya.</v>\n\n00:00:04.000 --> 00:00:06.000\n<v Maya Lindqvist>Hello.</v>\n';
  expect(who(zoom)).toEqual([
    { role: 'rep', speaker: 'Sam Okafor', startMs: 1_000 },
    { role: 'customer', speaker: 'Maya Lindqvist', startMs: 4_000 },
  ]);
  expect(who(teams)).toEqual([
    { role: 'rep', speaker: 'Noor Haddad', startMs: 1_000 },
    { role: 'customer', speaker: 'Maya Lindqvist', startMs: 4_000 },
  ]);
});

test('a voice that is none of ours is a customer, and a name of both sides is nobody’s', () => {
  expect(sideOf('iPhone', people)).toBe('customer');
  expect(sideOf('  sam  OKAFOR (Brightloop)', people)).toBe('rep');
  expect(sideOf('Sam Okafor', [...people, { name: 'Sam Okafor', isOurs: false }])).toBe('other');
});

test('what is no transcript says why', () => {
  expect(who('')).toMatch(/is empty/);
});
