import type { FeedbackAction, GuidanceCard } from '@ros/contracts';
import { useState } from 'react';
import { Button, Flex, Heading, Tag, Text, Tile } from '../host.ts';
import { Quote } from './Quote.tsx';
import { kindWords, percent } from './words.ts';

const tags = { price: 'warning', objection: 'warning', competitor: 'info', question: 'info', compliance: 'error' } as const;

/** The one card of a running call: what was heard, and what to say now. */
export function Guidance({ card, onFeedback }: { card: GuidanceCard; onFeedback: (action: FeedbackAction) => void }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <Tile compact testId="guidance">
      <Flex direction="column" gap="xs" align="start">
        <Tag variant={tags[card.kind]}>{kindWords[card.kind]}</Tag>
        <Heading>{card.say}</Heading>
        <Quote quote={card.why.quote} startMs={card.why.startMs} role={card.why.role} />
        <Flex gap="xs" wrap>
          <Button size="xs" variant="primary" onClick={() => onFeedback('used')}>
            Used
          </Button>
          <Button size="xs" onClick={() => onFeedback('dismissed')}>
            Dismiss
          </Button>
          <Button size="xs" onClick={() => onFeedback('snoozed')}>
            Snooze
          </Button>
          <Button size="xs" variant="transparent" onClick={() => setAsked(!isAsked)}>
            {isAsked ? 'Hide why' : 'Why?'}
          </Button>
        </Flex>
        {isAsked && (
          <Text variant="microcopy" testId="why">
            {`${card.headline}: rule “${card.why.rule}”, ${percent(card.confidence)} sure, because of the words above.`}
          </Text>
        )}
      </Flex>
    </Tile>
  );
}
