import { expect, test } from 'vitest';
import { keytermsOf, type NamesHeard } from './keyterms.ts';

const none: NamesHeard = { people: [], companies: [], emails: [], products: [], competitors: [], playbook: [] };

test('who talks comes first, then what it is about, then what is sold and against whom, then the playbook', () => {
  expect(
    keytermsOf({
      people: ['Maya Lindqvist', 'Priya Raman'],
      companies: ['Cobalt Freight, 120 seats', 'Cobalt Freight Inc.'],
      emails: ['maya@cobaltfreight.example', 'priya@gmail.com', 'x@mail.acme.co.uk'],
      products: ['Brightloop Pulse'],
      competitors: ['Oakline', 'cobalt freight'],
      playbook: ['SOC 2'],
    }),
  ).toEqual(['Maya Lindqvist', 'Priya Raman', 'Cobalt Freight', 'cobaltfreight', 'acme', 'Brightloop Pulse', 'Oakline', 'SOC 2']);
});

test('nothing is sent that the vendor refuses, and nothing that is no name', () => {
  const people = ['Customer', '', ' - ', '+1 415 555 0100', 'Ann;Bob', 'Zoë O’Neil', 'x', 'a b c d e f g', 'y'.repeat(90), 'Line\nbreak'];
  expect(keytermsOf({ ...none, people })).toEqual(['Ann Bob', 'Zoë O’Neil', 'Line break']);
});

test('stays within fifty terms and the vendor’s 500 tokens, the least important left out', () => {
  const many = Array.from({ length: 200 }, (_, n) => `Rival${n}`);
  const short = keytermsOf({ ...none, people: ['Maya Lindqvist'], competitors: many });
  expect([short.length, short[0], short.at(-1)]).toEqual([50, 'Maya Lindqvist', 'Rival48']);
  const long = Array.from({ length: 100 }, (_, n) => `Extraordinarily Longwinded Conglomerate ${n}`);
  const terms = keytermsOf({ ...none, people: ['Maya Lindqvist'], competitors: long });
  expect(terms[0]).toBe('Maya Lindqvist');
  expect(terms.join(' ').length / 3).toBeLessThanOrEqual(450);
});

test('whatever is thrown in, what comes out fits', () => {
  let state = 5;
  const roll = (of: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state % of;
  };
  const letters = 'abcÄé漢 ,;:\n\t&+.-’0 9';
  for (let round = 0; round < 200; round++) {
    const word = () => Array.from({ length: roll(120) }, () => letters[roll(letters.length)]).join('');
    const list = () => Array.from({ length: roll(80) }, word);
    const terms = keytermsOf({
      people: list(),
      companies: list(),
      emails: list(),
      products: list(),
      competitors: list(),
      playbook: list(),
    });
    expect(terms.length).toBeLessThanOrEqual(50);
    expect(new Set(terms.map((term) => term.toLowerCase())).size).toBe(terms.length);
    for (const term of terms) expect(term).toMatch(/^[^,;:\n]{2,80}$/);
  }
});
