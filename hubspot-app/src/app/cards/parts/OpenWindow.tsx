import { type WindowView, windowView } from '@ros/contracts';
import { useState } from 'react';
import type { Api, NotHere } from '../hooks/api.ts';
import { newRequestId } from '../hooks/request-id.ts';
import { Link, LoadingButton } from '../host.ts';
import { Refused } from './Refused.tsx';

/** The live window beside the call: a page of ours, with what a card has no room for. Its address opens once, so each press asks for one. */
export function OpenWindow({ api, callId }: { api: Api; callId: string }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [page, setPage] = useState<WindowView | null>(null);
  const ask = async () => {
    setBusy(true);
    setTrouble(null);
    const asked = await api.post(`/v1/calls/${callId}/window`, windowView, { requestId: newRequestId() });
    setBusy(false);
    if (asked.is === 'here') setPage(asked.value);
    else setTrouble(asked);
  };
  if (trouble) return <Refused why={trouble} onRetry={() => void ask()} />;
  if (page)
    return (
      <Link href={{ url: page.url, external: true }} onClick={() => setPage(null)}>
        Go to the live window
      </Link>
    );
  return (
    <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void ask()}>
      Open live window
    </LoadingButton>
  );
}
