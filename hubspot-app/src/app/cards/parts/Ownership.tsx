import { type CallBrief, type DestroyView, destroyView, privateView } from '@ros/contracts';
import { useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { usePress } from '../hooks/use-press.ts';
import { Alert, Button, Divider, Flex, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

interface Props {
  api: Api;
  call: Pick<CallBrief, 'id' | 'isPrivate'>;
  onChanged: () => void;
  onDestroyed: (view: DestroyView) => void;
}

/** Whose the call is: its rep's alone, or nobody's any more. A destruction is asked once, with what goes; a second press does it. */
export function Ownership({ api, call, onChanged, onDestroyed }: Props) {
  const [isAsked, setAsked] = useState(false);
  const { busy, trouble, send } = usePress<'private' | 'destroy'>(api, `calls/${call.id}`);
  const setPrivate = async (isPrivate: boolean) => {
    if (await send('private', privateView, { isPrivate })) onChanged();
  };
  const destroy = async () => {
    const done = await send('destroy', destroyView);
    if (done) onDestroyed(done);
  };
  return (
    <Flex direction="column" gap="sm">
      <Divider />
      {isAsked ? (
        <Alert title="Destroy this call?" variant="danger">
          <Flex direction="column" gap="xs">
            <Text>
              The recording, the words, the summary, open suggestions and everything learned from this call go, everywhere and for good.
              What already stands in HubSpot stays, and is listed with its undo.
            </Text>
            <Flex gap="xs" wrap>
              <LoadingButton size="xs" variant="destructive" loading={busy === 'destroy'} onClick={() => void destroy()}>
                Destroy it
              </LoadingButton>
              <Button size="xs" onClick={() => setAsked(false)}>
                Keep it
              </Button>
            </Flex>
          </Flex>
        </Alert>
      ) : (
        <Flex gap="xs" align="center" wrap>
          <Button size="xs" variant="secondary" disabled={busy !== null} onClick={() => void setPrivate(!call.isPrivate)}>
            {call.isPrivate ? 'Share again' : 'Make private'}
          </Button>
          <Button size="xs" variant="transparent" onClick={() => setAsked(true)}>
            Destroy
          </Button>
        </Flex>
      )}
      {trouble && <Refused why={trouble} onRetry={onChanged} />}
    </Flex>
  );
}
