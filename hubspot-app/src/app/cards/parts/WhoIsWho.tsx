import { type SpeakersAsk, speakersView } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import { usePress } from '../hooks/use-press.ts';
import { Alert, Flex, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

interface Props {
  api: Api;
  callId: string;
  ask: SpeakersAsk;
  onSaid: () => void;
}

/** One microphone heard everybody, and we are not sure whose voice is whose: one sentence, and a button for each voice. */
export function WhoIsWho({ api, callId, ask, onSaid }: Props) {
  const { busy, trouble, send } = usePress<'speakers'>(api, `calls/${callId}`);
  const say = async (rep: string) => {
    if (await send('speakers', speakersView, { rep })) onSaid();
  };
  return (
    <Alert title={ask.text} variant="warning">
      <Flex direction="column" gap="xs">
        {ask.options.map(({ rep, label, quote }) => (
          <Flex key={rep} direction="column" gap="xs" align="start">
            <Text variant="microcopy">{`“${quote}”`}</Text>
            <LoadingButton size="xs" loading={busy !== null} onClick={() => void say(rep)}>
              {label}
            </LoadingButton>
          </Flex>
        ))}
        {trouble && <Refused why={trouble} onRetry={onSaid} />}
      </Flex>
    </Alert>
  );
}
