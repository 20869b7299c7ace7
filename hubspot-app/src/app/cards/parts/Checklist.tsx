import type { Checklist as Points } from '@ros/contracts';
import type { Touch } from '../hooks/use-touch.ts';
import { Accordion, Checkbox, Flex, Text } from '../host.ts';
import { fillLine, tickedWords } from './guidance-words.ts';

/** What was heard for the record, and the playbook's points: ticked by words or by hand. Folded, so that the card stays what stands out. */
export function Checklist({ checklist: { points, fills }, touch }: { checklist: Points; touch: Touch }) {
  const done = points.filter((point) => point.done).length;
  return (
    <>
      {fills.length > 0 && (
        <Flex direction="column" testId="fills">
          {fills.map((fill) => (
            <Text key={fill.id} variant="microcopy">
              {fillLine(fill)}
            </Text>
          ))}
        </Flex>
      )}
      {points.length > 0 && (
        <Accordion title={`Checklist: ${done} of ${points.length}`} size="xs">
          <Flex direction="column" gap="xs">
            {points.map((point) => (
              <Flex key={point.id} direction="column">
                <Checkbox name={point.id} size="sm" checked={point.done} onChange={(isDone) => touch.tick(point.id, isDone)}>
                  {point.name}
                </Checkbox>
                {point.done && <Text variant="microcopy">{tickedWords(point)}</Text>}
              </Flex>
            ))}
          </Flex>
        </Accordion>
      )}
    </>
  );
}
