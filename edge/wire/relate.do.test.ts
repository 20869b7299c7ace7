import { env } from 'cloudflare:test';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import type { PathsView } from '../../shared/contracts/paths.ts';
import type { Db } from '../db/client.ts';
import type { Env } from '../env.ts';
import { ask, connectPortal, lena, openTestDb, portal, quietCall, sam } from '../http/test-host.ts';
import { addTouch } from '../relate/store.ts';
import type { Owned } from '../tenants/store.ts';
import { tellGraph } from './relate.ts';

const JONAS = '9010';
let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const pathsOf = async (user = sam) => {
  const answer = (await (await ask({ path: `/v1/record/deal/${portal.dealId}/paths`, user })).json()) as { ok: boolean; value: PathsView };
  return { verdict: answer.value.verdict, message: answer.value.message, hops: answer.value.paths.map(({ hops }) => hops[0]) };
};
const notes = async () => {
  const [found] = await db.read(owned.tenantId, (q) => [
    q.execute(sql`select actor, subject, detail from audit where action = 'paths-shown' order by id`),
  ]);
  return found.rows;
};

test('no path is made up; a colleague is shown by tier and classes and it is written down, and a destroyed call is no evidence', async () => {
  expect(await pathsOf()).toEqual({ verdict: 'none', message: 'No verified warm path yet', hops: [] });
  const personId = `98${Date.now()}`;
  const callIds: string[] = [];
  for (const daysAgo of [1, 3, 8]) {
    const at = new Date(Date.now() - daysAgo * 86_400_000);
    const callId = await quietCall(db, owned, {
      repId: lena.id,
      repEmail: lena.email,
      repName: 'Lena Brandt',
      contactId: personId,
      // Among the newest of the record, whatever other tests called about it.
      startedAt: new Date(),
    });
    const person = { object: 'contact', id: personId } as const;
    await addTouch(db, owned.tenantId, { repId: lena.id, person, personName: 'Dana Roe', callId, at, minutes: 30, channel: 'call' });
    callIds.push(callId);
  }
  // As whoever writes a touch does: the graph may have read everybody before.
  await tellGraph({ bindings: env as unknown as Env }, owned.tenantId, [{ object: 'contact', id: personId }]);
  expect(await pathsOf()).toEqual({
    verdict: 'warm',
    message: 'Lena Brandt can introduce you to Dana Roe',
    hops: [
      {
        from: 'Lena Brandt',
        to: 'Dana Roe',
        tier: 'strong',
        trust: null,
        freshness: 'active',
        chips: ['1–5 contacts', 'within a week', 'both ways'],
        isWeakest: true,
      },
    ],
  });
  expect(await notes()).toEqual([{ actor: sam.id, subject: `deal/${portal.dealId}`, detail: { paths: 1 } }]);

  for (const callId of callIds) {
    const body = { requestId: crypto.randomUUID() };
    expect((await ask({ method: 'POST', path: `/v1/calls/${callId}/destroy`, user: lena, body })).status).toBe(200);
  }
  expect(await pathsOf()).toEqual({ verdict: 'none', message: 'No verified warm path yet', hops: [] });
  expect(await notes()).toHaveLength(1);
});

test('“I know them well” is a way at once, and an objection ends it for good, whatever is told or heard later', async () => {
  const path = `/v1/people/contact/${JONAS}`;
  const press = async (what: string) =>
    (await (await ask({ method: 'POST', path: `${path}/${what}`, user: sam, body: { requestId: crypto.randomUUID() } })).json()) as {
      ok: boolean;
    };
  const seen = async () =>
    ((await (await ask({ path: `/v1/record/contact/${JONAS}/paths`, user: sam })).json()) as { value: PathsView }).value.message;
  expect(await seen()).toBe('No verified warm path yet');
  expect(await press('known')).toMatchObject({ ok: true });
  expect(await seen()).toBe('You know Jonas Abara');
  expect(await press('opt-out')).toMatchObject({ ok: true });
  expect(await seen()).toBe('No verified warm path yet');
  expect(await press('known')).toMatchObject({ ok: true });
  const person = { object: 'contact', id: JONAS } as const;
  const callId = await quietCall(db, owned, { contactId: JONAS });
  await addTouch(db, owned.tenantId, { repId: lena.id, person, personName: 'Maya', callId, at: new Date(), minutes: 30, channel: 'call' });
  await tellGraph({ bindings: env as unknown as Env }, owned.tenantId, [person]);
  expect(await seen()).toBe('No verified warm path yet');
});
