import { type TeamPageView, teamPageView, teamWords } from '@ros/contracts';
import { useState } from 'react';
import type { Api, NotHere } from '../hooks/api.ts';
import { newRequestId } from '../hooks/request-id.ts';
import { Flex, Heading, Link, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

/** For who leads a team: the page of its running calls. Its address opens once, so each press asks for one. */
export function LiveNow({ api }: { api: Api }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [page, setPage] = useState<TeamPageView | null>(null);
  const ask = async () => {
    setBusy(true);
    setTrouble(null);
    const asked = await api.post('/v1/live/ticket', teamPageView, { requestId: newRequestId() });
    setBusy(false);
    if (asked.is === 'here') setPage(asked.value);
    else setTrouble(asked);
  };
  return (
    <Flex direction="column" gap="sm" align="start">
      <Heading>{teamWords.live}</Heading>
      <Text>{teamWords.liveHelp}</Text>
      {page ? (
        <Link href={{ url: page.url, external: true }} onClick={() => setPage(null)}>
          {teamWords.go}
        </Link>
      ) : (
        <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void ask()}>
          {teamWords.open}
        </LoadingButton>
      )}
      {trouble && <Refused why={trouble} onRetry={() => void ask()} />}
    </Flex>
  );
}
