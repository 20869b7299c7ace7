import { hubspot } from '@hubspot/ui-extensions';
import { sourcesView } from '@ros/contracts';
import { useCallback } from 'react';
import { useService } from './hooks/api.ts';
import { useAnswer } from './hooks/use-answer.ts';
import { hostWorld, type World } from './hooks/world.ts';
import { Divider, Flex, LoadingSpinner } from './host.ts';
import { ConsentSettings } from './parts/ConsentSettings.tsx';
import { Coverage } from './parts/Coverage.tsx';
import { GuidanceRules } from './parts/GuidanceRules.tsx';
import { ListSetting } from './parts/ListSetting.tsx';
import { LiveNow } from './parts/LiveNow.tsx';
import { neverRecord, ownWords } from './parts/lists.ts';
import { Month } from './parts/Month.tsx';
import { Refused } from './parts/Refused.tsx';
import { Sources } from './parts/Sources.tsx';
import { TeamHelp } from './parts/TeamHelp.tsx';

hubspot.extend<'settings'>(() => <Settings />);

/** An admin agrees in another window: how soon that shows here. */
const sourcesMs = 5_000;
const pollMs = () => sourcesMs;

/** Where calls come from, when they are heard, whom nobody hears, and what a month costs. Each has a default; nothing has to be set before the first call. */
export function Settings({ world = hostWorld }: { world?: World }) {
  const api = useService(world);
  const load = useCallback(() => api.get('/v1/capture/sources', sourcesView), [api]);
  const { shown, reload } = useAnswer(world, load, pollMs);

  if (shown.is === 'loading') return <LoadingSpinner label="Looking where calls come from" showLabel />;
  if (shown.is !== 'here')
    return (
      <Flex direction="column" gap="md">
        <Refused why={shown} onRetry={reload} />
        {shown.is === 'refused' && shown.code === 'no-permission' && <GuidanceRules world={world} api={api} />}
        {shown.is === 'refused' && shown.code === 'no-permission' && <LiveNow api={api} />}
      </Flex>
    );
  return (
    <Flex direction="column" gap="md">
      <Sources api={api} sources={shown.value.sources} onChanged={reload} />
      <Divider />
      <ConsentSettings world={world} api={api} />
      <Divider />
      <ListSetting world={world} api={api} list={neverRecord} />
      <Divider />
      <ListSetting world={world} api={api} list={ownWords} />
      <Divider />
      <GuidanceRules world={world} api={api} />
      <Divider />
      <TeamHelp world={world} api={api} />
      <LiveNow api={api} />
      <Divider />
      <Coverage world={world} api={api} />
      <Divider />
      <Month world={world} api={api} />
    </Flex>
  );
}
