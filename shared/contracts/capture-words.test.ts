import { expect, test } from 'vitest';
import { consentSettingsView, neverRecordView } from './capture.ts';
import { places, readNeverRecord, readOwnWords, writeNeverRecord, writeOwnWords } from './capture-words.ts';

test('a list as people write it is told apart line by line', () => {
  const read = readNeverRecord('Acme.example\n+49 30 123*\n sam@brightloop.example\n\nBoard meeting\n0055f000000SAMOAAA\nAcme.example');
  expect(read).toEqual({
    domains: ['acme.example'],
    numbers: ['+4930123*'],
    words: ['Board meeting'],
    reps: ['sam@brightloop.example', '0055f000000SAMOAAA'],
  });
  expect(neverRecordView.parse(read)).toEqual(read);
  expect(readNeverRecord(writeNeverRecord(read))).toEqual(read);
});

test('names are one a line, each once', () => {
  const read = readOwnWords(' Pulse\nPulse \n\nFlow Desk');
  expect(read).toEqual({ products: ['Pulse', 'Flow Desk'] });
  expect(readOwnWords(writeOwnWords(read))).toEqual(read);
});

test('every place is one that the consent settings take, once', () => {
  for (const { code } of places) expect(consentSettingsView.parse({ office: code, offices: [], atLeast: null }).office).toBe(code);
  expect(new Set(places.map(({ code }) => code)).size).toBe(places.length);
});
