import { type ConsentRule, consentSettingsView, places } from '@ros/contracts';
import { useCallback, useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { useSave } from '../hooks/use-save.ts';
import type { World } from '../hooks/world.ts';
import { Flex, Heading, LoadingButton, LoadingSpinner, Select, Text } from '../host.ts';
import { Refused } from './Refused.tsx';
import { strictWords } from './settings-words.ts';

const path = '/v1/settings/consent';
const never = () => null;
const offices = [
  { label: 'Not said: everybody has to say yes', value: '' },
  ...places.map(({ code, name }) => ({ label: name, value: code })),
];

/** What has to happen before a call is heard: where the reps sit, and how strict at least. */
export function ConsentSettings({ world, api }: { world: World; api: Api }) {
  const load = useCallback(() => api.get(path, consentSettingsView), [api]);
  const { shown, reload } = useAnswer(world, load, never);
  const { busy, trouble, isSaved, save, touch } = useSave(api, path, consentSettingsView);
  const [said, setSaid] = useState<{ office?: string; atLeast?: string }>({});

  if (shown.is === 'loading') return <LoadingSpinner label="Reading the consent settings" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { value } = shown;
  const office = said.office ?? value.office ?? '';
  const atLeast = said.atLeast ?? value.atLeast ?? '';
  const say = (more: { office?: string; atLeast?: string }) => {
    touch();
    setSaid({ ...said, ...more });
  };
  const send = () => save({ offices: value.offices, office: office === '' ? null : office, atLeast: ruleIn(atLeast) });
  return (
    <Flex direction="column" gap="sm">
      <Heading>Consent</Heading>
      <Text>Before a call is heard, the stricter of two places counts: where your rep sits and where the customer’s number is from.</Text>
      <Select
        label="Where your reps sit"
        name="office"
        value={office}
        options={offices}
        onChange={(to) => say({ office: String(to ?? '') })}
      />
      <Select
        label="How strict at least"
        name="at-least"
        value={atLeast}
        options={[...strictWords]}
        onChange={(to) => say({ atLeast: String(to ?? '') })}
      />
      <Flex gap="sm" align="center">
        <LoadingButton size="xs" variant="secondary" loading={busy} onClick={() => void send()}>
          Save consent
        </LoadingButton>
        {isSaved && <Text variant="microcopy">Saved. It counts from the next call.</Text>}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={() => void send()} />}
    </Flex>
  );
}

const ruleIn = (text: string): ConsentRule | null => strictWords.find(({ value }) => value === text && value !== '')?.value || null;
