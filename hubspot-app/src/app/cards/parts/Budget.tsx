import { budgetView, readBudget, writeBudget } from '@ros/contracts';
import { useCallback, useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Input, LoadingButton, LoadingSpinner, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

const path = '/v1/settings/budget';
const never = () => null;

/** What a month may cost: less than the plan gives, where an admin says so. */
export function Budget({ world, api, onSaved }: { world: World; api: Api; onSaved: () => void }) {
  const load = useCallback(() => api.get(path, budgetView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, isSaved, save, touch } = useSave(api, path, budgetView);
  const [said, setSaid] = useState<{ minutes?: string; usd?: string }>({});

  if (shown.is === 'loading') return <LoadingSpinner label="Reading the budget" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { minutes, usd } = { ...writeBudget(shown.value), ...said };
  const budget = readBudget(minutes, usd);
  const say = (more: { minutes?: string; usd?: string }) => {
    touch();
    setSaid({ ...said, ...more });
  };
  const send = async () => {
    if (budget && (await save(budget))) onSaved();
  };
  return (
    <Flex direction="column" gap="sm">
      <Input
        label="Minutes of speech a month, at most"
        name="speech-minutes"
        description="Empty: what your plan gives."
        value={minutes}
        onChange={(to) => say({ minutes: String(to) })}
      />
      <Input
        label="US dollars a month for reading calls, at most"
        name="model-usd"
        description="Empty: what your plan gives."
        value={usd}
        onChange={(to) => say({ usd: String(to) })}
      />
      <Flex gap="sm" align="center">
        <LoadingButton size="xs" variant="secondary" loading={busy} disabled={!budget} onClick={() => void send()}>
          Save the budget
        </LoadingButton>
        {!budget && <Text variant="microcopy">Write numbers, as 1000 or 20.50, or nothing.</Text>}
        {isSaved && <Text variant="microcopy">Saved. It counts at once.</Text>}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={() => void send()} />}
    </Flex>
  );
}
