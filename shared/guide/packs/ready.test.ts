import { expect, test } from 'vitest';
import { moment } from '../../contracts/playbook.ts';
import type { Word } from '../../contracts/transcript.ts';
import { compilePlays } from '../compile-plays.ts';
import { matchPlays } from '../match-plays.ts';
import { refuseMoment, sameId } from '../moments/refuse-moment.ts';
import { pack } from '../pack.ts';
import { readyPacks } from './ready.ts';

const all = readyPacks.flatMap(({ moments }) => moments);

test('every moment of every pack is one that a tenant could have written', () => {
  expect(all.map((one) => moment.safeParse(one).error?.issues[0]?.message ?? refuseMoment(one))).toEqual(all.map(() => null));
  expect(sameId([...pack, ...all])).toBe(null);
});

test('every pack has a checklist in stages, something that must not be forgotten, and what its name promises', () => {
  for (const { id, moments } of readyPacks.filter((one) => one.id !== 'core')) {
    const stages = new Set(moments.flatMap(({ rule }) => (rule.is === 'step' ? [rule.stage] : [])));
    expect(`${id} ${stages.size >= 2}`).toBe(`${id} true`);
    const missing = moments.flatMap(({ rule }) => (rule.is === 'not-said' ? [rule] : []));
    expect(missing.length).toBeGreaterThanOrEqual(2);
    for (const { byStage } of missing) if (byStage !== undefined) expect([...stages]).toContain(byStage);
  }
});

const SMALL_TALK = [
  'Good morning, how was your weekend?',
  'It was nice, we went to the lake with the kids.',
  'How is the weather over there?',
  'Rainy again, what can you do.',
  'Did you get the new office chairs?',
  'Yes, and the coffee machine works now, so everybody is happy.',
  'Can you hear me well?',
  'Yes, loud and clear. Thanks for making the time.',
  'My daughter starts school in September.',
  'Oh, they grow up so fast.',
];

test('none of them says a word on small talk', () => {
  const compiled = compilePlays(pack, ['Zendara'], all);
  const heard = SMALL_TALK.flatMap((text) =>
    (['rep', 'customer'] as const).flatMap((role) => {
      const words: Word[] = text.split(' ').map((word, at) => ({ text: word, startMs: at * 300, endMs: at * 300 + 250, confidence: 0.95 }));
      return matchPlays(words, role, compiled).filter(({ playId }) => !compiled.byId.get(playId)?.silent);
    }),
  );
  expect(heard.map(({ playId }) => playId)).toEqual([]);
});
