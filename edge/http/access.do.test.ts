import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { Sharing } from '../../shared/contracts/tenant.ts';
import * as changes from '../act/store.ts';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import * as memory from '../remember/store.ts';
import type { Owned } from '../tenants/store.ts';
import { tenants } from '../tenants/tables.ts';
import * as insights from '../understand/store.ts';
import { ask, connectPortal, lena, nobody, openTestDb, portal, quietCall, sam } from './test-host.ts';

/** Sam owns the deal; the CRM shows it to Lena too, who is of another team; it knows nothing of the third. */
const viewers = { owner: sam, colleague: lena, stranger: nobody } as const;
type Viewer = keyof typeof viewers;
type Kept = 'open' | 'private';
interface Planted {
  rep: 'owner' | 'colleague';
  kept: Kept;
  /** A word that stands in everything of this call. */
  canary: string;
  callId: string;
  changeId: string;
}

let db: Db;
let owned: Owned;
let planted: Planted[];

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
  planted = [];
  for (const rep of ['owner', 'colleague'] as const) for (const kept of ['open', 'private'] as const) planted.push(await plant(rep, kept));
});
afterAll(() => share('team'));

async function plant(rep: Planted['rep'], kept: Kept): Promise<Planted> {
  const canary = `Kanari-${rep}-${kept}-${crypto.randomUUID().slice(0, 8)}`;
  const { id: repId, email: repEmail } = viewers[rep];
  const record = { object: 'deal', id: portal.dealId } as const;
  const callId = await quietCall(db, owned, { repId, repEmail, isPrivate: kept === 'private', customerName: canary, record });
  const evidence = { quote: canary, seq: 0, role: 'customer', speaker: canary, startMs: 0, endMs: 1_000 } as const;
  await calls.saveUtterances(db, owned.tenantId, callId, [{ ...evidence, text: canary, confidence: 1 }]);
  await insights.saveInsight(db, owned.tenantId, callId, {
    analyzer: 'rules-1',
    intent: 'demo',
    sentiment: 0.5,
    talkShareRep: 0.5,
    headline: canary,
    bullets: [{ text: canary, evidence }],
    objections: [],
    nextSteps: [],
    buyingSignals: [],
    competitors: [],
    pricing: [],
    turns: [],
  });
  await memory.foldFacts(db, owned.tenantId, record, [{ kind: 'signal', key: canary, text: canary, evidence, callId, at: new Date() }]);
  const changeId = crypto.randomUUID();
  await changes.planChanges(db, owned.tenantId, [
    {
      id: changeId,
      callId,
      connectionId: owned.connectionId,
      opKey: changeId,
      record,
      also: [],
      policy: 'suggest',
      state: 'waiting',
      body: { kind: 'draft-email', to: [], subject: canary, body: canary },
      reason: canary,
      evidence: [evidence],
      ordinal: 0,
    },
  ]);
  return { rep, kept, canary, callId, changeId };
}

const share = (sharing: Sharing) =>
  db.asTenant(owned.tenantId, (q) => [q.update(tenants).set({ sharing }).where(eq(tenants.id, owned.tenantId))]);

/** Who sees whose calls, written out: the rule's own words would prove nothing. */
const table: Record<Sharing, Record<Viewer, string[]>> = {
  owner: {
    owner: ['owner open', 'owner private', 'colleague open'],
    colleague: ['colleague open', 'colleague private'],
    stranger: [],
  },
  team: {
    owner: ['owner open', 'owner private', 'colleague open'],
    colleague: ['colleague open', 'colleague private'],
    stranger: [],
  },
  everyone: {
    owner: ['owner open', 'owner private', 'colleague open'],
    colleague: ['owner open', 'colleague open', 'colleague private'],
    stranger: [],
  },
};

/** Every way to read something of one call, or to put a hand on it. */
const doors = (it: Planted) => {
  const post = (path: string, body: unknown) => ({ method: 'POST', path, body });
  const requestId = crypto.randomUUID();
  return [
    { method: 'GET', path: `/v1/calls/${it.callId}` },
    { method: 'GET', path: `/v1/calls/${it.callId}/live?since=-1` },
    post(`/v1/calls/${it.callId}/ticket`, {}),
    post(`/v1/calls/${it.callId}/feedback`, { requestId, cardId: 'c', action: 'used' }),
    post(`/v1/calls/${it.callId}/consent`, { requestId, consent: 'granted' }),
    // Of a version nobody saw, so that whoever may decide is told it is stale and nothing moves.
    post(`/v1/changes/${it.changeId}/approve`, { requestId, version: 99 }),
    post(`/v1/changes/${it.changeId}/decline`, { requestId, version: 99 }),
    post(`/v1/changes/${it.changeId}/undo`, { requestId }),
    post('/api/email/draft', { callId: it.callId }),
    post(`/api/calls/${it.callId}/analyze`, { requestId }),
  ];
};
const lists = ['next', 'conversation', 'written'].map((view) => ({ method: 'GET', path: `/v1/record/deal/${portal.dealId}/${view}` }));

const canariesIn = (text: string, which: readonly Planted[]) =>
  which.filter(({ canary }) => text.includes(canary)).map(({ canary }) => canary);
const named = ({ rep, kept }: Planted) => `${rep} ${kept}`;

for (const sharing of ['owner', 'team', 'everyone'] as const) {
  for (const viewer of ['owner', 'colleague', 'stranger'] as const) {
    test(`shared with ${sharing}, the ${viewer} sees their share and not a word more`, async () => {
      await share(sharing);
      const mine = planted.filter((it) => table[sharing][viewer].includes(named(it)));
      const hidden = planted.filter((it) => !mine.includes(it));
      const user = viewers[viewer];

      for (const door of lists) {
        const text = await (await ask({ ...door, user })).text();
        expect(canariesIn(text, hidden), `${door.path} ${text.slice(0, 200)}`).toEqual([]);
        expect((JSON.parse(text) as { ok: boolean }).ok, door.path).toBe(mine.length > 0);
      }
      for (const it of hidden) {
        for (const door of doors(it)) {
          const response = await ask({ ...door, user });
          const text = await response.text();
          expect(JSON.parse(text), `${door.method} ${door.path}`).toMatchObject({ ok: false, code: 'no-permission' });
          expect(canariesIn(text, planted), door.path).toEqual([]);
        }
      }
      for (const it of mine) {
        const own = await (await ask({ path: `/v1/calls/${it.callId}`, user })).text();
        expect(canariesIn(own, [it]), named(it)).toEqual([it.canary]);
        // Its memory is of the whole record, and quotes only what they may see.
        expect(canariesIn(own, hidden), named(it)).toEqual([]);
        const stale = await (await ask({ ...doors(it)[5], path: `/v1/changes/${it.changeId}/approve`, user })).json();
        expect(stale, named(it)).toMatchObject({ ok: false, code: 'stale' });
      }
    });
  }
}

test('the record’s card shows the newest thing its viewer may decide', async () => {
  await share('team');
  const view = (await (await ask({ path: `/v1/record/deal/${portal.dealId}/next`, user: lena })).json()) as {
    value: { state: string; change?: ChangeItem };
  };
  expect([view.value.state, planted.find(({ changeId }) => changeId === view.value.change?.id)?.rep]).toEqual(['next', 'colleague']);
});

test('a record the CRM does not have is not found, one it does not show is not permitted', async () => {
  const code = async (path: string, user: { id: string; email: string } = sam) =>
    ((await (await ask({ path, user })).json()) as { code?: string }).code;
  for (const view of ['next', 'conversation']) {
    expect(await code(`/v1/record/deal/70999999/${view}`)).toBe('not-found');
    expect(await code(`/v1/record/contact/${portal.dealId}/${view}`)).toBe('not-found');
    expect(await code(`/v1/record/deal/${portal.dealId}/${view}`, nobody)).toBe('no-permission');
  }
  const upload = { requestId: crypto.randomUUID(), record: { object: 'deal', id: '70999999' }, name: 'call.vtt' };
  expect(await (await ask({ method: 'POST', path: '/v1/uploads', body: upload })).json()).toMatchObject({ ok: false, code: 'not-found' });
});
