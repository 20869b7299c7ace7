import { useExtensionActions } from '@hubspot/ui-extensions';
import type { Api } from '../hooks/api.ts';
import type { Reader } from '../hooks/use-reader.ts';
import { Button, Flex, StatusTag, Text, Tile } from '../host.ts';
import { copied, Decision, isOpen } from './Decision.tsx';
import { Diff } from './Diff.tsx';
import { Quote } from './Quote.tsx';
import { canUndo, type Taken } from './taken-back.ts';
import { Undo } from './Undo.tsx';
import { changeWords, stateWords, undoTrouble, writtenWords } from './words.ts';

interface Props {
  api: Api;
  taken: Taken;
  reader: Reader;
  onDecided: () => void;
}

/** One thing that changes in HubSpot, why, by whose yes, and where it stands. */
export function ChangeRow({ api, taken, reader, onDecided }: Props) {
  const actions = useExtensionActions<'crm.record.tab'>();
  const { change } = taken;
  const { body } = change;
  const state = stateWords(taken);
  const lines = [change.reason, writtenWords(change, reader), undoTrouble(taken)].filter((line) => line !== '');
  return (
    <Tile compact testId={`change-${change.id}`}>
      <Flex direction="column" gap="xs">
        <Flex justify="between" align="center" gap="sm" wrap>
          <Text format={{ fontWeight: 'demibold' }}>{changeWords(body)}</Text>
          <StatusTag variant={state.variant}>{state.text}</StatusTag>
        </Flex>
        <Diff body={body} timeZone={reader.timeZone} />
        {lines.map((line) => (
          <Text key={line} variant="microcopy">
            {line}
          </Text>
        ))}
        {change.evidence.map((evidence) => (
          <Quote key={`${evidence.seq}:${evidence.startMs}`} {...evidence} />
        ))}
        {isOpen(change) && <Decision api={api} change={change} size="row" onDecided={onDecided} />}
        {canUndo(taken, reader.nowMs) && <Undo api={api} change={change} onDecided={onDecided} />}
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
