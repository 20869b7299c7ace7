import type { KeyedWrite, Written } from '../../ports/crm.ts';
import type { HubspotClient } from './client.ts';
import type { Definitions } from './definitions.ts';
import type { HubspotReads } from './read.ts';

/** What one method of the port works with. */
export interface Desk {
  client: HubspotClient;
  reads: HubspotReads;
  definitions: Definitions;
  /** The portal has our unique property on calls, notes and tasks. */
  effectOnce: boolean;
  /** Our app's id, as HubSpot names the source of a change. */
  appId: string | undefined;
  /** How long after a write without an answer it is looked whether it landed. */
  lookAfterMs: number;
}

/** What became of each change of a bundle. */
export type Outcomes = Map<KeyedWrite, Written>;
