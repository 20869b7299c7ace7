import { readFileSync } from 'node:fs';
import { cast } from './cast.ts';
import type { Hubspot } from './hubspot/protocol.ts';
import type { SalesforceTwin } from './salesforce/protocol.ts';

interface Manifest {
  config: { subscriptions: Record<'crmObjects' | 'hubEvents', { subscriptionType: string; propertyName?: string }[]> };
}

/** From now on both CRMs tell the Worker what happens to their records: HubSpot what the app's manifest subscribes to, Salesforce by the package's triggers. */
export function tellNews({ publicUrl, hubspot, salesforce }: { publicUrl: string; hubspot: Hubspot; salesforce: SalesforceTwin }): void {
  const file = new URL('../hubspot-app/src/app/webhooks/webhooks-hsmeta.json', import.meta.url);
  const { crmObjects, hubEvents } = (JSON.parse(readFileSync(file, 'utf8')) as Manifest).config.subscriptions;
  const all = [...crmObjects, ...hubEvents];
  for (const { webhooks } of hubspot.portals) {
    webhooks.subscribe({
      url: `${publicUrl}/hooks/hubspot`,
      clientSecret: cast.hubspot.clientSecret,
      appId: cast.hubspot.appId,
      subscriptionTypes: [...new Set(all.map(({ subscriptionType }) => subscriptionType))],
      properties: all.flatMap(({ propertyName }) => (propertyName === undefined ? [] : [propertyName])),
    });
  }
  salesforce.feed({ url: `${publicUrl}/hooks/salesforce` });
}
