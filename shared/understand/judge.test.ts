import { expect, test } from 'vitest';
import type { Role } from '../contracts/transcript.ts';
import { bytesOf } from './heads/bytes.ts';
import { heads } from './heads/heads.ts';
import { readCall } from './read-call.ts';

const read = (...turns: [Role, string][]) =>
  readCall({
    utterances: turns.map(([role, text], seq) => ({ seq, role, speaker: role, text, startMs: seq, endMs: seq + 1, confidence: 1 })),
    repName: '',
    customerName: '',
    competitors: [],
  });

test('hears what no rule has words for, and quotes the sentence that said it', () => {
  const { objections } = read(
    ['rep', 'It would be four hundred dollars a month for the whole team.'],
    ['customer', 'Thanks for the overview. My partner would have a heart attack at that figure.'],
  );
  expect(objections.map((one) => one.said.text)).toEqual(['My partner would have a heart attack at that figure.']);
});

test('a step that only a head heard waits for a person', () => {
  const { steps } = read(
    ['rep', 'Shall we carry on after the holidays?'],
    ['customer', 'Pop by on the ninth of January and bring your colleague.'],
  );
  for (const step of steps) if (step.deed === '') expect(step.hedged).toBe(true);
});

test('silence and noise are nothing', () => {
  for (const text of ['', '...', '\u{1f642}\u{1f642}', '\u202e\u202d', '?']) {
    const { objections, buying, steps, pricing } = read(['customer', text]);
    expect({ objections, buying, steps, pricing }).toEqual({ objections: [], buying: [], steps: [], pricing: [] });
  }
});

test('unpacks signed bytes', () => {
  expect([...bytesOf(Buffer.from([0, 1, 127, 128, 255]).toString('base64'))]).toEqual([0, 1, 127, -128, -1]);
  expect(heads().objection.weights.length).toBe(2 ** 15);
});

test('judges a turn in a fraction of a millisecond', () => {
  const turns = Array.from({ length: 2000 }, (_, nth): [Role, string] => [
    nth % 2 === 0 ? 'rep' : 'customer',
    `We looked at option ${nth} with our dispatch team, and it seems a lot of work for what it brings. Could you send the figures by Friday?`,
  ]);
  read(...turns.slice(0, 200));
  const started = performance.now();
  read(...turns);
  expect((performance.now() - started) / turns.length).toBeLessThan(2);
});
