import { failed, ok } from '../../shared/kit/result.ts';
import { wakeCalls } from '../capture/waiting/store.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import { takeState } from '../tenants/connect/store.ts';
import { type InstallDeps, installHubspot, installSalesforce } from '../tenants/install.ts';
import { placeOf, saveSecret } from '../tenants/keys/store.ts';
import { tenantRoutes } from '../tenants/routes.ts';
import * as tenants from '../tenants/store.ts';
import { disconnect } from './disconnect.ts';
import { saveHubspotTokens } from './hubspot-tokens.ts';

/** The sweep goes on with the rest. */
const WOKEN_AT_ONCE = 50;

export function wireTenants(parts: Parts) {
  const { db, now, settings, keyring, hubspot, salesforce, bindings } = parts;
  const region = settings.REGION;
  const deps: Pick<InstallDeps, 'now' | 'install' | 'connected'> = {
    now,
    install: async (it) => {
      const owned = await tenants.install(db, { ...it, region });
      await keyring.ensure(owned.tenantId);
      return owned;
    },
    connected: async ({ tenantId, connectionId }) => {
      // While the new secret was on its way, the old one may have failed once more.
      await tenants.setConnectionState(db, tenantId, connectionId, 'connected', 'install');
      const writer = writerStub(bindings, tenantId, connectionId);
      await writer.kick(tenantId, connectionId);
      // Understood meanwhile, and not planned: there was nobody to ask.
      for (const callId of await wakeCalls(db, tenantId, connectionId, WOKEN_AT_ONCE)) await writer.follow(tenantId, callId);
    },
  };

  return tenantRoutes({
    now,
    masters: settings.masters,
    publicUrl: settings.PUBLIC_URL,
    takeState: (hash, at, expiresAt) => takeState(db, hash, at, expiresAt),
    hubspot: hubspot && {
      authorizeUrl: hubspot.authorizeUrl,
      finish: async (grant) => {
        const granted = await hubspot.exchange(grant);
        if (!granted.ok) return granted;
        return installHubspot(
          {
            ...deps,
            hubspotScopes: hubspot.scopes,
            pause: (ms) => new Promise((done) => setTimeout(done, ms)),
            saveHubspotTokens: (owned, tokens) => saveHubspotTokens(parts, owned, tokens),
            prepareHubspot: (accessToken) => hubspot.prepare(async () => ok(accessToken)),
          },
          granted.value,
        );
      },
    },
    salesforce: salesforce && {
      authorizeUrl: salesforce.authorizeUrl,
      finish: async (grant) => {
        const granted = await salesforce.exchange(grant);
        if (!granted.ok) return granted;
        return installSalesforce({ ...deps, probeSalesforce: salesforce.probe }, granted.value);
      },
    },
    installerOf: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId ?? null,
    disconnect: (who) => disconnect(parts, who),
    saveTelephony: async (who, it) => {
      const owns = await parts.line.owns(it.accountSid, it.authToken);
      if (!owns.ok) return owns;
      if (!owns.value)
        return failed({ kind: 'refused', said: 'Twilio does not open this account with this token. Check both in its console.' });
      const { tenantId } = who;
      const account = { provider: 'twilio', externalId: it.accountSid } as const;
      const added = await tenants.addConnection(db, tenantId, { ...account, settings: { lines: it.lines }, by: who.user.id });
      if (!added) return ok(false);
      const place = placeOf({ ...account, tenantId, id: added.connectionId });
      await keyring.keep(place, it.authToken, (sealed) => saveSecret(db, tenantId, added.connectionId, { sealed }));
      return ok(true);
    },
    saveCompetitors: (who, names) => tenants.setCompetitors(db, who.tenantId, names),
  });
}
