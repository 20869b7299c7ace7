import { expect, test } from 'vitest';
import { quietInsight } from '../contracts/quiet-insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { factsOf } from './fold-memory.ts';

const said = (quote: string): Evidence => ({ quote, seq: 0, role: 'customer', speaker: 'Maya Lindqvist', startMs: 0, endMs: 1 });
const call = { at: '2026-11-18T19:00:00Z', timeZone: 'America/New_York' };

test('keeps what to know before the next call, each with its proof', () => {
  const facts = factsOf(
    quietInsight({
      objections: [{ type: 'price', confidence: 0.9, evidence: said('twice what we pay') }],
      competitors: [{ name: 'Zendara', confidence: 0.9, evidence: said('looking at Zendara') }],
      nextSteps: [
        {
          text: 'Send Maya the plan.',
          owner: 'rep',
          dueAt: '2026-11-19T22:00:00Z',
          hedged: false,
          confidence: 0.9,
          evidence: said('by Thursday'),
        },
        { text: 'Ask legal', owner: 'customer', hedged: true, confidence: 0.9, evidence: said('maybe') },
      ],
      buyingSignals: [{ type: 'commit', confidence: 0.9, evidence: said('go ahead') }],
    }),
    call,
  );
  expect(facts).toEqual([
    { kind: 'objection', key: 'price', text: 'Finds the price high', evidence: said('twice what we pay') },
    { kind: 'competitor', key: 'zendara', text: 'Looks at Zendara', evidence: said('looking at Zendara') },
    {
      kind: 'promise',
      key: 'rep send maya the plan',
      text: 'We promised: Send Maya the plan, by Thursday, November 19',
      evidence: said('by Thursday'),
    },
    { kind: 'signal', key: 'commit', text: 'Wants to go ahead', evidence: said('go ahead') },
  ]);
});

test('knows the same fact again, however it is written, and counts it once a call with its first proof', () => {
  const competitors = ['Zendara', 'ZENDARA '].map((name) => ({ name, confidence: 0.9, evidence: said(name) }));
  expect(factsOf(quietInsight({ competitors }), call).map(({ key, evidence }) => [key, evidence.quote])).toEqual([['zendara', 'Zendara']]);
});
