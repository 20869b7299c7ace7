import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangeBody, ChangeItem } from '../contracts/change.ts';
import type { CallBrief } from '../contracts/view.ts';
import { nextAction } from './next-action.ts';

const evidence = { quote: 'by Thursday', seq: 1, role: 'rep', speaker: 'Sam', startMs: 0, endMs: 1 } as const;
const bodies = {
  'draft-email': { kind: 'draft-email', to: ['m@x.example'], subject: 's', body: 'b' },
  'move-stage': { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'Proposal' },
  'add-task': { kind: 'add-task', subject: 'Ask legal', body: '', dueAt: '2026-11-20T09:00:00Z' },
  'add-note': { kind: 'add-note', body: '', at: '2026-11-20T09:00:00Z' },
} satisfies Partial<Record<ChangeBody['kind'], ChangeBody>>;
const item = (id: string, kind: keyof typeof bodies, over: Partial<ChangeItem> = {}): ChangeItem => ({
  id,
  version: 1,
  record: { object: 'deal', id: '7001' },
  also: [],
  policy: 'suggest',
  state: 'waiting',
  body: bodies[kind],
  reason: `because ${kind}`,
  evidence: [evidence],
  ...over,
});
const call = (id: string, startedAt: string): CallBrief => ({
  id,
  record: { object: 'deal', id: '7001' },
  status: 'understood',
  source: 'twilio',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  startedAt,
  durationMs: 1,
  isPrivate: false,
});
const calls = [call('new', '2026-11-19T09:00:00Z'), call('old', '2026-11-12T09:00:00Z')];
const on = (callId: string, ...items: ChangeItem[]) => items.map((one) => ({ callId, item: one }));
const titles = (items: ReturnType<typeof on>) => nextAction(items, calls)?.title ?? null;

test('says the one thing to do, why, with its proof, and how many wait after it', () => {
  const email = item('3', 'draft-email');
  expect(nextAction(on('new', item('1', 'add-task'), item('2', 'move-stage'), email), calls)).toEqual({
    callId: 'new',
    title: 'Send Maya your follow-up',
    why: 'because draft-email',
    evidence,
    change: email,
    after: 2,
  });
});

test('orders: the customer, the deal, what failed, the rest', () => {
  const all = on(
    'new',
    item('1', 'add-task'),
    item('2', 'add-note', { state: 'parked', trouble: 'HubSpot refused it.' }),
    item('3', 'move-stage'),
    item('4', 'draft-email'),
  );
  const order = [];
  for (let rest = all; rest.length > 0; ) {
    const next = nextAction(rest, calls);
    order.push(`${next?.title} / ${next?.why}`);
    rest = rest.filter(({ item: one }) => one.id !== next?.change?.id);
  }
  expect(order).toEqual([
    'Send Maya your follow-up / because draft-email',
    'Move Maya’s deal to Proposal / because move-stage',
    'Retry the note for Maya / HubSpot refused it.',
    'Ask legal (Maya) / because add-task',
  ]);
});

test('prefers the newer call', () => {
  expect(nextAction([...on('old', item('1', 'draft-email')), ...on('new', item('2', 'draft-email'))], calls)?.callId).toBe('new');
});

test('has nothing to say about what is decided, never offered, or on a call the viewer may not see', () => {
  expect(
    titles([
      ...on('new', item('1', 'draft-email', { state: 'approved' }), item('2', 'add-task', { policy: 'never' })),
      ...on('hidden', item('3', 'draft-email')),
    ]),
  ).toBeNull();
});

test('is one card, and the same one in whatever order things come', () => {
  const kinds = fc.constantFrom<(keyof typeof bodies)[]>('draft-email', 'move-stage', 'add-task', 'add-note');
  const states = fc.constantFrom<ChangeItem['state'][]>('waiting', 'parked', 'written', 'declined');
  const many = fc.uniqueArray(fc.tuple(fc.uuid(), kinds, states, fc.constantFrom('new', 'old')), { selector: ([id]) => id, maxLength: 12 });
  fc.assert(
    fc.property(many, (made) => {
      const items = made.flatMap(([id, kind, state, callId]) => on(callId, item(id, kind, { state })));
      const open = items.filter(({ item: one }) => one.state === 'waiting' || one.state === 'parked');
      const next = nextAction(items, calls);
      expect(next?.after ?? -1).toBe(open.length - 1);
      expect(nextAction([...items].reverse(), calls)).toEqual(next);
    }),
  );
});
