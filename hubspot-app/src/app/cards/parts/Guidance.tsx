import type { GuidanceCard } from '@ros/contracts';
import { useLayoutEffect, useState } from 'react';
import type { Touch } from '../hooks/use-touch.ts';
import { Button, Dropdown, Flex, Heading, Tag, Text, Tile } from '../host.ts';
import { whyLine } from './guidance-words.ts';
import { Quote } from './Quote.tsx';
import { kindWords } from './words.ts';

const tags = { price: 'warning', objection: 'warning', competitor: 'info', question: 'info', compliance: 'error' } as const;

/** The one card of a running call: what was heard, and what to say now. */
export function Guidance({ card, touch, onPainted }: { card: GuidanceCard; touch: Touch; onPainted: (cardId: string) => void }) {
  const [isAsked, setAsked] = useState(false);
  const { id, kind, say, ask, why, pinned = false } = card;
  useLayoutEffect(() => onPainted(id), [id, onPainted]);
  const toggleWhy = () => {
    // Who looks closer keeps it a while longer.
    if (!isAsked) touch.look(id);
    setAsked(!isAsked);
  };
  return (
    <Tile compact testId="guidance">
      <Flex direction="column" gap="xs" align="start">
        <Flex gap="xs">
          <Tag variant={tags[kind]}>{kindWords[kind]}</Tag>
          {pinned && <Tag>Pinned</Tag>}
        </Flex>
        <Heading>{say}</Heading>
        {ask && <Text testId="then-ask">{`Then ask: ${ask}`}</Text>}
        <Flex gap="xs" wrap align="center">
          {why.quote !== '' && <Quote quote={why.quote} startMs={why.startMs} role={why.role} />}
          <Button size="xs" variant="transparent" onClick={toggleWhy}>
            {isAsked ? 'Hide why' : 'Why?'}
          </Button>
        </Flex>
        {isAsked && (
          <Text variant="microcopy" testId="why">
            {whyLine(card)}
          </Text>
        )}
        <Flex gap="xs" wrap align="center">
          <Button size="xs" variant="primary" onClick={() => touch.putAway(id, 'used')}>
            Used
          </Button>
          <Button size="xs" onClick={() => touch.putAway(id, 'snoozed')}>
            Not now
          </Button>
          <Button size="xs" onClick={() => touch.putAway(id, 'dismissed')}>
            Dismiss
          </Button>
          <More card={card} touch={touch} />
        </Flex>
      </Flex>
    </Tile>
  );
}

/** What is rarely pressed. What has to be said can be kept, and not silenced. */
function More({ card: { id, kind, pinned = false }, touch }: { card: GuidanceCard; touch: Touch }) {
  const silence = [
    ['less', 'Less of this'],
    ['muted', 'Never in this call'],
    ['never', 'Never in my calls'],
  ] as const;
  return (
    <Dropdown buttonText="More" buttonSize="xs" variant="transparent">
      <Dropdown.ButtonItem onClick={() => touch.pin(id, !pinned)}>{pinned ? 'Unpin' : 'Pin'}</Dropdown.ButtonItem>
      {kind !== 'compliance' &&
        silence.map(([action, words]) => (
          <Dropdown.ButtonItem key={action} onClick={() => touch.putAway(id, action)}>
            {words}
          </Dropdown.ButtonItem>
        ))}
    </Dropdown>
  );
}
