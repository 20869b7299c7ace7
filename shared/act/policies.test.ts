import { expect, test } from 'vitest';
import type { ChangeBody } from '../contracts/change.ts';
import { askingFirst, modeFor, type Override, policyFor, refusesOverride } from './policies.ts';

const field = (name: string): ChangeBody => ({ kind: 'set-field', field: name, label: name, mode: 'overwrite', from: null, to: '1' });
const bodies: Record<string, ChangeBody> = {
  call: { kind: 'log-call', title: '', body: '', direction: 'inbound', startedAt: '', durationMs: 0 },
  note: { kind: 'add-note', body: '', at: '' },
  task: { kind: 'add-task', subject: '', body: '', dueAt: '' },
  stage: { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' },
  email: { kind: 'draft-email', to: [], subject: '', body: '' },
  amount: field('amount'),
  Amount: field('Amount'),
  closedate: field('closedate'),
  next: field('hs_next_step'),
  owner: field('hubspot_owner_id'),
  OwnerId: field('OwnerId'),
  dealstage: field('dealstage'),
};
const table = (overrides: readonly Override[]) =>
  Object.entries(bodies).map(([name, body]) => `${name} ${policyFor('deal', body, overrides)}`);

test('what only records is automatic, what changes the deal asks, whose it is stays', () => {
  expect(table([])).toEqual([
    'call auto',
    'note auto',
    'task auto',
    'stage suggest',
    'email suggest',
    'amount suggest',
    'Amount suggest',
    'closedate suggest',
    'next suggest',
    'owner never',
    'OwnerId never',
    'dealstage never',
  ]);
});

test('a word about all fields leaves amount and close date asking; a word about them does not', () => {
  const all = table([{ subject: 'set-field', policy: 'auto' }]);
  expect(all.filter((line) => /amount|close|next|owner|stage/i.test(line))).toEqual([
    'stage suggest',
    'amount suggest',
    'Amount suggest',
    'closedate suggest',
    'next auto',
    'owner never',
    'OwnerId never',
    'dealstage never',
  ]);
  expect(policyFor('deal', field('Amount'), [{ subject: 'set-field:deal.Amount', policy: 'auto' }])).toBe('auto');
  expect(policyFor('deal', field('amount'), [{ subject: 'set-field', policy: 'never' }])).toBe('never');
});

test('an email waits and an owner stays, whatever stands in the table', () => {
  const loose: Override[] = [
    { subject: 'draft-email', policy: 'auto' },
    { subject: 'set-field:deal.hubspot_owner_id', policy: 'auto' },
    { subject: 'move-stage', policy: 'auto' },
  ];
  expect(['email', 'owner', 'stage'].map((name) => policyFor('deal', bodies[name]!, loose))).toEqual(['suggest', 'never', 'auto']);
});

test.each([
  [{ subject: 'move-stage', policy: 'auto' }, null],
  [{ subject: 'set-field:deal.amount', policy: 'auto', mode: 'fill-blank' }, null],
  [{ subject: 'draft-email', policy: 'never' }, null],
  [{ subject: 'draft-email', policy: 'auto' }, 'An email always waits for a person.'],
  [{ subject: 'set-field:deal.OwnerId', policy: 'suggest' }, 'This field is never written from a call.'],
  [{ subject: 'remove-activity', policy: 'never' }, 'An undo is a person’s own press and has no policy.'],
  [{ subject: 'delete', policy: 'auto' }, 'There is no such kind of change.'],
  [{ subject: 'set-field:ticket.amount', policy: 'auto' }, 'There is no such kind of change.'],
  [{ subject: 'add-task', policy: 'auto', mode: 'append' }, 'Only a field has a mode.'],
  [{ subject: 'set-field:deal.amount', policy: 'shadow' }, null],
  [{ subject: 'move-stage', policy: 'shadow' }, null],
  [{ subject: 'add-task', policy: 'shadow' }, 'Only fields and the stage can be watched: nobody else’s word stands beside the rest.'],
] as const)('%j as a setting: %s', (override, why) => {
  expect(refusesOverride(override)).toBe(why);
});

test('what is written at length is added to, the rest is replaced, and a tenant may say otherwise', () => {
  expect([modeFor('deal', 'Description', []), modeFor('deal', 'amount', []), modeFor('deal', 'hs_next_step', [])]).toEqual([
    'append',
    'overwrite',
    'overwrite',
  ]);
  expect(modeFor('deal', 'amount', [{ subject: 'set-field:deal.amount', policy: 'suggest', mode: 'fill-blank' }])).toBe('fill-blank');
});

test('of a private call nothing is written without asking, and nothing stricter becomes less so', () => {
  const overrides = askingFirst([
    { subject: 'add-note', policy: 'never' },
    { subject: 'set-field:deal.amount', policy: 'auto' },
  ]);
  const kinds = ['log-call', 'add-note', 'add-task', 'move-stage', 'set-field', 'set-field:deal.amount'];
  expect(kinds.map((kind) => overrides.find(({ subject }) => subject === kind)?.policy)).toEqual([
    'suggest',
    'never',
    'suggest',
    'suggest',
    'suggest',
    'suggest',
  ]);
});
