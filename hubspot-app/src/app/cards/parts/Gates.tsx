import type { DealGates } from '@ros/contracts';
import { Accordion, Flex, Text } from '../host.ts';
import { clock } from './words.ts';

/** How the deal stands: what is not known yet in one calm line while no card is shown, and folded, what its stage needs and endangers it. */
export function Gates({ gates: all, isCardShown }: { gates: DealGates | undefined; isCardShown: boolean }) {
  if (!all || (all.gates.length === 0 && all.risks.length === 0)) return null;
  const { stage, gates, risks, next } = all;
  const known = gates.filter(({ state }) => state !== 'open').length;
  return (
    <>
      {next && !isCardShown && (
        <Text variant="microcopy" testId="next-gate">
          {next.line}
        </Text>
      )}
      <Accordion
        title={`${stage ?? 'This deal'}: ${known} of ${gates.length} known${risks.length > 0 ? `, ${risksWords(risks.length)}` : ''}`}
        size="xs"
      >
        <Flex direction="column" gap="xs" testId="gates">
          {gates.map(({ id, name, state, ask, quote, atMs }) => (
            <Flex key={id} direction="column">
              <Text>{`${STATES[state]} ${name}`}</Text>
              {ask && <Text variant="microcopy">{ask}</Text>}
              {quote && <Text variant="microcopy">{`“${quote}” ${clock(atMs ?? 0)}`}</Text>}
            </Flex>
          ))}
          {risks.map(({ code, text, quote, atMs }) => (
            <Flex key={code} direction="column">
              <Text>{`Risk: ${text}`}</Text>
              {quote && <Text variant="microcopy">{`“${quote}” ${clock(atMs ?? 0)}`}</Text>}
            </Flex>
          ))}
        </Flex>
      </Accordion>
    </>
  );
}

const risksWords = (count: number): string => (count === 1 ? '1 risk' : `${count} risks`);
const STATES = { open: 'Open:', met: 'Known:', 'newly-met': 'New:' };
