import { expect, test } from 'vitest';
import type { FieldNews, News } from '../../shared/act/news.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { type HearDeps, hearNews, type OpenRow } from './hear-news.ts';

const deal: RecordRef = { object: 'deal', id: '7001' };
const atMs = Date.parse('2026-11-03T10:00:00Z');
const field = (over: Partial<FieldNews> = {}): News => ({
  is: 'field',
  record: deal,
  field: 'amount',
  print: '#9',
  by: 'other',
  atMs,
  ...over,
});
const row: OpenRow = {
  id: 'c1',
  version: 1,
  state: 'due',
  record: deal,
  body: { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to: '7' },
  since: new Date(atMs - 1_000),
};

function world(over: Partial<HearDeps> = {}) {
  const log: string[] = [];
  const deps: HearDeps = {
    crm: { name: 'HubSpot', stageField: 'dealstage' },
    print: async (_, value) => `#${value}`,
    openOn: async (refs) => refs.flatMap(({ id }) => (id === deal.id ? [row] : [])),
    saveSeen: async (seen, open) => {
      log.push(`seen ${seen.map((one) => `${one.record.id} ${one.field} ${one.print} ${one.by}`).join(', ')} open ${open.length}`);
      return [...seen];
    },
    settle: async (verdicts) => void log.push(...verdicts.map(({ id, to, said }) => `${id} ${to}: ${said}`)),
    readFields: async ({ id }, names) => {
      log.push(`read ${id} ${names}`);
      return ok([{ field: 'amount', label: 'Amount', value: '9', by: 'other', who: 'Dana', at: '2026-11-04T10:00:00Z' }]);
    },
    wroteOf: async () => ({}),
    hasOpen: async () => true,
    whereIs: async () => ok({ is: 'deleted' }),
    nameOf: async (id) => {
      log.push(`who is ${id}`);
      return id === '71' ? 'Dana Osei' : null;
    },
    parkGone: async ({ id }, said) => void log.push(`park ${id}: ${said}`),
    merge: async (from, into) => void log.push(`merge ${from.map(({ id }) => id)} into ${into.id}`),
    erase: async (id) => {
      log.push(`erase ${id}`);
      return { live: 0 };
    },
    ...over,
  };
  return { deps, log };
}

test('of many events on a field the newest decides, once', async () => {
  const { deps, log } = world();
  const events = [
    field({ print: '#5', atMs: atMs - 5 }),
    field(),
    field({ record: { object: 'deal', id: '7002' } }),
    field({ atMs: atMs - 9 }),
  ];
  expect(await hearNews(deps, events)).toEqual(['done', 'done', 'done', 'done']);
  expect(log).toEqual([
    'seen 7001 amount #9 other, 7002 amount #9 other open 1',
    'c1 waiting: Somebody changed the amount in HubSpot on 3 November.',
  ]);
});

test('an echo of ours is noted, and nothing follows', async () => {
  const { deps, log } = world();
  await hearNews(deps, [field({ by: 'us' })]);
  expect(log).toEqual(['seen 7001 amount #9 us open 1']);
});

test('news that is older than what we know changes nothing', async () => {
  const { deps, log } = world({ saveSeen: async () => [] });
  expect(await hearNews(deps, [field()])).toEqual(['done']);
  expect(log).toEqual([]);
});

test('a record that was touched a hundred times is read once, and only for what is open on it', async () => {
  const { deps, log } = world();
  const burst = Array.from({ length: 100 }, (_, n): News => ({ is: 'touched', record: deal, atMs: atMs + n }));
  const outcomes = await hearNews(deps, [...burst, { is: 'touched', record: { object: 'deal', id: '7002' }, atMs }]);
  expect(new Set(outcomes)).toEqual(new Set(['done']));
  expect(log).toEqual([
    'read 7001 amount',
    'seen 7001 amount #9 other open 1',
    'c1 waiting: Dana changed the amount in HubSpot on 4 November.',
  ]);
});

test('a value we wrote ourselves is ours even when the CRM does not say who changed it', async () => {
  const unknown = { field: 'amount', label: 'Amount', value: '9', by: 'unknown' } as const;
  const { deps, log } = world({ readFields: async () => ok([unknown]), wroteOf: async () => ({ amount: '#9' }) });
  await hearNews(deps, [{ is: 'touched', record: deal, atMs }]);
  expect(log).toEqual(['seen 7001 amount #9 us open 1']);
});

test('what the CRM dates to the second may be newer than a change of that second', async () => {
  const since = new Date('2026-11-04T10:00:00.400Z');
  const { deps, log } = world({ openOn: async () => [{ ...row, since }] });
  await hearNews(deps, [{ is: 'touched', record: deal, atMs }]);
  expect(log.at(-1)).toMatch(/^c1 waiting: Dana changed the amount/);
});

test('what waits on a lead goes to what it was converted into', async () => {
  const lead: RecordRef = { object: 'lead', id: '00Q1' };
  const { deps, log } = world({ whereIs: async () => ok({ is: 'converted', into: deal }) });
  expect(await hearNews(deps, [{ is: 'touched', record: lead, atMs }])).toEqual(['done']);
  expect(log).toEqual(['merge 00Q1 into 7001']);
  const busy = world({ whereIs: async () => failed({ kind: 'busy', said: '' }) });
  expect([await hearNews(busy.deps, [{ is: 'touched', record: lead, atMs }]), busy.log]).toEqual([['wait'], []]);
});

test('an outage of the CRM is not the news’ fault', async () => {
  const { deps } = world({ readFields: async () => failed({ kind: 'busy', said: '' }) });
  expect(await hearNews(deps, [{ is: 'touched', record: deal, atMs }])).toEqual(['wait']);
});

test('what waits on a deleted record is parked; a record that came back or was merged is not gone', async () => {
  const news: News = { is: 'deleted', record: deal, atMs };
  const gone = world();
  await hearNews(gone.deps, [news, news]);
  expect(gone.log).toEqual(['park 7001: This deal was deleted in HubSpot.']);
  const back = world({ whereIs: async () => ok({ is: 'here' }) });
  await hearNews(back.deps, [news]);
  expect(back.log).toEqual([]);
  const merged = world({ whereIs: async () => ok({ is: 'merged', into: { object: 'deal', id: '7009' } }) });
  await hearNews(merged.deps, [news]);
  expect(merged.log).toEqual(['merge 7001 into 7009']);
  const unasked = world({ whereIs: async () => failed({ kind: 'busy', said: '' }) });
  await hearNews(unasked.deps, [news]);
  expect(unasked.log).toEqual(['park 7001: This deal was deleted in HubSpot.']);
});

test('a merge is carried out before the deletion that comes with it', async () => {
  const { deps, log } = world({ hasOpen: async () => false });
  const into: RecordRef = { object: 'contact', id: '9' };
  await hearNews(deps, [
    { is: 'deleted', record: { object: 'contact', id: '8' }, atMs },
    { is: 'merged', record: into, from: ['7', '8'], atMs },
  ]);
  expect(log).toEqual(['merge 7,8 into 9']);
});

test('an erasure waits for a call that still runs', async () => {
  const { deps } = world({ erase: async () => ({ live: 1 }) });
  expect(await hearNews(deps, [{ is: 'erased', record: { object: 'contact', id: '9001' }, atMs }])).toEqual(['wait']);
});

test('one that fails holds up none of the others', async () => {
  const { deps, log } = world({
    saveSeen: async (seen) => {
      if (seen.some((one) => one.print === 'poison')) throw new Error('refused');
      log.push(`seen ${seen.length}`);
      return [];
    },
    merge: async () => {
      throw new Error('refused');
    },
  });
  const outcomes = await hearNews(deps, [
    field({ print: 'poison', record: { object: 'deal', id: '1' } }),
    field(),
    { is: 'merged', record: deal, from: ['2'], atMs },
    { is: 'erased', record: { object: 'contact', id: '9001' }, atMs },
  ]);
  expect(outcomes).toEqual(['again', 'done', 'again', 'done']);
  expect(log).toEqual(['erase 9001', 'seen 1']);
});

test('who changed it is asked for once, where somebody will read it, and says somebody when the CRM does not', async () => {
  const { deps, log } = world({ openOn: async () => [row, { ...row, id: 'c2' }] });
  await hearNews(deps, [field({ userId: '71' })]);
  expect(log.slice(1)).toEqual([
    'who is 71',
    'c1 waiting: Dana Osei changed the amount in HubSpot on 3 November.',
    'c2 waiting: Dana Osei changed the amount in HubSpot on 3 November.',
  ]);
  const unknown = world();
  await hearNews(unknown.deps, [field({ userId: '72' })]);
  expect(unknown.log.at(-1)).toBe('c1 waiting: Somebody changed the amount in HubSpot on 3 November.');
  const nothing = world();
  await hearNews(nothing.deps, [field({ userId: '71', print: '#5' })]);
  expect(nothing.log.filter((line) => line.startsWith('who'))).toEqual([]);
});

test('what a converted lead became beside its deal is told along', async () => {
  const [lead, into] = [{ object: 'lead', id: '5' } as const, { object: 'deal', id: '8' } as const];
  const { deps, log } = world({
    whereIs: async () => ok({ is: 'converted', into, also: [{ object: 'contact', id: '6' }] }),
    merge: async (from, to, also) => void log.push(`merge ${from.map(({ id }) => id)} into ${to.id} and ${also.map(({ id }) => id)}`),
  });
  expect(await hearNews(deps, [{ is: 'touched', record: lead, atMs }])).toEqual(['done']);
  expect(log).toEqual(['merge 5 into 8 and 6']);
});

test('what is only watched is compared and not decided', async () => {
  const { deps, log } = world({ openOn: async () => [{ ...row, state: 'shadow' }] });
  await hearNews(deps, [field({ print: '#7' })]);
  expect(log.at(-1)).toBe('c1 matched: ');
});
