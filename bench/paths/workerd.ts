import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import type { Graph } from '../../shared/relate/paths/graph.ts';
import { ageDays, least, round } from './times.ts';

export interface WorkerdFigures {
  /** A search in the real object, its lists read from its SQLite; `byKeys` with the names of 200 people looked up before and of the paths after. */
  workerdMs: { mean: number; byKeys: number };
  /** What the first question of an object that was not in memory costs more than the second. */
  coldOpenMs: number;
  workerdMismatches: number;
  loadMs: number;
}

const personsAtOnce = 4_096;

/** Times are of whole requests seen from outside, a thousand searches in one, less an empty one: a Worker's own clock stands still while it works. */
export async function measureWorkerd(
  graph: Graph,
  accounts: readonly number[][],
  right: (targets: readonly number[]) => number[],
): Promise<WorkerdFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'ros-paths-workerd-'));
  const bundled = await build({
    stdin: { contents: WORKER, resolveDir: join(import.meta.dirname, '..', '..'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    external: ['cloudflare:workers'],
  });
  const contents = bundled.outputFiles[0]?.text ?? '';
  const open = () =>
    new Miniflare(
      convertV4MiniflareOptions({
        cf: false,
        resourcePersistencePath: folder,
        workers: [
          {
            name: 'bench',
            modules: [{ type: 'ESModule', path: 'worker.js', contents }],
            compatibilityDate: '2026-10-01',
            durableObjects: { GRAPHS: { className: 'BenchGraph', useSQLite: true } },
          },
        ],
      }),
    );
  const asker = async (host: Miniflare) => {
    const url = await host.ready;
    return async (path: string, body?: Uint8Array<ArrayBuffer> | string) => {
      const answer = await fetch(new URL(path, url), {
        method: 'POST',
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(250_000),
      });
      if (!answer.ok) throw new Error(`The Worker answered ${answer.status}.`);
      return answer.text();
    };
  };
  try {
    const startedMs = performance.now();
    const loading = open();
    try {
      await load(graph, await asker(loading));
    } finally {
      await loading.dispose();
    }
    const loadMs = performance.now() - startedMs;

    const host = open();
    try {
      const ask = await asker(host);
      const timed = async (path: string, body?: string) => {
        const fromMs = performance.now();
        const said = await ask(path, body);
        return { ms: performance.now() - fromMs, said };
      };
      await ask('/nothing');
      const nothing = Math.min((await timed('/nothing')).ms, (await timed('/nothing')).ms);
      const [cold, next] = [await timed('/look'), await timed('/look')];
      const asked = JSON.stringify(accounts);
      const empty = Math.min((await timed('/empty', asked)).ms, (await timed('/empty', asked)).ms);
      await ask('/find', asked);
      const found = [await timed('/find', asked), await timed('/find', asked), await timed('/find', asked)].sort((a, b) => a.ms - b.ms)[1];
      const byKeys = await timed('/paths', asked);
      const scores = JSON.parse(found?.said ?? '[]') as number[][];
      return {
        workerdMs: { mean: round(((found?.ms ?? 0) - empty) / accounts.length), byKeys: round((byKeys.ms - empty) / accounts.length) },
        coldOpenMs: round(cold.ms - Math.min(next.ms, nothing)),
        workerdMismatches: accounts.filter((targets, at) => JSON.stringify(scores[at]) !== JSON.stringify(right(targets))).length,
        loadMs: Math.round(loadMs),
      };
    } finally {
      await host.dispose();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists as lengths and words; the bounds as they are; the team last, out of the lists. */
async function load(graph: Graph, ask: (path: string, body?: Uint8Array<ArrayBuffer> | string) => Promise<string>): Promise<void> {
  await ask('/members', JSON.stringify(graph.team.members));
  for (let from = 0; from < graph.persons; from += personsAtOnce) {
    const persons = Math.min(personsAtOnce, graph.persons - from);
    const lists = Array.from({ length: persons }, (_, at) => graph.lists.of(from + at));
    const lengths = Uint32Array.from(lists, (arcs) => arcs.length);
    const words = new Uint16Array(lists.reduce((sum, arcs) => sum + arcs.length, 0));
    let at = 0;
    for (const arcs of lists) {
      words.set(arcs, at);
      at += arcs.length;
    }
    const bounds = new Int32Array(personsAtOnce);
    bounds.set(graph.people.subarray(from, from + persons));
    const body = new Uint8Array(4 + bounds.byteLength + lengths.byteLength + words.byteLength);
    new DataView(body.buffer).setUint32(0, persons, true);
    body.set(new Uint8Array(bounds.buffer), 4);
    body.set(new Uint8Array(lengths.buffer), 4 + bounds.byteLength);
    body.set(new Uint8Array(words.buffer), 4 + bounds.byteLength + lengths.byteLength);
    await ask(`/lists?from=${from}`, body);
  }
  await ask('/team');
}

const WORKER = `
  import { Relations } from './edge/relate/graph/relationship-graph.ts';
  import { StoredGraph } from './edge/relate/graph/stored-graph.ts';
  import { StoredLists } from './edge/relate/graph/stored-lists.ts';
  import { StoredTeam } from './edge/relate/graph/stored-team.ts';
  import { buildTeam } from './shared/relate/paths/build-team.ts';
  import { Team } from './shared/relate/paths/team.ts';

  const epochDay = 20_000;
  const nowMs = (epochDay + ${ageDays}) * 86_400_000;
  const ask = { most: 5, least: ${least} };

  export class BenchGraph extends Relations {
    services = { now: () => nowMs, knownOf: async () => [], keysAfter: async () => [] };
    members = [];
    async fetch(request) {
      const { sql } = this.ctx.storage;
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/members') {
        // Makes the tables.
        new StoredGraph(this.ctx.storage, epochDay * 86_400_000);
        this.members = await request.json();
        for (const person of this.members) sql.exec('insert into members (person) values (?)', person);
        sql.exec("insert into work (id, tenant, built_ms, round) values (1, 'bench', ?, 1)", nowMs);
      } else if (pathname === '/lists') {
        const body = await request.arrayBuffer();
        const from = Number(searchParams.get('from'));
        const persons = new DataView(body).getUint32(0, true);
        const lengths = new Uint32Array(body, 4 + ${personsAtOnce} * 4, persons);
        const words = new Uint16Array(body, 4 + ${personsAtOnce} * 4 + persons * 4);
        sql.exec('insert into people_words (page, words) values (?, ?)', from / ${personsAtOnce}, body.slice(4, 4 + ${personsAtOnce} * 4));
        const team = new Set(this.members);
        let at = 0;
        for (let i = 0; i < persons; i++) {
          const key = (team.has(from + i) ? 'user/' : 'contact/') + (from + i);
          sql.exec('insert into people (person, key) values (?, ?)', from + i, key);
          if (lengths[i] > 0)
            sql.exec('insert into lists (person, epoch, arcs) values (?, ?, ?)', from + i, epochDay, words.slice(at, at + lengths[i]).buffer);
          at += lengths[i];
        }
      } else if (pathname === '/team') {
        const { n } = sql.exec('select count(*) as n from people').one();
        const links = buildTeam(this.members, n, new StoredLists(sql, epochDay));
        const known = new Set();
        for (let person = 0; person < n; person++) if ((links.bits[person >>> 5] >>> (person & 31)) & 1) known.add(person);
        new StoredTeam(sql).write(new Team(links), known, epochDay);
      } else if (pathname === '/look') {
        return Response.json(await this.look());
      } else if (pathname === '/empty') {
        return new Response(String((await request.json()).length));
      } else if (pathname === '/find') {
        this.graph ??= new StoredGraph(this.ctx.storage, nowMs);
        const accounts = await request.json();
        return Response.json(accounts.map((targets) => this.graph.find({ ...ask, targets }, nowMs).map(({ score }) => score)));
      } else if (pathname === '/paths') {
        const answers = [];
        for (const targets of await request.json())
          answers.push((await this.paths({ ...ask, tenantId: 'bench', targets: targets.map((person) => 'contact/' + person) })).length);
        return Response.json(answers);
      }
      return new Response('done');
    }
  }

  export default {
    fetch: (request, env) => env.GRAPHS.get(env.GRAPHS.idFromName('bench')).fetch(request),
  };`;
