import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { faultOf, lost, plain } from './fault.ts';
import { downloadFile } from './journal-file.ts';
import { appToken } from './oauth.ts';

/** Somebody took our app out of the portal `account` at `atMs`. */
interface Uninstalled {
  account: string;
  atMs: number;
}

const scopes = ['developer.webhooks_journal.read', 'developer.webhooks_journal.subscriptions.write'] as const;
const UNINSTALLED = '4-1916193';
const TIMEOUT_MS = 8_000;
const AHEAD_MS = 60_000;

/**
 * What HubSpot writes down about the app itself, for all portals in one: the webhooks journal, from which an app learns that it was
 * uninstalled. It is asked in the app's own name; its files are kept for three days and are read one after the other.
 */
export function hubspotJournal(app: { api: string; clientId: string; clientSecret: string; appId: string | undefined; now(): number }) {
  let held: { token: string; untilMs: number } | undefined;

  async function token(refused?: string): Promise<Result<string>> {
    if (held && held.token !== refused && held.untilMs > app.now()) return ok(held.token);
    const given = await appToken(app, scopes);
    if (!given.ok) return given;
    held = { token: given.value.accessToken, untilMs: app.now() + given.value.expiresInS * 1_000 - AHEAD_MS };
    return ok(held.token);
  }

  async function ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Result<unknown>> {
    const first = await token();
    if (!first.ok) return first;
    const said = await askAs(first.value, method, path, body);
    if (said.ok || said.fault.kind !== 'expired') return said;
    const fresh = await token(first.value);
    return fresh.ok ? askAs(fresh.value, method, path, body) : fresh;
  }

  async function askAs(bearer: string, method: 'GET' | 'POST', path: string, body: unknown): Promise<Result<unknown>> {
    try {
      const response = await fetch(`${app.api}/webhooks-journal/${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}`, accept: 'application/json', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      const read: unknown = text === '' ? null : JSON.parse(text);
      return response.ok ? ok(read) : failed(plain(faultOf(response.status, response.headers, read)));
    } catch {
      return failed(plain(lost('HubSpot’s journal did not answer.')));
    }
  }

  /** A file, or null where there is none. */
  async function pointer(path: string): Promise<Result<z.infer<typeof place> | null>> {
    const said = await ask('GET', `journal/2026-09/${path}`);
    if (!said.ok || said.value === null) return said.ok ? ok(null) : said;
    const read = place.safeParse(said.value);
    return read.success ? ok(read.data) : failed(strange);
  }

  return {
    /** From now on uninstalls are written down. Asking again changes nothing. */
    async subscribe(): Promise<Result<true>> {
      const wanted = { subscriptionType: 'APP_LIFECYCLE_EVENT', eventTypeId: UNINSTALLED, properties: ['hs_app_id'] };
      const said = await ask('POST', 'subscriptions/2026-09', wanted);
      return said.ok ? ok(true) : said;
    },

    /** The file after the one at `offset`, the earliest without; null when there is none yet. `gone` when `offset` is no longer kept. */
    async next(offset: string | undefined): Promise<Result<{ offset: string; uninstalled: Uninstalled[] } | null>> {
      const found = await pointer(offset === undefined ? 'earliest' : `offset/${encodeURIComponent(offset)}/next`);
      if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
      const { url, currentOffset } = found.value;
      const file = await downloadFile(url, new URL(app.api).origin);
      if (!file.ok) return file;
      const read = entries.safeParse(file.value);
      if (!read.success) return failed(strange);
      return ok({ offset: currentOffset, uninstalled: read.data.journalEvents.flatMap((one) => uninstalledIn(one, app.appId)) });
    },

    /** Where the newest file is; null without any. */
    async latest(): Promise<Result<string | null>> {
      const found = await pointer('latest');
      return found.ok ? ok(found.value?.currentOffset ?? null) : found;
    },
  };
}

function uninstalledIn(said: unknown, appId: string | undefined): Uninstalled[] {
  const read = event.safeParse(said);
  if (!read.success) return [];
  const { action, eventTypeId, portalId, occurredAt, properties } = read.data;
  if (action !== 'APP_UNINSTALL' && eventTypeId !== UNINSTALLED) return [];
  const of = properties?.['hs_app_id'];
  const atMs = typeof occurredAt === 'number' ? occurredAt : Date.parse(occurredAt);
  const isOurs = appId === undefined || of === undefined || of === null || String(of) === appId;
  return isOurs && Number.isFinite(atMs) ? [{ account: String(portalId), atMs }] : [];
}

const strange = { kind: 'broken', said: 'HubSpot’s journal holds something that we cannot read.' } as const;

const place = z.object({ url: z.url(), currentOffset: z.string().check(z.minLength(1), z.maxLength(200)) });
const entries = z.object({ journalEvents: z.array(z.unknown()) });
/** As HubSpot's guide shows it; its specification leaves the file open. */
const event = z.object({
  action: z.optional(z.string()),
  eventTypeId: z.optional(z.string()),
  portalId: z.union([z.int(), z.string()]),
  occurredAt: z.union([z.string(), z.number()]),
  properties: z.optional(z.record(z.string(), z.unknown())),
});
