import { isThin, type RuleMetrics, sayDelay, sayShare } from '@ros/contracts';
import { useState } from 'react';
import { Button, Flex, Table, TableBody, TableCell, TableHead, TableHeader, TableRow, Text } from '../host.ts';

const FIRST = 10;
const columns = ['Rule', 'Shown', 'Used', 'Dismissed', 'Acted on', 'To screen'];

/** What became of each rule's cards. Where they are few, it says so instead of giving shares. */
export function RuleTable({ rules }: { rules: readonly RuleMetrics[] }) {
  const [isWhole, setWhole] = useState(false);
  return (
    <Flex direction="column" gap="xs" align="start">
      <Table bordered density="condensed">
        <TableHead>
          <TableRow>
            {columns.map((words) => (
              <TableHeader key={words}>{words}</TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>{(isWhole ? rules : rules.slice(0, FIRST)).map((rule) => row(rule))}</TableBody>
      </Table>
      {!isWhole && rules.length > FIRST && (
        <Button size="xs" variant="transparent" onClick={() => setWhole(true)}>
          {`Show all ${rules.length} rules`}
        </Button>
      )}
      {rules.some(isThin) && <Text variant="microcopy">Few so far: fewer than 20 cards were shown, too few to judge the rule by.</Text>}
    </Flex>
  );
}

const row = (rule: RuleMetrics) => (
  <TableRow key={rule.ruleId}>
    <TableCell>{`${rule.name}${rule.asideSince === null ? '' : ' (put aside)'}`}</TableCell>
    <TableCell>{isThin(rule) ? `${rule.shown} (few so far)` : rule.shown}</TableCell>
    <TableCell>{sayShare(rule.used, rule)}</TableCell>
    <TableCell>{sayShare(rule.dismissed, rule)}</TableCell>
    <TableCell>{sayShare(rule.actedOn, rule)}</TableCell>
    <TableCell>{sayDelay(rule.speechToScreenMs?.p50)}</TableCell>
  </TableRow>
);
