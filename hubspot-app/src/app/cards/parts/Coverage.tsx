import { coverageView } from '@ros/contracts';
import { useCallback } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Heading, LoadingSpinner, Text } from '../host.ts';
import { Refused } from './Refused.tsx';
import { coverageWords, missesWords } from './settings-words.ts';

const never = () => null;

/** How many of the calls we know of were heard, and why the others were not. */
export function Coverage({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get('/v1/capture/coverage', coverageView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  if (shown.is === 'loading') return <LoadingSpinner label="Counting calls" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const misses = missesWords(shown.value);
  return (
    <Flex direction="column" gap="xs">
      <Heading>Calls heard</Heading>
      <Text format={{ fontWeight: 'demibold' }}>{coverageWords(shown.value)}</Text>
      {misses !== '' && <Text>{misses}</Text>}
      <Text variant="microcopy">Calls that never came to one of the sources above are in none of these numbers.</Text>
    </Flex>
  );
}
