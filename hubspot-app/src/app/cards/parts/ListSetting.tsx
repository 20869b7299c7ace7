import { useCallback, useState } from 'react';
import type { Api, Schema } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Heading, LoadingButton, LoadingSpinner, Text, TextArea } from '../host.ts';
import { Refused } from './Refused.tsx';

const never = () => null;

/** A setting that is one list: one line each to a person, an object to the service. */
interface List<T> {
  name: string;
  path: string;
  schema: Schema<T>;
  read: (text: string) => T;
  write: (kept: T) => string;
  words: { title: string; loading: string; label: string; help: string; send: string };
}

/** Shows such a list and saves it whole. */
export function ListSetting<T extends object>({ world, api, list }: { world: World; api: Api; list: List<T> }) {
  const { name, path, schema, read, write, words } = list;
  const load = useCallback(() => api.get(path, schema), [api, path, schema]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, isSaved, save, touch } = useSave(api, path, schema);
  const [said, setSaid] = useState<string | null>(null);

  if (shown.is === 'loading') return <LoadingSpinner label={words.loading} showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const text = said ?? write(shown.value);
  const say = (to: string) => {
    touch();
    setSaid(to);
  };
  const send = () => save(read(text));
  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.title}</Heading>
      <TextArea
        label={words.label}
        name={name}
        description={words.help}
        value={text}
        rows={4}
        resize="vertical"
        onChange={say}
        onInput={say}
      />
      <Flex gap="sm" align="center">
        <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void send()}>
          {words.send}
        </LoadingButton>
        {isSaved && <Text variant="microcopy">Saved. It counts from the next call.</Text>}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={() => void send()} />}
    </Flex>
  );
}
