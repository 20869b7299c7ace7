import { createRemoteReceiver } from '@remote-ui/core';
import { RemoteRenderer } from '@remote-ui/react/host';
import { createEndpoint, fromWebWorker } from '@remote-ui/rpc';
import { useEffect, useMemo, useState } from 'react';
import type { CardContext, Worker as CardWorker, Host } from './bridge.ts';
import { controller } from './components/all.tsx';
import { closeOverlay } from './components/overlay.tsx';
import type { Settings } from './settings.ts';

export interface Notice {
  type?: 'info' | 'warning' | 'success' | 'danger' | 'tip';
  title?: string;
  message: string;
}

interface Props {
  card: 'NextAction' | 'Conversation' | 'People' | 'Settings';
  title: string;
  location: CardContext['location'];
  settings: Settings;
  onNotice: (notice: Notice) => void;
  onRefresh: () => void;
}

/** One card in its own worker. It leaves with the worker, as on HubSpot when a tab is left. */
export function CardFrame({ card, title, location, settings, onNotice, onRefresh }: Props) {
  const receiver = useMemo(() => createRemoteReceiver(), []);
  const [crash, setCrash] = useState<string>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a card is started once, with the page as it stands then.
  useEffect(() => {
    const worker = new Worker('worker.js');
    const endpoint = createEndpoint<CardWorker>(fromWebWorker(worker));
    const host: Host = {
      fetch: (url, options) => throughProxy(settings.user.key, url, options),
      log: (level, message) => console.info(`[${card}] ${level}: ${message}`),
      action(name, args) {
        switch (name) {
          case 'addAlert':
            return onNotice(args[0] as Notice);
          case 'refreshObjectProperties':
            return onRefresh();
          case 'reloadPage':
            return window.location.reload();
          case 'closeOverlay':
            return void closeOverlay(String(args[0]));
          case 'copyTextToClipboard':
            return navigator.clipboard.writeText(String(args[0]));
          case 'openIframeModal':
            throw new Error('This page opens no frames');
        }
      },
    };
    worker.addEventListener('error', (event) => setCrash(event.message));
    fetch(`cards/${card}.js`)
      .then((answer) => answer.text())
      .then((bundle) => endpoint.call.render(receiver.receive, host, contextOf(settings, title, location), bundle))
      .catch((error: Error) => setCrash(error.message));
    return () => {
      endpoint.terminate();
      worker.terminate();
    };
  }, []);

  if (crash)
    return (
      <div className="hs-unimplemented" data-unimplemented={card} role="alert">
        {`The card stopped: ${crash}`}
      </div>
    );
  return <RemoteRenderer receiver={receiver} controller={controller} />;
}

async function throughProxy(user: string, url: string, options: Record<string, unknown>): Promise<{ status: number; body: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`fetch?user=${user}`, { method: 'POST', headers, body: JSON.stringify({ url, ...options }) });
  if (!answer.ok) throw new Error('The proxy could not be reached');
  return answer.json();
}

function contextOf({ user, portal, app, record, variables }: Settings, cardTitle: string, location: CardContext['location']): CardContext {
  const { userId, email, firstName, lastName } = user;
  return {
    location,
    user: { id: userId, email, emails: [email], firstName, lastName, roles: [], teams: [], locale: 'en-us', permissions: [] },
    portal,
    ...(location === 'settings' ? {} : { crm: record }),
    extension: { appId: app.id, appName: app.name, cardTitle },
    variables,
  };
}
