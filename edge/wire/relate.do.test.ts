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
      startedAt: at,
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
