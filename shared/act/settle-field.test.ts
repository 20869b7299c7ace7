import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameValue, settleField } from './settle-field.ts';

const set = (to: string) => ({ do: 'set', to });

test.each([
  ['fills an empty field', { mode: 'fill-blank', from: null, to: 'a' }, null, undefined, set('a')],
  ['leaves a filled field', { mode: 'fill-blank', from: null, to: 'a' }, 'b', undefined, { do: 'leave' }],
  ['fills over its own older words', { mode: 'fill-blank', from: null, to: 'a' }, 'b', 'b', set('a')],
  ['overwrites what it planned from', { mode: 'overwrite', from: 'b', to: 'a' }, 'b', undefined, set('a')],
  ['overwrites in another spelling', { mode: 'overwrite', from: '86400', to: '9' }, '86400.00', undefined, set('9')],
  ['leaves what was changed since', { mode: 'overwrite', from: 'b', to: 'a' }, 'c', 'd', { do: 'leave' }],
  [
    'has nothing to do when it stands',
    { mode: 'overwrite', from: 'b', to: '2026-12-01' },
    '2026-12-01T00:00:00Z',
    undefined,
    { do: 'nothing' },
  ],
  ['empties a field', { mode: 'overwrite', from: 'a', to: '' }, 'a', undefined, set('')],
  ['appends below', { mode: 'append', from: 'x', to: 'a' }, 'x\r\ny ', undefined, set('x\ny\na')],
  ['appends to nothing', { mode: 'append', from: null, to: 'a' }, null, undefined, set('a')],
  ['never appends twice', { mode: 'append', from: 'x', to: 'a\nb' }, 'x\r\na\r\nb\r\ntheirs', undefined, { do: 'nothing' }],
  ['appends although the words are part of other words', { mode: 'append', from: 'x', to: 'a' }, 'a cat', undefined, set('a cat\na')],
  ['replaces what it appended before', { mode: 'append', from: 'x', to: 'new' }, 'x\nold\ntheirs', 'old', set('x\nnew\ntheirs')],
] as const)('%s', (_, change, held, wrote, expected) => {
  expect(settleField(change, held, wrote)).toEqual(expected);
});

test('keeps every value that is neither empty, nor planned from, nor its own', () => {
  const words = fc.constantFrom('', 'a', 'b', 'c', 'd', '1', '1.0', '2026-01-01');
  const modes = fc.constantFrom('fill-blank' as const, 'append' as const, 'overwrite' as const);
  fc.assert(
    fc.property(modes, words, words, words, fc.option(words, { nil: undefined }), (mode, from, to, held, wrote) => {
      const settled = settleField({ mode, from, to }, held, wrote);
      if (settled.do !== 'set') return;
      if (mode === 'append') {
        if (wrote === undefined || !held.includes(wrote)) expect(settled.to.startsWith(held)).toBe(true);
      } else
        expect(held === '' || (mode === 'overwrite' && sameValue(held, from)) || (wrote !== undefined && sameValue(held, wrote))).toBe(
          true,
        );
      // A repeat finds it done.
      expect(settleField({ mode, from, to }, settled.to, wrote)).toEqual({ do: 'nothing' });
    }),
  );
});
