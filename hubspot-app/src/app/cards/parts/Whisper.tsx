import { type LiveHelp, watcherWords } from '@ros/contracts';
import { useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { newRequestId } from '../hooks/request-id.ts';
import { Alert, Button, Flex, Text } from '../host.ts';

/** What somebody of the team types to the rep, until they have read it; and who of the team looks, as long as they do. */
export function Whisper({ api, callId, help }: { api: Api; callId: string; help: LiveHelp | undefined }) {
  const [away, setAway] = useState('');
  if (!help) return null;
  const { whisper } = help;
  const key = `${callId} ${whisper?.id}`;
  const putAway = (cardId: string) => {
    setAway(key);
    void api.tell(`/v1/calls/${callId}/feedback`, { requestId: newRequestId(), cardId, action: 'dismissed' });
  };
  return (
    <Flex direction="column" gap="xs">
      {whisper && away !== key && (
        <Alert title={`${whisper.from} whispers`} variant="tip">
          <Flex direction="column" gap="xs" align="start">
            <Text testId="whisper">{whisper.text}</Text>
            <Button size="xs" onClick={() => putAway(whisper.id)}>
              Got it
            </Button>
          </Flex>
        </Alert>
      )}
      {watcherWords(help).map((line) => (
        <Text key={line} variant="microcopy">
          {line}
        </Text>
      ))}
    </Flex>
  );
}
