import { expect, test } from 'vitest';
import { afterScroll, followingFromStart } from './follow-now.ts';

const box = (top: number, all = 1_000) => ({ top, seen: 200, all });
const after = (...boxes: ReturnType<typeof box>[]) => boxes.reduce(afterScroll, followingFromStart).isFollowing;

test.each([
  ['it stands at the end', [box(800)], true],
  ['the rep scrolls up', [box(800), box(700)], false],
  ['the rep goes on reading downward', [box(800), box(300), box(500)], false],
  ['the rep comes back to the end', [box(800), box(300), box(790)], true],
  ['words came before the scrolling was told', [box(800), box(800, 1_300)], true],
  ['a browser rounds', [box(800), box(799, 1_300)], true],
  ['everything fits', [box(0, 150)], true],
])('follows the talk or not: %s', (_, boxes, isFollowing) => {
  expect(after(...boxes)).toBe(isFollowing);
});
