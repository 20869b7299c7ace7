import type { BriefLine, BriefSource, BriefView } from '@ros/contracts';
import type { Briefing } from '../hooks/use-brief.ts';
import { Button, Flex, Heading, LoadingSpinner, StatusTag, Text } from '../host.ts';
import { Refused } from './Refused.tsx';
import { clock } from './words.ts';

interface Props {
  briefing: Briefing;
  timeZone: string;
  /** With the words themselves; otherwise each line says only where they are from. */
  isFull?: boolean;
}

/** What to know before a call, to read in thirty seconds. Nothing at all until it is wanted. */
export function Brief({ briefing: { shown, open, close }, timeZone, isFull = false }: Props) {
  if (!shown) return null;
  if (shown.is === 'loading') return <LoadingSpinner label="Putting the brief together" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={open} />;
  const { value } = shown;
  const say = (source: BriefSource) => sourceWords(source, timeZone, isFull);
  return (
    <Flex direction="column" gap="sm">
      <Flex justify="between" align="center" gap="sm">
        <Heading>{titleOf(value, timeZone)}</Heading>
        <Button size="xs" variant="transparent" onClick={close}>
          Hide the brief
        </Button>
      </Flex>
      {parts.map(({ title, kinds }) => {
        const lines = value.lines.filter(({ kind }) => kinds.includes(kind));
        if (lines.length === 0) return null;
        return (
          <Flex key={title} direction="column" gap="xs">
            {title !== '' && <Text format={{ fontWeight: 'demibold' }}>{title}</Text>}
            {lines.map((line) => (
              <Line key={line.text} line={line} sources={[...new Set(line.sources.map(say))]} isFull={isFull} />
            ))}
          </Flex>
        );
      })}
      {value.gap && <Text variant="microcopy">{value.gap}</Text>}
    </Flex>
  );
}

function Line({ line, sources, isFull }: { line: BriefLine; sources: string[]; isFull: boolean }) {
  return (
    <Flex direction="column">
      {line.isOverdue && <StatusTag variant="warning">Overdue</StatusTag>}
      <Text>{line.text}</Text>
      {(isFull ? sources : [sources.join(' · ')]).map((source) => (
        <Text key={source} variant="microcopy">
          {source}
        </Text>
      ))}
    </Flex>
  );
}

const parts: { title: string; kinds: BriefLine['kind'][] }[] = [
  { title: '', kinds: ['stands'] },
  { title: 'Who', kinds: ['person', 'path'] },
  { title: 'Promised', kinds: ['promise'] },
  { title: 'Watch out', kinds: ['risk', 'objection'] },
  { title: 'What is new', kinds: ['changed'] },
  { title: 'Ask', kinds: ['question'] },
];

function titleOf({ meetingAt }: BriefView, timeZone: string): string {
  if (meetingAt === undefined) return 'Before the call';
  return `Before your meeting at ${new Date(meetingAt).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', timeZone })}`;
}

/** Where a line comes from, in a few words. */
function sourceWords(source: BriefSource, timeZone: string, isFull: boolean): string {
  switch (source.from) {
    case 'call': {
      const day = new Date(source.at).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone });
      const { evidence } = source;
      if (!evidence) return `Call of ${day}`;
      return isFull
        ? `“${evidence.quote}” ${evidence.role === 'rep' ? 'Rep' : evidence.speaker}, ${clock(evidence.startMs)}, call of ${day}`
        : `Call of ${day}, ${clock(evidence.startMs)}`;
    }
    case 'crm':
      return `HubSpot: ${source.field}`;
    case 'dates':
      return 'From the record’s calls and dates';
    case 'contacts':
      return 'From who spoke with whom';
    case 'method':
      return `${source.method}: nobody has told us yet`;
  }
}
