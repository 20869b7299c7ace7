import { type IntroVerb, type IntroView, introView } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import { usePress } from '../hooks/use-press.ts';
import { Button, Flex, LoadingButton, StatusTag, Text } from '../host.ts';
import { Refused } from './Refused.tsx';

const stateWords = (intro: IntroView): { line: string; variant: 'default' | 'success' | 'warning' | 'danger' | 'info' } => {
  const { connector, target } = intro;
  switch (intro.state) {
    case 'draft':
      return { line: 'A draft: not asked yet', variant: 'default' };
    case 'requested':
      return { line: `Waits for ${connector}`, variant: 'info' };
    case 'accepted':
      return { line: `${connector} said yes`, variant: 'success' };
    case 'declined':
      return { line: intro.trail.at(-1)?.what === 'not-now' ? `${connector} said not now` : `${connector} said no`, variant: 'default' };
    case 'expired':
      return { line: `${connector} did not answer`, variant: 'warning' };
    case 'forwarded':
      return { line: `Forwarded to ${target}`, variant: 'info' };
    case 'replied':
      return { line: `${target} replied`, variant: 'success' };
    case 'meeting':
      return { line: `A meeting with ${target} is booked`, variant: 'success' };
    case 'opportunity':
      return { line: 'Became an opportunity', variant: 'success' };
    case 'won':
      return { line: 'Won', variant: 'success' };
    case 'lost':
      return { line: 'Came to nothing', variant: 'default' };
    case 'withdrawn':
      return { line: 'Withdrawn', variant: 'default' };
  }
};

const verbWords: Record<IntroVerb, string> = {
  remind: 'I reminded them',
  withdraw: 'Withdraw',
  forwarded: 'It was forwarded',
  replied: 'They replied',
  meeting: 'A meeting is booked',
  opportunity: 'An opportunity',
  won: 'Won',
  lost: 'Came to nothing',
};
/** The likeliest next ones are enough; the others come up as it goes on. */
const verbsMax = 3;

/** How an introduction stands, and what its rep can say of it. */
export function IntroRow({ api, intro, onOpen, onDone }: { api: Api; intro: IntroView; onOpen: () => void; onDone: () => void }) {
  const { busy, trouble, send } = usePress<IntroVerb>(api, `intros/${intro.id}`);
  const { line, variant } = stateWords(intro);
  const verbs = intro.verbs
    .filter((verb): verb is IntroVerb => verb !== 'approve' && (verb !== 'remind' || intro.isReminderDue))
    .slice(0, verbsMax);
  const say = async (verb: IntroVerb) => {
    if (await send(verb, introView, { version: intro.version })) onDone();
  };
  return (
    <Flex direction="column" gap="xs" align="start">
      <Text format={{ fontWeight: 'demibold' }}>{intro.people.map(({ name }) => name).join(' → ')}</Text>
      <StatusTag variant={variant}>{line}</StatusTag>
      {intro.isReminderDue && (
        <Text variant="microcopy">{`No answer for some days. A short line to ${intro.connector} is fine, once.`}</Text>
      )}
      <Flex gap="xs" wrap>
        {(intro.state === 'draft' || intro.state === 'requested') && (
          <Button size="xs" onClick={onOpen}>
            {intro.state === 'draft' ? 'Review the note' : 'Show the note'}
          </Button>
        )}
        {verbs.map((verb) => (
          <LoadingButton key={verb} size="xs" variant="secondary" loading={busy === verb} onClick={() => void say(verb)}>
            {verbWords[verb]}
          </LoadingButton>
        ))}
      </Flex>
      {trouble && <Refused why={trouble} onRetry={onDone} />}
    </Flex>
  );
}
