import { useExtensionActions } from '@hubspot/ui-extensions';
import { type ChangeItem, undoView } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import { usePress } from '../hooks/use-press.ts';
import { Flex, LoadingButton } from '../host.ts';
import { Refused } from './Refused.tsx';

interface Props {
  api: Api;
  change: Pick<ChangeItem, 'id'>;
  onDecided: () => void;
}

/** Takes back what was written. When somebody has changed it since, their name stands here and nothing happens. */
export function Undo({ api, change, onDecided }: Props) {
  const actions = useExtensionActions<'crm.record.tab'>();
  const { busy, trouble, send } = usePress<'undo'>(api, `changes/${change.id}`);
  const undo = async () => {
    const taken = await send('undo', undoView);
    if (!taken) return;
    const isDone = taken.change.state === 'undone';
    actions.addAlert({ type: 'success', message: isDone ? 'Undone.' : 'Taking it back. HubSpot shows it in a moment.' });
    onDecided();
  };
  return (
    <Flex direction="column" gap="xs" align="start">
      <LoadingButton size="xs" loading={busy !== null} onClick={() => void undo()}>
        Undo
      </LoadingButton>
      {trouble && <Refused why={trouble} onRetry={onDecided} />}
    </Flex>
  );
}
