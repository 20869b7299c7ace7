import type { News } from '../../shared/act/news.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { hearNews } from '../act/hear-news.ts';
import { newsRoutes } from '../act/news-routes.ts';
import { reconcile } from '../act/reconcile.ts';
import { takeNews } from '../act/take-news.ts';
import * as view from '../db/crm-view.ts';
import { audioOfErased, callsOfPerson, erasePerson, forgetAudio } from '../db/erase-person.ts';
import * as inbox from '../db/inbox.ts';
import { mergeRecord } from '../db/merge-record.ts';
import { claimRounds, cursorsOf, saveCursors } from '../db/rounds.ts';
import { noteMissing, writtenActivities } from '../db/written.ts';
import { log } from '../http/log.ts';
import { whoKnocks } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { personKey } from '../relate/known-people.ts';
import { personsOfCalls } from '../relate/store.ts';
import { closeDeals } from '../remember/risks/close-deals.ts';
import * as risks from '../remember/risks/store.ts';
import { callStub, graphStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { crmReads } from './crm-reads.ts';
import { eachLooked, keepNews, type NewsHost, printOf } from './keep-news.ts';
import { tellGraph } from './relate.ts';

const TENANTS_A_SWEEP = 100;
const ROUNDS_A_SWEEP = 50;
const SWEEP_EVERY_MS = 15 * 60_000;
const RECONCILE_EVERY_MS = 3_600_000;
const COMPARED_FOR_MS = 7 * 24 * 3_600_000;
const COMPARED_MAX = 100;
const PRUNE_EVERY_MS = 3_600_000;
/** HubSpot sends again for a day; after three nobody needs to know that something came before. */
const KEEP_INBOX_MS = 3 * 24 * 3_600_000;
/** Longer than a request may work on after its answer: one that was cut off does not keep the others out. */
const BUSY_MS = 60_000;
const AUDIO_BATCH = 100;
const OBJECTS_AT_ONCE = 6;
/** Before each name of ours in the table of cursors, so that a round is never taken for a cursor. */
const CURSORS = 'news:';

/** What the CRMs tell us of their records: kept at the door, dealt with afterwards, and asked for where nobody told us. */
export function wireNews(parts: Parts) {
  const { db, now, bindings, settings } = parts;
  // One at a time in a tenant: who is at it goes on until nothing is left, and the sweep finds what came too late for that.
  const busy = new Map<string, number>();
  async function take(tenantId: string): Promise<void> {
    if ((busy.get(tenantId) ?? 0) > now()) return;
    busy.set(tenantId, now() + BUSY_MS);
    try {
      await takeNews(
        {
          now,
          take: (leaseMs, limit) => inbox.takeNews(db, tenantId, new Date(now()), leaseMs, limit),
          hear: (connectionId, news) => hear(tenantId, connectionId, news),
          done: (provider, keys) => inbox.doneNews(db, tenantId, provider, keys),
          putOff: (provider, keys, atMs, uncounted) => inbox.putOffNews(db, tenantId, provider, keys, new Date(atMs), uncounted),
          fail: (provider, keys) => inbox.failNews(db, tenantId, provider, keys),
        },
        tenantId,
      );
    } catch (error) {
      // What was taken comes back when its lease ends.
      log({ at: 'cron', what: 'news-not-taken', level: 'warn', tenant: tenantId, kind: error instanceof Error ? error.name : 'unknown' });
    } finally {
      busy.delete(tenantId);
    }
  }

  async function hear(tenantId: string, connectionId: string, news: readonly News[]) {
    const connection = await tenants.connectionOf(db, tenantId, connectionId);
    const host = connection?.provider;
    // Disconnected for good: nothing of it is left to compare with.
    if (host !== 'hubspot' && host !== 'salesforce') return news.map(() => 'done' as const);
    const crmOf = () => parts.crmOf(tenantId, connectionId);
    const heard = await hearNews(
      {
        crm: parts.news[host],
        print: printOf(tenantId),
        openOn: (refs) => view.openOn(db, tenantId, connectionId, refs),
        saveSeen: (seen, open) => view.saveSeen(db, tenantId, connectionId, seen, open),
        settle: (verdicts) => view.settle(db, tenantId, verdicts),
        readFields: async (ref, names) => {
          const crm = await crmOf();
          return crm.ok ? crm.value.fields(ref, names) : crm;
        },
        wroteOf: (ref) => view.wroteOf(db, tenantId, connectionId, ref),
        hasOpen: (ref) => view.hasOpen(db, tenantId, connectionId, ref),
        nameOf: (userId) => crmReads(parts).nameOf({ tenantId, connectionId }, userId),
        whereIs: async (ref) => {
          const crm = await crmOf();
          return crm.ok ? crm.value.whereIs(ref) : failed(crm.fault);
        },
        parkGone: (ref, said) => view.parkGone(db, tenantId, connectionId, ref, said),
        merge: async (from, into, also) => {
          await mergeRecord(db, tenantId, connectionId, from, into, also);
          await tellGraph(
            parts,
            tenantId,
            [...from, into].filter(({ object }) => object === 'contact' || object === 'lead'),
          );
        },
        erase: async (contactId) => {
          const before = await callsOfPerson(db, tenantId, connectionId, contactId);
          // First: once it is erased no row says whose the call was, and its object has every line that was said.
          await forgetSaid(tenantId, before.over);
          const beside = await personsOfCalls(db, tenantId, before.over);
          // Nobody is led to them from here on, whatever happens below.
          await graphStub(bindings, tenantId).takeOut(tenantId, personKey({ object: 'contact', id: contactId }));
          const left = await erasePerson(db, tenantId, connectionId, contactId, new Date(now()));
          await tellGraph(parts, tenantId, beside);
          const after = before.live.length > 0 ? await callsOfPerson(db, tenantId, connectionId, contactId) : before;
          // Over when the rest was erased, and so erased with it.
          await forgetSaid(
            tenantId,
            before.live.filter((id) => ![...after.live, ...after.over].includes(id)),
          );
          await eraseAudio(tenantId);
          return left;
        },
      },
      news,
    );
    await keepEnds(tenantId, connectionId, host, news);
    return heard;
  }

  /** Of a deal that was closed what came of it is kept. It is no news' fault when that cannot be told now: the next look tells it too. */
  async function keepEnds(tenantId: string, connectionId: string, host: NewsHost, news: readonly News[]): Promise<void> {
    const { stageField } = parts.news[host];
    const moved = news.filter((one) => (one.is === 'field' ? one.field === stageField : one.is === 'touched')).map(({ record }) => record);
    const deps = {
      openSigns: (refs: readonly RecordRef[]) => risks.openSigns(db, tenantId, refs),
      stageOf: async (ref: RecordRef) => {
        const crm = await parts.crmOf(tenantId, connectionId);
        const read = crm.ok ? await crm.value.record(ref) : crm;
        return read.ok ? ok(read.value.stages.find(({ id }) => id === read.value.stageId) ?? null) : read;
      },
      closeSigns: (ref: RecordRef, won: boolean) => risks.closeSigns(db, tenantId, ref, won),
    };
    await closeDeals(deps, moved).catch((error: unknown) =>
      log({ at: 'cron', what: 'deals-not-closed', level: 'warn', tenant: tenantId, kind: error instanceof Error ? error.name : 'unknown' }),
    );
  }

  async function forgetSaid(tenantId: string, callIds: readonly string[]): Promise<void> {
    for (let at = 0; at < callIds.length; at += OBJECTS_AT_ONCE)
      await Promise.all(callIds.slice(at, at + OBJECTS_AT_ONCE).map((id) => callStub(bindings, tenantId, id).destroy()));
  }

  async function eraseAudio(tenantId: string): Promise<void> {
    for (;;) {
      const erased = await audioOfErased(db, tenantId, AUDIO_BATCH);
      if (erased.length === 0) return;
      await bindings.AUDIO.delete(erased.flatMap(({ keys }) => keys));
      await forgetAudio(
        db,
        tenantId,
        erased.map(({ callId }) => callId),
      );
    }
  }

  /** What a lost trigger did not tell; of the org's records only those that we have to do with. */
  async function readChanged(tenantId: string, connectionId: string): Promise<void> {
    const check = await parts.checkOf(tenantId, connectionId);
    if (!check.ok || !check.value.changedSince) return;
    const found = await check.value.changedSince(await cursorsOf(db, tenantId, connectionId, CURSORS));
    if (!found.ok) return;
    const refs = found.value.told.flatMap(({ news }) => (news ? [news.record] : []));
    const known = new Set((await view.knownOf(db, tenantId, connectionId, refs)).map(({ object, id }) => `${object}/${id}`));
    const told = found.value.told.filter(({ news }) => news && known.has(`${news.record.object}/${news.record.id}`));
    await keepNews(parts, 'salesforce', told);
    await saveCursors(db, tenantId, connectionId, CURSORS, found.value.cursors);
  }

  async function compare(tenantId: string, connectionId: string): Promise<void> {
    const check = await parts.checkOf(tenantId, connectionId);
    if (!check.ok) return;
    const missing = await reconcile({
      written: () => writtenActivities(db, tenantId, connectionId, new Date(now() - COMPARED_FOR_MS), COMPARED_MAX),
      missing: check.value.missing,
      note: (ids) => noteMissing(db, tenantId, ids, new Date(now())),
    });
    if (missing > 0) log({ at: 'cron', what: 'activities-missing', level: 'warn', tenant: tenantId, count: missing });
  }

  const claim = (name: string, hosts: readonly NewsHost[], everyMs: number) =>
    claimRounds(db, name, hosts, new Date(now()), new Date(now() - everyMs), ROUNDS_A_SWEEP);
  let prunedAtMs = 0;

  return {
    routes: newsRoutes({
      isFromHubspot: async (request, rawBody) => {
        const { pathname, search } = new URL(request.url);
        const signature = request.headers.get('x-hubspot-signature-v3');
        const timestamp = request.headers.get('x-hubspot-request-timestamp');
        if (!parts.hubspot || signature === null || timestamp === null) return false;
        return parts.hubspot.isSigned({ method: 'POST', url: settings.PUBLIC_URL + pathname + search, rawBody, signature, timestamp });
      },
      orgOf: async (request, rawBody) => {
        let orgId: string | null = null;
        const knock = await whoKnocks(
          {
            publicUrl: settings.PUBLIC_URL,
            hubspot: undefined,
            resolveConnection: async () => null,
            resolveInstallKey: (org, hash) => {
              orgId = org;
              return tenants.resolveInstallKey(db, org, hash);
            },
          },
          request,
          rawBody,
        );
        return knock.is === 'known' ? orgId : null;
      },
      read: { hubspot: parts.news.hubspot.read, salesforce: parts.news.salesforce.read },
      keep: (provider, told) => keepNews(parts, provider, eachLooked(told)),
      take,
    }),

    /** What the minute's sweep has to do, each piece on its own. */
    rounds: async (): Promise<(() => Promise<void>)[]> => {
      const changed = await claim('sweep', ['salesforce'], SWEEP_EVERY_MS);
      const compared = await claim('reconcile', ['hubspot', 'salesforce'], RECONCILE_EVERY_MS);
      const waiting = async () => {
        for (const tenantId of await inbox.tenantsWithNews(db, new Date(now()), TENANTS_A_SWEEP)) await take(tenantId);
      };
      const prune = async () => {
        if (now() - prunedAtMs < PRUNE_EVERY_MS) return;
        prunedAtMs = now();
        await inbox.pruneInbox(db, new Date(now() - KEEP_INBOX_MS));
      };
      return [
        ...changed.map(
          ({ tenantId, connectionId }) =>
            () =>
              readChanged(tenantId, connectionId),
        ),
        ...compared.map(
          ({ tenantId, connectionId }) =>
            () =>
              compare(tenantId, connectionId),
        ),
        waiting,
        prune,
      ];
    },
  };
}
