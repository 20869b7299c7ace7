import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Dialogue, readCorpus, type Turn } from '../../../.ci/train/read-corpus.ts';
import type { Utterance } from '../../../shared/contracts/transcript.ts';
import { dataOf } from '../../../shared/understand/ask.ts';
import { harmless } from '../../../shared/understand/harmless.ts';
import { openDesk, readClaims } from '../../../shared/understand/read-claims.ts';

const dialogues = readCorpus(join(import.meta.dirname, '../../../.ci/train/corpus'));

test('on clean calls less than 2 % of what an honest model proves with true words is lost', { timeout: 300_000 }, () => {
  const lost = new Map<string, number>();
  const examples: string[] = [];
  let asked = 0;
  let dropped = 0;
  let reworded = 0;
  let calls = 0;
  for (const dialogue of dialogues) {
    const desk = openDesk({
      utterances: harmless(utterancesOf(dialogue)),
      startedAt: '2026-11-16T15:00:00.000Z',
      timeZone: 'America/New_York',
      repName: 'Sam Okafor',
      customerName: 'Maya Lindqvist',
      competitors: [],
    });
    const data = dataOf(desk.hidden.utterances, 'fence');
    if (data === null) throw new Error(`${dialogue.id} does not go in one pass`);
    const answer = honest(dialogue.turns, saidIn(data));
    const count = Object.values(answer).reduce((sum: number, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
    if (count === 0) continue;
    calls++;
    asked += count;
    const read = readClaims(answer, desk);
    if (!read) throw new Error(`${dialogue.id} gave no answer`);
    dropped += read.failing.length;
    reworded += read.claims.bullets.filter(({ text, evidence }) => evidence.quote.startsWith(text.slice(0, 20))).length;
    for (const { family, why, item } of read.failing) {
      lost.set(`${family} ${why}`, (lost.get(`${family} ${why}`) ?? 0) + 1);
      if (examples.length < 40) examples.push(`${family} ${why} ${JSON.stringify(item)}`);
    }
  }
  const share = (dropped / asked) * 100;
  const said = `${dropped} of ${asked} claims of ${calls} calls lost (${share.toFixed(2)} %), ${reworded} worded anew: ${JSON.stringify([...lost])}\n${examples.join('\n')}`;
  expect(calls, said).toBeGreaterThanOrEqual(200);
  expect(share, said).toBeLessThan(2);
});

/** The turns as the model saw them, by number. */
const saidIn = (data: string): Map<number, string> =>
  new Map(
    data
      .split('\n')
      .slice(1, -1)
      .map((line) => JSON.parse(line) as [number, string, string])
      .map(([turn, , said]) => [turn, said]),
  );

/** What a model would answer that found exactly what the corpus marks, quoting now word for word and now as speech recognition would. */
function honest(turns: readonly Turn[], said: ReadonlyMap<number, string>): Record<string, unknown> {
  const of = <T>(pick: (turn: Turn) => readonly T[], make: (one: T) => Record<string, unknown>, key?: (one: T) => string | undefined) =>
    turns.flatMap((turn, seq) =>
      pick(turn).flatMap((one) => {
        const quote = quoteFrom(said.get(seq) ?? '', key?.(one), seq);
        return quote === undefined ? [] : [{ ...make(one), quote, turn: seq }];
      }),
    );
  return {
    intent: 'discovery',
    objections: of(
      (turn) => turn.objections,
      (type) => ({ type }),
    ),
    bullets: of(
      (turn) => turn.objections,
      (type) => ({ text: `[P2] ${WORRY[type] ?? 'has a concern'}` }),
    ),
    buyingSignals: of(
      (turn) => turn.buying,
      (type) => ({ type }),
    ),
    nextSteps: of(
      (turn) => turn.steps,
      ({ owner, due }) => ({ text: 'Follow up', owner: owner === 'prospect' ? 'customer' : owner, ...(due ? { dueText: due } : {}) }),
      ({ due }) => due,
    ),
    competitors: of(
      (turn) => turn.rivals,
      (name) => ({ name, listed: -1 }),
      (name) => name,
    ),
    pricing: of(
      (turn) => (turn.isPricing ? ['price'] : []),
      () => ({}),
    ),
  };
}

const WORRY: Record<string, string> = {
  price: 'finds the price too high',
  timing: 'does not see the time as right',
  authority: 'needs somebody else to agree on it',
  need: 'does not see the need yet',
  competitor: 'compares with others',
  trust: 'is not convinced yet',
  fit: 'misses a feature',
  implementation: 'worries about the rollout effort',
  security: 'worries about security and data',
  terms: 'pushes back on the terms',
  brushoff: 'does not want to go on',
};

/** Up to 36 words of one turn with `about` among them; undefined where a turn has too few to prove anything. */
function quoteFrom(text: string, about: string | undefined, seq: number): string | undefined {
  const words = text.split(/\s+/);
  if (words.length < 3) return undefined;
  const at = about === undefined ? 0 : text.toLowerCase().indexOf(about.toLowerCase());
  const first = at <= 0 ? 0 : text.slice(0, at).split(/\s+/).length - 1;
  const from = Math.max(0, Math.min(first - 12, words.length - 36));
  const quote = words.slice(from, from + 36).join(' ');
  return seq % 3 === 2 ? quote.toLowerCase().replace(/[.,!?;:—-]+(?=\s|$)/g, '') : quote;
}

const utterancesOf = ({ turns }: Dialogue): Utterance[] =>
  turns.map(({ isRep, text }, seq) => ({
    seq,
    role: isRep ? 'rep' : 'customer',
    speaker: isRep ? 'Sam Okafor' : 'Maya Lindqvist',
    text,
    startMs: seq * 5_000,
    endMs: seq * 5_000 + 4_000,
    confidence: 1,
  }));
