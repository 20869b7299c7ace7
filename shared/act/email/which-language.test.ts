import { expect, test } from 'vitest';
import { whichLanguage } from './which-language.ts';

test.each([
  ['en', 'So we would like to know what it costs and when you can start'],
  ['de', 'Wir würden gerne wissen, was das kostet und wann Sie anfangen können'],
  ['fr', 'Nous voudrions savoir ce que cela coûte et quand vous pouvez commencer'],
  ['es', 'Nos gustaría saber cuánto cuesta y cuándo pueden empezar con el proyecto'],
  ['pt', 'Gostaríamos de saber quanto isso custa e quando você pode começar com o projeto'],
  ['it', 'Vorremmo sapere quanto costa e quando potete cominciare con il progetto'],
  ['nl', 'We willen graag weten wat het kost en wanneer jullie kunnen beginnen'],
  ['unknown', 'Ok. Super.'],
  ['unknown', ''],
  [
    'other',
    'Chcielibyśmy wiedzieć, ile to kosztuje i kiedy możecie państwo zacząć, bo nasz zarząd musi podjąć decyzję przed końcem tego miesiąca',
  ],
  ['other', 'Мы хотели бы узнать цену'],
  ['other', '価格を教えてください'],
])('%s: %s', (language, text) => {
  expect(whichLanguage([text])).toBe(language);
});

test('an eight-hour call is told by a sample', () => {
  const turns = Array.from({ length: 50_000 }, () => 'Wir sind mit dem Produkt nicht ganz zufrieden und haben noch eine Frage');
  expect(whichLanguage(turns)).toBe('de');
});
