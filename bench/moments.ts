import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { dice } from '../sandbox/kit/dice.ts';
import type { Moment } from '../shared/contracts/playbook.ts';
import type { Word } from '../shared/contracts/transcript.ts';
import { compilePlays } from '../shared/guide/compile-plays.ts';
import { matchPlays } from '../shared/guide/match-plays.ts';
import { newSession, type Session } from '../shared/guide/session.ts';
import { step } from '../shared/guide/step.ts';

/**
 * `node bench/moments.ts --rules N`: a playbook of that many rules, each with three phrases and one that takes it back, compiled; then turns
 * that grow word by word, each partial scanned whole. One line of JSON.
 */
const { values } = parseArgs({ options: { rules: { type: 'string', default: '10000' }, turns: { type: 'string', default: '300' } } });
const rules = Number(values.rules);
const roll = dice(7);
const pick = <T>(all: readonly T[]): T => all[Math.floor(roll() * all.length)] as T;

const COMMON =
  'we you the it to for with our your about price team call plan month year need want have can would start look sign send'.split(' ');
const letters = 'abcdefghijklmnopqrstuvwxyz';
const rare = Array.from({ length: 8_000 }, () =>
  Array.from({ length: 4 + Math.floor(roll() * 6) }, () => letters[Math.floor(roll() * 26)]).join(''),
);
const word = (): string => (roll() < 0.5 ? pick(COMMON) : pick(rare));
// A phrase of everyday words alone is refused, so each holds one that is not.
const phrase = (): string => [...Array.from({ length: 1 + Math.floor(roll() * 3) }, word), pick(rare)].join(' ');

const moments: Moment[] = Array.from({ length: rules }, (_, at) => ({
  id: `rule-${at}`,
  name: `Rule ${at}`,
  kind: 'objection',
  headline: 'Headline',
  say: 'Say this.',
  rule: {
    is: 'phrase',
    phrases: [phrase(), phrase(), phrase()],
    said: 'customer',
    relatedForms: at % 4 !== 0,
    asQuestion: false,
    not: [phrase()],
  },
  enabled: true,
  stages: [],
  when: [],
  cooldownSeconds: 60,
  oncePerCall: true,
  maxPerCall: 1,
  priority: 50,
  compliance: false,
}));

// And a full playbook of what time brings, none of which comes here: all of it is looked at with every partial.
const rule = (at: number): Moment['rule'] =>
  at % 2 === 0 ? { is: 'elapsed', afterSeconds: 14_400 } : { is: 'talk-share', lowPercent: 0, highPercent: 99 };
const timed: Moment[] = Array.from({ length: 500 }, (_, at) => ({ ...(moments[0] as Moment), id: `timed-${at}`, rule: rule(at) }));
moments.push(...timed);

const compiledMs = Array.from({ length: 5 }, () => {
  const startedMs = performance.now();
  compilePlays([], ['Zendara', 'Helpwise'], moments);
  return performance.now() - startedMs;
});
const plays = compilePlays([], ['Zendara', 'Helpwise'], moments);

const scansMs: number[] = [];
const stepsMs: number[] = [];
let hits = 0;
let partials = 0;
let atMs = 0;
let session: Session = open();
for (let turn = 0; turn < Number(values.turns); turn += 1) {
  if (turn % 20 === 0) {
    session = open();
    atMs = 0;
  }
  const length = 5 + Math.floor(roll() * 55);
  // A third of what is said is the playbook's own words.
  const said = Array.from({ length }, () => (roll() < 0.1 ? phrase().split(' ') : [word()])).flat();
  const words: Word[] = said.map((text, at) => ({ text, startMs: atMs + at * 300, endMs: atMs + at * 300 + 250, confidence: 0.95 }));
  for (let upTo = 1; upTo <= words.length; upTo += 1) {
    const heard = words.slice(0, upTo);
    const startedMs = performance.now();
    hits += matchPlays(heard, 'customer', plays).length;
    scansMs.push(performance.now() - startedMs);
    const text = heard.map((one) => one.text).join(' ');
    const steppedMs = performance.now();
    [session] = step(
      session,
      { type: 'turn', role: 'customer', turn, text, words: heard, final: upTo === words.length, atMs: atMs + upTo * 300 },
      plays,
    );
    stepsMs.push(performance.now() - steppedMs);
    partials += 1;
  }
  atMs += words.length * 300;
}

const figures = {
  rules,
  phrases: rules * 4,
  timed: timed.length,
  compileMs: { first: round(compiledMs[0] ?? 0), most: round(Math.max(...compiledMs)) },
  partials,
  hits,
  scanMs: { p50: round(part(scansMs, 0.5)), p99: round(part(scansMs, 0.99)) },
  stepMs: { p50: round(part(stepsMs, 0.5)), p99: round(part(stepsMs, 0.99)) },
};
process.exitCode = figures.compileMs.most < 500 && figures.scanMs.p99 < 0.1 ? 0 : 1;
process.stdout.write(`${JSON.stringify(figures)}\n`);

function open(): Session {
  const [up] = step(newSession({ callId: 'bench' }), { type: 'line-started' }, plays);
  return step(up, { type: 'consent', consent: 'granted', by: 'rep', atMs: 0 }, plays)[0];
}

function part(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

function round(ms: number): number {
  return Math.round(ms * 10_000) / 10_000;
}
