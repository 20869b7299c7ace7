import type { ConversationView } from '@ros/contracts';
import { Flex, List, Text } from '../host.ts';
import { Quote } from './Quote.tsx';
import { clock } from './words.ts';

/** Moments that somebody flagged during the call, each with the words it was set at. */
export function Flagged({ flagged }: { flagged: NonNullable<ConversationView['flagged']> }) {
  return (
    <List variant="unordered-styled">
      {flagged.map(({ id, atMs, evidence }) => (
        <Flex key={id} direction="column">
          <Text>{`Flagged at ${clock(atMs)}`}</Text>
          {evidence && <Quote {...evidence} />}
        </Flex>
      ))}
    </List>
  );
}
