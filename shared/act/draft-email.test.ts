import { expect, test } from 'vitest';
import type { NextStep, Owner } from '../contracts/insight.ts';
import { quietInsight } from '../contracts/quiet-insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { draftEmail } from './draft-email.ts';

const said = (quote: string, seq = 0): Evidence => ({ quote, seq, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 1 });
const call = { repName: 'Sam Okafor', customerName: 'Maya Lindqvist', startedAt: '2026-11-18T19:00:00Z', timeZone: 'America/New_York' };

const line = (owner: Owner, text: string, due: Pick<NextStep, 'dueText' | 'dueAt'> = {}) => {
  const step = { text, owner, hedged: false, confidence: 0.9, evidence: said('q'), ...due };
  return draftEmail(call, quietInsight({ nextSteps: [step] }))?.body.match(/^- (.*)$/m)?.[1];
};

test.each<[string, Owner, string, Pick<NextStep, 'dueText' | 'dueAt'>, string]>([
  ['turns the customer into you', 'rep', 'Send Maya Lindqvist the plan.', {}, 'Send you the plan'],
  ['drops who does it', 'rep', 'Sam will call Maya', {}, 'Call you'],
  ['drops the other side of a meeting', 'both', 'Meet with Maya again', {}, 'Meet again'],
  ['turns the rep into me', 'customer', 'Maya to send Sam the list', {}, 'Send me the list'],
  ['leaves names inside other words', 'rep', 'Send mayaflower and Maya’s team the plan', {}, 'Send mayaflower and your team the plan'],
  ['turns what a rep is reminded of around', 'customer', 'Remind Maya to send you their list', {}, 'Send me your list'],
  ['needs no name to meet', 'both', 'Meet Maya Lindqvist again', {}, 'Meet again'],
  [
    'replaces a day that goes stale',
    'rep',
    'Send the plan by tomorrow',
    { dueText: 'tomorrow', dueAt: '2026-11-19T17:00:00-05:00' },
    'Send the plan by Thursday, November 19',
  ],
  ['keeps words whose day is not known', 'rep', 'Send the plan soon', { dueText: 'soon' }, 'Send the plan soon'],
  [
    'gives no hour that nobody said',
    'both',
    'Meet on Tuesday',
    { dueText: 'Tuesday', dueAt: '2026-11-24T09:00:00-05:00' },
    'Meet on Tuesday, November 24',
  ],
])('%s', (_, owner, text, due, expected) => {
  expect(line(owner, text, due)).toBe(expected);
});

test('quotes questions and worries in their own words, two of each at most, none twice', () => {
  const signal = (type: 'purchase_q' | 'request' | 'praise', quote: string, seq: number) => ({
    type,
    confidence: 0.9,
    evidence: said(quote, seq),
  });
  const email = draftEmail(
    call,
    quietInsight({
      buyingSignals: [
        signal('purchase_q', 'How soon can we start?', 1),
        signal('purchase_q', 'What does it cost?', 2),
        signal('praise', 'Nice', 3),
      ],
      objections: (['price', 'security', 'timing', 'brushoff'] as const).map((type, i) => ({
        type,
        confidence: 0.9,
        evidence: said(type, i + 1),
      })),
    }),
  );
  expect(email?.subject).toBe('Our call on Wednesday, November 18');
  expect(email?.body.match(/“.*”/g)).toEqual(['“How soon can we start?”', '“security”', '“timing”']);
});

test('has nothing to say after a call with nothing to follow up', () => {
  expect(draftEmail(call, quietInsight({}))).toBeNull();
});
