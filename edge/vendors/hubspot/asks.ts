import type { FieldAsk } from '../../../shared/kit/result.ts';
import type { HubspotClient } from './client.ts';
import { type HubspotProperty, propertyDefinition } from './shapes.ts';

const ASKS_MAX = 20;

/** What to ask a person for, as the portal defines it. A property that cannot be read is asked for by its name. */
export function asksFor(client: HubspotClient, type: string, names: readonly string[]): Promise<FieldAsk[]> {
  return Promise.all(
    [...new Set(names)].slice(0, ASKS_MAX).map(async (name) => {
      const read = await client.send('GET', `/crm/properties/2026-09/${type}/${encodeURIComponent(name)}`, propertyDefinition);
      return read.ok ? askOf(read.value) : { field: name, label: name, type: 'text' as const };
    }),
  );
}

function askOf({ name, label, type, options }: HubspotProperty): FieldAsk {
  const ask = { field: name, label: label || name };
  if (type === 'number') return { ...ask, type: 'number' };
  if (type === 'date' || type === 'datetime') return { ...ask, type: 'date' };
  const shown = (options ?? []).filter(({ hidden }) => hidden !== true).map((option) => ({ value: option.value, label: option.label }));
  if (type === 'bool' && shown.length === 0) shown.push({ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' });
  return shown.length > 0 ? { ...ask, type: 'choice', options: shown } : { ...ask, type: 'text' };
}
