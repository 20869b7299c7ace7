import { useExtensionActions } from '@hubspot/ui-extensions';
import type { ChangeItem } from '@ros/contracts';
import { useState } from 'react';
import type { Api } from '../hooks/api.ts';
import { type Email, useDecide } from '../hooks/use-decide.ts';
import { Button, Flex, LoadingButton } from '../host.ts';
import { Asks } from './Asks.tsx';
import { EmailReview, overlayOf } from './EmailReview.tsx';
import { Refused } from './Refused.tsx';
import { noWords, yesWords } from './words.ts';

const sizes = { primary: 'sm', row: 'xs' } as const;

/** Waits for a person: to say yes, to fill in what HubSpot wants first, or to try again. */
export const isOpen = ({ state, policy }: ChangeItem): boolean => policy !== 'never' && (state === 'waiting' || state === 'parked');

/** The buttons of a change that waits for a person. */
export function Decision({
  api,
  change,
  size,
  onDecided,
}: {
  api: Api;
  change: ChangeItem;
  size: keyof typeof sizes;
  onDecided: () => void;
}) {
  const actions = useExtensionActions<'crm.record.sidebar'>();
  const decide = useDecide(api, change);
  const { body, asks = [] } = change;
  const [values, setValues] = useState<Record<string, string>>({});

  const approve = async (email?: Email) => {
    const taken = await decide.approve(email, asks.length > 0 ? values : undefined);
    if (!taken) return;
    if (taken.body.kind === 'draft-email') {
      actions.closeOverlay(overlayOf(change));
      actions.addAlert(await copied(actions, taken.body));
    } else {
      const done = change.state === 'parked' ? 'Trying again.' : 'Approved.';
      actions.addAlert({ type: 'success', message: `${done} It is on its way to HubSpot.` });
    }
    onDecided();
  };
  const decline = async () => {
    if (await decide.decline()) onDecided();
  };

  return (
    <Flex direction="column" gap="xs">
      {asks.length > 0 && <Asks asks={asks} values={values} onChange={setValues} />}
      <Flex gap="xs" wrap>
        {body.kind === 'draft-email' ? (
          <Button
            size={sizes[size]}
            variant="primary"
            overlay={
              <EmailReview
                // A new version is a new draft; an edit in progress stays otherwise.
                key={`${change.id}:${change.version}`}
                change={change}
                draft={body}
                decide={decide}
                onApprove={(email) => void approve(email)}
                onClose={() => actions.closeOverlay(overlayOf(change))}
                onReload={onDecided}
              />
            }
          >
            {yesWords(change)}
          </Button>
        ) : (
          <LoadingButton size={sizes[size]} variant="primary" loading={decide.busy === 'approve'} onClick={() => void approve()}>
            {yesWords(change)}
          </LoadingButton>
        )}
        <Button size={sizes[size]} disabled={decide.busy !== null} onClick={() => void decline()}>
          {noWords(change)}
        </Button>
      </Flex>
      {decide.trouble && <Refused why={decide.trouble} onRetry={onDecided} />}
    </Flex>
  );
}

type Copying = { copyTextToClipboard: (text: string) => Promise<void> };

/** Copies an approved mail and says how that went. */
export async function copied(actions: Copying, { subject, body }: Email): Promise<{ type: 'success' | 'warning'; message: string }> {
  try {
    await actions.copyTextToClipboard(`${subject}\n\n${body}`);
    return { type: 'success', message: 'Approved and copied. Paste it into your mail.' };
  } catch {
    return { type: 'warning', message: 'Approved. The browser did not allow copying: copy it from the Conversation tab.' };
  }
}
