import * as z from 'zod/mini';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { ZoomKnock } from '../ports/meeting-hosts.ts';
import type { Letter, Taken } from './call-door.ts';
import { type LiveNews, liveNewsIn } from './live-news.ts';
import type { MeetingNews } from './meeting-news.ts';

/** A tenant's Zoom account, as far as its webhooks need it. */
export interface ZoomSender {
  tenantId: string;
  connectionId: string;
  accountId: string;
  /** The app's secret token. */
  secret: string;
}

export interface ZoomDeps {
  now(): number;
  /** Whose account this is; throws while the database is away. */
  senderOf(accountId: string): Promise<ZoomSender | null>;
  /** The secret token of our own app, which serves many accounts at one address; absent when there is none. */
  ourSecret: string | undefined;
  isSigned(knock: ZoomKnock): Promise<boolean>;
  answerValidation(knock: ZoomKnock): Promise<{ plainToken: string; encryptedToken: string } | null>;
  /** Stores it once under this key. Throws while the database is away. */
  keep(tenantId: string, key: string, news: MeetingNews): Promise<void>;
  /** The same for a meeting that runs. */
  keepLive(tenantId: string, key: string, news: LiveNews): Promise<void>;
  /** Keeps the letter until the database is back; false when there is no room. */
  spool(letter: Letter, receivedMs: number): Promise<boolean>;
  /** Fetches what waits, after the answer. */
  take(tenantId: string): Promise<void>;
  takeLive(tenantId: string): Promise<void>;
}

const ACCOUNT = /^[A-Za-z0-9_-]{8,64}$/;
/** Before an account's id, where its letters are spooled. */
export const ZOOM_SOURCE = 'zoom/';

/** The one thing we read of any event; what we do not know is not an error. */
const event = z.object({
  event: z.string().check(z.maxLength(100)),
  event_ts: z.optional(z.number()),
  payload: z.object({
    account_id: z.string(),
    /** Told with `app_deauthorized`: "true" when what we have may stay. */
    user_data_retention: z.optional(z.string()),
    object: z.optional(
      z.object({ uuid: z.optional(z.string().check(z.maxLength(200))), host_email: z.optional(z.string().check(z.maxLength(320))) }),
    ),
  }),
});

const aboutAccount = z.object({ payload: z.object({ account_id: z.string() }) });

const recordingEvents = new Set(['recording.completed', 'recording.transcript_completed']);

/** Looks at a letter and keeps what it tells. `receivedMs` is when it came: its signature is as old as it was then. */
export async function takeZoomLetter(
  deps: Pick<ZoomDeps, 'senderOf' | 'isSigned' | 'keep' | 'keepLive'>,
  { source, signature, timestamp, body }: Letter,
  receivedMs: number,
): Promise<Pick<Taken, 'is'> & { tenantId?: string; isLive?: boolean }> {
  const sender = await deps.senderOf(source.slice(ZOOM_SOURCE.length));
  const knock = sender && { secret: sender.secret, rawBody: body, signature, timestamp, now: receivedMs };
  if (!sender || !knock || !(await deps.isSigned(knock))) return { is: 'forged' };
  const said = parsed(body);
  const read = event.safeParse(said);
  if (!read.success) return { is: 'malformed' };
  const { event: name, event_ts: atMs = receivedMs, payload } = read.data;
  // One app may serve several accounts; each has its own door.
  if (payload.account_id !== sender.accountId) return { is: 'forged' };
  if (name === 'app_deauthorized') {
    const left = payload.user_data_retention === 'true' ? 'keep' : 'forget';
    await deps.keep(sender.tenantId, `${name} ${atMs}`, { connectionId: sender.connectionId, meetingId: name, left, atMs });
    return { is: 'taken', tenantId: sender.tenantId };
  }
  const live = liveNewsIn(said, sender.connectionId, atMs);
  if (live === 'malformed') return { is: 'malformed' };
  if (live) {
    await deps.keepLive(sender.tenantId, `${name} ${atMs} ${live.streamId}`, live);
    return { is: 'taken', tenantId: sender.tenantId, isLive: true };
  }
  const { uuid, host_email: hostEmail } = payload.object ?? {};
  if (!recordingEvents.has(name)) return { is: 'taken' };
  if (!uuid) return { is: 'malformed' };
  await deps.keep(sender.tenantId, `${name} ${atMs} ${uuid}`, {
    connectionId: sender.connectionId,
    meetingId: uuid,
    ...(hostEmail === undefined ? {} : { hostEmail }),
    atMs,
  });
  return { is: 'taken', tenantId: sender.tenantId };
}

/**
 * `POST /hooks/zoom?account=`: the account is in the address, because the question that Zoom asks before it trusts an address names none.
 * Without one it is our own app's address: what comes there is signed with the app's token and says itself which account it is about.
 * Durable before the answer, whatever the database does: Zoom tries three more times and then forgets.
 */
export const zoomRoutes = (deps: ZoomDeps) => (app: RosApp) => {
  app.post('/hooks/zoom', async (c) => {
    const named = c.req.query('account');
    const unsigned = new Problem(401, 'Not signed by this Zoom account.');
    const body = await c.req.text();
    const account = named ?? accountIn(body);
    const isQuestion = /"endpoint\.url_validation"/.test(body);
    if (!ACCOUNT.test(account) && !(named === undefined && isQuestion)) throw unsigned;
    const signature = c.req.header('x-zm-signature') ?? null;
    const timestamp = c.req.header('x-zm-request-timestamp') ?? null;
    const receivedMs = deps.now();
    const knock = { rawBody: body, signature, timestamp, now: receivedMs };
    if (isQuestion) {
      const secret = named === undefined ? deps.ourSecret : (await deps.senderOf(account))?.secret;
      const answer = secret === undefined ? null : await deps.answerValidation({ ...knock, secret });
      if (!answer) throw unsigned;
      return c.json(answer);
    }
    if (signature === null || timestamp === null) throw unsigned;
    const isOurs = named === undefined && deps.ourSecret !== undefined && (await deps.isSigned({ ...knock, secret: deps.ourSecret }));
    if (named === undefined && !isOurs) throw unsigned;
    const letter: Letter = { source: `${ZOOM_SOURCE}${account}`, id: timestamp, timestamp, signature, body };
    let taken: Awaited<ReturnType<typeof takeZoomLetter>>;
    try {
      taken = await takeZoomLetter(deps, letter, receivedMs);
    } catch {
      if (await deps.spool(letter, receivedMs)) return c.json({ ok: true, value: { kept: true } });
      throw new Problem(503, 'We cannot take it now. Send it again in a minute.');
    }
    // Our app is still told of an account that was disconnected here; there is nothing to do about it.
    if (taken.is === 'forged' && isOurs) return c.json({ ok: true });
    if (taken.is === 'forged') throw unsigned;
    if (taken.is === 'malformed') throw new Problem(400, 'The body does not have the expected shape.');
    if (taken.tenantId !== undefined) c.executionCtx.waitUntil((taken.isLive ? deps.takeLive : deps.take)(taken.tenantId));
    return c.json({ ok: true });
  });
};

const accountIn = (body: string): string => aboutAccount.safeParse(parsed(body)).data?.payload.account_id ?? '';

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
