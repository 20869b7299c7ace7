import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import { appCursorsOf, saveAppCursor } from '../tenants/connect/store.ts';
import { hearUninstalls } from '../tenants/hear-uninstalls.ts';
import * as tenants from '../tenants/store.ts';
import { uninstalledByHost } from './disconnect.ts';

const PLACE = 'hubspot-journal:';
/** An app that HubSpot does not let at the journal asks again after this. */
const REST_MS = 3_600_000;

/** HubSpot's journal of uninstalls, read once a minute for all tenants in one. Without it an uninstall shows at the next refused token. */
export function wireUninstalls(parts: Parts): () => Promise<void> {
  const { db, now, hubspot } = parts;
  let restsUntilMs = 0;

  return async () => {
    if (!hubspot || restsUntilMs > now()) return;
    const heard = await hearUninstalls({
      now,
      journal: hubspot.journal,
      read: () => appCursorsOf(db, PLACE),
      save: (name, value) => saveAppCursor(db, PLACE + name, value),
      uninstalled: async (account, atMs) => {
        const owned = await tenants.resolveConnection(db, 'hubspot', account);
        if (!owned || !(await uninstalledByHost(parts, owned.tenantId, owned.connectionId, atMs))) return;
        log({ at: 'cron', what: 'uninstalled', tenant: owned.tenantId });
      },
    });
    if (heard.ok) return;
    if (heard.fault.kind === 'refused' || heard.fault.kind === 'expired') restsUntilMs = now() + REST_MS;
    log({ at: 'cron', what: 'uninstalls-not-heard', level: 'warn', kind: heard.fault.kind });
  };
}
