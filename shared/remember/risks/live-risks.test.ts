import { expect, test } from 'vitest';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import type { DealStory } from './deal-story.ts';
import { liveRisksOf } from './live-risks.ts';

const nowMs = Date.parse('2026-11-20T15:00:00Z');
const speakers = [
  { name: 'Sam', role: 'rep', spokeMs: 1 },
  { name: 'Maya', role: 'customer', spokeMs: 1 },
  { name: 'Ken', role: 'customer', spokeMs: 1 },
] as const;
const story = (over: Partial<DealStory> = {}): DealStory => ({
  nowMs,
  deal: { isClosed: false, stageId: 'proposal', phase: 'mid' },
  calls: [{ callId: 'call-1', atMs: nowMs - 9e8, insight: quietInsight({ people: [], speakers: [...speakers] }) }],
  ...over,
});
const call = { callId: 'call-2', atMs: nowMs, customerName: 'Maya' };
const said = (quote: string, seq: number) => ({
  quote,
  seq,
  role: 'customer' as const,
  speaker: 'Maya',
  startMs: seq * 1_000,
  endMs: seq * 1_000 + 900,
});
const codes = (all: { code: string }[]) => all.map(({ code }) => code);

test('what nobody said before is a risk until somebody says it now', () => {
  const risksOf = liveRisksOf(story(), call);
  expect(codes(risksOf({}))).toEqual(['no_power', 'pricing_not_mentioned']);
  expect(codes(risksOf({ pricing: [{ confidence: 1, evidence: said('The price is fine.', 3) }] }))).toEqual(['no_power']);
  const authority = { who: 'self' as const, text: 'the speaker', confidence: 0.9, evidence: said('I make the decision.', 4) };
  expect(codes(risksOf({ authority }))).toEqual(['pricing_not_mentioned']);
});

test('a call that runs has left nothing unsaid: a first call has no such risk', () => {
  expect(liveRisksOf(story({ calls: [] }), call)({})).toEqual([]);
});

test('a grave word counts when it was said twice, with the newest of them', () => {
  const risksOf = liveRisksOf(story(), call);
  const one = { type: 'timing' as const, confidence: 0.9, evidence: said('This is not a priority.', 5) };
  const two = { type: 'brushoff' as const, confidence: 0.9, evidence: said('We put everything on hold.', 7) };
  expect(codes(risksOf({ objections: [one] }))).not.toContain('red_flag');
  expect(risksOf({ objections: [one, two] }).find(({ code }) => code === 'red_flag')).toEqual({
    code: 'red_flag',
    text: 'They said that it has no priority, no money, or goes another way',
    severity: 'high',
    confidence: 0.9,
    isNew: true,
    quote: 'We put everything on hold.',
    atMs: 7_000,
  });
});
