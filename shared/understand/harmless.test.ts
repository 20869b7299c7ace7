import { expect, test } from 'vitest';
import { cleanLine } from './clean-line.ts';
import { harmless, harmlessName, harmlessText } from './harmless.ts';

test.each([
  ['what people say stays', 'We’re at 40% – that’s $25,000, isn’t it?', 'We’re at 40% – that’s $25,000, isn’t it?'],
  ['a name of a site', 'We moved to monday.com and Node.js in v2.1.', 'We moved to monday.com and Node.js in v2.1.'],
  ['a comparison', 'if it is < 5 we go, > 7 we do not', 'if it is < 5 we go, > 7 we do not'],
  ['words with a colon', 'here is the data: we lost two', 'here is the data: we lost two'],
  ['an address', 'see https://evil.example/a?b=c now', 'see (link) now'],
  ['an address without a scheme', 'see www.evil.example and evil.example/pay now', 'see (link) and (link) now'],
  ['a script', 'open javascript:alert(1) please', 'open (link) please'],
  ['a markdown link', 'read [our terms](https://evil.example) first', 'read our terms first'],
  ['a picture', 'x ![p](https://evil.example/?q=1) y', 'x p y'],
  ['tags', 'a <b>bold</b> <img src=x onerror=alert(1)> b', 'a bold b'],
  ['a tag that never closes', 'a <img src=x onerror=alert(1)//', 'a ‹img src=x onerror=alert(1)//'],
  ['escaped tags', '&lt;script>', '‹script>'],
  ['direction signs', 'pay \u202Eyap\u202C', 'pay yap'],
  ['nothing one sees', 'pa\u200By\u2060\uFEFF', 'pay'],
  ['tag characters', `hi${String.fromCodePoint(0xe0069, 0xe0067)}`, 'hi'],
  ['control signs and lines', 'a\u0000b\r\nc', 'a b c'],
])('%s', (_, said, read) => {
  expect(harmlessText(said)).toBe(read);
});

test('a megabyte of open brackets costs no time worth naming', () => {
  const startedAt = performance.now();
  for (const sign of ['<', '[', '](', 'a.', 'www.', '\u200b', '<a ', 'x@']) harmlessText(sign.repeat(500_000));
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('a turn keeps its place, its side and its times', () => {
  const turn = { seq: 3, role: 'rep' as const, speaker: '<i>Sam</i>', text: 'www.x.example', startMs: 1, endMs: 2, confidence: 0.5 };
  expect(harmless([turn])).toEqual([{ ...turn, speaker: 'Sam', text: '(link)' }]);
});

test('a name is one short line', () => {
  expect(harmlessName(`Acme\n\n${'x'.repeat(500)}`)).toHaveLength(120);
  expect(harmlessName('https://evil.example')).toBe('(link)');
});

test('what a model writes has no address at all, save one that was said', () => {
  expect(cleanLine('Maya [likes](https://evil.example/x) <b>it</b> \u202ea lot\u200b https://evil.example me@evil.example', 100)).toBe(
    'Maya likes it a lot',
  );
  expect(cleanLine('They use monday.com and evil.example', 100, 'we use Monday.com')).toBe('They use monday.com and');
  expect(cleanLine('one two three', 8)).toBe('one two');
});
