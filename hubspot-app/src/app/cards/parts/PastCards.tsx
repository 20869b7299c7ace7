import type { PastCard } from '@ros/contracts';
import type { Touch } from '../hooks/use-touch.ts';
import { Accordion, Button, Flex, List, Text } from '../host.ts';
import { pastLine } from './guidance-words.ts';

/** Kept by the rep, while a newer card has the place above. */
export function PinnedCards({ past, touch }: { past: readonly PastCard[]; touch: Touch }) {
  const pinned = past.filter(({ state }) => state === 'pinned');
  return pinned.map(({ card }) => (
    <Flex key={card.id} direction="column" align="start" testId="pinned">
      <Text>{card.say}</Text>
      <Flex gap="xs" align="center">
        <Text variant="microcopy">{`Pinned · ${card.headline}`}</Text>
        <Button size="xs" variant="transparent" onClick={() => touch.pin(card.id, false)}>
          Unpin
        </Button>
      </Flex>
    </Flex>
  ));
}

/** What was shown on this call before, folded. */
export function PastCards({ past }: { past: readonly PastCard[] }) {
  const gone = past.filter(({ state }) => state !== 'pinned');
  if (gone.length === 0) return null;
  return (
    <Accordion title={`Earlier in this call (${gone.length})`} size="xs">
      <List>
        {gone.map((one) => (
          <Text key={one.card.id} variant="microcopy">
            {pastLine(one)}
          </Text>
        ))}
      </List>
    </Accordion>
  );
}
