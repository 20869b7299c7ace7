import pg from 'pg';
import { findPostgres, startCluster } from '../../sandbox/postgres/cluster.ts';
import { factors, handOver } from '../../shared/relate/paths/factor.ts';
import type { Graph } from '../../shared/relate/paths/graph.ts';
import { fastAt, personAt, slowAt, wordsPerArc } from '../../shared/relate/paths/lists.ts';
import { marks } from '../../shared/relate/paths/people.ts';
import { strengths } from '../../shared/relate/paths/strength.ts';
import { trustOf } from '../../shared/relate/trust.ts';

export interface SqlPeer {
  version: string;
  /** Scores of the best paths, warmest first. */
  tuned(targets: readonly number[]): Promise<number[]>;
  recursive(targets: readonly number[]): Promise<number[]>;
  close(): Promise<void>;
}

/**
 * The same question asked of PostgreSQL, null where none is installed. It is spared the work of fading: trust is a column, made for this moment.
 * `tuned` joins back from the targets at most twice and meets the team in a table of its best links; `recursive` is the textbook's walk, pruned.
 */
export async function openPeer(graph: Graph, ageDays: number, least: number): Promise<SqlPeer | null> {
  const programs = findPostgres();
  if (!programs) return null;
  const cluster = await startCluster(programs);
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  await load(client, graph, ageDays);
  const ask = async (text: string, name: string, targets: readonly number[]) => {
    const { rows } = await client.query<{ score: number }>({ name, text, values: [targets, least] });
    return rows.map(({ score }) => score);
  };
  return {
    version: cluster.version,
    tuned: (targets) => ask(TUNED, 'tuned', targets),
    recursive: (targets) => ask(RECURSIVE, 'recursive', targets),
    async close() {
      await client.end();
      await cluster.close();
    },
  };
}

const TUNED = `
with one as (select member as introducer, trust as score from known where person = any($1) and trust > $2),
second as (
  select source as introducer, trust * factor * ${handOver} as way from arc
  where target = any($1) and not is_member and source <> all($1) and trust * factor * ${handOver} > $2),
two as (select introducer, way * reached.trust as score from second join reached on person = introducer),
three as (
  select introducer, way * ${handOver} * arc.trust * factor * reached.trust as score
  from second join arc on target = introducer join reached on person = source
  where not is_member and source <> all($1) and way * ${handOver} * arc.trust * factor > $2)
select introducer, max(score)::float8 as score
from (select * from one union all select * from two union all select * from three) as paths
where score > $2 group by introducer order by score desc limit 5`;

const RECURSIVE = `
with recursive walk as (
  select source, is_member, source as introducer, trust as score, trust * factor * ${handOver} as way, array[target, source] as path, 1 as hops
  from arc where target = any($1) and source <> all($1) and trust > $2
  union all
  select arc.source, arc.is_member, walk.introducer, way * trust, way * trust * factor * ${handOver}, path || arc.source, hops + 1
  from walk join arc on target = walk.source
  where not walk.is_member and hops < 3 and arc.source <> all($1) and arc.source <> all(path) and way * trust > $2)
select introducer, max(score)::float8 as score from walk where is_member and score > $2 group by introducer order by score desc limit 5`;

async function load(client: pg.Client, { persons, lists, people, team }: Graph, ageDays: number): Promise<void> {
  await client.query('set work_mem = "256MB"; set jit = off; set plan_cache_mode = force_custom_plan');
  await client.query('create table arc (target int, source int, trust float8, factor float8, is_member bool)');
  const [fastLeft, slowLeft] = [2 ** (-ageDays / 14), 2 ** (-ageDays / 180)];
  let rows: { target: number[]; source: number[]; trust: number[]; factor: number[]; member: boolean[] } = blank();
  const flush = async () => {
    const text = 'insert into arc select * from unnest($1::int[], $2::int[], $3::float8[], $4::float8[], $5::bool[])';
    await client.query(text, [rows.target, rows.source, rows.trust, rows.factor, rows.member]);
    rows = blank();
  };
  for (let target = 0; target < persons; target++) {
    const arcs = lists.of(target);
    for (let at = 0; at < arcs.length; at += wordsPerArc) {
      const source = personAt(arcs, at);
      rows.target.push(target);
      rows.source.push(source);
      rows.trust.push(trustOf(fastLeft * (strengths[fastAt(arcs, at)] ?? 0) + slowLeft * (strengths[slowAt(arcs, at)] ?? 0)));
      rows.factor.push(factors[(people[source] ?? 0) & marks.factor] ?? 0);
      rows.member.push(team.numberOf(source) >= 0);
    }
    if (rows.target.length > 50_000) await flush();
  }
  await flush();
  await client.query('create index on arc (target) include (source, trust, factor, is_member)');
  await client.query('create table known as select target as person, source as member, trust from arc where is_member');
  await client.query('create index on known (person) include (member, trust)');
  await client.query('create table reached as select person, max(trust) as trust from known group by person');
  await client.query('create unique index on reached (person) include (trust)');
  for (const table of ['arc', 'known', 'reached']) await client.query(`vacuum analyze ${table}`);
}

const blank = () => ({ target: [], source: [], trust: [], factor: [], member: [] });
