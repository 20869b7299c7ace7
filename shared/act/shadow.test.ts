import { expect, test } from 'vitest';
import { shadowFields } from './shadow.ts';

const none = { object: 'deal', matched: 0, differed: 0, open: 0, nothing: 0 } as const;

test('accuracy is of what people put there themselves, and says of how many', () => {
  const counts = [
    { ...none, field: 'closedate', label: 'Close date', open: 2, nothing: 3 },
    { ...none, field: 'amount', label: 'Amount', matched: 3, differed: 1, nothing: 5 },
  ];
  expect(shadowFields(counts)).toEqual([
    { ...counts[1], n: 4, accuracy: 0.75 },
    { ...counts[0], n: 0, accuracy: null },
  ]);
});
