import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feedbackAction } from '../contracts/guidance.ts';
import type { Word } from '../contracts/transcript.ts';
import { compilePlays } from './compile-plays.ts';
import { pack } from './pack.ts';
import { newSession, type Session } from './session.ts';
import { type Heard, step } from './step.ts';

const plays = compilePlays(pack, ['Zendara', 'Helpwise']);

const vocabulary = [
  'the price',
  'the prize',
  'too expensive',
  'Zendara',
  'Helpwise',
  'next quarter',
  'no budget',
  'our cfo',
  'case studies',
  'I guarantee',
  'stop recording',
  'go ahead with',
  'about the rollout',
  'have to run',
  'well',
  'you know',
  'tickets',
  'not',
  'is fine',
  'on Tuesday',
];
const confidence = fc.constantFrom(0.5, 0.8, 0.85, 0.95);
const text = fc.array(fc.constantFrom(...vocabulary), { minLength: 0, maxLength: 6 }).map((parts) => parts.join(' '));
const event = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('turn' as const),
      role: fc.constantFrom('rep', 'customer', 'customer', 'other'),
      text,
      confidence,
      isNext: fc.boolean(),
      final: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('press' as const), action: fc.constantFrom(...feedbackAction.options) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const) }) },
);
const call = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 4_000 })), { minLength: 20, maxLength: 150 });

test('a hundred random calls: one card, at most six that are not compliance, eight seconds apart, and a checkpoint between any two steps changes nothing', () => {
  fc.assert(
    fc.property(call, (events) => {
      let session: Session = newSession({ callId: 'c' });
      const onScreen = new Set<string>();
      const shownAt: number[] = [];
      let standing = 0;
      let atMs = 0;
      let last: Heard = { type: 'line-started' };
      const turns = { rep: 0, customer: 0, other: 0 };

      const hear = (heard: Heard) => {
        const before = session.seq;
        const frozen = JSON.stringify(session);
        const [next, told] = step(session, heard, plays);
        expect(step(JSON.parse(frozen), heard, plays)).toEqual([next, told]);
        expect(JSON.stringify(session)).toBe(frozen);
        expect(JSON.parse(JSON.stringify(next))).toEqual(next);
        const seqs = told.flatMap((one) => ('seq' in one ? [one.seq] : []));
        expect(seqs).toEqual(seqs.map((_, i) => before + 1 + i));
        expect(next.seq).toBe(before + seqs.length);
        session = next;
        for (const one of told) {
          if (one.type === 'retract') {
            expect(onScreen.delete(one.cardId)).toBe(true);
          } else if (one.type === 'card' && onScreen.has(one.card.id)) {
            // The card that is there, said anew.
            expect(one.card.times ?? one.card.pinned).toBeDefined();
          } else if (one.type === 'card') {
            onScreen.clear();
            onScreen.add(one.card.id);
            shownAt.push(session.nowMs);
            expect(one.card.confidence).toBeGreaterThanOrEqual(0.8);
            expect(one.card.id.length).toBeLessThanOrEqual(80);
            const { rep } = session.turns;
            if (rep && !rep.final && one.card.kind !== 'compliance') expect(session.nowMs - rep.changedAtMs).toBeGreaterThan(1_200);
          }
        }
        expect([...onScreen]).toEqual(session.card ? [session.card.id] : []);
        standing = session.shown.filter((card) => card.state !== 'retracted' && card.topic !== 'compliance').length;
        expect(standing).toBeLessThanOrEqual(6);
        expect(session.lines.length).toBeLessThanOrEqual(8);
        last = heard;
      };

      hear({ type: 'line-started' });
      hear({ type: 'consent', consent: 'granted', by: 'rep', atMs: 0 });
      for (const [one, waitMs] of events) {
        atMs += waitMs;
        if (one.kind === 'tick') hear({ type: 'tick', atMs });
        else if (one.kind === 'again') hear(last);
        else if (one.kind === 'press') hear({ type: 'feedback', cardId: session.card?.id ?? 'none', action: one.action as 'used', atMs });
        else {
          const role = one.role as 'rep';
          if (one.isNext) turns[role] += 1;
          const words: Word[] = one.text
            .split(' ')
            .filter((word) => word !== '')
            .map((word, i) => ({ text: word, startMs: atMs + i, endMs: atMs + i + 1, confidence: one.confidence }));
          hear({ type: 'turn', role, turn: turns[role], text: one.text, words, final: one.final, atMs });
        }
      }
      for (const [i, shownMs] of shownAt.entries()) if (i > 0) expect(shownMs - shownAt[i - 1]!).toBeGreaterThanOrEqual(8_000);
    }),
    { numRuns: 100, seed: 20_261_120 },
  );
});
