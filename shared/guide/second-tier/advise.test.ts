import { expect, test } from 'vitest';
import type { GuidanceCard } from '../../contracts/guidance.ts';
import { compilePlays } from '../compile-plays.ts';
import { pack } from '../pack.ts';
import { newSession, type Session } from '../session.ts';
import { type Heard, step } from '../step.ts';
import type { Advice } from './judge.ts';

const plays = compilePlays(pack, []);
const card = (over: Partial<GuidanceCard> = {}): GuidanceCard => ({
  id: 'call-1.second.1',
  playId: 'second-look',
  kind: 'question',
  headline: 'Rollout before the holidays',
  say: 'What would have to be true for your IT team to start in December?',
  why: { quote: 'no time for a long integration', role: 'customer', startMs: 60_000, endMs: 62_000, rule: 'Second look' },
  confidence: 0.9,
  ...over,
});
const advice = (over: Partial<Advice> = {}): Heard => ({
  type: 'advice',
  advice: { card: card(), subject: 'second rollout', playId: null, ...over },
  atMs: 63_000,
});
const words = (text: string, fromMs: number) =>
  text.split(' ').map((word, n) => ({ text: word, startMs: fromMs + n * 300, endMs: fromMs + n * 300 + 250, confidence: 1 }));
const said = (text: string, turn: number, atMs: number, final = true): Heard => ({
  type: 'turn',
  role: 'customer',
  turn,
  text,
  words: words(text, atMs - 5_000),
  final,
  atMs,
});

function call(...events: readonly Heard[]): { session: Session; told: string[] } {
  let session = newSession({ callId: 'call-1' });
  const told: string[] = [];
  for (const event of [{ type: 'line-started' } as const, { type: 'consent', consent: 'granted', by: '71', atMs: 0 } as const, ...events]) {
    const [next, frames] = step(session, event, plays);
    session = next;
    for (const frame of frames) {
      if (frame.type === 'card') told.push(`card ${frame.card.playId}: ${frame.card.say}${frame.card.ask ? ` / ${frame.card.ask}` : ''}`);
      if (frame.type === 'retract') told.push(`retract ${frame.cardId}`);
    }
  }
  return { session, told };
}

const PRICE = 'honestly the price is hard to defend';
const own = pack.find(({ id }) => id === 'price-objection')?.say ?? '';
const better: Partial<Advice> = {
  card: card({ playId: 'price-objection', kind: 'price', say: 'You called it hard to defend. Before whom?', ask: 'Who decides?' }),
  subject: 'price-objection',
  playId: 'price-objection',
};

test('adds a card the way every card comes, once', () => {
  expect(call(advice(), advice()).told).toEqual([`card second-look: ${card().say}`]);
});

test('puts the card on the screen in their words, in its place', () => {
  const { told, session } = call(said(PRICE, 0, 62_000), advice(better));
  expect(told).toEqual([`card price-objection: ${own}`, 'card price-objection: You called it hard to defend. Before whom? / Who decides?']);
  expect([session.card?.headline, session.card?.why.rule, session.shown.length]).toEqual(['Price objection', 'Price is too high', 1]);
});

test('is not taken back when the turn it is about is heard again', () => {
  const { told } = call(said('we would rather wait with it', 0, 62_000, false), advice(), said('we would rather', 0, 64_000));
  expect(told).toEqual([`card second-look: ${card().say}`]);
});

test('shows nothing for what the rep put away, nothing in quiet mode, and nothing without consent', () => {
  const [shown] = call(said(PRICE, 0, 62_000)).session.shown;
  const away: Heard = { type: 'feedback', cardId: shown?.id ?? '', action: 'dismissed', atMs: 62_500 };
  expect(call(said(PRICE, 0, 62_000), away, advice(better)).told.slice(2)).toEqual([]);
  const refused: Heard = { type: 'consent', consent: 'refused', by: 'them', atMs: 62_000 };
  expect(call(refused, advice()).told).toEqual([]);
  const quiet = { ...newSession({ callId: 'call-1' }), consent: 'granted' as const, quiet: 'critical' as const };
  expect(step(quiet, advice(), plays)[1]).toEqual([]);
});

test('takes back what its end does not bear out, and may show it another time', () => {
  const gone: Heard = { type: 'no-advice', cardId: card().id, atMs: 64_000 };
  const { told, session } = call(advice(), gone, gone);
  expect([told.slice(1), session.card, session.shown.map(({ state }) => state)]).toEqual([
    ['retract call-1.second.1'],
    null,
    ['retracted'],
  ]);
});

test('waits for a rep who is in the middle of a sentence', () => {
  const speaks: Heard = {
    type: 'turn',
    role: 'rep',
    turn: 0,
    text: 'let me just',
    words: words('let me just', 62_000),
    final: false,
    atMs: 62_900,
  };
  expect(call(speaks, advice(), { type: 'tick', atMs: 63_200 }).told).toEqual([]);
  expect(call(speaks, advice(), { type: 'tick', atMs: 65_000 }).told).toEqual([`card second-look: ${card().say}`]);
});
