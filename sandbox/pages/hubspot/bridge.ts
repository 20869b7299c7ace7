/** What the page does for a card, and what it tells it. Both ends of the wire speak these words. */
export interface Host {
  fetch(url: string, options: Record<string, unknown>): Promise<{ status: number; body: string }>;
  action(name: ActionName, args: unknown[]): unknown;
  log(level: string, message: string): void;
}

export const actionNames = [
  'addAlert',
  'reloadPage',
  'openIframeModal',
  'refreshObjectProperties',
  'copyTextToClipboard',
  'closeOverlay',
] as const;
type ActionName = (typeof actionNames)[number];

/** `useExtensionContext()` as HubSpot fills it. */
export interface CardContext {
  location: 'crm.record.sidebar' | 'crm.record.tab' | 'settings';
  user: {
    id: number;
    email: string;
    emails: string[];
    firstName: string;
    lastName: string;
    roles: string[];
    teams: { id: number; name: string; teammates: number[] }[];
    locale: string;
    permissions: string[];
  };
  portal: { id: number; timezone: string };
  /** Where a record is open. */
  crm?: { objectId: number; objectTypeId: string };
  extension: { appId: number; appName: string; cardTitle: string };
  variables: Record<string, string>;
}

export interface Worker {
  render(channel: unknown, host: Host, context: CardContext, bundle: string): Promise<void>;
}
