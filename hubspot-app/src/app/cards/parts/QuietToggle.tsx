import type { Quiet } from '@ros/contracts';
import type { Touch } from '../hooks/use-touch.ts';
import { Flex, Text, Toggle } from '../host.ts';
import { quietWords } from './guidance-words.ts';

/** No cards, but what has to be said. For this call and the rep's next ones. */
export function QuietToggle({ quiet, touch }: { quiet: Quiet; touch: Touch }) {
  return (
    <Flex direction="column">
      <Toggle
        label="Quiet"
        name="quiet"
        size="xs"
        labelDisplay="inline"
        checked={quiet !== 'off'}
        onChange={(isQuiet) => touch.setQuiet(isQuiet ? 'critical' : 'off')}
      />
      {quiet !== 'off' && (
        <Text variant="microcopy" testId="quiet">
          {quietWords[quiet]}
        </Text>
      )}
    </Flex>
  );
}
