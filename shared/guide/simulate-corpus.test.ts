import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Dialogue, readCorpus } from '../../.ci/train/read-corpus.ts';
import type { Word } from '../contracts/transcript.ts';
import { compilePlays } from './compile-plays.ts';
import { pack } from './pack.ts';
import { newSession, type Session } from './session.ts';
import { step } from './step.ts';

const corpus = readCorpus(join(import.meta.dirname, '../../.ci/train/corpus')).filter(({ turns }) => turns.length >= 6);
const minutes30 = 1_800_000;

/** The same numbers between 0 and 1 for the same seed. */
function seeded(seed: number): () => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const between = (random: () => number, low: number, high: number): number => Math.round(low + random() * (high - low));

/** Dialogues one after the other as one call: people talk at their pace, recognition tells what it has every quarter of a second. */
function run(dialogues: readonly Dialogue[], seed: number): Session {
  const random = seeded(seed);
  const rivals = [...new Set(dialogues.flatMap(({ turns }) => turns.flatMap((turn) => turn.rivals)))];
  const plays = compilePlays(pack, rivals);
  let session = step(newSession({ callId: 'c' }), { type: 'line-started' }, plays)[0];
  session = step(session, { type: 'consent', consent: 'granted', by: 'rep', atMs: 0 }, plays)[0];
  let atMs = 0;
  const at = { rep: 0, customer: 0 };
  for (const { isRep, text } of dialogues.flatMap(({ turns }) => turns)) {
    const role = isRep ? 'rep' : 'customer';
    const turn = at[role]++;
    const words: Word[] = [];
    let toldAtMs = atMs;
    for (const word of text.split(/\s+/)) {
      const endMs = atMs + between(random, 220, 480);
      words.push({ text: word, startMs: atMs, endMs, confidence: 0.8 + random() * 0.2 });
      atMs = endMs;
      if (atMs - toldAtMs < 250) continue;
      toldAtMs = atMs;
      session = step(session, { type: 'turn', role, turn, text: said(words), words: [...words], final: false, atMs }, plays)[0];
    }
    session = step(session, { type: 'turn', role, turn, text: said(words), words, final: true, atMs }, plays)[0];
    const untilMs = atMs + between(random, 300, 2_400);
    for (; atMs < untilMs; atMs += 300) session = step(session, { type: 'tick', atMs }, plays)[0];
  }
  return step(session, { type: 'tick', atMs: atMs + 60_000 }, plays)[0];
}

const said = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');
const shownIn = ({ shown }: Session) => shown.filter(({ state }) => state !== 'retracted');
const median = (all: number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

/** The most in any half hour, compliance left out. */
const mostIn30 = (session: Session): number => {
  const at = shownIn(session).flatMap(({ topic, atMs }) => (topic === 'compliance' ? [] : [atMs]));
  return Math.max(0, ...at.map((from) => at.filter((other) => other >= from && other < from + minutes30).length));
};

/** Every compliance rule that found its words has had its card. */
const unshown = ({ offered, shown }: Session): string[] => {
  const was = new Set(shown.map(({ playId }) => playId));
  return offered.filter(({ topic, playId }) => topic === 'compliance' && !was.has(playId)).map(({ playId }) => playId);
};

const selling = corpus.filter(({ intent }) => intent !== 'none');

/** Things that have to be answered, whatever else is on the screen: both at once, and one while the rep speaks on. */
const delicate: Dialogue = {
  ...corpus[0]!,
  turns: [
    { isRep: false, text: 'Wait, is this call being recorded?' },
    { isRep: true, text: 'I guarantee you that nobody outside of our team will ever listen to what we say here today' },
  ].map((turn) => ({ ...turn, objections: [], steps: [], buying: [], rivals: [], isPricing: false, sentiment: 0 })),
};

/** From three minutes to half an hour, somewhere in it something delicate. */
function callOf(i: number): Dialogue[] {
  const random = seeded(i);
  const all = Array.from({ length: between(random, 1, 10) }, () => selling[Math.floor(random() * selling.length)]!);
  return all.toSpliced(between(random, 0, all.length), 0, delicate);
}

test('a hundred calls of our own corpus: on half of them three cards at most, never more than six in half an hour, compliance always', () => {
  const sessions = Array.from({ length: 100 }, (_, i) => run(callOf(i), i));
  const helpful = sessions.map((session) => shownIn(session).filter(({ topic }) => topic !== 'compliance').length);
  expect(median(helpful)).toBeLessThanOrEqual(3);
  expect(Math.max(...sessions.map(mostIn30))).toBeLessThanOrEqual(6);
  expect(sessions.flatMap(unshown)).toEqual([]);
  expect(sessions.every(({ offered }) => offered.filter(({ topic }) => topic === 'compliance').length >= 2)).toBe(true);
  for (const session of sessions) {
    const at = shownIn(session).map(({ atMs }) => atMs);
    expect(at.slice(1).every((atMs, n) => atMs - at[n]! >= 8_000)).toBe(true);
  }
});
