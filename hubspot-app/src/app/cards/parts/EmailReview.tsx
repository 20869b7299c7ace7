import type { ChangeItem } from '@ros/contracts';
import { useState } from 'react';
import type { Decide, Email } from '../hooks/use-decide.ts';
import { Button, Flex, Input, LoadingButton, Modal, ModalBody, ModalFooter, Text, TextArea } from '../host.ts';
import { Refused } from './Refused.tsx';

export const overlayOf = (change: Pick<ChangeItem, 'id'>) => `email-${change.id}`;

interface Props {
  change: ChangeItem;
  draft: Email & { to: readonly string[] };
  decide: Decide;
  onApprove: (email: Email) => void;
  onClose: () => void;
  onReload: () => void;
}

/** The mail as it would leave. What is approved is what stands here, byte for byte. */
export function EmailReview({ change, draft, decide, onApprove, onClose, onReload }: Props) {
  const [subject, setSubject] = useState(draft.subject);
  const [body, setBody] = useState(draft.body);
  return (
    <Modal id={overlayOf(change)} title="Review the email" width="md">
      <ModalBody>
        <Flex direction="column" gap="sm">
          <Text variant="microcopy">{draft.to.length > 0 ? `To ${draft.to.join(', ')}` : 'No address known: add it in your mail.'}</Text>
          <Input label="Subject" name="subject" value={subject} onChange={setSubject} />
          <TextArea label="Message" name="body" value={body} rows={12} maxLength={20_000} resize="vertical" onChange={setBody} />
          {decide.trouble && <Refused why={decide.trouble} onRetry={onReload} />}
        </Flex>
      </ModalBody>
      <ModalFooter>
        <Flex gap="sm" align="center" wrap>
          <LoadingButton variant="primary" loading={decide.busy === 'approve'} onClick={() => onApprove({ subject, body })}>
            {'Approve & copy'}
          </LoadingButton>
          <Button onClick={onClose}>Close</Button>
          <Text variant="microcopy">Nothing is sent: you paste it into your own mail.</Text>
        </Flex>
      </ModalFooter>
    </Modal>
  );
}
