import type { Consent } from '@ros/contracts';
import { Button, Flex, StatusTag } from '../host.ts';
import { consentWords } from './words.ts';

const variants = { unknown: 'warning', announced: 'warning', granted: 'success', refused: 'danger', expired: 'warning' } as const;

/** Always on screen while a call runs. A no is final, unless who said it takes it back. */
export function ConsentLine({ consent, onConsent }: { consent: Consent; onConsent: (value: 'granted' | 'refused') => void }) {
  return (
    <Flex gap="xs" align="center" justify="between" wrap>
      <StatusTag variant={variants[consent]} testId="consent">
        {consentWords[consent]}
      </StatusTag>
      <Flex gap="xs" wrap>
        {consent !== 'granted' && (
          <Button size="xs" variant={consent === 'refused' ? 'transparent' : 'primary'} onClick={() => onConsent('granted')}>
            {consent === 'refused' ? 'They changed their mind' : 'They agreed'}
          </Button>
        )}
        {consent !== 'refused' && (
          <Button size="xs" variant={consent === 'granted' ? 'transparent' : 'secondary'} onClick={() => onConsent('refused')}>
            They refused
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
