import { type CallAnswer, callAnswer } from '@ros/contracts';
import { useState } from 'react';
import type { Api, NotHere } from '../hooks/api.ts';
import { newRequestId } from '../hooks/request-id.ts';
import { Accordion, Flex, Input, LoadingButton, Text } from '../host.ts';
import { Refused } from './Refused.tsx';
import { clock } from './words.ts';

/** Asks this call what was said on it; the answer stands on its own words. */
export function AskCall({ api, callId }: { api: Api; callId: string }) {
  const [question, setQuestion] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [told, setTold] = useState<CallAnswer | null>(null);
  const ask = async () => {
    const text = question.trim();
    if (text === '' || busy) return;
    setBusy(true);
    setTrouble(null);
    const asked = await api.post(`/v1/calls/${callId}/ask`, callAnswer, {
      requestId: newRequestId(),
      question: text.slice(0, QUESTION_MAX),
    });
    setBusy(false);
    if (asked.is === 'here') setTold(asked.value);
    else setTrouble(asked);
  };
  return (
    <Accordion title="Ask the call" size="xs">
      <Flex direction="column" gap="xs" align="start">
        <Input label="What was said on this call?" name="ask-call" value={question} onInput={(to) => setQuestion(String(to))} />
        <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void ask()}>
          Ask
        </LoadingButton>
        {trouble && <Refused why={trouble} onRetry={() => void ask()} />}
        {told && (
          <Flex direction="column" testId="call-answer">
            <Text>{told.answer}</Text>
            {told.sources.map(({ atMs, speaker, quote }) => (
              <Text key={`${atMs} ${quote}`} variant="microcopy">{`${clock(atMs)} ${speaker}: “${quote}”`}</Text>
            ))}
          </Flex>
        )}
      </Flex>
    </Accordion>
  );
}

const QUESTION_MAX = 300;
