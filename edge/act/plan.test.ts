import { expect, test } from 'vitest';
import type { PlanInput } from '../../shared/act/plan-changes.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { analyze } from '../../shared/understand/analyze.ts';
import type { CrmRecord } from '../ports/crm.ts';
import { type Look, type PlanDeps, type PlannedRow, plan, type ReplacedRow } from './plan.ts';

const ids = { tenantId: 'tenant-1', callId: 'call-1' };
const call: PlanInput['call'] = {
  id: 'call-1',
  record: { object: 'deal', id: '7001' },
  contact: { object: 'contact', id: '9001' },
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  customerEmail: 'maya@cobaltfreight.example',
  direction: 'inbound',
  startedAt: '2026-11-20T15:00:00.000Z',
  durationMs: 60_000,
  timeZone: 'America/New_York',
};
const said = (seq: number, role: 'rep' | 'customer', text: string) => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam Okafor' : 'Maya Lindqvist',
  text,
  startMs: seq * 5_000,
  endMs: seq * 5_000 + 4_000,
  confidence: 0.99,
});
const insight = analyze({
  startedAt: call.startedAt,
  timeZone: call.timeZone,
  repName: call.repName,
  customerName: call.customerName,
  competitors: [],
  utterances: [
    said(0, 'rep', "I'll send you the security questionnaire by Thursday."),
    said(1, 'customer', 'Perfect. We want to go ahead with a proposal for one hundred and twenty seats.'),
  ],
});
const deal: CrmRecord = {
  ref: call.record,
  name: 'Cobalt Freight, 120 seats',
  stageId: 'qualifiedtobuy',
  stages: [
    { id: 'qualifiedtobuy', label: 'Qualified To Buy', probability: 0.4, closed: false },
    { id: 'presentationscheduled', label: 'Presentation Scheduled', probability: 0.6, closed: false },
    { id: 'contractsent', label: 'Contract Sent', probability: 0.9, closed: false },
  ],
  people: [],
};

const person = (id: string, name: string) => ({ ref: { object: 'contact', id } as const, name });
const seen: Look = { record: deal, standing: [], loggedCall: null, people: [] };

function stage(over: Partial<PlanDeps> = {}, record: Result<CrmRecord> = ok(deal)) {
  const saved: PlannedRow[][] = [];
  const replaced: ReplacedRow[][] = [];
  const log: string[] = [];
  const deps: PlanDeps = {
    callOf: async () => ({ connectionId: 'connection-1', host: 'hubspot', call }),
    insightOf: async () => insight,
    look: async () => (record.ok ? ok({ record: record.value, standing: [], loggedCall: null, people: [] }) : record),
    whereIs: async () => ok({ is: 'deleted' }),
    follow: async (_on, from, into) => void log.push(`followed ${from.id} to ${into.id}`),
    meet: async (_tenantId, callId, { id }) => void log.push(`${callId} was with ${id}`),
    overridesOf: async () => [],
    earlierOf: async () => [],
    hash: async (text) => `hash of ${text}`,
    save: async (_tenantId, callId, added, again) => {
      saved.push([...added]);
      replaced.push([...again]);
      log.push(`saved ${callId}`);
    },
    kick: async (_tenantId, connectionId) => void log.push(`kicked ${connectionId}`),
    ...over,
  };
  return { deps, saved, replaced, log };
}

test('what is automatic is due at once, the rest waits; then the writer is kicked', async () => {
  const { deps, saved, log } = stage();
  expect(await plan(deps, ids)).toBe('done');
  expect(log).toEqual(['saved call-1', 'kicked connection-1']);
  const states = saved[0]?.map(({ body, policy, state }) => [body.kind, policy, state]);
  expect(states).toContainEqual(['log-call', 'auto', 'due']);
  expect(states).toContainEqual(['add-task', 'auto', 'due']);
  expect(states).toContainEqual(['draft-email', 'suggest', 'waiting']);
  expect(saved[0]?.filter(({ policy, state }) => (policy === 'auto') !== (state === 'due'))).toEqual([]);
});

test('the same call planned again has the same keys, each its own', async () => {
  const { deps, saved } = stage();
  await plan(deps, ids);
  await plan(deps, ids);
  const [first, second] = saved.map((rows) => rows.map((row) => row.opKey));
  expect(second).toEqual(first);
  expect(new Set(first).size).toBe(first?.length);
});

test('another connection or another call has other keys', async () => {
  const { deps, saved } = stage();
  await plan(deps, ids);
  await plan({ ...deps, callOf: async () => ({ connectionId: 'connection-2', host: 'hubspot', call }) }, ids);
  await plan(deps, { ...ids, callId: 'call-2' });
  const all = saved.flatMap((rows) => rows.map((row) => row.opKey));
  expect(new Set(all).size).toBe(all.length);
});

test('a call without a record, without an insight, or that is gone writes nothing', async () => {
  for (const over of [
    { callOf: async () => ({ connectionId: 'connection-1', host: 'hubspot', call: null }) },
    { callOf: async () => null },
    { insightOf: async () => null },
  ] satisfies Partial<PlanDeps>[]) {
    const { deps, log } = stage(over);
    expect(await plan(deps, ids)).toBe('done');
    expect(log).toEqual([]);
  }
});

test('a CRM that is busy or broken is asked again, and nothing is planned on a guess', async () => {
  for (const kind of ['busy', 'broken'] as const) {
    const { deps, log } = stage({}, failed({ kind, said: 'HubSpot is away.' }));
    expect(await plan(deps, ids)).toBe('again');
    expect(log).toEqual([]);
  }
});

test('a CRM that has to be connected again is waited for, whatever it was asked, and nothing is planned on a guess', async () => {
  const expired = failed({ kind: 'expired', said: 'Connect it again.' } as const);
  const gone = failed({ kind: 'gone', said: 'gone' } as const);
  for (const over of [
    { look: async () => expired },
    { look: async () => gone, whereIs: async () => expired },
  ] satisfies Partial<PlanDeps>[]) {
    const { deps, log } = stage(over);
    expect(await plan(deps, ids)).toBe('wait');
    expect(log).toEqual([]);
  }
});

test('a lead that was converted leaves the call to its deal, its contact and its company', async () => {
  const [lead, into] = [{ object: 'lead', id: '5001' } as const, { object: 'deal', id: '7009' } as const];
  const heirs = [{ object: 'contact', id: '9100' } as const, { object: 'company', id: '3100' } as const];
  const { contact: _, ...unknown } = call;
  const { deps, saved, log } = stage({
    callOf: async () => ({ connectionId: 'connection-1', host: 'salesforce', call: { ...unknown, record: lead } }),
    look: async (_on, { record }) =>
      record.id === lead.id
        ? failed({ kind: 'gone', said: 'converted' })
        : ok({ ...seen, record: { ...deal, ref: into }, people: [person('1', 'Maya'), person('2', 'Maya')] }),
    whereIs: async () => ok({ is: 'converted', into, also: heirs }),
    follow: async (_on, from, to, also) => void log.push(`followed ${from.id} to ${to.id} and ${also.map(({ id }) => id)}`),
  });
  expect(await plan(deps, ids)).toBe('done');
  expect(log.slice(0, 2)).toEqual(['followed 5001 to 7009 and 9100,3100', 'call-1 was with 9100']);
  expect(saved[0]?.map(({ record, also, asks }) => ({ record, also, asks }))).toEqual(
    saved[0]?.map(() => ({ record: into, also: heirs, asks: undefined })),
  );
  // Understood anew it is the deal's call, and stays tied.
  const earlier = (saved[0] ?? []).map((row) => ({ ...row, id: row.opKey, version: 1, state: 'due' as const, wrote: null }));
  const again = { ...unknown, record: into, contact: heirs[0]! };
  const anew = stage({
    callOf: async () => ({ connectionId: 'connection-1', host: 'salesforce', call: again }),
    earlierOf: async () => earlier,
    insightOf: async () => ({ ...insight, headline: 'Another headline' }),
  });
  await plan(anew.deps, ids);
  expect(anew.replaced[0]?.map(({ also }) => also)).toEqual([heirs]);
});

test('a field that is only watched is kept as what would have been written, and is never due', async () => {
  const standing = [
    { field: 'hs_next_step', label: 'Next step', value: 'Call', by: 'other' as const, who: 'Dana', isOurValue: 'unknown' as const },
  ];
  const { deps, saved } = stage({
    look: async () => ok({ ...seen, standing }),
    overridesOf: async () => [{ subject: 'set-field:deal.hs_next_step', policy: 'shadow' }],
  });
  await plan(deps, ids);
  const field = saved[0]?.find(({ body }) => body.kind === 'set-field');
  expect(field).toMatchObject({
    policy: 'shadow',
    state: 'shadow',
    body: { field: 'hs_next_step', from: 'Call' },
    reason: 'It is what you agreed to do next',
  });
});

test('a record that is gone still gets its call logged, without a stage', async () => {
  const { deps, saved } = stage({}, failed({ kind: 'gone', said: 'HubSpot has no such record.' }));
  expect(await plan(deps, ids)).toBe('done');
  const kinds = saved[0]?.map(({ body }) => body.kind) ?? [];
  expect([kinds.includes('log-call'), kinds.includes('move-stage')]).toEqual([true, false]);
});

test('a record that was merged or converted while we talked is followed, and planned on as what it became', async () => {
  const into = { object: 'deal', id: '7009' } as const;
  const { deps, saved, log } = stage({
    look: async (_on, { record }) =>
      record.id === '7001' ? failed({ kind: 'gone', said: 'gone' }) : ok({ ...seen, record: { ...deal, ref: into } }),
    whereIs: async () => ok({ is: 'merged', into }),
  });
  expect(await plan(deps, ids)).toBe('done');
  expect(log).toEqual(['followed 7001 to 7009', 'saved call-1', 'kicked connection-1']);
  expect(new Set(saved[0]?.map(({ record }) => record.id))).toEqual(new Set(['7009']));
});

test('a call that a dialler logged is added to; once ours is written nobody asks again', async () => {
  let asked = 0;
  const { deps, saved } = stage({
    look: async (_on, { call: about }) => {
      asked += about ? 1 : 0;
      return ok({ ...seen, loggedCall: about ? '5501' : null });
    },
  });
  await plan(deps, ids);
  expect(saved[0]?.[0]?.body).toMatchObject({ kind: 'log-call', existing: '5501' });
  const earlier = (saved[0] ?? []).map((row) => ({ ...row, id: row.opKey, version: 1, state: 'written' as const, wrote: row.body }));
  await plan({ ...deps, earlierOf: async () => earlier }, ids);
  expect([asked, saved[1]]).toEqual([1, []]);
});

test('the same call understood anew replaces its own rows and adds none', async () => {
  const { deps, saved, replaced } = stage();
  await plan(deps, ids);
  const earlier = (saved[0] ?? []).map((row) => ({ ...row, id: row.opKey, version: 3, state: 'due' as const, wrote: null }));
  const anew = { ...insight, headline: 'Another headline' };
  await plan({ ...deps, insightOf: async () => anew, earlierOf: async () => earlier }, ids);
  expect(saved[1]).toEqual([]);
  expect(replaced[1]).toMatchObject([{ id: earlier[0]?.id, version: 3, from: 'due', to: 'due', body: { kind: 'log-call' } }]);
});

test('what is being written this moment is looked at again later', async () => {
  const { deps, saved } = stage();
  await plan(deps, ids);
  const earlier = (saved[0] ?? []).map((row) => ({ ...row, id: row.opKey, version: 1, state: 'writing' as const, wrote: null }));
  const anew = { ...insight, headline: 'Another headline' };
  expect(await plan({ ...deps, insightOf: async () => anew, earlierOf: async () => earlier }, ids)).toBe('again');
});

test('with several people behind the number nothing is written until somebody says who it was', async () => {
  const { deps, saved } = stage({ look: async () => ok({ ...seen, people: [person('1', 'Dana Osei'), person('2', 'Dana Whitfield')] }) });
  await plan(deps, ids);
  const question = {
    field: 'who',
    label: 'Which Dana was on the call?',
    type: 'choice',
    options: [
      { value: '1', label: 'Dana Osei' },
      { value: '2', label: 'Dana Whitfield' },
    ],
  };
  expect(saved[0]?.filter(({ state }) => state === 'due')).toEqual([]);
  for (const row of saved[0] ?? []) expect(row.asks).toEqual(row.policy === 'auto' ? [question] : undefined);
});

test('a call whose address leads to one person is theirs from then on', async () => {
  const { deps, saved, log } = stage({ look: async () => ok({ ...seen, people: [person('1', 'Dana Osei')] }) });
  await plan(deps, ids);
  expect(log).toEqual(['call-1 was with 1', 'saved call-1', 'kicked connection-1']);
  expect(saved[0]?.every(({ also }) => also.some(({ id }) => id === '1'))).toBe(true);
});

test('only the fields of which the call speaks are asked for', async () => {
  const asked: (readonly string[])[] = [];
  const { deps } = stage({
    look: async (_on, { fields }) => {
      asked.push(fields);
      return ok(seen);
    },
  });
  await plan(deps, ids);
  await plan({ ...deps, overridesOf: async () => [{ subject: 'move-stage', policy: 'auto' }] }, ids);
  await plan({ ...deps, insightOf: async () => ({ ...insight, nextSteps: [], buyingSignals: [] }) }, ids);
  expect(asked).toEqual([['hs_next_step'], ['hs_next_step', 'dealstage'], []]);
});
