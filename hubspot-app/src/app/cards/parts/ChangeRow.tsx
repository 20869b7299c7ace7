import { useExtensionActions } from '@hubspot/ui-extensions';
import type { ChangeItem } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import { Button, Flex, StatusTag, Text, Tile } from '../host.ts';
import { copied, Decision, isOpen } from './Decision.tsx';
import { Diff } from './Diff.tsx';
import { Quote } from './Quote.tsx';
import { changeWords, stateWords } from './words.ts';

interface Props {
  api: Api;
  change: ChangeItem;
  timeZone: string;
  onDecided: () => void;
}

/** One thing that changes in HubSpot, why, and where it stands. */
export function ChangeRow({ api, change, timeZone, onDecided }: Props) {
  const actions = useExtensionActions<'crm.record.tab'>();
  const { body } = change;
  const state = stateWords(change);
  return (
    <Tile compact testId={`change-${change.id}`}>
      <Flex direction="column" gap="xs">
        <Flex justify="between" align="center" gap="sm" wrap>
          <Text format={{ fontWeight: 'demibold' }}>{changeWords(body)}</Text>
          <StatusTag variant={state.variant}>{state.text}</StatusTag>
        </Flex>
        <Diff body={body} timeZone={timeZone} />
        <Text variant="microcopy">{change.reason}</Text>
        {change.evidence.map((evidence) => (
          <Quote key={`${evidence.seq}:${evidence.startMs}`} {...evidence} />
        ))}
        {isOpen(change) && <Decision api={api} change={change} size="row" onDecided={onDecided} />}
        {change.state === 'approved' && body.kind === 'draft-email' && (
          <Flex>
            <Button size="xs" onClick={async () => actions.addAlert(await copied(actions, body))}>
              Copy the email
            </Button>
          </Flex>
        )}
      </Flex>
    </Tile>
  );
}
