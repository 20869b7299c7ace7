import type { Consent } from '@ros/contracts';
import { Button, Flex, StatusTag } from '../host.ts';
import { consentWords, joinedWords } from './words.ts';

const variants = { unknown: 'warning', announced: 'warning', granted: 'success', refused: 'danger', expired: 'warning' } as const;

interface Props {
  consent: Consent;
  /** Somebody came late, and has not agreed yet. */
  hasJoined: boolean;
  onConsent: (value: 'granted' | 'refused' | 'joined') => void;
}

/** Always on screen while a call runs. A no is final, unless who said it takes it back; who comes late is asked, too. */
export function ConsentLine({ consent, hasJoined, onConsent }: Props) {
  const isAsked = hasJoined && consent !== 'granted' && consent !== 'refused';
  return (
    <Flex gap="xs" align="center" justify="between" wrap>
      <StatusTag variant={variants[consent]} testId="consent">
        {isAsked ? joinedWords : consentWords[consent]}
      </StatusTag>
      <Flex gap="xs" wrap>
        {consent !== 'granted' && (
          <Button size="xs" variant={consent === 'refused' ? 'transparent' : 'primary'} onClick={() => onConsent('granted')}>
            {consent === 'refused' ? 'They changed their mind' : 'They agreed'}
          </Button>
        )}
        {consent === 'granted' && (
          <Button size="xs" variant="transparent" onClick={() => onConsent('joined')}>
            Somebody joined
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
