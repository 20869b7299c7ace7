import { ownWordsView, readOwnWords, writeOwnWords } from '@ros/contracts';
import { useCallback, useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Heading, LoadingButton, LoadingSpinner, Text, TextArea } from '../host.ts';
import { Refused } from './Refused.tsx';

const path = '/v1/settings/words';
const never = () => null;

/** Names that are heard right because we were told them. */
export function OwnWords({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get(path, ownWordsView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, isSaved, save, touch } = useSave(api, path, ownWordsView);
  const [said, setSaid] = useState<string | null>(null);

  if (shown.is === 'loading') return <LoadingSpinner label="Reading your names" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const say = (to: string) => {
    touch();
    setSaid(to);
  };
  const send = () => save(readOwnWords(said ?? writeOwnWords(shown.value)));
  return (
    <Flex direction="column" gap="sm">
      <Heading>Names to know</Heading>
      <TextArea
        label="What you sell"
        name="own-words"
        description="One a line. Names of your customers and competitors are known already."
        value={said ?? writeOwnWords(shown.value)}
        rows={4}
        resize="vertical"
        onChange={say}
        onInput={say}
      />
      <Flex gap="sm" align="center">
        <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void send()}>
          Save the names
        </LoadingButton>
        {isSaved && <Text variant="microcopy">Saved. It counts from the next call.</Text>}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={() => void send()} />}
    </Flex>
  );
}
