import { expect, test } from 'vitest';
import { decide, restsUntilMs } from '../../shared/act/writer.ts';
import { newWriter, revive, type WriterState } from '../../shared/act/writer-state.ts';
import type { ChangeBody } from '../../shared/contracts/change.ts';
import { type Fault, failed, ok, type Result } from '../../shared/kit/result.ts';
import type { Crm } from '../ports/crm.ts';
import { newBell } from './bell.ts';
import { type DrainDeps, type DueChange, drain } from './drain.ts';

const note: ChangeBody = { kind: 'add-note', body: 'words', at: '2026-11-20T15:00:00Z' };
const email: ChangeBody = { kind: 'draft-email', to: ['maya@cobaltfreight.example'], subject: 's', body: 'b' };
const rate = { perSecond: 1_000, burst: 10 };
const t0 = 1_000_000;

const due = (id: string, over: Partial<DueChange> = {}): DueChange => ({
  id,
  opKey: `${id}-`.padEnd(64, '0'),
  callId: 'call-1',
  ordinal: id.charCodeAt(0),
  record: { object: 'deal', id: '7001' },
  also: [],
  body: note,
  attempts: 1,
  createdAt: new Date(t0),
  decidedAt: null,
  ...over,
});
const onDeal = (id: string) => ({ record: { object: 'deal', id } as const });

/** A CRM that takes everything but what `faults` names, and an outbox that records. `batches` are what each lease finds. */
function stage(batches: DueChange[][], faults: Record<string, Fault> = {}) {
  const log: string[] = [];
  const kept: WriterState[] = [];
  const left = [...batches];
  let kicks = 0;
  const bell = newBell();
  const write: Crm['write'] = async (change, _on, key) => {
    const id = key.slice(0, key.indexOf('-'));
    log.push(`sent ${id} ${change.kind}`);
    const fault = faults[id];
    return fault ? failed(fault) : ok({ recordId: `crm-${id}` });
  };
  const deps: DrainDeps = {
    crm: { write } as Crm,
    rate,
    outbox: {
      lease: async () => left.shift() ?? [],
      written: async (id, crmId) => void log.push(`written ${id} ${crmId}`),
      later: async (id, atMs, trouble) => void log.push(`later ${id} +${atMs - t0} ${trouble}`),
      putBack: async (id, atMs) => void log.push(`put back ${id} +${atMs - t0}`),
      park: async (id, trouble) => void log.push(`parked ${id} ${trouble}`),
      supersede: async (id, trouble) => void log.push(`superseded ${id} ${trouble}`),
    },
    now: () => t0,
    luck: () => 0.5,
    keep: async (state) => {
      kept.push(structuredClone(state));
      log.push(`kept with ${state.flights.length} on the way`);
    },
    bell,
    kicks: () => kicks,
  };
  const kick = () => {
    kicks += 1;
    bell.ring();
  };
  return { deps, log, kept, kick, run: (more: Partial<DrainDeps> = {}) => drain({ ...deps, ...more }, newWriter(rate, t0), []) };
}

const broken: Fault = { kind: 'broken', said: 'HubSpot failed (500).' };
const refused: Fault = { kind: 'refused', said: 'HubSpot refused (400).' };

test('stores what leaves before it leaves, and what became of it after', async () => {
  const { log, run } = stage([[due('a'), due('b')]]);
  await run();
  expect(log).toEqual([
    'kept with 1 on the way',
    'sent a add-note',
    'kept with 1 on the way',
    'sent b add-note',
    'written a crm-a',
    'written b crm-b',
    'kept with 0 on the way',
  ]);
});

test('nothing leaves that could not be stored', async () => {
  const { log, run } = stage([[due('a')]]);
  await expect(run({ keep: () => Promise.reject(new Error('no storage')) })).rejects.toThrow('no storage');
  expect(log).toEqual([]);
});

test('keeps no words of the call', async () => {
  const { kept, run } = stage([[due('a'), due('b')]]);
  await run();
  expect(JSON.stringify(kept)).not.toContain('words');
});

test('sends under a key of forty characters, the same each time', async () => {
  const keys: string[] = [];
  const write: Crm['write'] = async (_change, _on, key) => {
    keys.push(key);
    return ok({ recordId: '1' });
  };
  const crm = { write } as Partial<Crm> as Crm;
  for (const attempts of [1, 2]) await stage([[due('a', { attempts })]]).run({ crm });
  expect(keys).toEqual([due('a').opKey.slice(0, 40), due('a').opKey.slice(0, 40)]);
});

test('what must wait holds back the rest on its record, and nothing else', async () => {
  const { log, run } = stage([[due('a'), due('b'), due('c', onDeal('7002'))]], { a: broken });
  await run();
  expect(log.filter((line) => !line.startsWith('kept'))).toEqual([
    'sent a add-note',
    'sent c add-note',
    'later a +1000 HubSpot failed (500).',
    'put back b +1000',
    'written c crm-c',
  ]);
});

test('parks what a retry cannot fix, with the reason, and goes on', async () => {
  const { log, run } = stage([[due('a'), due('b')]], { a: refused });
  await run();
  expect(log.filter((line) => !line.startsWith('kept'))).toEqual([
    'sent a add-note',
    'sent b add-note',
    'parked a HubSpot refused (400).',
    'written b crm-b',
  ]);
});

test('an email is never sent', async () => {
  const { log, run } = stage([[due('a', { body: email })]]);
  await run();
  expect(log).toEqual(['kept with 1 on the way', 'parked a This is not something the CRM takes.', 'kept with 0 on the way']);
});

test('a CRM that throws may have written', async () => {
  const { log, run } = stage([[due('a')]]);
  await run({ crm: { write: () => Promise.reject(new Error('socket')) } as Partial<Crm> as Crm });
  expect(log[1]).toBe('later a +35000 The CRM could not be spoken to.');
});

test('a kick in the middle is heard before the end', async () => {
  const { deps, log, kick, run } = stage([[due('a')], [due('b', onDeal('7002'))]]);
  const answer: { give?: (it: Result<{ recordId: string }>) => void } = {};
  const crm = {
    write: async (change, on, key) => {
      if (!key.startsWith('a')) return deps.crm.write(change, on, key);
      kick();
      const given = new Promise<Result<{ recordId: string }>>((done) => {
        answer.give = done;
      });
      queueMicrotask(() => setTimeout(() => answer.give?.(ok({ recordId: 'crm-a' })), 5));
      return given;
    },
  } as Partial<Crm> as Crm;
  await run({ crm });
  expect(log.filter((line) => !line.startsWith('kept'))).toEqual(['sent b add-note', 'written b crm-b', 'written a crm-a']);
});

test('leases nothing while the CRM asked for quiet', async () => {
  const { deps } = stage([[due('b', onDeal('7002'))]]);
  const state = { ...newWriter(rate, t0), pauseUntilMs: t0 + 60_000 };
  const outbox = { ...deps.outbox, lease: () => Promise.reject(new Error('leased')) };
  expect(restsUntilMs(await drain({ ...deps, outbox }, state, []))).toBe(t0 + 60_000);
});

test('after a crash, notes first what may have landed and what never left', async () => {
  const { deps, log, kept } = stage([]);
  const row = (id: string) => ({ id, record: 'deal/7001', order: id, replaces: false, tries: 1, sinceMs: t0 });
  const [crashed] = decide(newWriter(rate, t0), { type: 'due', rows: [row('a'), row('b')] }, t0, rate);
  await drain(deps, ...revive(crashed, rate, t0));
  expect(log).toEqual(['later a +47000 The writing was interrupted; it is checked again.', 'put back b +0', 'kept with 0 on the way']);
  expect(kept.at(-1)?.quiet).toEqual({ 'deal/7001': t0 + 47_000 });
});
