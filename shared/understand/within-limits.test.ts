import { expect, test } from 'vitest';
import { cast, script } from '../../sandbox/cast.ts';
import { insight as shape } from '../contracts/insight.ts';
import type { Role, Utterance } from '../contracts/transcript.ts';
import { analyze } from './analyze.ts';
import { languageOf } from './language.ts';
import { type Limit, limitSays, limitsOf, readable } from './limits.ts';
import { sayings } from './said.ts';
import { withinLimits } from './within-limits.ts';

type Turn = { who: Role; text: string; speaker?: string; confidence?: number };
const turns = (list: readonly Turn[], paceMs = 350): Utterance[] => {
  let clockMs = 0;
  return list.map(({ who, text, speaker, confidence }, seq) => {
    const startMs = clockMs;
    clockMs += Math.min(text.split(' ').length, 5_000) * (paceMs + (seq % 7)) + 300;
    return { seq, role: who, speaker: speaker ?? who, text, startMs, endMs: clockMs - 300, confidence: confidence ?? 0.9 };
  });
};
const call = (utterances: readonly Utterance[]) => ({
  utterances,
  startedAt: '2026-11-18T15:00:00Z',
  timeZone: cast.timeZone,
  repName: cast.rep.name,
  customerName: cast.customer.name,
  competitors: cast.competitors,
});
const saidIn = (lines: readonly string[]): Utterance[] =>
  turns(lines.map((text, at) => ({ who: at % 2 === 0 ? 'rep' : 'customer', text })));

const german = saidIn([
  'Guten Tag, vielen Dank, dass Sie sich die Zeit genommen haben. Wie läuft es bei Ihnen mit den Touren?',
  'Na ja, wir machen das noch auf Papier, und das ist mir ehrlich gesagt zu teuer und dauert auch viel zu lange.',
  'Ich kann Ihnen bis Donnerstag ein Angebot schicken, wenn das für Sie in Ordnung ist.',
]);
const foreign: Record<string, Utterance[]> = {
  de: german,
  fr: saidIn([
    "Bonjour, merci de nous avoir donné un peu de temps. Est-ce que vous êtes content de l'outil que vous avez ?",
    "Non, pas du tout, il est trop cher et nous ne pouvons pas le changer avant la fin de l'année.",
  ]),
  es: saidIn([
    'Hola, gracias por el tiempo. ¿Cómo lo hacen ustedes hoy con las rutas de los camiones?',
    'Lo hacemos en papel, y la verdad es que no funciona muy bien porque se pierde todo.',
  ]),
  pt: saidIn([
    'Olá, obrigado pelo tempo. Como é que vocês fazem isso hoje com os motoristas?',
    'Nós fazemos no papel, e isso não funciona muito bem porque a gente perde quase tudo.',
  ]),
  it: saidIn([
    'Buongiorno, grazie per il tempo che ci dedica. Come lo fate oggi con i camion e con gli autisti?',
    'Lo facciamo su carta, ma non funziona molto bene perché si perde quasi tutto e ci costa tempo.',
  ]),
  nl: saidIn([
    'Goedemiddag, dank u wel dat u tijd hebt. Hoe doen jullie dat nu met de ritten van de chauffeurs?',
    'Wij doen het nog op papier, maar het werkt niet zo goed en dat is ook te duur voor ons.',
  ]),
};

test('tells a language by its small words', () => {
  expect(Object.fromEntries(Object.entries(foreign).map(([language, said]) => [language, languageOf(said)]))).toEqual({
    de: 'de',
    fr: 'fr',
    es: 'es',
    pt: 'pt',
    it: 'it',
    nl: 'nl',
  });
  expect(languageOf(turns(script))).toBe('en');
  expect(languageOf(turns(script.map((one) => ({ ...one, text: one.text.toLowerCase().replace(/[^a-z ]/g, '') }))))).toBe('en');
  expect(languageOf(saidIn(['こんにちは、本日はお時間をいただきありがとうございます。', 'よろしくお願いします。']))).toBe('other');
  expect(languageOf(saidIn(['Hello?', 'Zendara.']))).toBe(undefined);
});

const megabyte = 'we need fifty seats by friday and it is too expensive for us '.repeat(17_000);
const noise = Array.from({ length: 200 }, (_, at) => `xk${at}q zv${at * 7}rt plomf${at} grz`).join(' ');
const bad: [string, Limit[], Utterance[]][] = [
  ['nothing', ['empty'], []],
  [
    'turns without words',
    ['empty'],
    turns([
      { who: 'rep', text: ' … ' },
      { who: 'customer', text: '\u{1f600}' },
    ]),
  ],
  ['one voice', ['one-speaker'], turns(script.filter((one) => one.who === 'customer').slice(0, 6))],
  ['one side with two voices', ['one-side'], turns(script.slice(0, 8).map((one) => ({ ...one, who: 'customer', speaker: one.who })))],
  ['unknown roles', ['unknown-roles'], turns(script.map((one) => ({ ...one, speaker: one.who, who: 'other' })))],
  ['German', ['language-de'], german],
  [
    'words of no language',
    ['garbled'],
    turns([
      { who: 'rep', text: noise },
      { who: 'customer', text: noise },
    ]),
  ],
  ['one word over and over', ['garbled'], saidIn(Array.from({ length: 40 }, () => 'thank you thank you thank you thank you for watching'))],
  ['hardly audible words', ['hard-to-hear'], turns(script.map((one) => ({ ...one, confidence: 0.3 })))],
  ['eight hours', ['long-call'], turns(Array.from({ length: 150 }, () => script).flat(), 900)],
  ['more than is ever said', ['long-call', 'cut-call'], turns(Array.from({ length: 900 }, () => script).flat(), 300)],
  ['a turn of a megabyte', ['cut-turns'], saidIn([...script.slice(0, 4).map((one) => one.text), megabyte, 'Okay, thanks.'])],
  [
    'a megabyte without a gap',
    ['cut-turns'],
    saidIn([...script.slice(0, 4).map((one) => one.text), 'x'.repeat(1_000_000), 'Okay, thanks.']),
  ],
  [
    'signs that turn the writing round',
    ['hidden-signs'],
    turns([
      ...script.slice(0, 6),
      { who: 'customer', text: 'We can pay \u202e00005$\u202c for it \u{1f468}\u200d\u{1f469}\u200d\u{1f467} and no more.' },
    ]),
  ],
];

test.each(bad)('says what %s does not allow', (_, limits, utterances) => {
  expect(limitsOf(utterances)).toEqual(limits);
  expect(limits.map(limitSays).join()).not.toContain('undefined');
});

test('has nothing to say against an ordinary call', () => {
  expect(limitsOf(turns(script))).toEqual([]);
});

/** What the rules are given to read; a bound on it is a bound on their time, which grows with the letters. */
const LETTERS_MAX = 500_000;

test.each(bad)('makes a partial insight of %s, in bounded work and without invention', (_, limits, utterances) => {
  let letters = 0;
  let asked = 0;
  const insight = withinLimits(call(utterances), (one) => {
    asked++;
    letters = one.utterances.reduce((sum, { text }) => sum + text.length, 0);
    expect(Math.max(0, ...one.utterances.map(({ text }) => text.length))).toBeLessThanOrEqual(20_000);
    return analyze(one);
  });
  expect(asked).toBe(1);
  expect(letters).toBeLessThanOrEqual(LETTERS_MAX);
  shape.parse(insight);
  expect(insight.limits).toEqual(limits.map(limitSays));
  expect(insight.turns.map((one) => one.seq)).toEqual(utterances.map((one) => one.seq));
  const proofs = [insight.bullets, insight.objections, insight.nextSteps, insight.buyingSignals, insight.competitors, insight.pricing];
  for (const { evidence } of proofs.flat()) expect(utterances[evidence.seq]!.text).toContain(evidence.quote);
  if (limits.some((one) => one === 'empty' || one === 'garbled' || one.startsWith('language'))) expect(proofs.flat()).toEqual([]);
});

test('takes no word for the customer’s where nobody knows who buys', () => {
  const unknown = turns(script.map((one) => ({ ...one, speaker: one.who, who: 'other' })));
  const insight = withinLimits(call(unknown), analyze);
  expect([insight.objections, insight.buyingSignals, insight.sentiment]).toEqual([[], [], 0.5]);
  expect(insight.nextSteps.every((one) => one.hedged)).toBe(true);
  expect(insight.headline).not.toContain('wants');
});

test('cuts a long turn at a word, with its time, and leaves the number of turns as it was', () => {
  const [turn] = readable(saidIn([megabyte]));
  expect(megabyte.startsWith(turn!.text)).toBe(true);
  expect(turn!.text).toMatch(/\w$/);
  expect(turn!.text.length).toBeGreaterThan(19_900);
  expect(turn!.endMs).toBeLessThan(saidIn([megabyte])[0]!.endMs / 10);
  const many = turns(Array.from({ length: 900 }, () => script).flat());
  expect(readable(many).length).toBe(many.length);
  expect(readable(many).at(-1)!.text).toBe('');
  const few = turns(script);
  expect(readable(few)).toBe(few);
});

test('reads a turn without punctuation in a number of sentences that grows with its words', () => {
  const [turn] = readable(saidIn([megabyte]));
  expect(sayings([turn!]).length).toBeLessThan(turn!.text.split(' ').length / 4);
});
