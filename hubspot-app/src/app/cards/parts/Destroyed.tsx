import type { ChangeItem } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import type { Reader } from '../hooks/use-reader.ts';
import { Button, EmptyState, Flex, Heading, Text } from '../host.ts';
import { ChangeRow } from './ChangeRow.tsx';
import { withUndos } from './taken-back.ts';

interface Props {
  api: Api;
  /** What of it still stands in the CRM. */
  standing: readonly ChangeItem[];
  reader: Reader;
  onDecided?: () => void;
  /** Goes on to what the record has now. */
  onDone?: () => void;
}

/** What is left of a call that nobody wants to have had. */
export function Destroyed({ api, standing, reader, onDecided, onDone }: Props) {
  const rows = withUndos(standing);
  return (
    <Flex direction="column" gap="md">
      <EmptyState title="This call was destroyed" layout="vertical" imageName="lock" imageWidth={80} flush>
        <Text>Nothing of it is kept here: no recording, no words, no summary, nothing learned from it.</Text>
      </EmptyState>
      {rows.length > 0 && (
        <Flex direction="column" gap="sm">
          <Heading>Still in HubSpot</Heading>
          {rows.map((taken) => (
            <ChangeRow key={taken.change.id} api={api} taken={taken} reader={reader} onDecided={onDecided ?? onDone ?? nothing} />
          ))}
        </Flex>
      )}
      {onDone && (
        <Button size="xs" onClick={onDone}>
          Go on
        </Button>
      )}
    </Flex>
  );
}

const nothing = () => {};
