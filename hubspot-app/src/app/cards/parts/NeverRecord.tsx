import { neverRecordView, readNeverRecord, writeNeverRecord } from '@ros/contracts';
import { useCallback, useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Heading, LoadingButton, LoadingSpinner, Text, TextArea } from '../host.ts';
import { Refused } from './Refused.tsx';

const path = '/v1/settings/never-record';
const never = () => null;

/** Whom nobody hears, as one list. */
export function NeverRecord({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get(path, neverRecordView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, isSaved, save, touch } = useSave(api, path, neverRecordView);
  const [said, setSaid] = useState<string | null>(null);

  if (shown.is === 'loading') return <LoadingSpinner label="Reading whom nobody hears" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const text = said ?? writeNeverRecord(shown.value);
  const say = (to: string) => {
    touch();
    setSaid(to);
  };
  const send = () => save(readNeverRecord(text));
  return (
    <Flex direction="column" gap="sm">
      <Heading>Never record</Heading>
      <TextArea
        label="Whom nobody hears"
        name="never-record"
        description="One a line: a company’s domain, a number (+4930* for all that begin so), a rep’s address, or a word in a meeting’s title."
        value={text}
        rows={4}
        resize="vertical"
        onChange={say}
        onInput={say}
      />
      <Flex gap="sm" align="center">
        <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void send()}>
          Save the list
        </LoadingButton>
        {isSaved && <Text variant="microcopy">Saved. It counts from the next call.</Text>}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={() => void send()} />}
    </Flex>
  );
}
