import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { everyPath } from '../../../shared/relate/paths/every-path.ts';
import type { Graph } from '../../../shared/relate/paths/graph.ts';
import { fastAt, personAt, placeOf, slowAt, wordsPerArc } from '../../../shared/relate/paths/lists.ts';
import { markOf, marks } from '../../../shared/relate/paths/people.ts';
import { randomCase } from '../../../shared/relate/paths/random-case.ts';
import { type Strength, setLink } from '../../../shared/relate/paths/set-link.ts';
import { strengths } from '../../../shared/relate/paths/strength.ts';
import type { Env } from '../../env.ts';
import { graphStub } from '../../stubs.ts';
import type { Known } from './known.ts';
import type { GraphServices, PathsAsked, Relations } from './relationship-graph.ts';

const bindings = env as unknown as Env;
const dayMs = 86_400_000;
// Far ahead: alarms ring when the test says so.
const epochMs = Date.UTC(2035, 0, 1);

const keyOf = ({ team }: Graph, person: number) => (team.numberOf(person) < 0 ? `contact/${person}` : `user/${person}`);
const isGone = ({ people }: Graph, person: number) => (markOf(people[person] ?? 0) & marks.gone) !== 0;
const peopleOf = (graph: Graph) => Array.from({ length: graph.persons }, (_, person) => person);

/** What a graph in memory holds of somebody. */
function knownIn(graph: Graph, person: number): Known {
  const [own, links] = [graph.lists.of(person), [] as Known['links']];
  const strengthIn = (arcs: Uint16Array, at: number) =>
    at < 0 ? { fast: 0, slow: 0 } : { fast: strengths[fastAt(arcs, at)] ?? 0, slow: strengths[slowAt(arcs, at)] ?? 0 };
  for (let at = 0; at < own.length; at += wordsPerArc) {
    const other = personAt(own, at);
    const theirs = graph.lists.of(other);
    links.push({ with: keyOf(graph, other), toThem: strengthIn(own, at), fromThem: strengthIn(theirs, placeOf(theirs, person)) });
  }
  return { key: keyOf(graph, person), factor: (graph.people[person] ?? 0) & marks.factor, links };
}

const fade = ({ fast, slow }: Strength, days: number): Strength => ({ fast: fast * 2 ** (-days / 14), slow: slow * 2 ** (-days / 180) });
const asOf = (known: Known, days: number): Known => ({
  ...known,
  links: known.links.map(({ toThem, fromThem, ...link }) => ({ ...link, toThem: fade(toThem, days), fromThem: fade(fromThem, days) })),
});

/** An object whose truth is a graph in memory; `desk.away` is a source that cannot be read. */
async function opened(name: string, truth: Graph) {
  // A stub of an object that was killed stays broken.
  const stub = () => graphStub(bindings, name);
  const keys = peopleOf(truth)
    .filter((person) => truth.team.numberOf(person) < 0)
    .map((person) => keyOf(truth, person))
    .sort();
  const desk = { nowMs: epochMs, away: false };
  const services: GraphServices = {
    now: () => desk.nowMs,
    knownOf: async (_, asked, asOfMs) => {
      if (desk.away) throw new Error('away');
      return asked.map((key) => asOf(knownIn(truth, Number(key.split('/')[1])), (asOfMs - epochMs) / dayMs));
    },
    keysAfter: async (_, after, limit) => keys.filter((key) => after === null || key > after).slice(0, Math.min(limit, 7)),
  };
  const attach = () => runInDurableObject(stub(), (it: Relations) => Object.defineProperty(it, 'services', { value: services }));
  await attach();
  const kill = async () => {
    await runInDurableObject(stub(), (_, state) => state.abort('killed')).catch(() => undefined);
    await attach();
  };
  const evict = async () => {
    await evictDurableObject(stub());
    await attach();
  };
  const rest = async () => {
    for (let turn = 0; turn < 100; turn++) {
      const { waiting, rebuild, builtMs } = await stub().look();
      if (waiting === 0 && rebuild === null && builtMs !== null && builtMs + dayMs > desk.nowMs) return;
      await runDurableObjectAlarm(stub());
    }
    throw new Error('never rests');
  };
  const scores = async (ask: Omit<PathsAsked, 'tenantId' | 'targets'>, targets: readonly number[]) =>
    (await stub().paths({ tenantId: name, targets: targets.map((person) => keyOf(truth, person)), ...ask })).map(({ score }) =>
      score.toFixed(9),
    );
  return { stub, desk, kill, evict, rest, scores };
}

function caseOf(seed: number) {
  const { graph, ask, roll } = randomCase(seed);
  const { targets, ageDays = 0, allow: _, ...rest } = ask;
  const right = (on = graph, days = ageDays) => everyPath(on, { ...rest, targets, ageDays: days }).map(({ score }) => score.toFixed(9));
  return { graph, targets: Array.from(targets), ageDays, ask: rest, right, roll };
}

test('answers what walking every path does, also after it was evicted', async () => {
  let found = 0;
  for (let seed = 0; seed < 40; seed++) {
    const { graph, targets, ageDays, ask, right } = caseOf(seed);
    const { stub, desk, rest, evict, scores } = await opened(`brute-${seed}`, graph);
    for (const person of peopleOf(graph)) if (isGone(graph, person)) await stub().takeOut(`brute-${seed}`, keyOf(graph, person));
    await stub().touched(`brute-${seed}`, [keyOf(graph, targets[0] ?? 0)]);
    await rest();
    desk.nowMs = epochMs + Math.floor(ageDays * dayMs);
    const meant = right(graph, (desk.nowMs - epochMs) / dayMs);
    expect([seed, await scores(ask, targets)]).toEqual([seed, meant]);
    if (seed % 4 === 0) {
      await evict();
      expect([seed, await scores(ask, targets)]).toEqual([seed, meant]);
    }
    found += meant.length;
  }
  expect(found).toBeGreaterThan(40);
});

test('a target that was touched is read before it is answered, not when its turn comes', async () => {
  let moved = 0;
  for (let seed = 200; seed < 210; seed++) {
    const name = `touched-${seed}`;
    const { graph, targets, ask, right } = caseOf(seed);
    const { stub, rest, scores } = await opened(name, graph);
    for (const person of peopleOf(graph)) if (isGone(graph, person)) await stub().takeOut(name, keyOf(graph, person));
    await stub().touched(name, []);
    await rest();
    const member = peopleOf(graph).find((person) => graph.team.numberOf(person) >= 0 && !isGone(graph, person));
    const target = targets.find((person) => graph.team.numberOf(person) < 0 && !isGone(graph, person));
    if (member === undefined || target === undefined) continue;
    const before = right(graph, 0);
    setLink(graph, member, target, { fast: 4, slow: 1 }, { fast: 4, slow: 1 });
    await stub().touched(name, [keyOf(graph, target)]);
    const meant = right(graph, 0);
    expect([seed, await scores(ask, targets)]).toEqual([seed, meant]);
    if (JSON.stringify(before) !== JSON.stringify(meant)) moved += 1;
  }
  expect(moved).toBeGreaterThan(2);
});

test('is right all through a rebuild that is killed, evicted and changed in the middle', async () => {
  for (let seed = 100; seed < 104; seed++) {
    const name = `rebuild-${seed}`;
    const { graph, targets, ask, right, roll } = caseOf(seed);
    const { stub, desk, rest, kill, evict, scores } = await opened(name, graph);
    for (const person of peopleOf(graph)) if (isGone(graph, person)) await stub().takeOut(name, keyOf(graph, person));
    await stub().touched(name, []);
    await rest();
    desk.nowMs += dayMs;
    await runDurableObjectAlarm(stub());
    const steps = new Set<string>();
    for (let turn = 0; turn < 12; turn++) {
      const [a, b] = [Math.floor(roll() * graph.persons), Math.floor(roll() * graph.persons)];
      const outside = [a, b].find((person) => graph.team.numberOf(person) < 0);
      if (a !== b && outside !== undefined && !isGone(graph, a) && !isGone(graph, b)) {
        const strength = () => ({ fast: roll() < 0.3 ? 0 : roll() * 4, slow: roll() < 0.3 ? 0 : roll() });
        setLink(graph, a, b, strength(), strength());
        await stub().touched(name, [keyOf(graph, outside)]);
        // Read anew, and one piece of the rebuild after it.
        await runDurableObjectAlarm(stub());
      }
      await runDurableObjectAlarm(stub());
      steps.add((await stub().look()).rebuild?.step ?? 'over');
      if (turn % 3 === 1) await kill();
      if (turn % 3 === 2) await evict();
      expect([seed, turn, await scores(ask, targets)]).toEqual([seed, turn, right(graph, 1)]);
    }
    expect([...steps]).toContain('tighten');
    await rest();
    expect(await scores(ask, targets)).toEqual(right(graph, 1));
  }
});

test('nobody is led to or through somebody who was taken out, from the moment that is answered, and a rebuild leaves it so', async () => {
  const { graph, stub, rest, scores, target } = await warmCase('taken-out');
  const asked = { tenantId: 'taken-out', targets: [keyOf(graph, target)] };
  const [warmest] = await stub().paths(asked);
  expect(warmest?.keys.at(-1)).toBe(keyOf(graph, target));
  await stub().takeOut('taken-out', keyOf(graph, target));
  expect(await stub().paths(asked)).toEqual([]);
  await stub().touched('taken-out', [keyOf(graph, target)]);
  await rest();
  expect(await stub().paths(asked)).toEqual([]);
  const left = await runInDurableObject(stub(), (_, state) =>
    state.storage.sql
      .exec('select count(*) as n from lists join people on people.person = lists.person where key = ?', keyOf(graph, target))
      .toArray(),
  );
  expect(left).toEqual([{ n: 0 }]);
  await stub().bringBack('taken-out', keyOf(graph, target));
  await rest();
  expect((await scores({}, [target])).length).toBeGreaterThan(0);
});

test('lists move to a later epoch and stay right within their rounding, before everybody is read anew and after', async () => {
  const { graph, stub, desk, rest, target } = await warmCase('epoch');
  desk.nowMs = epochMs + 15 * dayMs;
  const right = everyPath(graph, { targets: [target], ageDays: 15 }).map(({ score }) => score);
  const isNear = async () => {
    const found = await stub().paths({ tenantId: 'epoch', targets: [keyOf(graph, target)] });
    return found.length === right.length && found.every(({ score }, at) => Math.abs(score / (right[at] ?? 0) - 1) < 0.02);
  };
  await runDurableObjectAlarm(stub());
  const epoch = await runInDurableObject(stub(), (_, state) => state.storage.sql.exec('select epoch from about').toArray());
  expect([epoch, (await stub().look()).rebuild?.step, await isNear()]).toEqual([[{ epoch: epochMs / dayMs + 15 }], 'read', true]);
  await rest();
  expect(await isNear()).toBe(true);
});

test('what could not be read waits until it can be', async () => {
  const { graph, stub, desk, rest, target } = await warmCase('away');
  desk.away = true;
  await stub().touched('away', [keyOf(graph, target)]);
  await runDurableObjectAlarm(stub());
  expect((await stub().look()).waiting).toBe(1);
  desk.away = false;
  await rest();
  expect((await stub().look()).waiting).toBe(0);
});

test('refuses another tenant', async () => {
  const { graph, stub, target } = await warmCase('own-tenant');
  const asked = runInDurableObject(stub(), (it: Relations) => it.paths({ tenantId: 'other-tenant', targets: [keyOf(graph, target)] }));
  await expect(asked).rejects.toThrow('another tenant');
});

/** A built object, and somebody the team reaches. */
async function warmCase(name: string) {
  const { graph } = caseOf(3);
  const target = peopleOf(graph).find((person) => everyPath(graph, { targets: [person] }).length > 0) ?? -1;
  const object = await opened(name, graph);
  await object.stub().touched(name, []);
  await object.rest();
  return { ...object, graph, target };
}
