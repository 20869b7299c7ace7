import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { serve } from '../../../sandbox/kit/serve.ts';
import { startSalesforce } from '../../../sandbox/salesforce/protocol.ts';
import { ok } from '../../../shared/kit/result.ts';
import { salesforceCheck } from './check.ts';

const { salesforce } = cast;
const startMs = Date.parse('2026-11-20T15:00:00.000Z');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open() {
  let nowMs = startMs;
  const twin = await startSalesforce({ port: 0, now: () => nowMs });
  closing.push(twin.close);
  const accessToken = twin.login(salesforce.integrationUser.id);
  const check = salesforceCheck({
    orgId: salesforce.orgId,
    token: async () => ok({ accessToken, instanceUrl: twin.origin }),
    now: () => nowMs,
  });
  let cursors: Record<string, string> = {};
  const keys: string[] = [];
  const round = async (laterMs: number) => {
    nowMs += laterMs;
    const found = await check.changedSince?.(cursors);
    if (!found?.ok) throw new Error(found?.fault.said);
    cursors = { ...cursors, ...found.value.cursors };
    keys.push(...found.value.told.map(({ key }) => key));
    return found.value.told.map(({ news }) => `${news?.is} ${news?.record.object} ${news?.record.id}`);
  };
  return { twin, check, round, keys };
}
const minute = 60_000;
const deal = salesforce.opportunityId;

test('the first round tells nothing; from then on, what changed, and again within the overlap', async () => {
  const { twin, round } = await open();
  expect(await round(minute)).toEqual([]);
  twin.edit('Opportunity', deal, { Amount: 5 });
  expect(await round(15 * minute)).toEqual([`touched deal ${deal}`]);
  twin.edit('Contact', salesforce.contactId, { Title: 'Head' });
  expect(await round(4 * minute)).toEqual([`touched contact ${salesforce.contactId}`]);
  expect(await round(2 * minute)).toEqual([`touched contact ${salesforce.contactId}`]);
  expect(await round(15 * minute)).toEqual([]);
});

test('a second that was looked at early is looked at once more, under another key', async () => {
  const { twin, round, keys } = await open();
  await round(minute);
  twin.edit('Opportunity', deal, { Amount: 5 });
  for (const laterMs of [0, minute, 5 * minute]) expect(await round(laterMs)).toEqual([`touched deal ${deal}`]);
  expect(keys.map((key) => key === keys[0])).toEqual([true, true, false]);
  expect(keys[0]).toBe(`${keys[2]}|early`);
});

test('what was deleted is told', async () => {
  const { twin, round } = await open();
  await round(minute);
  twin.remove('Opportunity', deal);
  expect(await round(15 * minute)).toEqual([`deleted deal ${deal}`]);
  expect(await round(15 * minute)).toEqual([]);
});

test('of what we wrote it says which is missing', async () => {
  const { twin, check } = await open();
  const task = twin.logCallByOther({ whatId: deal, at: startMs });
  const gone = '00T5f00000NOSUCHAA';
  expect(
    await check.missing([
      { kind: 'log-call', crmId: task },
      { kind: 'add-task', crmId: gone },
    ]),
  ).toEqual(ok([gone]));
  expect(await check.missing([])).toEqual(ok([]));
});

test('after a full page, and after one that is full to the last row, it looks back over the overlap as after any other', async () => {
  const asked: string[] = [];
  const at = (minutes: number) => new Date(startMs + minutes * minute).toISOString();
  const full = Array.from({ length: 1_000 }, (_, n) => ({ Id: `0065f0000${String(n).padStart(6, '0')}AAA`, SystemModstamp: at(9) }));
  const pages = [full, []];
  const served = await serve(
    (request) => {
      const soql = new URL(request.url).searchParams.get('q') ?? '';
      if (!soql.includes('FROM Opportunity'))
        return Response.json({ done: true, records: [], deletedRecords: [], latestDateCovered: at(0) });
      asked.push(/WHERE (.*) ORDER/.exec(soql)?.[1] ?? '');
      return Response.json({ done: true, records: pages.shift() ?? [] });
    },
    { vendor: 'salesforce', port: 0 },
  );
  closing.push(served.close);
  let nowMs = startMs + 10 * minute;
  const check = salesforceCheck({
    orgId: salesforce.orgId,
    token: async () => ok({ accessToken: 't', instanceUrl: served.origin }),
    now: () => nowMs,
  });
  let cursors: Record<string, string> = { 'changed Opportunity': `${at(0)} ` };
  for (let round = 0; round < 3; round++) {
    const found = await check.changedSince?.(cursors);
    if (!found?.ok) throw new Error(found?.fault.said);
    cursors = { ...cursors, ...found.value.cursors };
    nowMs += minute;
  }
  const last = `SystemModstamp = ${at(9)} AND Id > '${full.at(-1)?.Id}'`;
  // A row stamped at 8 may be seen only now.
  expect(asked).toEqual([`SystemModstamp >= ${at(0)}`, `(SystemModstamp > ${at(9)} OR (${last}))`, `SystemModstamp >= ${at(5)}`]);
});
