import type { Ask } from '@ros/contracts';
import { Button, Flex, Input, Text } from '../host.ts';

interface Props {
  asks: readonly Ask[];
  values: Record<string, string>;
  onChange: (values: Record<string, string>) => void;
}

const hints = { text: '', number: 'A number', date: 'Like 2026-11-30', choice: '' } as const;

/** What HubSpot wants to know before it takes a change. */
export function Asks({ asks, values, onChange }: Props) {
  return (
    <Flex direction="column" gap="xs">
      {asks.map(({ field, label, type, options }) =>
        type === 'choice' ? (
          <Flex key={field} direction="column" gap="xs">
            <Text>{label}</Text>
            <Flex gap="xs" wrap>
              {(options ?? []).map((option) => (
                <Button
                  key={option.value}
                  size="xs"
                  variant={values[field] === option.value ? 'primary' : 'secondary'}
                  onClick={() => onChange({ ...values, [field]: option.value })}
                >
                  {option.label}
                </Button>
              ))}
            </Flex>
          </Flex>
        ) : (
          <Input
            key={field}
            label={label}
            name={field}
            description={hints[type]}
            value={values[field] ?? ''}
            onChange={(value) => onChange({ ...values, [field]: value })}
          />
        ),
      )}
    </Flex>
  );
}
