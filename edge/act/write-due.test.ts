import { expect, test } from 'vitest';
import type { ChangeBody } from '../../shared/contracts/change.ts';
import type { Fault, Result } from '../../shared/kit/result.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import type { Crm } from '../ports/crm.ts';
import { type DueChange, type WriteDeps, writeDue } from './write-due.ts';

const note: ChangeBody = { kind: 'add-note', body: 'words', at: '2026-11-20T15:00:00Z' };
const email: ChangeBody = { kind: 'draft-email', to: ['maya@cobaltfreight.example'], subject: 's', body: 'b' };

const due = (id: string, over: Partial<DueChange> = {}): DueChange => ({
  id,
  opKey: `${id}-`.padEnd(64, '0'),
  callId: 'call-1',
  record: { object: 'deal', id: '7001' },
  also: [],
  body: note,
  attempts: 1,
  ...over,
});

/** A CRM that takes everything but what `faults` names, and an outbox that records. */
function stage(rows: DueChange[], faults: Record<string, Fault> = {}) {
  const log: string[] = [];
  const write: Crm['write'] = async (change, _on, key) => {
    const id = key.slice(0, key.indexOf('-'));
    log.push(`sent ${id} ${change.kind}`);
    const fault = faults[id];
    return fault ? failed(fault) : ok({ recordId: `crm-${id}` });
  };
  const deps: WriteDeps = {
    crm: ok({ write } as Crm),
    now: () => 1_000_000,
    lease: async () => {
      log.push('leased');
      return rows;
    },
    written: async (id, crmId) => void log.push(`written ${id} ${crmId}`),
    later: async (id, atMs, trouble) => void log.push(`later ${id} +${atMs - 1_000_000} ${trouble}`),
    park: async (id, trouble) => void log.push(`parked ${id} ${trouble}`),
  };
  return { deps, log };
}

const busy: Fault = { kind: 'busy', said: 'HubSpot asks for fewer requests.', retryAfterMs: 10_000 };
const broken: Fault = { kind: 'broken', said: 'HubSpot failed (500).' };
const refused: Fault = { kind: 'refused', said: 'HubSpot refused (400).' };

test('writes one after the other, in the order it was given', async () => {
  const { deps, log } = stage([due('a'), due('b'), due('c', { callId: 'call-2' })]);
  expect(await writeDue(deps)).toBe(3);
  expect(log).toEqual([
    'leased',
    'sent a add-note',
    'written a crm-a',
    'sent b add-note',
    'written b crm-b',
    'sent c add-note',
    'written c crm-c',
  ]);
});

test('sends under a key of forty characters, the same each time', async () => {
  const keys: string[] = [];
  const { deps } = stage([]);
  const write: Crm['write'] = async (_change, _on, key) => {
    keys.push(key);
    return ok({ recordId: '1' });
  };
  const crm = { write } as Crm;
  for (const attempts of [1, 2]) await writeDue({ ...deps, crm: ok(crm), lease: async () => [due('a', { attempts })] });
  expect(keys).toEqual([due('a').opKey.slice(0, 40), due('a').opKey.slice(0, 40)]);
});

test('what must wait holds back the rest of its call and of its record, and nothing else', async () => {
  const elsewhere = { record: { object: 'deal', id: '7002' } } as const;
  const { deps, log } = stage(
    [due('a'), due('b', elsewhere), due('c', { callId: 'call-2' }), due('d', { callId: 'call-3', record: { object: 'deal', id: '7003' } })],
    { a: broken },
  );
  expect(await writeDue(deps)).toBe(1);
  expect(log).toEqual([
    'leased',
    'sent a add-note',
    'later a +2000 HubSpot failed (500).',
    'later b +1000 Waits for an earlier change.',
    'later c +1000 Waits for an earlier change.',
    'sent d add-note',
    'written d crm-d',
  ]);
});

test('waits as long as the CRM asks, and longer with each failure', async () => {
  const waits: string[] = [];
  for (const [fault, attempts] of [
    [busy, 1],
    [broken, 5],
    [broken, 19],
  ] as const) {
    const { deps, log } = stage([due('a', { attempts })], { a: fault });
    await writeDue(deps);
    waits.push(log.at(-1)?.split(' ')[2] ?? '');
  }
  expect(waits).toEqual(['+10000', '+32000', '+600000']);
});

test('parks what a retry cannot fix, with the reason, and goes on', async () => {
  const { deps, log } = stage([due('a'), due('b')], { a: refused });
  expect(await writeDue(deps)).toBe(2);
  expect(log.slice(2)).toEqual(['parked a HubSpot refused (400).', 'sent b add-note', 'written b crm-b']);
});

test('parks what failed twenty times', async () => {
  const { deps, log } = stage([due('a', { attempts: 20 })], { a: broken });
  expect(await writeDue(deps)).toBe(1);
  expect(log.at(-1)).toBe('parked a HubSpot failed (500).');
});

test('an email is never sent', async () => {
  const { deps, log } = stage([due('a', { body: email })]);
  await writeDue(deps);
  expect(log).toEqual(['leased', 'parked a This is not something the CRM takes.']);
});

test('a connection that expires in the middle keeps everything due, however often it was tried', async () => {
  const expired: Fault = { kind: 'expired', said: 'HubSpot no longer accepts the connection.' };
  const { deps, log } = stage([due('a', { attempts: 30 }), due('b', { callId: 'call-2', record: { object: 'deal', id: '7002' } })], {
    a: expired,
  });
  expect(await writeDue(deps)).toBe(0);
  expect(log).toEqual([
    'leased',
    'sent a add-note',
    'later a +600000 HubSpot no longer accepts the connection.',
    'later b +1000 Waits for an earlier change.',
  ]);
});

test('takes nothing while there is no CRM to write to', async () => {
  const { deps, log } = stage([due('a')]);
  const none: Result<Crm> = failed({ kind: 'expired', said: 'The CRM has to be connected again.' });
  expect(await writeDue({ ...deps, crm: none })).toBe(0);
  expect(log).toEqual([]);
});
