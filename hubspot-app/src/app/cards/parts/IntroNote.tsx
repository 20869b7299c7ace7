import { type IntroView, introView } from '@ros/contracts';
import { useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { usePress } from '../hooks/use-press.ts';
import { Alert, Button, Flex, Heading, Input, Link, List, LoadingButton, Text, TextArea } from '../host.ts';
import { Refused } from './Refused.tsx';

interface Props {
  api: Api;
  /** A draft, or one that was approved before. */
  draft: IntroView;
  copy: (text: string) => Promise<void>;
  onClose: () => void;
}

/** The note as it would be asked with. What is approved is what stands here, byte for byte. */
export function IntroNote({ api, draft, copy, onClose }: Props) {
  const { busy, trouble, send } = usePress<'approve'>(api, `intros/${draft.id}`);
  const [subject, setSubject] = useState(draft.subject);
  const [body, setBody] = useState(draft.body);
  const [approved, setApproved] = useState<IntroView | null>(draft.state === 'draft' ? null : draft);
  const [isCopied, setIsCopied] = useState(false);

  const take = (text: string) =>
    copy(text).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  const approve = async () => {
    const done = await send('approve', introView, { version: draft.version, subject, body });
    if (!done) return;
    setApproved(done);
    await take(`${done.subject}\n\n${done.body}`);
  };

  if (approved)
    return (
      <Flex direction="column" gap="sm" align="start">
        <Alert title={isCopied ? 'Approved and copied' : 'Approved'} variant="success">
          {`Send it to ${approved.connector} from your own mail. Their answer stands here as soon as they press.`}
        </Alert>
        <Text format={{ fontWeight: 'demibold' }}>{approved.subject}</Text>
        <Text>{approved.body}</Text>
        <Flex gap="sm" align="center" wrap>
          <Link
            href={{
              url: `mailto:?subject=${encodeURIComponent(approved.subject)}&body=${encodeURIComponent(approved.body)}`,
              external: true,
            }}
          >
            Open in my mail
          </Link>
          <Button size="xs" onClick={() => void take(`${approved.subject}\n\n${approved.body}`)}>
            Copy again
          </Button>
          <Button size="xs" onClick={onClose}>
            Done
          </Button>
        </Flex>
      </Flex>
    );
  return (
    <Flex direction="column" gap="sm">
      <Heading>{`Ask ${draft.connector} to introduce you to ${draft.target}`}</Heading>
      <Input label="Subject" name="subject" value={subject} onChange={setSubject} />
      <TextArea label="Note" name="body" value={body} rows={14} maxLength={8_000} resize="vertical" onChange={setBody} />
      <Text variant="microcopy">Where each sentence comes from</Text>
      <List>
        {draft.cites.map(({ text, source }) => (
          <Text key={text} variant="microcopy">{`“${text}” ${source}`}</Text>
        ))}
      </List>
      {trouble && <Refused why={trouble} onRetry={() => void approve()} />}
      <Flex gap="sm" align="center" wrap>
        <LoadingButton variant="primary" loading={busy === 'approve'} onClick={() => void approve()}>
          {'Approve & copy'}
        </LoadingButton>
        <Button onClick={onClose}>Close</Button>
        <Text variant="microcopy">{`Nothing is sent, and ${draft.target} hears nothing before ${draft.connector} says yes.`}</Text>
      </Flex>
    </Flex>
  );
}
