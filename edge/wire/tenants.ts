import { failed, ok } from '../../shared/kit/result.ts';
import type { Parts } from '../parts.ts';
import { installHubspot, installSalesforce } from '../tenants/install.ts';
import { tenantRoutes } from '../tenants/routes.ts';
import { seal } from '../tenants/seal.ts';
import * as tenants from '../tenants/store.ts';
import { saveTokens } from '../tenants/tokens.ts';

export function wireTenants(parts: Parts) {
  const { db, now, settings, hubspot, salesforce } = parts;
  const key = { id: settings.SEAL_KEY_ID, secret: settings.SEAL_KEY };
  const save = async (tenantId: string, connectionId: string, sealed: string, expiresAt: Date | null) => {
    await tenants.saveSecret(db, tenantId, connectionId, sealed, expiresAt);
  };
  const region = settings.REGION;

  return tenantRoutes({
    now,
    secret: settings.SEAL_KEY,
    publicUrl: settings.PUBLIC_URL,
    hubspot: hubspot && {
      authorizeUrl: hubspot.authorizeUrl,
      finish: async (grant) => {
        const granted = await hubspot.exchange(grant);
        if (!granted.ok) return granted;
        return installHubspot(
          {
            now,
            install: (it) => tenants.install(db, { ...it, region }),
            saveHubspotTokens: (owned, tokens) => saveTokens({ key, save }, owned, tokens),
            prepareHubspot: (accessToken) => hubspot.prepare(async () => ({ ok: true, value: accessToken })),
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
        return installSalesforce(
          { install: (it) => tenants.install(db, { ...it, region }), probeSalesforce: salesforce.probe },
          granted.value,
        );
      },
    },
    installerOf: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId ?? null,
    saveTelephony: async (who, it) => {
      const owns = await parts.line.owns(it.accountSid, it.authToken);
      if (!owns.ok) return owns;
      if (!owns.value)
        return failed({ kind: 'refused', said: 'Twilio does not open this account with this token. Check both in its console.' });
      // Bound to the account's own id, which is known before the connection is stored.
      const place = { tenantId: who.tenantId, connectionId: it.accountSid, field: 'auth-token' };
      const added = await tenants.addConnection(db, who.tenantId, {
        provider: 'twilio',
        externalId: it.accountSid,
        secretSealed: await seal(key, place, it.authToken),
        settings: { lines: it.lines },
        by: who.user.id,
      });
      return ok(added !== null);
    },
    saveCompetitors: (who, names) => tenants.setCompetitors(db, who.tenantId, names),
  });
}
