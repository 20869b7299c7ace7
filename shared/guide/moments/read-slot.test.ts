import { expect, test } from 'vitest';
import type { SlotKind } from '../../contracts/playbook.ts';
import { readSlot } from './read-slot.ts';

const call = { startedAtMs: Date.parse('2026-11-20T15:00:00Z'), timeZone: 'America/New_York' };

test.each<[SlotKind, string, string | null, string | null]>([
  ['money', 'Hm. We have about twenty five thousand dollars for it.', '25000 USD', 'We have about twenty five thousand dollars for it.'],
  ['money', '40 to 50 thousand euros', '40000–50000 EUR', '40 to 50 thousand euros'],
  ['money', 'We are three hundred people.', null, null],
  ['date', 'We want to go live by December first.', '2026-12-01', 'by December first'],
  ['date', 'That was yesterday.', null, null],
  ['phone', 'Call me at +1 415 555 0142.', '+14155550142', '+1 415 555 0142'],
  ['phone', 'Order 4155 is late.', null, null],
  [
    'email',
    'It is maya dot lindqvist at brightloop dot example.',
    'maya.lindqvist@brightloop.example',
    'maya dot lindqvist at brightloop dot example',
  ],
  ['email', 'maya@brightloop.example works', 'maya@brightloop.example', 'maya@brightloop.example'],
  ['email', 'Look at it on Monday.', null, null],
  ['seats', 'Okay. We would start with forty seats.', '40', 'We would start with forty seats.'],
  ['seats', 'One hundred and twenty users at first', '120', 'One hundred and twenty users at first'],
  ['seats', 'Have a seat.', null, null],
])('%s in “%s”: %s', (slot, text, value, quote) => {
  expect(readSlot(slot, text, call)).toEqual(value === null ? null : { value, quote });
});
