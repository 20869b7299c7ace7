import { expect, test } from 'vitest';
import { keptShare } from './kept-share.ts';

const mail = (body: string) => ({ subject: 'Our call', body });
const draft = mail('Hi Maya, thank you for your time. I will send the plan.');

test.each([
  ['unchanged', draft.body, 1],
  ['other case, points and line breaks', 'hi maya\n\nTHANK YOU for your time!\nI will send the plan', 1],
  ['more written below', `${draft.body} See you soon.`, 1],
  ['two of fourteen words gone', 'Hi Maya, thank you for your time. I send plan.', 12 / 14],
  ['all of it another text', 'Servus', 2 / 14],
  ['nothing left', '', 2 / 14],
])('%s', (_, body, share) => {
  expect(keptShare(draft, mail(body))).toBe(share);
});

test('words that only changed places are kept but once in order', () => {
  expect(keptShare({ subject: '', body: 'a b c d' }, { subject: '', body: 'c d a b' })).toBe(0.5);
});

test('a draft without words is kept whole', () => {
  expect(keptShare({ subject: '', body: '…' }, draft)).toBe(1);
});

test('the longest mail the door takes is measured in a moment', () => {
  const long = Array.from({ length: 10_000 }, (_, i) => `${i % 7}`).join(' ');
  const started = performance.now();
  expect(keptShare(mail(long), mail(`x ${long.replaceAll('3', '8')} y`))).toBeCloseTo(6 / 7, 2);
  expect(performance.now() - started).toBeLessThan(1_000);
});
