import { usageView } from '@ros/contracts';
import { useCallback } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import type { World } from '../hooks/world.ts';
import { Alert, Flex, Heading, List, LoadingSpinner, ProgressBar, Text } from '../host.ts';
import { Budget } from './Budget.tsx';
import { Refused } from './Refused.tsx';
import { modelWords, monthWords, overWords, speechWords } from './settings-words.ts';

const never = () => null;
const variants = { open: 'success', near: 'warning', over: 'danger' } as const;

/** What this month has cost, what it may cost, and where it leads. */
export function Month({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get('/v1/usage', usageView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  if (shown.is === 'loading') return <LoadingSpinner label="Adding up the month" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { value } = shown;
  const over = overWords(value);
  const parts = [
    { title: 'Speech', words: speechWords(value), ...value.speech },
    { title: 'Reading calls', words: modelWords(value), ...value.model },
  ];
  return (
    <Flex direction="column" gap="sm">
      <Heading>This month</Heading>
      <Text format={{ fontWeight: 'demibold' }}>{monthWords(value)}</Text>
      {over !== null && (
        <Alert title="A budget is used up" variant="warning">
          {over}
        </Alert>
      )}
      {parts.map(({ title, words, share, state }) => (
        <Flex key={title} direction="column" gap="xs">
          <ProgressBar
            title={title}
            aria-label={title}
            value={Math.min(100, Math.round(share * 100))}
            maxValue={100}
            valueDescription={words.used}
            variant={variants[state]}
          />
          <Text variant="microcopy">{words.more}</Text>
        </Flex>
      ))}
      {value.notices.length > 0 && (
        <List variant="unordered-styled">
          {value.notices.map(({ at, said }) => (
            <Text key={`${at} ${said}`} variant="microcopy">
              {said}
            </Text>
          ))}
        </List>
      )}
      <Text variant="microcopy">{`From our vendors’ list prices of ${value.pricesAsOf}; months end at midnight UTC.`}</Text>
      <Budget world={world} api={api} onSaved={reload} />
    </Flex>
  );
}
