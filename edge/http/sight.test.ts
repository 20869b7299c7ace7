import { expect, test } from 'vitest';
import type { Sharing } from '../../shared/contracts/tenant.ts';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { Crm, Reach } from '../ports/crm.ts';
import { openSight } from './sight.ts';
import type { Who } from './who.ts';

const who: Who = {
  tenantId: 'tenant-1',
  connectionId: 'connection-1',
  host: 'hubspot',
  user: { id: '71', email: 'sam@brightloop.example' },
};
const deal = { object: 'deal', id: '7001' } as const;
const call = { record: deal, repId: '71', repEmail: 'sam@brightloop.example', isPrivate: false };
const foreign = { ...call, repId: '72', repEmail: 'lena@brightloop.example' };
const all: Reach = { owner: true, team: true, any: true };
const team: Reach = { owner: false, team: true, any: true };
const any: Reach = { owner: false, team: false, any: true };
const none: Reach = { owner: false, team: false, any: false };
const gone = failed({ kind: 'gone', said: 'HubSpot has no such record.' } as const);

function desk(answers: Result<Reach>[], sharing: Sharing = 'team') {
  const log: string[] = [];
  let nowMs = 0;
  const reach: Crm['reach'] = async (user, ref) => {
    log.push(`${user.id} ${ref.object}/${ref.id}`);
    return answers[Math.min(log.length, answers.length) - 1] ?? ok(none);
  };
  const sight = openSight({ crmOf: async () => ok({ reach } as Crm), sharingOf: async () => sharing, now: () => nowMs });
  return { sight, log, after: (ms: number) => (nowMs += ms) };
}

test('the CRM is asked once a minute for a user and a record', async () => {
  const { sight, log, after } = desk([ok(all), ok(none)]);
  expect(await sight.record(who, deal)).toEqual(ok(true));
  expect(await sight.call(who, call)).toEqual(ok(true));
  after(59_999);
  expect(await sight.record(who, deal)).toEqual(ok(true));
  expect(log).toEqual(['71 deal/7001']);
  after(1);
  expect(await sight.record(who, deal)).toEqual(ok(false));
  expect(log).toHaveLength(2);
});

test('what one may see says nothing about another user, record or connection', async () => {
  const { sight, log } = desk([ok(all), ok(none)]);
  await sight.record(who, deal);
  expect(await sight.record({ ...who, user: { id: '72', email: '' } }, deal)).toEqual(ok(false));
  expect(await sight.record(who, { object: 'contact', id: '7001' })).toEqual(ok(false));
  expect(await sight.record({ ...who, connectionId: 'connection-2' }, deal)).toEqual(ok(false));
  expect(log).toHaveLength(4);
});

test('a record the CRM does not have is gone, and a call on it is shown to nobody', async () => {
  const { sight } = desk([gone]);
  expect(await sight.record(who, deal)).toEqual(gone);
  expect(await sight.call(who, call)).toEqual(ok(false));
});

test('a CRM that is away is a fault, and is asked again', async () => {
  const busy = failed({ kind: 'busy', said: 'HubSpot is away.' } as const);
  const { sight } = desk([busy, busy, ok(all)]);
  expect(await sight.record(who, deal)).toEqual(busy);
  expect(await sight.call(who, call)).toEqual(busy);
  expect(await sight.record(who, deal)).toEqual(ok(true));
});

test('a connection that has to be made again shows nothing', async () => {
  const expired = failed({ kind: 'expired', said: 'The CRM has to be connected again.' } as const);
  const sight = openSight({ crmOf: async () => expired, sharingOf: async () => 'everyone', now: () => 0 });
  expect(await sight.record(who, deal)).toEqual(expired);
  expect(await sight.call(who, call)).toEqual(expired);
});

test('sharing decides what a colleague sees of what the CRM shows them', async () => {
  const seen = async (reach: Reach, sharing: Sharing) => {
    const { sight } = desk([ok(reach)], sharing);
    const may = await sight.call(who, foreign);
    return may.ok && may.value;
  };
  const table = await Promise.all(
    (['owner', 'team', 'everyone'] as const).map(async (sharing) => [
      sharing,
      ...(await Promise.all([all, team, any, none].map((reach) => seen(reach, sharing)))),
    ]),
  );
  expect(table).toEqual([
    ['owner', true, false, false, false],
    ['team', true, true, false, false],
    ['everyone', true, true, true, false],
  ]);
});

test('a private call is its rep’s alone, and only while the CRM shows them the record', async () => {
  const mine = { ...call, isPrivate: true };
  const theirs = { ...foreign, isPrivate: true };
  expect(await desk([ok(any)], 'owner').sight.call(who, mine)).toEqual(ok(true));
  expect(await desk([ok(none)], 'everyone').sight.call(who, mine)).toEqual(ok(false));
  expect(await desk([ok(all)], 'everyone').sight.call(who, theirs)).toEqual(ok(false));
});

test('a rep is known by id or by address, and no address matches no address', async () => {
  const { sight } = desk([ok(any)], 'owner');
  expect(await sight.call(who, { ...call, repId: '1', repEmail: 'Sam@Brightloop.example' })).toEqual(ok(true));
  const nameless = { ...who, user: { id: '73', email: '' } };
  expect(await desk([ok(any)], 'owner').sight.call(nameless, { ...call, repEmail: '' })).toEqual(ok(false));
});

test('a call on no record is its rep’s alone, without asking the CRM', async () => {
  const { sight, log } = desk([ok(all)], 'everyone');
  expect(await sight.call(who, { ...call, record: null })).toEqual(ok(true));
  expect(await sight.call(who, { ...foreign, record: null })).toEqual(ok(false));
  expect(log).toEqual([]);
});

test('twenty calls on one record are one look, and each is judged by itself', async () => {
  const { sight, log } = desk([ok(team)], 'owner');
  const others = Array.from({ length: 18 }, () => foreign);
  const seen = await sight.calls(who, [call, ...others, { ...call, isPrivate: true }]);
  expect(seen).toEqual([call, { ...call, isPrivate: true }]);
  expect(log).toEqual(['71 deal/7001']);
});

test('of several calls those on a record that cannot be asked are hidden', async () => {
  const { sight } = desk([failed({ kind: 'busy', said: 'later' }), ok(all)], 'everyone');
  const elsewhere = { ...foreign, record: { object: 'deal', id: '7002' } as const };
  expect(await sight.calls(who, [call, elsewhere, { ...call, record: null }])).toEqual([elsewhere, { ...call, record: null }]);
});
