import type { Listening } from '../hooks/use-listen.ts';
import { Flex, Link, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

/** Starts listening in the rep's browser. HubSpot gives a card no microphone, so a page of ours opens beside it. */
export function Listen({ listening: { busy, trouble, page, start, opened } }: { listening: Listening }) {
  if (trouble) return <Refused why={trouble} onRetry={() => void start()} />;
  if (page)
    return (
      <Flex direction="column" gap="xs">
        <Text>Open the page beside your meeting: it asks for your microphone and the meeting’s tab.</Text>
        <Link href={{ url: page.url, external: true }} onClick={opened}>
          Open the listening page
        </Link>
      </Flex>
    );
  return (
    <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void start()}>
      Listen to a meeting
    </LoadingButton>
  );
}
