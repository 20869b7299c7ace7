import { expect, test } from 'vitest';
import type { WriteRate } from '../../shared/act/bucket.ts';
import { decide, restsUntilMs } from '../../shared/act/writer.ts';
import { newWriter, revive, type WriterState } from '../../shared/act/writer-state.ts';
import type { ChangeBody } from '../../shared/contracts/change.ts';
import { type Fault, failed, ok } from '../../shared/kit/result.ts';
import type { Crm, KeyedWrite, Written } from '../ports/crm.ts';
import { newBell } from './bell.ts';
import { type Desk, type DrainDeps, type DueChange, drain } from './drain.ts';

const note: ChangeBody = { kind: 'add-note', body: 'words', at: '2026-11-20T15:00:00Z' };
const email: ChangeBody = { kind: 'draft-email', to: ['maya@cobaltfreight.example'], subject: 's', body: 'b' };
const rate: WriteRate = { perSecond: 1_000, burst: 10, asks: 'kind' };
const toStage: ChangeBody = { kind: 'move-stage', from: 'one', to: 'two', fromLabel: 'One', toLabel: 'Two' };
const t0 = 1_000_000;

const due = (id: string, over: Partial<DueChange> = {}): DueChange => ({
  id,
  opKey: `${id}-`.padEnd(64, '0'),
  callId: 'call-1',
  ordinal: id.charCodeAt(0),
  record: { object: 'deal', id: '7001' },
  also: [],
  body: note,
  wrote: null,
  attempts: 1,
  createdAt: new Date(t0),
  decidedAt: null,
  ...over,
});
const onDeal = (id: string) => ({ record: { object: 'deal', id } as const });

const idOf = ({ key }: KeyedWrite) => key.slice(0, key.indexOf('-'));

/** A CRM that takes everything but what `faults` names, and an outbox that records. `batches` are what each lease finds. */
function stage(batches: DueChange[][], faults: Record<string, Fault> = {}) {
  const log: string[] = [];
  const kept: WriterState[] = [];
  const left = [...batches];
  let kicks = 0;
  const bell = newBell();
  const write: Crm['write'] = async (changes) => {
    log.push(`sent ${changes.map((one) => `${idOf(one)} ${one.change.kind}`).join(' + ')}`);
    return changes.map((one) => {
      const fault = faults[idOf(one)];
      return fault ? failed(fault) : ok({ recordId: `crm-${idOf(one)}` });
    });
  };
  const deps: DrainDeps = {
    crm: { write, effectOnce: true } as Crm,
    rate,
    outbox: {
      lease: async (took) => {
        log.push(...took.map(({ id, crmId }) => `written ${id} ${crmId}`));
        return { rows: left.shift() ?? [], nextAtMs: null };
      },
      written: async (took) => void log.push(...took.map(({ id, crmId }) => `written ${id} ${crmId}`)),
      later: async (id, atMs, trouble) => void log.push(`later ${id} +${atMs - t0} ${trouble}`),
      putBack: async (id, atMs) => void log.push(`put back ${id} +${atMs - t0}`),
      park: async (id, trouble, why) => void log.push(`parked ${id} ${why}: ${trouble}`),
      suggest: async (id, trouble) => void log.push(`suggested ${id} ${trouble}`),
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
    isForgotten: () => false,
  };
  const kick = () => {
    kicks += 1;
    bell.ring();
  };
  return { deps, log, kept, kick, run: (more: Partial<DrainDeps> = {}) => drain({ ...deps, ...more }, deskOf(newWriter(rate, t0))) };
}

const deskOf = (state: WriterState): Desk => ({ state, told: [] });

const broken: Fault = { kind: 'broken', said: 'HubSpot failed (500).' };
const refused: Fault = { kind: 'refused', said: 'HubSpot refused (400).' };

test('stores what leaves before it leaves, and what became of it after', async () => {
  const { log, run } = stage([[due('a'), due('b')]]);
  await run();
  expect(log).toEqual([
    'kept with 1 on the way',
    'sent a add-note + b add-note',
    'written a crm-a',
    'written b crm-b',
    'kept with 0 on the way',
  ]);
});

test('of a call that was destroyed after it was leased nothing leaves but what takes something back', async () => {
  const { log, run } = stage([[due('a'), due('b', { undoes: 'x' }), due('c', { callId: 'call-2' })]]);
  await run({ isForgotten: (callId) => callId === 'call-1' });
  expect(log.filter((line) => line.startsWith('sent') || line.startsWith('parked'))).toEqual([
    'sent b add-note + c add-note',
    'parked a refused: This is not something the CRM takes.',
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
  const write: Crm['write'] = async (changes) => {
    keys.push(...changes.map(({ key }) => key));
    return changes.map(() => ok({ recordId: '1' }));
  };
  const crm = { write } as Partial<Crm> as Crm;
  for (const attempts of [1, 2]) await stage([[due('a', { attempts })]]).run({ crm });
  expect(keys).toEqual([due('a').opKey.slice(0, 40), due('a').opKey.slice(0, 40)]);
});

test('what must wait holds back the rest on its record, and nothing else', async () => {
  const { deps, log, run } = stage([[due('a', { body: toStage }), due('b'), due('c', onDeal('7002'))]], { a: broken });
  await run({ crm: { write: deps.crm.write } as Partial<Crm> as Crm });
  expect(log.filter((line) => !line.startsWith('kept'))).toEqual([
    'sent a move-stage',
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
    'sent a add-note + b add-note',
    'parked a refused: HubSpot refused (400).',
    'written b crm-b',
  ]);
});

test('what the CRM took is noted while nothing more may be asked for', async () => {
  const busy: Fault = { kind: 'busy', said: 'HubSpot asks for fewer requests.', retryAfterMs: 60_000 };
  const { log, run } = stage([[due('a', onDeal('7001')), due('b', onDeal('7002'))]], { a: busy });
  await run();
  expect(log.filter((line) => line.startsWith('written'))).toEqual(['written b crm-b']);
});

test('an email is never sent', async () => {
  const { log, run } = stage([[due('a', { body: email })]]);
  await run();
  expect(log).toEqual(['kept with 1 on the way', 'parked a refused: This is not something the CRM takes.', 'kept with 0 on the way']);
});

test('a CRM that throws may have written', async () => {
  const { log, run } = stage([[due('a')]]);
  await run({ crm: { write: () => Promise.reject(new Error('socket')) } as Partial<Crm> as Crm });
  expect(log[1]).toBe('later a +35000 The CRM could not be spoken to.');
});

test('where the CRM keeps our keys unique, a new activity is tried again without waiting for what may land', async () => {
  const unsure = async (over: Partial<DueChange>) => {
    const { log, run } = stage([[due('a', over)]]);
    await run({ crm: { effectOnce: true, write: () => Promise.reject(new Error('socket')) } as Partial<Crm> as Crm });
    return log[1];
  };
  const call: ChangeBody = {
    kind: 'log-call',
    title: 't',
    body: 'b',
    direction: 'inbound',
    startedAt: '2026-11-20T15:00:00Z',
    durationMs: 1,
  };
  const soon = 'later a +1000 The CRM could not be spoken to.';
  const late = 'later a +35000 The CRM could not be spoken to.';
  expect([await unsure({}), await unsure({ body: call })]).toEqual([soon, soon]);
  // A newer version, words on somebody else's record, and a stage would undo what lands in between.
  expect([await unsure({ wrote: note }), await unsure({ body: { ...call, existing: '5' } }), await unsure({ body: toStage })]).toEqual([
    late,
    late,
    late,
  ]);
});

test('a kick in the middle is heard before the end', async () => {
  const { deps, log, kick, run } = stage([[due('a')], [due('b', onDeal('7002'))]]);
  const answer: { give?: (it: Written[]) => void } = {};
  const crm = {
    write: async (changes, record) => {
      if (changes.some((one) => idOf(one) !== 'a')) return deps.crm.write(changes, record);
      kick();
      const given = new Promise<Written[]>((done) => {
        answer.give = done;
      });
      queueMicrotask(() => setTimeout(() => answer.give?.([ok({ recordId: 'crm-a' })]), 5));
      return given;
    },
  } as Partial<Crm> as Crm;
  await run({ crm });
  expect(log.filter((line) => !line.startsWith('kept'))).toEqual(['sent b add-note', 'written b crm-b', 'written a crm-a']);
});

test('one that is refused keeps none of those it left with from being written; what somebody changed becomes a suggestion', async () => {
  const changed: Fault = { kind: 'changed', said: 'Dana changed the amount on 3 November.' };
  const { log, run } = stage([[due('a'), due('b', { body: email }), due('c')]], { c: changed });
  await run();
  expect(log.filter((line) => !line.startsWith('kept'))).toEqual([
    'sent a add-note + c add-note',
    'parked b refused: This is not something the CRM takes.',
    'suggested c Dana changed the amount on 3 November.',
    'written a crm-a',
  ]);
});

test('says what was written under the key before, and that it may be there already', async () => {
  const seen: Pick<KeyedWrite, 'isFirst' | 'wrote'>[] = [];
  const write: Crm['write'] = async (changes) =>
    changes.map(({ isFirst, wrote }) => {
      seen.push({ isFirst, ...(wrote ? { wrote } : {}) });
      return ok({ recordId: '1' });
    });
  const crm = { write } as Partial<Crm> as Crm;
  await stage([[due('a'), due('b', { attempts: 2 }), due('c', { wrote: note })]]).run({ crm });
  expect(seen).toEqual([{ isFirst: true }, { isFirst: false }, { isFirst: false, wrote: note }]);
});

test('leases nothing while the CRM asked for quiet', async () => {
  const { deps } = stage([[due('b', onDeal('7002'))]]);
  const state = { ...newWriter(rate, t0), pauseUntilMs: t0 + 60_000 };
  const outbox = { ...deps.outbox, lease: () => Promise.reject(new Error('leased')) };
  const desk = deskOf(state);
  await drain({ ...deps, outbox }, desk);
  expect(restsUntilMs(desk.state)).toBe(t0 + 60_000);
});

test('after a crash, notes first what may have landed and what never left', async () => {
  const { deps, log, kept } = stage([]);
  const row = (id: string, field: string | null) => ({
    id,
    record: 'deal/7001',
    kind: 'any',
    order: id,
    field,
    isSafe: field === null,
    tries: 1,
    sinceMs: t0,
  });
  const [crashed] = decide(newWriter(rate, t0), { type: 'due', rows: [row('a', 'stage'), row('b', null)] }, t0, rate);
  const [state, told] = revive(crashed, rate, t0);
  await drain(deps, { state, told });
  expect(log).toEqual(['later a +47000 The writing was interrupted; it is checked again.', 'put back b +0', 'kept with 0 on the way']);
  expect(kept.at(-1)?.quiet).toEqual({ 'deal/7001': t0 + 47_000 });
});
