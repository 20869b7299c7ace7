import { expect, test } from 'vitest';
import { moment } from '../contracts/playbook.ts';
import type { Role } from '../contracts/transcript.ts';
import { alertsOf } from './alerts.ts';
import { compilePlays } from './compile-plays.ts';
import { pack } from './pack.ts';
import { newSession, type Session } from './session.ts';
import { type Heard, step } from './step.ts';

const rule = { is: 'phrase', phrases: ['record this call'], said: 'rep' };
const told = moment.parse({
  id: 'told',
  name: 'Told',
  kind: 'compliance',
  headline: 'Say how it is kept',
  say: 'Say it.',
  rule,
  enabled: true,
  compliance: true,
});
const plays = compilePlays(pack, ['Zendara'], [told]);

/** A call in the words of its sides: `[who, from second, to second, words]`. */
function call(...said: [Role, number, number, string][]): Session {
  const heard: Heard[] = [
    { type: 'line-started' },
    { type: 'consent', consent: 'granted', by: '71', atMs: 0 },
    ...said.map(([role, fromS, toS, text], turn): Heard => {
      const words = text.split(' ');
      const each = ((toS - fromS) * 1_000) / words.length;
      const timed = words.map((word, at) => ({
        text: word,
        startMs: fromS * 1_000 + at * each,
        endMs: fromS * 1_000 + (at + 1) * each,
        confidence: 0.95,
      }));
      return { type: 'turn', role, turn, text, words: timed, final: true, atMs: toS * 1_000 };
    }),
  ];
  return heard.reduce((session, one) => step(session, one, plays)[0], newSession({ callId: 'call-1' }));
}

const at = (nowS: number, hearing: 'listening' | 'behind' | 'away' = 'listening') => ({ nowMs: nowS * 1_000, hearing });
const words = (count: number) => Array.from({ length: count }, (_, nth) => `word${nth}`).join(' ');

test.each<[string, Session, ReturnType<typeof at>, unknown[]]>([
  ['a call that goes well', call(['rep', 1, 5, 'good morning to you'], ['customer', 6, 9, 'good morning how are you']), at(10), []],
  [
    'a price that came up a moment ago',
    call(['customer', 1, 4, 'honestly that is too expensive for us']),
    at(30),
    [{ kind: 'price', said: expect.stringMatching(/^The price came up: .+\.$/), sinceMs: expect.any(Number) }],
  ],
  ['a price that came up long ago', call(['customer', 1, 4, 'honestly that is too expensive for us']), at(90), []],
  [
    'a competitor',
    call(['customer', 1, 4, 'we are also looking at Zendara']),
    at(20),
    [{ kind: 'competitor', said: expect.stringMatching(/^A competitor came up: /), sinceMs: expect.any(Number) }],
  ],
  [
    'an unhappy customer',
    call(['customer', 1, 6, 'this is terrible and your support was a nightmare']),
    at(20),
    [{ kind: 'negative', said: 'The customer’s last words sound unhappy.', sinceMs: 1_000 }],
  ],
  ['one dark word is no mood', call(['customer', 1, 6, 'the problem is where our data lives']), at(20), []],
  [
    'a monologue, and a customer who is silent meanwhile',
    call(['customer', 1, 4, 'tell me how that works'], ['rep', 5, 145, words(300)]),
    at(146),
    [
      { kind: 'customer-silent', said: 'The customer has said nothing for 2:22 minutes.', sinceMs: 4_000 },
      { kind: 'monologue', said: 'The rep has held the floor for 2:20 minutes.', sinceMs: 5_000 },
    ],
  ],
  [
    'compliance that waits for the rep',
    call(['rep', 1, 4, 'we will record this call then']),
    at(40),
    [{ kind: 'compliance', said: '“Say how it is kept” has to be dealt with, and is not yet.', sinceMs: expect.any(Number) }],
  ],
  ['compliance that has just come', call(['rep', 1, 4, 'we will record this call then']), at(10), []],
  [
    'words that come late, and then silence says nothing of the customer',
    call(['customer', 1, 4, 'tell me how that works']),
    at(300, 'behind'),
    [{ kind: 'behind', said: 'Words come late: cards are behind the talk.' }],
  ],
])('%s', (_, session, now, expected) => {
  expect(alertsOf(session, now)).toEqual(expected);
});

test('compliance that the rep has dealt with is over', () => {
  const shown = call(['rep', 1, 4, 'we will record this call then']);
  const [used] = step(shown, { type: 'feedback', cardId: shown.shown[0]?.id ?? '', action: 'used', atMs: 6_000 }, plays);
  expect(alertsOf(used, at(40))).toEqual([]);
});

test('nothing that was said is in an alert, and a call that is over has none', () => {
  const session = call(['customer', 1, 6, 'this is terrible and Kanarienvogel was a nightmare and too expensive']);
  expect(JSON.stringify(alertsOf(session, at(20)))).not.toContain('Kanarienvogel');
  const [over] = step(session, { type: 'hang-up', atMs: 7_000 }, plays);
  expect(alertsOf(over, at(20))).toEqual([]);
});

test('without consent a silent customer is nobody’s alert', () => {
  const refused = step(call(['customer', 1, 4, 'tell me how']), { type: 'consent', consent: 'refused', by: '71', atMs: 5_000 }, plays)[0];
  expect(alertsOf(refused, at(300))).toEqual([]);
});
