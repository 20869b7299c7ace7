import { type MyGuidanceView, myGuidanceView } from '@ros/contracts';
import { useCallback } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, LoadingButton, LoadingSpinner, Text } from '../host.ts';
import { quietWords } from './guidance-words.ts';
import { Refused } from './Refused.tsx';
import { RuleTable } from './RuleTable.tsx';

const path = '/v1/guidance/mine';
const never = () => null;
type Mine = Pick<MyGuidanceView, 'quiet'> & { never: string[] };

/** A rep's own numbers, for nobody else, and what they silenced for good. */
export function MyGuidance({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get(path, myGuidanceView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, save } = useSave<MyGuidanceView, Mine>(api, path, myGuidanceView);
  if (shown.is === 'loading') return <LoadingSpinner label="Counting your cards" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { quiet, never: silenced, rules = [] } = shown.value;
  const set = async (said: Mine) => {
    if (await save(said)) reload();
  };
  const ids = silenced.map(({ ruleId }) => ruleId);
  return (
    <Flex direction="column" gap="sm">
      <Text format={{ fontWeight: 'demibold' }}>Your own calls</Text>
      <Text variant="microcopy">Only you see these numbers.</Text>
      {rules.length === 0 ? <Text>No card has come on your calls yet.</Text> : <RuleTable rules={rules} />}
      {quiet !== 'off' && (
        <Flex gap="sm" align="center" wrap>
          <Text>{quietWords[quiet]}</Text>
          <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void set({ quiet: 'off', never: ids })}>
            Show cards again
          </LoadingButton>
        </Flex>
      )}
      {silenced.map(({ ruleId, name }) => (
        <Flex key={ruleId} gap="sm" align="center" wrap>
          <Text>{`“${name}” comes on none of your calls.`}</Text>
          <LoadingButton
            size="xs"
            variant="secondary"
            loading={busy}
            onClick={() => void set({ quiet, never: ids.filter((id) => id !== ruleId) })}
          >
            Bring it back
          </LoadingButton>
        </Flex>
      ))}
      {trouble && <Refused why={trouble} onRetry={reload} />}
    </Flex>
  );
}
