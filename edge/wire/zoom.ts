import type { SpoolServices } from '../capture/spool.ts';
import * as calls from '../capture/store.ts';
import { takeZoomLetter, ZOOM_SOURCE, type ZoomDeps, type ZoomSender, zoomRoutes } from '../capture/zoom-routes.ts';
import type { RosApp } from '../http/app.ts';
import type { Parts } from '../parts.ts';
import { spoolStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { zoomConnection } from './meeting-accounts.ts';

const KEEP_MS = 60_000;
const KEPT_MAX = 1_000;

/** Zoom's webhooks, each account's at its own address. */
export function wireZoom(
  parts: Parts,
  { keep, take, keepLive, takeLive }: Pick<ZoomDeps, 'keep' | 'take' | 'keepLive' | 'takeLive'>,
): { routes: (app: RosApp) => void; spoolBefore(other: SpoolServices): SpoolServices } {
  const { db, bindings, now, zoom } = parts;
  const senders = new Map<string, { sender: ZoomSender; untilMs: number }>();

  /** Who sent a moment ago is known without the database. */
  async function senderOf(accountId: string): Promise<ZoomSender | null> {
    const known = senders.get(accountId);
    if (known && known.untilMs > now()) return known.sender;
    const owned = await tenants.resolveConnection(db, 'zoom', accountId);
    const connection = owned && (await zoomConnection(parts, owned.tenantId, owned.connectionId, true));
    if (!owned || !connection) return null;
    const sender = { ...owned, accountId, secret: connection.secretToken };
    if (senders.size >= KEPT_MAX) senders.clear();
    senders.set(accountId, { sender, untilMs: now() + KEEP_MS });
    return sender;
  }

  const letters = { senderOf, isSigned: zoom.isSigned, keep, keepLive };
  return {
    routes: zoomRoutes({
      ...letters,
      ourSecret: zoom.connect?.secretToken,
      now,
      take,
      takeLive,
      answerValidation: zoom.answerValidation,
      spool: (letter, receivedMs) => spoolStub(bindings, letter.source).keep(letter, receivedMs),
    }),
    /** One kind of object spools for all: Zoom's letters are known by their source. */
    spoolBefore: (other) => ({
      ...other,
      take: (letter, receivedMs) =>
        letter.source.startsWith(ZOOM_SOURCE) ? takeZoomLetter(letters, letter, receivedMs) : other.take(letter, receivedMs),
      noteAside: async (source) => {
        if (!source.startsWith(ZOOM_SOURCE)) return other.noteAside(source);
        const owned = await tenants.resolveConnection(db, 'zoom', source.slice(ZOOM_SOURCE.length));
        if (owned) await calls.noteLetterAside(db, owned.tenantId, owned.connectionId, new Date(now()));
      },
    }),
  };
}
