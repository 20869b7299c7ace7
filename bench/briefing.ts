import { parseArgs } from 'node:util';
import { createCall } from '../edge/capture/store.ts';
import { openDb } from '../edge/db/client.ts';
import { saveAhead } from '../edge/remember/ahead/store.ts';
import { recall } from '../edge/remember/brief/store.ts';
import { settle } from '../edge/remember/risks/store.ts';
import { foldFacts } from '../edge/remember/store.ts';
import { install } from '../edge/tenants/store.ts';
import { saveInsight } from '../edge/understand/store.ts';
import { findPostgres, startCluster } from '../sandbox/postgres/cluster.ts';
import { startPostgres } from '../sandbox/postgres/endpoint.ts';
import type { Element } from '../shared/contracts/methodology.ts';
import { quietInsight } from '../shared/contracts/quiet-insight.ts';
import type { Evidence } from '../shared/contracts/transcript.ts';

/**
 * `node bench/briefing.ts --calls 2000 --asks 300`: what a brief needs of a customer with that many calls, each with as much to say as an
 * insight has, through the database's own HTTP door; PostgreSQL where one is installed, else PGlite. The brief of their deal and of their
 * contact in turn. One line of JSON last; exit 1 above 15 ms or 20 KB.
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '2000' }, asks: { type: 'string', default: '300' } } });
const say = (line: string) => process.stderr.write(`${line}\n`);
const calls = Number(values.calls);
const deal = { object: 'deal', id: '7001' } as const;
const contact = { object: 'contact', id: '9001' } as const;
const viewer = { id: '71', email: 'sam@brightloop.example' };
const words = (n: number) => 'what the customer said about the price and the rollout and who signs it in the end, '.repeat(9).slice(0, n);
const said: Evidence = { quote: words(300), seq: 12, role: 'customer', speaker: 'Maya Lindqvist', startMs: 61_000, endMs: 64_000 };
const times = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
const element: Element = { score: 1, evidence: [said, said], gapQuestion: words(90) };
const names = [
  'metrics',
  'economicBuyer',
  'decisionCriteria',
  'decisionProcess',
  'paperProcess',
  'identifyPain',
  'champion',
  'competition',
] as const;
const every = <K extends string>(keys: readonly K[]) => Object.fromEntries(keys.map((key) => [key, element])) as Record<K, Element>;
const full = quietInsight({
  headline: words(180),
  bullets: times(5, () => ({ text: words(120), evidence: said })),
  objections: times(5, () => ({ type: 'price', confidence: 0.9, evidence: said })),
  nextSteps: times(6, (i) => ({
    text: `${i} ${words(150)}`,
    owner: 'rep',
    dueAt: '2026-11-26T22:00:00Z',
    hedged: false,
    confidence: 0.9,
    evidence: said,
  })),
  buyingSignals: times(4, () => ({ type: 'commit', confidence: 0.9, evidence: said })),
  people: times(6, (i) => ({ name: `Person ${i} Lindqvist`, role: words(60), influence: 'champion', confidence: 0.9, evidence: said })),
  questions: times(20, (i) => ({ isOpen: true, isAnswered: i % 2 === 0, evidence: said })),
  turns: times(120, (seq) => ({ seq, sentiment: 0.5 })),
  methodology: {
    meddpicc: every(names),
    bant: every(['budget', 'authority', 'need', 'timeline']),
    spiced: every(['situation', 'pain', 'impact', 'criticalEvent', 'decision']),
    share: 0.3,
    carries: 'evaluation',
  },
});

const programs = findPostgres();
const cluster = programs ? await startCluster(programs) : null;
const database = await startPostgres({ port: 0, ...(cluster ? { pgUrl: cluster.url } : {}) });
try {
  const db = openDb(database.url);
  const made = { provider: 'hubspot', externalId: '4242', tenantName: 'Brightloop', timeZone: 'UTC' } as const;
  const { tenantId, connectionId } = await install(db, { ...made, installerId: viewer.id, installerEmail: viewer.email });
  say(`${calls} calls, each with ${Math.round(JSON.stringify(full).length / 1024)} KB of insight`);
  const lastMs = Date.UTC(2026, 10, 20, 15);
  let newest = '';
  for (let n = 0; n < calls; n += 1) {
    const startedAt = new Date(lastMs - (calls - n) * 3_600_000);
    const { id } = await createCall(db, tenantId, {
      connectionId,
      source: 'twilio',
      externalId: `CA${n}`,
      record: deal,
      contactId: contact.id,
      repId: viewer.id,
      repEmail: viewer.email,
      repName: 'Sam Okafor',
      customerName: 'Maya Lindqvist',
      direction: 'outbound',
      startedAt,
      timeZone: 'UTC',
      status: 'understood',
      // Every third call is a colleague's alone.
      ...(n % 3 === 0 ? { isPrivate: true, repId: '72', repEmail: 'lena@brightloop.example' } : {}),
    });
    if (n % 3 !== 0) newest = id;
    await saveInsight(db, tenantId, id, full);
    await foldFacts(db, tenantId, deal, [
      { kind: 'objection', key: `${n % 40}`, text: words(150), evidence: said, callId: id, at: startedAt },
      { kind: 'promise', key: `${n}`, text: words(150), evidence: said, callId: id, at: startedAt },
    ]);
  }
  const risk = { code: 'red_flag', text: words(150), severity: 'high', confidence: 0.9, isDeterministic: false } as const;
  const evidence = times(4, () => ({ ...said, callId: newest }));
  await settle(
    db,
    tenantId,
    deal,
    { propose: times(12, (i) => ({ ...risk, basis: `${i}`, evidence })), renew: [], over: [] },
    new Date(lastMs),
  );
  await saveAhead(db, tenantId, connectionId, [{ meetingId: '1', record: deal, startsAt: new Date(lastMs), hostId: viewer.id }]);

  const asked: number[] = [];
  let bytes = 0;
  for (let n = -20; n < Number(values.asks); n += 1) {
    const beganMs = performance.now();
    const found = await recall(db, tenantId, n % 2 === 0 ? deal : contact, viewer);
    if (n >= 0) asked.push(performance.now() - beganMs);
    bytes = Math.max(bytes, Buffer.byteLength(JSON.stringify(found)));
  }
  asked.sort((a, b) => a - b);
  const at = (share: number) => Math.round((asked[Math.max(0, Math.ceil(asked.length * share) - 1)] ?? 0) * 10) / 10;
  const result = { calls, asks: asked.length, database: cluster?.version ?? 'PGlite', recallMs: { p50: at(0.5), p95: at(0.95) }, bytes };
  process.exitCode = result.recallMs.p95 <= 15 && bytes <= 20 * 1024 ? 0 : 1;
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await database.close();
  await cluster?.close();
}
