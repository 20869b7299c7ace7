import { readTeams, teamHelpView, teamWords, writeTeams } from '@ros/contracts';
import { useCallback, useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Heading, LoadingButton, LoadingSpinner, Text, TextArea } from '../host.ts';
import { Refused } from './Refused.tsx';

const path = '/v1/settings/team-help';
const never = () => null;

/** Who may help on whose live calls: a team a line. With none, nobody does. */
export function TeamHelp({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get(path, teamHelpView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, isSaved, save, touch } = useSave(api, path, teamHelpView);
  const [said, setSaid] = useState<string | null>(null);

  if (shown.is === 'loading') return <LoadingSpinner label="Reading who may help" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const text = said ?? writeTeams(shown.value);
  const read = readTeams(text);
  const say = (to: string) => {
    touch();
    setSaid(to);
  };
  const send = () => {
    if ('teams' in read) void save({ isOn: read.teams.length > 0, teams: read.teams });
  };
  return (
    <Flex direction="column" gap="sm">
      <Heading>{teamWords.title}</Heading>
      <TextArea
        label={teamWords.label}
        name={path}
        description={teamWords.help}
        value={text}
        rows={3}
        resize="vertical"
        error={'wrong' in read}
        validationMessage={'wrong' in read ? read.wrong : ''}
        onChange={say}
        onInput={say}
      />
      <Flex gap="sm" align="center">
        <LoadingButton size="xs" variant="secondary" loading={busy} disabled={'wrong' in read} onClick={send}>
          {teamWords.send}
        </LoadingButton>
        {isSaved && <Text variant="microcopy">{teamWords.saved}</Text>}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={send} />}
    </Flex>
  );
}
