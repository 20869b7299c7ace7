import { hubspot, useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import { type NextView, nextView } from '@ros/contracts';
import { useCallback } from 'react';
import { useApi } from './hooks/api.ts';
import { useAnswer } from './hooks/use-answer.ts';
import { type Briefing, useBrief } from './hooks/use-brief.ts';
import { useListen } from './hooks/use-listen.ts';
import { hostWorld, type World } from './hooks/world.ts';
import { Button, Divider, Flex, Heading, LoadingSpinner, Text } from './host.ts';
import { Brief } from './parts/Brief.tsx';
import { Listen } from './parts/Listen.tsx';
import { Live } from './parts/Live.tsx';
import { Next } from './parts/Next.tsx';
import { Refused } from './parts/Refused.tsx';
import { SignInToCall } from './parts/SignInToCall.tsx';
import { Working } from './parts/Working.tsx';

hubspot.extend<'crm.record.sidebar'>(() => <NextAction />);

/** How soon a card without a call notices that one began. */
const idleMs = 4_000;
/** What was approved is in HubSpot by then; the record beside us should show it. */
const settleMs = 3_000;

const pollMs = (view: NextView) => {
  if (view.state === 'working') return view.pollMs;
  // Live asks by itself and tells when the call has ended.
  return view.state === 'live' ? null : idleMs;
};

/** The sidebar: one thing to do, and Live while a call runs. */
export function NextAction({ world = hostWorld }: { world?: World }) {
  const { portal } = useExtensionContext<'crm.record.sidebar'>();
  const actions = useExtensionActions<'crm.record.sidebar'>();
  const { api, record } = useApi(world);
  const load = useCallback(() => api.get(`${record}/next`, nextView), [api, record]);
  const { shown, reload } = useAnswer(world, load, pollMs);
  const listening = useListen(api, record);
  const meetingAt = shown.is === 'here' && 'meetingAt' in shown.value ? shown.value.meetingAt : undefined;
  const briefing = useBrief(api, record, meetingAt);
  const onDecided = () => {
    reload();
    world.after(settleMs, () => actions.refreshObjectProperties());
  };

  if (shown.is === 'loading') return <LoadingSpinner label="Looking for the next step" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { value } = shown;
  switch (value.state) {
    case 'live':
      return (
        <Flex direction="column" gap="sm">
          {listening.page?.callId === value.callId && <Listen listening={listening} />}
          <Live key={value.callId} world={world} api={api} callId={value.callId} onEnded={reload} />
        </Flex>
      );
    case 'working':
      return <Working call={value.call} />;
    case 'next':
      return (
        <Flex direction="column" gap="sm">
          <BeforeCall briefing={briefing} timeZone={portal.timezone} />
          <Next api={api} next={value} timeZone={portal.timezone} onDecided={onDecided} />
          <Listen listening={listening} />
          <BriefMe briefing={briefing} />
          <SignInToCall api={api} />
        </Flex>
      );
    case 'clear':
      return (
        <Flex direction="column" gap="xs">
          <BeforeCall briefing={briefing} timeZone={portal.timezone} />
          <Heading>All clear</Heading>
          <Text>{value.line}</Text>
          <Listen listening={listening} />
          <BriefMe briefing={briefing} />
          <SignInToCall api={api} />
        </Flex>
      );
  }
}

/** The brief stands before everything else, set apart from it. */
const BeforeCall = ({ briefing, timeZone }: { briefing: Briefing; timeZone: string }) =>
  briefing.shown && (
    <Flex direction="column" gap="sm">
      <Brief briefing={briefing} timeZone={timeZone} />
      <Divider />
    </Flex>
  );

const BriefMe = ({ briefing }: { briefing: Briefing }) =>
  briefing.shown ? null : (
    <Button size="xs" onClick={briefing.open}>
      Brief me
    </Button>
  );
