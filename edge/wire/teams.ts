import * as z from 'zod/mini';
import { failed, ok, passes, type Result } from '../../shared/kit/result.ts';
import type { MeetingNews } from '../capture/meeting-news.ts';
import { type TeamsSender, teamsRoutes } from '../capture/teams-routes.ts';
import { claimRounds, cursorsOf, saveCursors } from '../db/rounds.ts';
import { verifyJwt } from '../http/jwt.ts';
import { log } from '../http/log.ts';
import { recordingUrl } from '../http/safe-url.ts';
import type { Parts } from '../parts.ts';
import type { GraphNotice } from '../ports/meeting-hosts.ts';
import * as tenants from '../tenants/store.ts';
import { type GraphConnection, graphConnection } from './meeting-accounts.ts';

const ROUND = 'graph-round';
const ROUND_EVERY_MS = 10 * 60_000;
const ROUNDS_A_SWEEP = 50;
/** Renewed when half of its two days is over. */
const RENEW_BEFORE_MS = 24 * 3_600_000;
/** Before each name of ours in the table of cursors. */
const CURSORS = 'graph:';
/** What a lost notification told is at most as old as Graph tries to send one. */
const MISSED_MS = 24 * 3_600_000;
const SKEW_S = 300;

const content = z.object({ transcriptContentUrl: z.optional(z.nullable(z.string())) });
const tokenClaims = z.object({ tid: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) });

/** Graph's notifications of Teams transcripts, and the subscription that brings them. */
export function wireTeams(
  parts: Parts,
  { keep, take }: { keep(tenantId: string, name: string, news: MeetingNews): Promise<void>; take(tenantId: string): Promise<void> },
) {
  const { db, now, settings, graph } = parts;

  async function connectionOf(directoryId: string): Promise<GraphConnection | null> {
    const owned = await tenants.resolveConnection(db, 'graph', directoryId);
    return owned && graphConnection(parts, owned.tenantId, owned.connectionId, true);
  }

  const subscriptionOf = ({ row }: GraphConnection) => cursorsOf(db, row.tenantId, row.id, CURSORS);
  const noteSubscribed = ({ row }: GraphConnection, { id, until }: { id: string; until: string }) =>
    saveCursors(db, row.tenantId, row.id, CURSORS, { subscription: id, until });

  /** A new subscription; the one before it is ended, because one client state is believed at a time. */
  async function subscribe(connection: GraphConnection): Promise<Result<unknown>> {
    const vendor = graph.subscription(connection.account);
    const { subscription: before } = await subscriptionOf(connection);
    if (before) {
      await vendor.unsubscribe(before);
      // Should the next one not be made, the round sees that there is none.
      await noteSubscribed(connection, { id: '', until: '' });
    }
    const { clientState, certificate, certificateId } = connection.secret;
    const made = await vendor.subscribe({ notificationUrl: `${settings.PUBLIC_URL}/hooks/graph`, clientState, certificate, certificateId });
    if (!made.ok) return made;
    await noteSubscribed(connection, made.value);
    return ok(true);
  }

  async function renew(connection: GraphConnection): Promise<Result<unknown>> {
    const { subscription } = await subscriptionOf(connection);
    if (!subscription) return subscribe(connection);
    const renewed = await graph.subscription(connection.account).renew(subscription);
    if (renewed.ok) await noteSubscribed(connection, renewed.value);
    return !renewed.ok && renewed.fault.kind === 'gone' ? subscribe(connection) : renewed;
  }

  /** Transcripts of the last day by those whose meetings we know: what was told already is known by its name. */
  async function catchUp(connection: GraphConnection): Promise<Result<unknown>> {
    const { tenantId, id: connectionId } = connection.row;
    const organizers = Object.keys(await cursorsOf(db, tenantId, connectionId, `${CURSORS}organizer:`));
    for (const organizer of organizers) {
      const found = await graph.subscription(connection.account).transcriptsSince(organizer, new Date(now() - MISSED_MS).toISOString());
      // One who left, or whom no policy covers, holds up none of the others.
      if (!found.ok) {
        note(found, 'not-caught-up', tenantId);
        continue;
      }
      for (const meetingId of found.value) await keep(tenantId, meetingId, { connectionId, meetingId, atMs: now() });
    }
    await take(tenantId);
    return ok(true);
  }

  async function lookAfter({ tenantId, connectionId }: TeamsSender, event: NonNullable<GraphNotice['lifecycleEvent']>): Promise<void> {
    const connection = await graphConnection(parts, tenantId, connectionId);
    if (!connection) return;
    const work = { missed: [catchUp], subscriptionRemoved: [subscribe, catchUp], reauthorizationRequired: [renew] }[event];
    for (const one of work) note(await one(connection), event, tenantId);
  }

  const note = (done: Result<unknown>, what: string, tenant: string) => {
    if (!done.ok) log({ at: 'cron', what: `teams-${what}`, level: 'warn', tenant, kind: done.fault.kind });
  };

  /** Only Graph itself may vouch for what it encrypted: its directory's keys, one of its two names, our application. */
  async function openToken(token: string): Promise<Record<string, unknown> | null> {
    const claims = tokenClaims.safeParse(bodyOf(token));
    const connection = claims.success ? await connectionOf(claims.data.tid) : null;
    if (!connection) return null;
    const { directoryId, clientId } = connection.account;
    const signers = await graph.signers(directoryId);
    // Nobody can say now whether it is true: Graph sends it again.
    if (!signers.ok) throw new Error('the signing keys are away');
    for (const issuer of signers.value.issuers) {
      const policy = {
        keys: signers.value.keys,
        algorithms: ['RS256'],
        issuer,
        audience: clientId,
        now: now(),
        skewS: SKEW_S,
        lifeMaxS: null,
      } as const;
      const opened = await verifyJwt(token, policy);
      if (opened) return opened;
    }
    return null;
  }

  async function clientStateOf(subscriptionId: string, directoryId: string | undefined): Promise<string | undefined> {
    const connection = directoryId === undefined ? null : await connectionOf(directoryId);
    if (!connection) return undefined;
    const { subscription } = await subscriptionOf(connection);
    return subscription === subscriptionId ? connection.secret.clientState : undefined;
  }

  const routes = teamsRoutes({
    now,
    read: (request) => {
      // A post is about one directory as a rule; each is opened once.
      const opened = new Map<string, Promise<string | undefined>>();
      const keys = new Map<string, string>();
      return graph.read(request, {
        openToken,
        clientStateOf: (subscriptionId, directoryId) => {
          const name = `${directoryId} ${subscriptionId}`;
          const state = opened.get(name) ?? clientStateOf(subscriptionId, directoryId);
          opened.set(name, state);
          if (directoryId !== undefined) keys.set(directoryId, directoryId);
          return state;
        },
        certificateKeyOf: async (certificateId) => {
          for (const directoryId of keys.values()) {
            const connection = await connectionOf(directoryId);
            if (connection?.secret.certificateId === certificateId)
              return (await graph.certificateKey(connection.secret.privateKey)) ?? undefined;
          }
          return undefined;
        },
      });
    },
    senderOf: (directoryId) => tenants.resolveConnection(db, 'graph', directoryId),
    transcriptOf: (notice) => {
      const said = content.safeParse(notice.content);
      const address = said.success ? said.data.transcriptContentUrl : undefined;
      // We write the address ourselves; one that lies elsewhere says that this is not what it seems.
      if (address && !recordingUrl(address, 'graph')) {
        log({ at: 'http', what: 'transcript-elsewhere', level: 'warn' });
        return null;
      }
      return notice.resource === undefined ? null : graph.transcriptOf(notice.resource);
    },
    keep: async (tenantId, name, news) => {
      await keep(tenantId, name, news);
      const organizer = /^users\/([^/]+)\//.exec(news.meetingId)?.[1];
      if (organizer) await saveCursors(db, tenantId, news.connectionId, `${CURSORS}organizer:`, { [organizer]: '' });
    },
    take,
    lookAfter,
  });

  return {
    routes,
    subscribe: async (tenantId: string, connectionId: string): Promise<Result<unknown>> => {
      const connection = await graphConnection(parts, tenantId, connectionId);
      return connection ? subscribe(connection) : failed({ kind: 'gone', said: 'This connection no longer exists.' });
    },
    /** Graph tells this directory's meetings no more. One that cannot be ended now ends by itself within two days. */
    unsubscribe: async (tenantId: string, connectionId: string): Promise<Result<unknown>> => {
      const connection = await graphConnection(parts, tenantId, connectionId, true);
      const { subscription = '' } = connection ? await subscriptionOf(connection) : {};
      if (!connection || subscription === '') return ok(true);
      const ended = await graph.subscription(connection.account).unsubscribe(subscription);
      if (ended.ok || !passes(ended.fault)) await noteSubscribed(connection, { id: '', until: '' });
      return ended;
    },
    /** Subscriptions that end soon are renewed, and those that are not there are made. */
    round: async (): Promise<void> => {
      const due = await claimRounds(db, ROUND, ['graph'], new Date(now()), new Date(now() - ROUND_EVERY_MS), ROUNDS_A_SWEEP);
      for (const { tenantId, connectionId } of due) {
        const connection = await graphConnection(parts, tenantId, connectionId);
        if (!connection) continue;
        const { until } = await subscriptionOf(connection);
        const endsMs = Date.parse(until ?? '');
        if (!(endsMs > now() + RENEW_BEFORE_MS)) note(await renew(connection), 'not-renewed', tenantId);
      }
    },
  };
}

/** A token's claims, believed by nobody yet: only to know whose keys to ask for. */
function bodyOf(token: string): unknown {
  try {
    const text = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(text));
  } catch {
    return undefined;
  }
}
