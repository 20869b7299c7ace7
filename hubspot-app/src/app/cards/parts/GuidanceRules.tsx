import { type GuidanceRulesView, guidanceRulesView, restoreRuleView } from '@ros/contracts';
import { useCallback } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { usePress } from '../hooks/use-press.ts';
import type { World } from '../hooks/world.ts';
import { Alert, Flex, Heading, LoadingButton, LoadingSpinner, Text } from '../host.ts';
import { MyGuidance } from './MyGuidance.tsx';
import { Refused } from './Refused.tsx';
import { RuleTable } from './RuleTable.tsx';

const never = () => null;

/** How guidance does: each rule for whom they work, and a rep's own numbers for that rep. */
export function GuidanceRules({ world, api }: { world: World; api: Api }) {
  return (
    <Flex direction="column" gap="sm">
      <Heading>How guidance does</Heading>
      <Text variant="microcopy">
        The last 90 days. “Acted on” means: within 30 seconds the rep said what the card said. “To screen” is the middle of how long it took
        from the end of the word to the card.
      </Text>
      <Everybody world={world} api={api} />
      <MyGuidance world={world} api={api} />
    </Flex>
  );
}

function Everybody({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get('/v1/guidance/rules', guidanceRulesView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  if (shown.is === 'loading') return <LoadingSpinner label="Counting cards" showLabel />;
  if (shown.is === 'refused' && shown.code === 'no-permission')
    return <Text>How the rules do for everybody is shown to who connected Relationship OS.</Text>;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { rules, notices } = shown.value;
  return (
    <Flex direction="column" gap="sm">
      {notices.map((notice) => (
        <Aside key={notice.ruleId} api={api} notice={notice} onBack={reload} />
      ))}
      {rules.length === 0 ? (
        <Text>No rule has brought a card yet. The first call shows here when it is over.</Text>
      ) : (
        <RuleTable rules={rules} />
      )}
    </Flex>
  );
}

/** A rule that was put aside by itself, and the way back. */
function Aside({ api, notice, onBack }: { api: Api; notice: GuidanceRulesView['notices'][number]; onBack: () => void }) {
  const { busy, trouble, send } = usePress<'restore'>(api, `guidance/rules/${notice.ruleId}`);
  const restore = async () => {
    if (await send('restore', restoreRuleView)) onBack();
  };
  return (
    <Alert title={notice.text} variant="warning">
      <Text>It brings no card to anybody until somebody brings it back. Then it is counted anew.</Text>
      <LoadingButton size="xs" variant="secondary" loading={busy !== null} onClick={() => void restore()}>
        Bring it back
      </LoadingButton>
      {trouble && <Refused why={trouble} onRetry={() => void restore()} />}
    </Alert>
  );
}
