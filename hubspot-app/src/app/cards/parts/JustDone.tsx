import type { Touch } from '../hooks/use-touch.ts';
import { Button, Flex, Text } from '../host.ts';
import { doneWords } from './guidance-words.ts';

/** A press that can be taken back, for a few seconds. */
export function JustDone({ touch: { done, undo } }: { touch: Touch }) {
  if (!done) return null;
  return (
    <Flex gap="xs" align="center" testId="just-done">
      <Text variant="microcopy">{doneWords[done.action]}</Text>
      <Button size="xs" variant="transparent" onClick={undo}>
        Undo
      </Button>
    </Flex>
  );
}
