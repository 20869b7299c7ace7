import type { ConversationView, DestroyView } from '@ros/contracts';
import type { ReactNode } from 'react';
import type { Api } from '../hooks/api.ts';
import type { Reader } from '../hooks/use-reader.ts';
import { Divider, Flex, Heading, List, Tag, Text } from '../host.ts';
import { ChangeRow } from './ChangeRow.tsx';
import { Flagged } from './Flagged.tsx';
import { Ownership } from './Ownership.tsx';
import { Quote } from './Quote.tsx';
import { TalkStrip } from './TalkStrip.tsx';
import { withUndos } from './taken-back.ts';
import { WhoIsWho } from './WhoIsWho.tsx';
import { Working } from './Working.tsx';
import { clock, day } from './words.ts';

interface Props {
  api: Api;
  view: ConversationView;
  reader: Reader;
  onDecided: () => void;
  onDestroyed: (view: DestroyView) => void;
}

/** A call, understood: headline, proof, what changes, who was heard. */
export function Understood({ api, view, reader, onDecided, onDestroyed }: Props) {
  const { call, insight, changes, people, facts } = view;
  const all = withUndos(changes);
  const of = (...kinds: string[]) => all.filter(({ change }) => kinds.includes(change.body.kind));
  const sections = [
    { title: 'What changes in HubSpot', items: of('move-stage', 'set-field', 'log-call', 'add-note') },
    { title: 'Tasks', items: of('add-task') },
    { title: 'Email', items: of('draft-email') },
  ].filter(({ items }) => items.length > 0);
  return (
    <Flex direction="column" gap="md">
      <Flex direction="column" gap="xs">
        <Heading>{insight?.headline || `Call with ${call.customerName}`}</Heading>
        <Flex gap="sm" align="center" wrap>
          <Text variant="microcopy">{`${day(call.startedAt, reader.timeZone)} · ${clock(call.durationMs)} · ${call.repName} and ${call.customerName}`}</Text>
          {call.isPrivate && <Tag>Private: only its rep sees this</Tag>}
        </Flex>
      </Flex>
      {view.askSpeakers && <WhoIsWho api={api} callId={call.id} ask={view.askSpeakers} onSaid={onDecided} />}
      {insight ? <TalkStrip view={view} /> : <Working call={call} />}
      {insight && insight.bullets.length > 0 && (
        <List variant="unordered-styled">
          {insight.bullets.map(({ text, evidence }) => (
            <Flex key={`${evidence.seq}:${text}`} direction="column">
              <Text>{text}</Text>
              <Quote {...evidence} />
            </Flex>
          ))}
        </List>
      )}
      {view.flagged && (
        <Section title="Flagged moments">
          <Flagged flagged={view.flagged} />
        </Section>
      )}
      {sections.map(({ title, items }) => (
        <Section key={title} title={title}>
          {items.map((taken) => (
            <ChangeRow key={taken.change.id} api={api} taken={taken} reader={reader} onDecided={onDecided} />
          ))}
        </Section>
      ))}
      {people.length > 0 && (
        <Section title="People">
          {people.map(({ name, why }) => (
            <Flex key={name} direction="column">
              <Text format={{ fontWeight: 'demibold' }}>{name}</Text>
              <Text variant="microcopy">{why}</Text>
            </Flex>
          ))}
        </Section>
      )}
      {facts.length > 0 && (
        <Section title="Remembered">
          {facts.map((fact) => (
            <Flex key={`${fact.kind}:${fact.text}`} direction="column">
              <Text>{fact.times > 1 ? `${fact.text} (said ${fact.times} times)` : fact.text}</Text>
              <Quote {...fact.evidence} />
            </Flex>
          ))}
        </Section>
      )}
      <Ownership api={api} call={call} onChanged={onDecided} onDestroyed={onDestroyed} />
    </Flex>
  );
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Flex direction="column" gap="sm">
    <Divider />
    <Heading>{title}</Heading>
    {children}
  </Flex>
);
