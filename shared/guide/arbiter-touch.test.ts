import { expect, test } from 'vitest';
import type { FeedbackAction, GuidanceCard, PlayKind } from '../contracts/guidance.ts';
import { offer, release } from './arbiter.ts';
import { limitsOf } from './arbiter-limits.ts';
import { touchCard } from './arbiter-touch.ts';
import { cardLog } from './card-log.ts';
import { compilePlays } from './compile-plays.ts';
import { newSession, type Session, snapshot } from './session.ts';
import { step } from './step.ts';

const cardOf = (id: string, kind: PlayKind = 'objection', rule = id): GuidanceCard => ({
  id,
  playId: rule,
  kind,
  headline: id,
  say: '“Which integrations does your warehouse need first?”',
  why: { quote: 'too slow', role: 'customer', startMs: 0, endMs: 500, rule: `Rule ${rule}` },
  confidence: 0.95,
});
const at = (session: Session, nowMs: number): Session => ({ ...session, nowMs });
const shown = (session: Session, nowMs: number, card: GuidanceCard) => {
  const limits = { ...limitsOf(card), oncePerCall: false };
  return release(offer(at(session, nowMs), { card, subject: card.id, role: 'customer', turn: 0, sinceMs: nowMs, limits }))[0];
};
const press = (session: Session, nowMs: number, id: string, action: FeedbackAction) => touchCard(at(session, nowMs), id, action);
const opened = newSession({ callId: 'c' });
const one = shown(opened, 1_000, cardOf('a', 'objection', 'r'));

test.each(['used', 'dismissed', 'snoozed', 'less', 'muted', 'never'] as const)(
  '%s is undone: the card is back, and nothing of it stays',
  (action) => {
    const [away] = press(one, 2_000, 'a', action);
    expect(away.card).toBeNull();
    const [back, told] = press(away, 9_000, 'a', 'undone');
    expect(told).toEqual([{ type: 'card', seq: 3, card: one.card }]);
    expect({ card: back.card, muted: back.muted, never: back.never }).toEqual({ card: one.card, muted: [], never: [] });
    expect(cardLog(back).rows[0]).toMatchObject({ outcome: 'ignored', presses: [{ action }, { action: 'undone' }] });
    // It may be put away again, and undone only once.
    expect(press(back, 9_100, 'a', 'undone')[1]).toEqual([]);
    expect(press(back, 9_200, 'a', action)[0].card).toBeNull();
  },
);

test('undone too late, or of a card that nobody touched, is nothing', () => {
  const [away] = press(one, 2_000, 'a', 'dismissed');
  expect(press(away, 17_001, 'a', 'undone')[1]).toEqual([]);
  expect(press(one, 2_000, 'a', 'undone')[1]).toEqual([]);
});

test('undone while another card is up, it goes to what was shown, and does not push that one off', () => {
  const [away] = press(one, 2_000, 'a', 'muted');
  const next = shown(away, 10_000, cardOf('b', 'price'));
  const [back, told] = press(next, 11_000, 'a', 'undone');
  expect(told).toEqual([]);
  expect([back.card?.id, back.muted, snapshot(back).past.map(({ state }) => state)]).toEqual(['b', [], ['replaced']]);
});

test('a pinned card that was put away by mistake comes back pinned', () => {
  const [pinned] = press(one, 1_500, 'a', 'pinned');
  const [away] = press(pinned, 2_000, 'a', 'dismissed');
  const [back] = press(away, 3_000, 'a', 'undone');
  expect([back.card?.pinned, back.shown[0]?.state]).toEqual([true, 'pinned']);
});

test('what the rep wants quiet does not come back by an undo', () => {
  const [away] = press(one, 2_000, 'a', 'used');
  expect(press({ ...away, quiet: 'critical' }, 3_000, 'a', 'undone')[0].card).toBeNull();
});

test('less of a kind: what matters little of it stays away on this call, what matters more still comes, and other kinds as before', () => {
  const asked = shown(opened, 1_000, cardOf('a', 'question'));
  const [less] = press(asked, 2_000, 'a', 'less');
  expect(shown(less, 400_000, cardOf('b', 'question')).card).toBeNull();
  expect(shown(press(asked, 2_000, 'a', 'dismissed')[0], 400_000, cardOf('b', 'question')).card?.id).toBe('b');
  expect(shown(press(one, 2_000, 'a', 'less')[0], 400_000, cardOf('b')).card?.id).toBe('b');
  expect(shown(less, 400_000, cardOf('b', 'price')).card?.id).toBe('b');
  expect(cardLog(less).rows[0]?.outcome).toBe('dismissed');
});

test('whenever the history moves it is told whole, and not when it does not', () => {
  const plays = compilePlays([], []);
  const [put, told] = step(one, { type: 'feedback', cardId: 'a', action: 'used', atMs: 2_000 }, plays);
  expect(told).toEqual([
    { type: 'retract', seq: 2, cardId: 'a', because: 'rep' },
    { type: 'past', seq: 3, past: [{ card: one.card, state: 'used', atMs: 1_000 }] },
  ]);
  expect(step(put, { type: 'tick', atMs: 3_000 }, plays)[1]).toEqual([]);
  expect(step(one, { type: 'feedback', cardId: 'a', action: 'why', atMs: 2_000 }, plays)[1]).toEqual([]);
  const refused = step(put, { type: 'consent', consent: 'refused', by: 'rep', atMs: 4_000 }, plays)[1];
  expect(refused.at(-1)).toEqual({ type: 'past', seq: 5, past: [] });
});
