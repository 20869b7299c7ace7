import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { gather, mostLinked, waysTo } from './network.ts';
import { readEdges } from './read-edges.ts';

const folder = mkdtempSync(join(tmpdir(), 'ros-edges-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, 'edges');
  writeFileSync(path, text);
  const gathered = gather();
  return { ...(await readEdges(path, gathered.take, () => {})), network: gathered.network() };
}

test('reads touches and trust, by comma or blanks, and refuses what says nothing', async () => {
  const touches = await read(
    'from,to,at,kind\nana,dana,2026-11-01T10:00:00Z,email\ndana,ana,1793000000,email\nana,ana,1,email\nana,,1,x\nx,y,never,x\n',
  );
  expect([touches.edges, touches.refused, touches.network.names, touches.network.links.length]).toEqual([2, 3, ['ana', 'dana'], 1]);
  const plain = await read('# a list\nana dana 0.6\ndana maya\nmaya maya 0.5\nana zoe 7\n');
  expect([plain.edges, plain.refused]).toEqual([2, 2]);
});

test('the warmest way, with the trust of each step', async () => {
  const { network } = await read('ana,dana,0.6\ndana,maya,0.5\nana,otis,0.9\notis,maya,0.1\n');
  const ways = waysTo(network, 'maya', ['ana'], 5);
  expect(ways.map(({ people }) => people.join(' '))).toEqual(['ana dana maya', 'ana otis maya']);
  expect(ways[0]?.trust.map((one) => one.toFixed(1))).toEqual(['0.6', '0.5']);
  expect(ways[0]?.score).toBeCloseTo(0.6 * 0.5 * 0.85, 2);
  expect(mostLinked(network, 2)).toHaveLength(2);
  expect(() => waysTo(network, 'nobody', ['ana'], 5)).toThrow('Nobody in the list is called nobody.');
});
