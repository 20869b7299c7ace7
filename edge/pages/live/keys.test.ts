import { expect, test } from 'vitest';
import { actOf, keyHelp } from './keys.ts';

const press = (key: string, over = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...over });

test('every key of the help does what it says, in either case, and no key does two things', () => {
  const all = keyHelp.flatMap(({ keys, act }) => keys.map((key) => ({ key, act })));
  for (const { key, act } of all) {
    expect(actOf(press(key), 'page')).toBe(act);
    if (key.length === 1) expect(actOf(press(key.toUpperCase()), 'page')).toBe(act);
  }
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
});

test.each([
  ['another program’s', press('f', { ctrlKey: true }), 'page'],
  ['another program’s', press('f', { metaKey: true }), 'page'],
  ['another program’s', press('d', { altKey: true }), 'page'],
  ['held down', press('u', { repeat: true }), 'page'],
  ['typed or chosen with', press('u'), 'text'],
  ['the button’s own', press('Enter'), 'button'],
  ['nobody’s', press('x'), 'page'],
] as const)('a key that is %s does nothing here', (_, pressed, focus) => {
  expect(actOf(pressed, focus)).toBeUndefined();
});

test('a letter works while a button has the focus', () => {
  expect(actOf(press('d'), 'button')).toEqual({ is: 'card', action: 'dismissed' });
});
