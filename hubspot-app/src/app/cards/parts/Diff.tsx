import type { ChangeBody } from '@ros/contracts';
import { Flex, Tag, Text } from '../host.ts';
import { day } from './words.ts';

/** What will stand in HubSpot: was → will be, or the new thing itself. */
export function Diff({ body, timeZone }: { body: ChangeBody; timeZone: string }) {
  switch (body.kind) {
    case 'move-stage':
      return (
        <Flex gap="xs" align="center" wrap>
          <Text format={{ lineDecoration: 'strikethrough' }}>{body.fromLabel}</Text>
          <Text>→</Text>
          <Tag variant="success">{body.toLabel}</Tag>
        </Flex>
      );
    case 'set-field':
      return (
        <Flex gap="xs" align="center" wrap>
          {body.from && <Text format={{ lineDecoration: 'strikethrough' }}>{firstLine(body.from)}</Text>}
          {body.from && <Text>{body.mode === 'append' ? '+' : '→'}</Text>}
          <Tag variant="success">{firstLine(body.toLabel ?? body.to) || 'empty'}</Tag>
        </Flex>
      );
    case 'remove-activity':
      return <Text variant="microcopy">{`The ${body.activity} we wrote is removed`}</Text>;
    case 'add-task':
      return <Text variant="microcopy">{`Task, due ${day(body.dueAt, timeZone)}`}</Text>;
    case 'draft-email':
      return <Text variant="microcopy">{`Email to ${body.to.join(', ') || 'nobody yet'}`}</Text>;
    case 'log-call':
    case 'add-note':
      return <Text variant="microcopy">{firstLine(body.body)}</Text>;
  }
}

const firstLine = (text: string) => {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
};
