import { expect, test } from 'vitest';
import { newReader, readJson } from './read-json.ts';

const answer = {
  show: true,
  kind: 'price',
  card_id: null,
  headline: 'Says “twice” \\ "too much" 😀 é\n',
  confidence: 0.93,
  expires_s: -1e1,
  say: '',
};
const all = (text: string, sizes: (at: number) => number) => {
  let reader = newReader();
  const closed: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = sizes(at);
    const [next, names] = readJson(reader, text.slice(at, at + size));
    reader = next;
    closed.push(...names);
    at += size;
  }
  return { at: reader.at, fields: reader.fields, closed };
};

test.each([
  ['as it is', JSON.stringify(answer)],
  ['with spaces', ` ${JSON.stringify(answer, null, 2)} `],
  ['with signs written as numbers', JSON.stringify(answer).replace('😀', '\\ud83d\\ude00').replace('é', '\\u00e9')],
])('reads an object %s, wherever it is cut', (_, text) => {
  const whole = { at: 'end', fields: answer, closed: Object.keys(answer) };
  expect(all(text, () => 1)).toEqual(whole);
  for (let cut = 1; cut < text.length; cut++) expect(all(text, (at) => (at === 0 ? cut : text.length))).toEqual(whole);
});

test('knows each field from the sign that closes it', () => {
  const text = '{"show":true,"headline":"Price","confidence":0.9}';
  const known = [...text].map((_, at) => Object.keys(all(text.slice(0, at + 1), () => 7).fields).length);
  expect([known.indexOf(1), known.indexOf(2), known.indexOf(3)]).toEqual([
    text.indexOf(',"headline"'),
    text.indexOf('Price"') + 5,
    text.length - 1,
  ]);
});

test.each([
  ['no object', '[1]'],
  ['words before it', 'Sure! {"a":1}'],
  ['a list inside', '{"a":[1]}'],
  ['an object inside', '{"a":{"b":1}}'],
  ['a field twice', '{"a":1,"a":2}'],
  ['something after it', '{"a":1} and'],
  ['a word that is no value', '{"a":yes}'],
  ['a wrong escape', '{"a":"\\x"}'],
  ['a comma too many', '{,}'],
  ['a text without an end', `{"a":"${'x'.repeat(3_000)}"}`],
  ['fields without an end', `{${Array.from({ length: 30 }, (_, n) => `"f${n}":1`).join(',')}}`],
])('refuses %s', (_, text) => {
  expect(all(text, () => 5).at).toBe('broken');
});

test('an empty object has no fields', () => {
  expect(all('{ }', () => 1)).toEqual({ at: 'end', fields: {}, closed: [] });
});
