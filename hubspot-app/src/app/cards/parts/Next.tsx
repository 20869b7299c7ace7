import type { NextView } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import { Flex, Heading, Text } from '../host.ts';
import { Decision, isOpen } from './Decision.tsx';
import { Diff } from './Diff.tsx';
import { Quote } from './Quote.tsx';

type One = Extract<NextView, { state: 'next' }>;

/** One thing to do, why, and the words that call for it. */
export function Next({ api, next, timeZone, onDecided }: { api: Api; next: One; timeZone: string; onDecided: () => void }) {
  const { change } = next;
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="column" gap="xs">
        <Heading>{next.title}</Heading>
        <Text>{next.why}</Text>
        {next.evidence && <Quote {...next.evidence} />}
      </Flex>
      {change && <Diff body={change.body} timeZone={timeZone} />}
      {change && isOpen(change) && <Decision key={change.id} api={api} change={change} size="primary" onDecided={onDecided} />}
      {next.after > 0 && (
        <Text variant="microcopy" testId="after">
          {`After that: ${next.after} more, in the Conversation tab.`}
        </Text>
      )}
    </Flex>
  );
}
