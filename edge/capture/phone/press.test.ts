import { expect, test } from 'vitest';
import { hearPhone } from '../../../shared/capture/phone-call.ts';
import type { RepLine } from '../calls.ts';
import { type PressDeps, press } from './press.ts';
import type { PhoneCallRow } from './store.ts';

const who = { tenantId: 't', connectionId: 'c', host: 'hubspot', user: { id: '71', email: 'sam@b.example' } } as const;
const deal = { object: 'deal', id: '7001' } as const;
const sam: RepLine = { number: '+14155550111', dial: '+14155550100', userId: '71', ownerId: '501', email: 'sam@b.example', name: 'Sam' };
const body = (requestId = 'r1') => ({ requestId, number: '(415) 555-0142' });

/** A store of one rep's calls, and a network that does as it is told. */
function desk(over: Partial<PressDeps> = {}) {
  const rows: PhoneCallRow[] = [];
  const log: string[] = [];
  let nowMs = 1_000_000;
  const deps: PressDeps = {
    now: () => nowMs,
    publicUrl: 'https://ros.test',
    lines: async () => [sam],
    phoneOf: async () => null,
    customer: async () => ({ name: 'Maya', email: 'maya@c.example', contactId: '9001', about: 'Cobalt' }),
    repName: async () => 'Sam',
    whyNotRecorded: async () => null,
    callOf: async (_tenant, id) => rows.find((row) => row.id === id) ?? null,
    move: async (_tenant, was, now) => {
      const at = rows.findIndex((row) => row.id === was.id && row.step === was.step);
      if (at === -1) return false;
      const isOver = now.phase === 'ended' || now.phase === 'failed';
      rows[at] = { ...was, ...now, externalId: now.externalId ?? null, step: was.step + 1, overAt: isOver ? new Date(nowMs) : null };
      return true;
    },
    hangUp: async (_tenant, externalId) => log.push(`hang up ${externalId}`) > 0,
    begin: async (_tenant, call) => {
      const found = rows.find((row) => row.requestId === call.requestId || row.overAt === null);
      if (found) return { call: found, isNew: false };
      const row: PhoneCallRow = { ...call, step: 0, why: null, talkingAt: null, overAt: null };
      rows.push(row);
      return { call: row, isNew: true };
    },
    ring: async (_tenant, ask) => {
      log.push(`ring ${ask.to} from ${ask.from}`);
      return { ok: true, externalId: 'CA1' };
    },
    findRung: async () => {
      log.push('look');
      return { ok: true, value: null };
    },
    isGone: async () => false,
    ...over,
  };
  return { deps, rows, log, later: (ms: number) => (nowMs += ms) };
}

test('a press rings the rep’s own phone with the tenant’s number, and the same press again rings nothing', async () => {
  const { deps, log } = desk();
  const [first, second] = [await press(deps, who, deal, body()), await press(deps, who, deal, body())];
  expect(first).toMatchObject({ is: 'call', call: { phase: 'ringing-rep', number: '+14155550142', externalId: 'CA1' } });
  expect(second).toEqual(first);
  expect(log).toEqual(['ring +14155550100 from +14155550111']);
});

test('where the rep wants to be rung comes before what an admin said', async () => {
  const { deps, log } = desk({ phoneOf: async () => '+14155550177' });
  await press(deps, who, deal, body());
  expect(log).toEqual(['ring +14155550177 from +14155550111']);
});

test.each<[string, Partial<PressDeps>, object]>([
  ['without an account', { lines: async () => [] }, { is: 'no', code: 'not-connected' }],
  ['a rep without a phone', { lines: async () => [{ ...sam, userId: '72' }] }, { is: 'needs-phone' }],
  [
    'whom nobody may hear',
    { whyNotRecorded: async () => 'Not recorded.' },
    { is: 'no', code: 'no-permission', what: 'Not recorded. So nobody is called from here.' },
  ],
  [
    'a network that refuses',
    { ring: async () => ({ ok: false, why: 'no-funds', isUnsure: false }) },
    { is: 'call', call: { phase: 'failed', why: 'no-funds' } },
  ],
])('%s: nobody is called', async (_what, over, answer) => {
  const { deps, log } = desk(over);
  expect(await press(deps, who, deal, body())).toMatchObject(answer);
  expect(log).toEqual([]);
});

test('what is no number, or one’s own, is not called', async () => {
  const { deps, log } = desk();
  for (const number of ['555', 'Maya', sam.number, sam.dial])
    expect(await press(deps, who, deal, { requestId: 'r', number })).toMatchObject({ is: 'no', code: 'bad-request' });
  expect(log).toEqual([]);
});

test('an answer that was lost is looked for before anything rings again', async () => {
  const lost = desk({
    ring: async () => ({ ok: false, why: 'network', isUnsure: true }),
    findRung: async () => ({ ok: true, value: 'CA9' }),
  });
  expect(await press(lost.deps, who, deal, body())).toMatchObject({ is: 'call', call: { phase: 'ringing-rep', externalId: 'CA9' } });
  const nothing = desk({ ring: async () => ({ ok: false, why: 'network', isUnsure: true }) });
  expect(await press(nothing.deps, who, deal, body())).toMatchObject({ is: 'call', call: { phase: 'failed', why: 'network' } });
});

test('a press that was cut off in the middle is made good by the next one, once the first can no longer ring', async () => {
  const { deps, rows, log, later } = desk();
  await expect(press({ ...deps, ring: () => Promise.reject(new Error('evicted')) }, who, deal, body())).rejects.toThrow('evicted');
  expect(rows[0]?.phase).toBe('asked');
  expect(await press(deps, who, deal, body())).toMatchObject({ is: 'call', call: { phase: 'asked' } });
  later(20_000);
  expect(await press(deps, who, deal, body())).toMatchObject({ is: 'call', call: { phase: 'failed', why: 'network' } });
  expect(log).toEqual(['look']);
});

test('one call at a time, unless the other one is over and nobody told us', async () => {
  const { deps } = desk();
  await press(deps, who, deal, body());
  expect(await press(deps, who, deal, body('r2'))).toEqual({
    is: 'no',
    code: 'stale',
    what: 'You are on a call with Maya. Hang up first.',
  });
  const next = await press({ ...deps, isGone: async () => true }, who, deal, body('r3'));
  expect(next).toMatchObject({ is: 'call', call: { phase: 'ringing-rep', requestId: 'r3' } });
});

test('given up before the network had a name for it, it is hung up once it has one', async () => {
  const { deps, rows, log } = desk();
  const ring: PressDeps['ring'] = async () => {
    const [row] = rows;
    if (row) await deps.move('t', row, { ...row, ...hearPhone(row, { is: 'hung-up' }) });
    return { ok: true, externalId: 'CA1' };
  };
  expect(await press({ ...deps, ring }, who, deal, body())).toMatchObject({ is: 'call', call: { phase: 'ended', why: 'hung-up' } });
  expect(log).toEqual(['hang up CA1']);
});
