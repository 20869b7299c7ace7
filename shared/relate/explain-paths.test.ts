import { expect, test } from 'vitest';
import { chipsOf, coarseChipsOf, freshnessOf } from './chips.ts';
import { addEvidence, noEvidence, turnEvidence } from './evidence.ts';
import { explainPaths, type Hop } from './explain-paths.ts';
import { foldTouches, turn } from './tie.ts';
import type { Touch } from './touch.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-20T15:00:00.000Z');
const touch = (days: number, channel = 'email', way: Touch['way'] = 'both', over: Partial<Touch> = {}): Touch => ({
  at: new Date(nowMs - days * dayMs).toISOString(),
  minutes: 30,
  channel,
  way,
  ...over,
});
const hop = (from: string, to: string, touches: Touch[], over: Partial<Hop> = {}): Hop => ({
  from,
  to,
  tie: foldTouches(touches, nowMs),
  evidence: touches.reduce(addEvidence, noEvidence),
  proof: 'seen',
  isOpen: true,
  ...over,
});
const often = (from: string, to: string, over: Partial<Hop> = {}) =>
  hop(from, to, [touch(2, 'meeting'), touch(9), touch(16, 'call'), touch(20)], over);
const barely = (from: string, to: string) => hop(from, to, [touch(100, 'email', 'in')]);

test('a warm path: each hop with its tier, freshness and evidence, the weakest marked, a colleague’s in classes', () => {
  const answer = explainPaths(
    [{ score: 0.31, hops: [often('Ben', 'Ana'), hop('Ana', 'Jonas', [touch(40, 'meeting'), touch(44), touch(41)], { isOpen: false })] }],
    'Ben',
    nowMs,
  );
  expect({
    ...answer,
    paths: answer.paths.map((path) => ({ ...path, hops: path.hops.map(({ trust, ...rest }) => ({ ...rest, trust: trust?.toFixed(2) })) })),
  }).toEqual({
    verdict: 'warm',
    message: 'Ana can introduce you to Jonas',
    next: 'ask',
    paths: [
      {
        rank: 1,
        tier: 'warm',
        score: 0.31,
        teammate: 'Ben',
        introducer: 'Ana',
        target: 'Jonas',
        next: 'ask',
        why: 'Ask Ana: every link is warm.',
        hops: [
          {
            from: 'Ben',
            to: 'Ana',
            tier: 'strong',
            trust: '0.75',
            freshness: 'active',
            chips: ['1 meeting', '1 call', '2 emails', 'last 2 days ago', 'both ways'],
            isWeakest: false,
          },
          {
            from: 'Ana',
            to: 'Jonas',
            tier: 'warm',
            trust: undefined,
            freshness: 'cooling',
            chips: ['1–5 contacts', 'within three months', 'both ways'],
            isWeakest: true,
          },
        ],
      },
    ],
  });
});

const steps = (...paths: Hop[][]) => {
  const {
    verdict,
    message,
    next,
    paths: told,
  } = explainPaths(
    paths.map((hops) => ({ score: 0.1, hops })),
    'Ben',
    nowMs,
  );
  return [verdict, message, next, ...told.map(({ why }) => why)];
};

test('no evidence, or only a guess, is no path: it says so and invents none', () => {
  expect(steps()).toEqual(['none', 'No verified warm path yet', 'go_direct']);
  expect(steps([often('Ben', 'Ana'), often('Ana', 'Jonas', { proof: 'inferred' })])).toEqual([
    'none',
    'No verified warm path yet',
    'go_direct',
  ]);
});

test('a cold hop is warmed up first, and named', () => {
  expect(steps([often('Ben', 'Ana'), barely('Ana', 'Jonas')])).toEqual([
    'weak',
    'No verified warm path yet',
    'warm_first',
    'Ana → Jonas is the weakest link: dormant.',
  ]);
  const old = Array.from({ length: 60 }, (_, at) => touch(120 + at, 'meeting'));
  expect(steps([hop('Ben', 'Ana', old), often('Ana', 'Jonas')])).toEqual([
    'warm',
    'Ana can introduce you to Jonas',
    'warm_first',
    'You → Ana has been quiet for three months.',
  ]);
  expect(steps([barely('Ben', 'Jonas')]).slice(2)).toEqual(['warm_first', 'You and Jonas barely know each other by now.']);
});

test('whom one knows oneself one writes to; a colleague who knows them is asked', () => {
  expect(steps([often('Ben', 'Jonas')])).toEqual(['warm', 'You know Jonas', 'go_direct', 'You know Jonas.']);
  expect(steps([often('Cleo', 'Jonas')])).toEqual(['warm', 'Cleo can introduce you to Jonas', 'ask', 'Ask Cleo: every link is warm.']);
});

test('a warmer path further down is what the answer says to do', () => {
  expect(steps([often('Ben', 'Ana'), barely('Ana', 'Jonas')], [often('Cleo', 'Jonas')]).slice(0, 3)).toEqual([
    'warm',
    'Cleo can introduce you to Jonas',
    'ask',
  ]);
});

test('a tie that was told or listed says so', () => {
  const told = hop('Ben', 'Ana', [], { proof: 'told', tie: foldTouches([], nowMs, 2) });
  const listed = hop('Ana', 'Jonas', [], { proof: 'listed', tie: foldTouches([], nowMs, 0.04) });
  const [path] = explainPaths([{ score: 0.01, hops: [told, listed] }], 'Ben', nowMs).paths;
  expect(path?.hops.map(({ tier, chips }) => [tier, ...chips])).toEqual([
    ['strong', 'says they know them well'],
    ['dormant', 'on their contact list'],
  ]);
});

test('evidence counts what counts for trust, in any order, and turns around', () => {
  const touches = [
    touch(9, 'email', 'in'),
    touch(3, 'sms', 'out'),
    touch(5, 'intro'),
    touch(1, 'email', 'in', { bulk: true }),
    touch(1, 'call', 'in', { at: 'soon' }),
  ];
  const evidence = touches.reduce(addEvidence, noEvidence);
  expect([...touches].reverse().reduce(addEvidence, noEvidence)).toEqual(evidence);
  expect(chipsOf(evidence, nowMs)).toEqual(['1 introduction', '1 email', '1 message', 'last 3 days ago', 'both ways']);
  const oneWay = addEvidence(noEvidence, touch(0.2, 'email', 'in'));
  expect(chipsOf(oneWay, nowMs)).toEqual(['1 email', 'last within a day', 'never answered by us']);
  expect(coarseChipsOf(turnEvidence(oneWay), nowMs)).toEqual(['1–5 contacts', 'within a week', 'never answered by them']);
  expect([chipsOf(noEvidence, nowMs), coarseChipsOf(noEvidence, nowMs), freshnessOf(noEvidence, nowMs)]).toEqual([[], [], 'dormant']);
  const tie = foldTouches(touches, nowMs);
  expect(turn(turn(tie))).toEqual(tie);
});
