import { hubspot, useExtensionActions } from '@hubspot/ui-extensions';
import { type ChangeItem, type ConversationView, type DestroyView, recordConversation } from '@ros/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from './hooks/api.ts';
import { useAnswer } from './hooks/use-answer.ts';
import { useBrief } from './hooks/use-brief.ts';
import { useReader } from './hooks/use-reader.ts';
import { hostWorld, type World } from './hooks/world.ts';
import { Button, EmptyState, Flex, LoadingSpinner, Text } from './host.ts';
import { Brief } from './parts/Brief.tsx';
import { Destroyed } from './parts/Destroyed.tsx';
import { Refused } from './parts/Refused.tsx';
import { Understood } from './parts/Understood.tsx';

hubspot.extend<'crm.record.tab'>(() => <Conversation />);

/** While something is on its way, and otherwise. */
const soonMs = 1_500;
const laterMs = 6_000;

const pollMs = (view: ConversationView | null) => (view && isMoving(view) ? soonMs : laterMs);

/** The tab: the latest call on this record, what it meant, and what becomes of it. */
export function Conversation({ world = hostWorld }: { world?: World }) {
  const reader = useReader(world);
  const actions = useExtensionActions<'crm.record.tab'>();
  const { api, record } = useApi(world);
  const load = useCallback(() => api.get(`${record}/conversation`, recordConversation), [api, record]);
  const { shown, reload } = useAnswer(world, load, pollMs);

  // The record beside us is read anew as soon as one more thing was written or taken back.
  const written = shown.is === 'here' && shown.value ? shown.value.changes.filter(hasArrived).length : null;
  const before = useRef(written);
  useEffect(() => {
    if (before.current !== null && written !== null && written > before.current) actions.refreshObjectProperties();
    before.current = written;
  }, [written, actions]);

  const briefing = useBrief(api, record);
  const brief = (
    <Flex direction="column" align="start">
      <Brief briefing={briefing} timeZone={reader.timeZone} isFull />
      {!briefing.shown && (
        <Button size="xs" onClick={briefing.open}>
          Brief me before the next call
        </Button>
      )}
    </Flex>
  );

  const [destroyed, setDestroyed] = useState<DestroyView | null>(null);
  if (destroyed)
    return (
      <Destroyed
        api={api}
        standing={destroyed.standing.map(({ change }) => change)}
        reader={reader}
        onDone={() => {
          setDestroyed(null);
          reload();
        }}
      />
    );

  if (shown.is === 'loading') return <LoadingSpinner label="Reading the last conversation" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  if (!shown.value)
    return (
      <Flex direction="column" gap="sm">
        <EmptyState title="No conversation yet" layout="vertical" imageName="callingSetUp" imageWidth={120} flush>
          <Text>Call from this record, or add a recording. A minute after the call, what was said and what follows stands here.</Text>
        </EmptyState>
        {brief}
      </Flex>
    );
  if (shown.value.call.missed === 'destroyed')
    return <Destroyed api={api} standing={shown.value.changes} reader={reader} onDecided={reload} />;
  return (
    <Flex direction="column" gap="md">
      <Understood api={api} view={shown.value} reader={reader} onDecided={reload} onDestroyed={setDestroyed} />
      {brief}
    </Flex>
  );
}

const isMoving = ({ call, changes }: ConversationView) =>
  call.status === 'ended' || call.status === 'transcribed' || changes.some(({ state }) => state === 'due' || state === 'writing');

const hasArrived = ({ state }: ChangeItem) => state === 'written' || state === 'undone';
