import { useRef, useState } from 'react';
import type { Api, NotHere } from '../hooks/api.ts';
import { newRequestId } from '../hooks/request-id.ts';
import { EmptyState, Flex, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

/** Nothing is made up; what would make a way is said instead, and on a person's own page it is one press. */
export function NoWay({ api, record, onDone }: { api: Api; record: string; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const press = useRef<string | null>(null);
  const isPerson = record.includes('/contact/');
  const know = async () => {
    press.current ??= newRequestId();
    setBusy(true);
    const asked = await api.tell(`${record.replace('/record/', '/people/')}/known`, { requestId: press.current });
    setBusy(false);
    if (asked.is === 'here') onDone();
    else setTrouble(asked);
  };
  return (
    <Flex direction="column" gap="sm">
      <EmptyState title="No verified warm path yet" layout="vertical" imageName="contacts" imageWidth={100} flush>
        <Text>
          A call that one of you holds with somebody near them makes a way. So does a colleague who says that they know them well.
        </Text>
      </EmptyState>
      {trouble && <Refused why={trouble} onRetry={() => void know()} />}
      {isPerson && (
        <LoadingButton size="small" variant="secondary" loading={busy} onClick={() => void know()}>
          I know them well
        </LoadingButton>
      )}
    </Flex>
  );
}
