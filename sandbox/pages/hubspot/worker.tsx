import { createRemoteRoot, type RemoteChannel } from '@remote-ui/core';
import * as RemoteUI from '@remote-ui/react';
import { createEndpoint, type MessageEndpoint, retain } from '@remote-ui/rpc';
import * as React from 'react';
import { actionNames, type CardContext, type Host } from './bridge.ts';

// The worker a card lives in: the globals HubSpot gives it, none of the browser's that HubSpot takes away.

interface ExtensionApi {
  context: CardContext;
  actions: Record<string, (...args: unknown[]) => unknown>;
}

const Extension = React.createContext<ExtensionApi | null>(null);
const useExtensionApi = () => {
  const api = React.useContext(Extension);
  if (!api) throw new Error('A card hook was used outside the card');
  return api;
};

const globals = self as unknown as Record<string, unknown>;
const endpoint = createEndpoint(self as unknown as MessageEndpoint);
const Run = Function;
takeAway([
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts',
  'indexedDB',
  'caches',
  'localStorage',
  'sessionStorage',
  'BroadcastChannel',
  'Worker',
  'SharedWorker',
  'Notification',
  'FileReaderSync',
]);

endpoint.expose({
  async render(channel: RemoteChannel, host: Host, context: CardContext, bundle: string) {
    retain(channel);
    retain(host);
    const api: ExtensionApi = {
      context,
      actions: Object.fromEntries(actionNames.map((name) => [name, (...args: unknown[]) => host.action(name, args)])),
    };
    const root = createRemoteRoot(channel, { strict: true });
    let extend: ((api: ExtensionApi) => React.ReactElement) | undefined;
    Object.assign(globals, {
      React,
      RemoteUI,
      __HUBSPOT_EXTENSION_WORKER__: true,
      logger: Object.fromEntries(
        ['debug', 'info', 'warn', 'error'].map((level) => [level, (message: unknown) => host.log(level, String(message))]),
      ),
      extend_V2: (card: typeof extend) => {
        extend = card;
      },
      hsFetch: async (url: string | URL, options: Record<string, unknown> = {}) => {
        const { status, body } = await host.fetch(String(url), options);
        return new Response(status === 204 ? null : body, { status });
      },
      hsWorkerAPI: {
        useExtensionApi,
        useExtensionContext: () => useExtensionApi().context,
        useExtensionActions: () => useExtensionApi().actions,
      },
    });
    new Run(bundle).call(self);
    if (!extend) throw new Error('The bundle never called hubspot.extend');
    RemoteUI.createRoot(root).render(<Extension.Provider value={api}>{extend(api)}</Extension.Provider>);
    root.mount();
  },
});

/** Gone from the object and from everything it inherits, so that no card finds them by another way. */
function takeAway(names: readonly string[]): void {
  for (const name of names) {
    for (let holder: object | null = self; holder; holder = Object.getPrototypeOf(holder)) Reflect.deleteProperty(holder, name);
    Object.defineProperty(self, name, { value: undefined, writable: false, configurable: false });
  }
}
