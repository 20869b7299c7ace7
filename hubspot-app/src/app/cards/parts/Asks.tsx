import type { Ask } from '@ros/contracts';
import { Flex, Input, Select } from '../host.ts';

interface Props {
  asks: readonly Ask[];
  values: Record<string, string>;
  onChange: (values: Record<string, string>) => void;
}

const hints = { text: '', number: 'A number', date: 'Like 2026-11-30' } as const;

/** What HubSpot wants to know before it takes a change. */
export function Asks({ asks, values, onChange }: Props) {
  return (
    <Flex direction="column" gap="xs">
      {asks.map(({ field, label, type, options = [] }) => {
        const asked = { label, name: field, required: true, value: values[field] ?? '' };
        const give = (value: string | number | boolean) => onChange({ ...values, [field]: String(value) });
        return type === 'choice' ? (
          <Select key={field} {...asked} placeholder="Choose one" options={options} onChange={give} />
        ) : (
          <Input key={field} {...asked} description={hints[type]} onChange={give} />
        );
      })}
    </Flex>
  );
}
