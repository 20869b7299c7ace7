import { createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { cast } from '../cast.ts';
import { invalid, json, noSuchPath, Refused } from './answer.ts';
import { demand } from './scopes.ts';

const { appId } = cast.hubspot;

/** Event types that an app may subscribe to about itself; the journal's only ones here. */
const lifecycle = { '4-1909196': 'APP_INSTALL', '4-1916193': 'APP_UNINSTALL' } as const;
type EventTypeId = keyof typeof lifecycle;

const journalScopes = [
  'developer.webhooks_journal.read',
  'developer.webhooks_journal.subscriptions.read',
  'developer.webhooks_journal.subscriptions.write',
  'developer.webhooks_journal.snapshots.read',
  'developer.webhooks_journal.snapshots.write',
];
const TOKEN_MS = 1_800_000;
const KEPT_MS = 3 * 86_400_000;
const SIGNED_FOR_MS = 15 * 60_000;

interface Subscription {
  id: number;
  eventTypeId: EventTypeId;
  properties: string[];
  createdAt: string;
}
interface Entry {
  offset: string;
  atMs: number;
  file: string;
}

/**
 * The webhooks journal: what HubSpot writes down about the app, over all portals, and the tokens that open it (reference/hubspot.md §5).
 * The files lie behind addresses signed like those of an object store. All of it is forgotten with the process.
 */
export function openJournal(now: () => number) {
  const tokens = new Map<string, { scopes: string[]; expiresAt: number }>();
  const subscriptions = new Map<EventTypeId, Subscription>();
  const secret = randomBytes(32);
  let entries: Entry[] = [];

  const sign = (offset: string, expires: number) => createHmac('sha256', secret).update(`${offset} ${expires}`).digest('hex');
  const kept = () => {
    entries = entries.filter(({ atMs }) => atMs > now() - KEPT_MS);
    return entries;
  };

  function pointTo(entry: Entry | undefined, origin: string): Response {
    if (!entry) return new Response(null, { status: 204 });
    const expires = now() + SIGNED_FOR_MS;
    const url = `${origin}/journal-files/${entry.offset}?expires=${expires}&signature=${sign(entry.offset, expires)}`;
    return json(200, { url, expiresAt: new Date(expires).toISOString(), currentOffset: entry.offset });
  }

  function granted(authorization: string | null): string[] {
    const found = tokens.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
    if (!found) throw new Refused(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    if (found.expiresAt <= now()) throw new Refused(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
    return found.scopes;
  }

  return {
    /** `grant_type=client_credentials`: a token of the app itself, without a refresh token. Null when a scope is not one for it. */
    token(scope: string): Response | null {
      const scopes = scope.split(' ').filter((one) => one !== '');
      if (scopes.length === 0 || scopes.some((one) => !journalScopes.includes(one))) return null;
      const accessToken = `app-${randomBytes(240).toString('base64url')}`;
      tokens.set(accessToken, { scopes, expiresAt: now() + TOKEN_MS });
      return json(200, { access_token: accessToken, expires_in: TOKEN_MS / 1_000, token_type: 'bearer', scopes });
    },

    /** Everything below `/webhooks-journal/`. */
    answer(request: Request, path: readonly string[], body: string, origin: string): Response {
      const scopes = granted(request.headers.get('authorization'));
      const at = `${request.method} ${path.slice(1).join('/')}`;
      if (at === 'POST subscriptions/2026-09') {
        demand(scopes, ['developer.webhooks_journal.subscriptions.write']);
        return subscribe(subscriptions, readSubscription(request.headers.get('content-type'), body), now());
      }
      if (at === 'GET subscriptions/2026-09') {
        demand(scopes, ['developer.webhooks_journal.subscriptions.read']);
        return json(200, { results: [...subscriptions.values()].map(shown) });
      }
      const [, end, after] = /^GET journal\/2026-09\/(earliest|latest|offset\/([^/]+)\/next)$/.exec(at) ?? [];
      if (end === undefined) throw noSuchPath();
      demand(scopes, ['developer.webhooks_journal.read']);
      if (end === 'earliest') return pointTo(kept()[0], origin);
      if (end === 'latest') return pointTo(kept().at(-1), origin);
      const found = kept().findIndex(({ offset }) => offset === after);
      if (found === -1) throw new Refused(404, 'OBJECT_NOT_FOUND', 'The offset has expired or does not exist.');
      return pointTo(kept()[found + 1], origin);
    },

    /** A file, to whoever has its signed address and nothing else. */
    file(request: Request, offset: string): Response {
      const { searchParams } = new URL(request.url);
      const expires = Number(searchParams.get('expires'));
      const refuse = (status: number, code: string) =>
        new Response(`<Error><Code>${code}</Code></Error>`, { status, headers: { 'content-type': 'application/xml' } });
      if (request.headers.has('authorization')) return refuse(400, 'InvalidArgument');
      if (searchParams.get('signature') !== sign(offset, expires)) return refuse(403, 'SignatureDoesNotMatch');
      if (expires < now()) return refuse(403, 'AccessDenied');
      const entry = entries.find((one) => one.offset === offset);
      return entry ? new Response(entry.file, { headers: { 'content-type': 'application/octet-stream' } }) : refuse(404, 'NoSuchKey');
    },

    /** Something happened to the app in a portal. It is written down only if somebody subscribed to it before. */
    tell(portalId: number, eventTypeId: EventTypeId, userId: number): void {
      const subscription = subscriptions.get(eventTypeId);
      if (!subscription) return;
      const all: Record<string, string> = {
        hs_app_id: String(appId),
        hs_app_install_level: 'PORTAL',
        hs_initiating_user_id: String(userId),
        hs_user_id: String(userId),
      };
      const offset = randomUUID();
      const event = {
        type: 'app_lifecycle_event',
        action: lifecycle[eventTypeId],
        portalId,
        occurredAt: new Date(now()).toISOString(),
        eventTypeId,
        properties: Object.fromEntries(subscription.properties.flatMap((name) => (all[name] ? [[name, all[name]]] : []))),
      };
      const file = JSON.stringify({ offset, journalEvents: [event], publishedAt: new Date(now()).toISOString() });
      entries.push({ offset, atMs: now(), file });
    },
  };
}
export type Journal = ReturnType<typeof openJournal>;

function subscribe(all: Map<EventTypeId, Subscription>, wanted: Pick<Subscription, 'eventTypeId' | 'properties'>, nowMs: number): Response {
  const known = all.get(wanted.eventTypeId);
  const { id, createdAt } = known ?? { id: randomInt(60_000_000, 70_000_000), createdAt: new Date(nowMs).toISOString() };
  const made = { ...wanted, id, createdAt };
  all.set(wanted.eventTypeId, made);
  return json(200, shown(made));
}

const shown = ({ id, eventTypeId, properties, createdAt }: Subscription) => ({
  id,
  appId,
  subscriptionType: 'APP_LIFECYCLE_EVENT',
  eventTypeId,
  properties,
  actions: [lifecycle[eventTypeId]],
  createdAt,
  updatedAt: createdAt,
});

/** AppLifecycleEventSubscriptionUpsertRequest of the journal's specification: these three, all required. */
function readSubscription(contentType: string | null, body: string): Pick<Subscription, 'eventTypeId' | 'properties'> {
  if (!contentType?.startsWith('application/json')) throw new Refused(415, 'VALIDATION_ERROR', 'The body must be JSON.');
  const { subscriptionType, eventTypeId, properties, ...more } = objectIn(body);
  if (subscriptionType !== 'APP_LIFECYCLE_EVENT') throw invalid('This sandbox knows subscriptions to APP_LIFECYCLE_EVENT alone.');
  if (Object.keys(more).length > 0) throw invalid(`Unknown fields: ${Object.keys(more).join(', ')}`);
  if (!Array.isArray(properties) || properties.some((name) => typeof name !== 'string'))
    throw invalid('properties must be a list of names.');
  if (eventTypeId !== '4-1909196' && eventTypeId !== '4-1916193') throw invalid('eventTypeId is not one of an app’s life.');
  return { eventTypeId, properties: properties as string[] };
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  } catch {}
  throw invalid('Invalid input JSON');
}
