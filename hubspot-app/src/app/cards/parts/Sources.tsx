import type { CaptureSource } from '@ros/contracts';
import { useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { usePlatform } from '../hooks/use-platform.ts';
import { Button, Flex, Heading, Link, LoadingButton, StatusTag, Text } from '../host.ts';
import { Refused } from './Refused.tsx';
import { sourceStates, sourceWords } from './settings-words.ts';

interface Props {
  api: Api;
  sources: readonly CaptureSource[];
  onChanged: () => void;
}

/** Where calls come from: each source with where it stands, and a press where a press is enough. */
export function Sources({ api, sources, onChanged }: Props) {
  return (
    <Flex direction="column" gap="sm">
      <Heading>Where calls come from</Heading>
      {sources.map((one) => (
        <Flex key={one.source} direction="column" gap="xs">
          <Flex gap="sm" align="center" wrap>
            <Text format={{ fontWeight: 'demibold' }}>{sourceWords[one.source]}</Text>
            <StatusTag variant={sourceStates[one.state].variant} testId={`source-${one.source}`}>
              {sourceStates[one.state].text}
            </StatusTag>
          </Flex>
          <Text>{one.line}</Text>
          {(one.source === 'zoom' || one.source === 'teams') && one.state !== 'lacks' && (
            <Platform
              api={api}
              source={one}
              name={sourceWords[one.source]}
              platform={one.source === 'zoom' ? 'zoom' : 'graph'}
              onChanged={onChanged}
            />
          )}
        </Flex>
      ))}
    </Flex>
  );
}

interface PlatformProps {
  api: Api;
  source: CaptureSource;
  name: string;
  platform: 'zoom' | 'graph';
  onChanged: () => void;
}

function Platform({ api, source, name, platform, onChanged }: PlatformProps) {
  const [isAsked, setAsked] = useState(false);
  const { busy, trouble, page, connect, opened, disconnect } = usePlatform(api, platform);
  const begin = (recordingIsConsent: boolean) => {
    setAsked(false);
    void connect(recordingIsConsent);
  };
  const end = async () => {
    if (await disconnect()) onChanged();
  };
  if (trouble) return <Refused why={trouble} onRetry={onChanged} />;
  if (page)
    return (
      <Link href={{ url: page.url, external: true }} onClick={opened}>
        {`Go on to ${name} to agree`}
      </Link>
    );
  if (isAsked)
    return (
      <Flex direction="column" gap="xs">
        <Text>{`Does ${name} ask everybody in a meeting before it records? Words are fetched only where it does.`}</Text>
        <Flex gap="xs" wrap>
          <LoadingButton size="xs" variant="primary" loading={busy} onClick={() => begin(true)}>
            Yes, everybody is asked
          </LoadingButton>
          <Button size="xs" onClick={() => begin(false)}>
            No, or not sure
          </Button>
        </Flex>
      </Flex>
    );
  return (
    <Flex gap="xs" wrap>
      <LoadingButton
        size="xs"
        variant={source.state === 'connected' ? 'secondary' : 'primary'}
        loading={busy}
        onClick={() => setAsked(true)}
      >
        {source.state === 'connected' ? `Connect ${name} again` : `Connect ${name}`}
      </LoadingButton>
      {source.state !== 'open' && (
        <Button size="xs" variant="transparent" onClick={() => void end()}>
          {`Disconnect ${name}`}
        </Button>
      )}
    </Flex>
  );
}
