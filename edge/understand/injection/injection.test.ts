import { expect, test, vi } from 'vitest';
import type { Insight } from '../../../shared/contracts/insight.ts';
import { ok } from '../../../shared/kit/result.ts';
import { harmless } from '../../../shared/understand/harmless.ts';
import type { Model } from '../../ports/model.ts';
import { extract } from '../extract.ts';
import { type Attack, attacks, type Channel } from './attacks.ts';
import { effectsOf } from './effects.ts';
import { hostileAnswers } from './hostile.ts';
import { type Scene, sceneOf } from './scene.ts';

vi.spyOn(console, 'log').mockImplementation(() => undefined);

const channels: readonly Channel[] = ['customer', 'rep', 'speaker', 'customer-name', 'competitors', 'note', 'email'];

test('the suite is as wide as it says: 300 texts of our own in 30 techniques through every channel, none twice', () => {
  const techniques = new Set(attacks.map((one) => one.technique));
  expect({ texts: attacks.length >= 300, techniques: techniques.size >= 30 }).toEqual({ texts: true, techniques: true });
  expect(new Set(attacks.map((one) => one.text)).size).toBe(attacks.length);
  expect(channels.filter((channel) => !attacks.some((one) => one.channel === channel))).toEqual([]);
});

test('no text does anything without a person, read by the embedded analyzer', { timeout: 120_000 }, async () => {
  const found = await breaches(async (_, scene) => [await insightOf(scene, undefined)]);
  expect(found.list, found.said).toEqual([]);
});

test('no text does anything without a person, read by a model that obeys it', { timeout: 300_000 }, async () => {
  let fromModel = 0;
  const found = await breaches(async (attack, scene) => {
    const insights: Insight[] = [];
    const tries = hostileAnswers(attack.text, []).length;
    for (let nth = 0; nth < tries; nth++) insights.push(await insightOf(scene, obeying(attack, nth)));
    // What it says must have come far enough to do harm.
    fromModel += insights.filter(({ analyzer }) => analyzer.startsWith('hostile')).length;
    return insights;
  });
  expect(found.list, found.said).toEqual([]);
  expect(fromModel).toBeGreaterThan(attacks.length);
});

/** A model that answers in its nth way, and the same again when it is asked to mend it. */
const obeying = (attack: Attack, nth: number): Model => ({
  ask: async ({ data }) => {
    const heard = data
      .split('\n')
      .slice(1, -1)
      .map((line): unknown => JSON.parse(line))
      .flatMap((line) => (Array.isArray(line) ? [{ turn: Number(line[0]), role: String(line[1]), said: String(line[2]) }] : []));
    return ok({ value: hostileAnswers(attack.text, heard)[nth], model: 'hostile https://attacker.example/<b>', tokens: 1 });
  },
});

async function insightOf(scene: Scene, model: Model | undefined): Promise<Insight> {
  const saved: Insight[] = [];
  await extract(
    {
      callOf: async () => scene.call,
      utterancesOf: async () => scene.utterances,
      isKnown: async () => false,
      model,
      budgetOf: async () => ({ takeTokens: async () => true, giveTokens: async () => undefined }),
      peopleOf: async () => [],
      holdOff: async () => true,
      goOn: async () => undefined,
      fence: () => 'fence',
      save: async (_tenantId, _callId, insight) => void saved.push(insight),
    },
    { tenantId: 'tenant-1', callId: 'call-1' },
  );
  return saved[0]!;
}

async function breaches(read: (attack: Attack, scene: Scene) => Promise<Insight[]>) {
  const list: string[] = [];
  const per = new Map<string, number>();
  let insights = 0;
  for (const attack of attacks) {
    const scene = sceneOf(attack);
    const heard = harmless(scene.utterances);
    for (const insight of await read(attack, scene)) {
      insights++;
      for (const effect of new Set(effectsOf(insight, scene, heard, scene.call.customerName))) {
        per.set(attack.technique, (per.get(attack.technique) ?? 0) + 1);
        list.push(`${attack.technique} by ${attack.channel}: ${effect}`);
      }
    }
  }
  const table = [...per].map(([technique, count]) => `${technique} ${count}`).join(', ');
  return { list: [...new Set(list)], said: `${list.length} effects of ${attacks.length} texts in ${insights} insights: ${table}` };
}
