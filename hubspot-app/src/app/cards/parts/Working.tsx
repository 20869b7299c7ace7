import type { CallBrief } from '@ros/contracts';
import { Flex, LoadingSpinner, Text } from '../host.ts';

const doing: Record<CallBrief['status'], string> = {
  live: 'The call is running',
  ended: 'Writing down what was said',
  transcribed: 'Working out what it means',
  understood: 'Getting the next step ready',
  failed: 'The call could not be understood',
};

/** A call has ended and is being understood. */
export function Working({ call }: { call: CallBrief }) {
  if (call.status === 'failed')
    return <Text testId="working">{call.trouble ?? `${doing.failed}. The recording is kept; we try again.`}</Text>;
  return (
    <Flex direction="column" gap="xs">
      <LoadingSpinner label={doing[call.status]} showLabel />
      <Text variant="microcopy">{`Your call with ${call.customerName}. Usually a few seconds.`}</Text>
    </Flex>
  );
}
