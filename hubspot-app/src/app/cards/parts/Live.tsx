import type { Api } from '../hooks/api.ts';
import { useLive } from '../hooks/use-live.ts';
import type { World } from '../hooks/world.ts';
import { Button, Divider, Flex, Heading, LoadingSpinner, Text } from '../host.ts';
import { AskCall } from './AskCall.tsx';
import { Checklist } from './Checklist.tsx';
import { ConsentLine } from './Consent.tsx';
import { Gates } from './Gates.tsx';
import { Guidance } from './Guidance.tsx';
import { JustDone } from './JustDone.tsx';
import { OpenWindow } from './OpenWindow.tsx';
import { PastCards, PinnedCards } from './PastCards.tsx';
import { QuietToggle } from './QuietToggle.tsx';
import { Refused } from './Refused.tsx';
import { TalkShare } from './TalkShare.tsx';
import { Whisper } from './Whisper.tsx';
import { clock, speakerWords, spendLine } from './words.ts';

/** The sidebar while a call runs. Silence looks calm. */
export function Live({ world, api, callId, onEnded }: { world: World; api: Api; callId: string; onEnded: () => void }) {
  const { view, trouble, consent, hasJoined, touch, painted, keepPrivate, destroy, isPrivate } = useLive(world, api, callId, onEnded);
  if (!view && trouble?.is === 'refused') return <Refused why={trouble} onRetry={onEnded} />;
  if (!view) return <LoadingSpinner label="Joining the call" showLabel />;
  const { card } = view;
  const line = view.lines.at(-1);
  return (
    <Flex direction="column" gap="sm">
      <Heading>{`Live · ${clock(view.elapsedMs)} · ${view.customerName}`}</Heading>
      <ConsentLine consent={view.consent} hasJoined={hasJoined} onConsent={consent} />
      <Whisper api={api} callId={callId} help={view.help} />
      {card ? (
        <Guidance key={card.id} card={card} touch={touch} onPainted={painted} />
      ) : (
        <Flex direction="column" gap="xs">
          <Text format={{ fontWeight: 'demibold' }} testId="listening">
            {view.consent === 'granted' ? 'Listening' : 'Not listening'}
          </Text>
          {line && <Text variant="microcopy">{`${speakerWords(line)}: ${line.text}`}</Text>}
        </Flex>
      )}
      <Gates gates={view.gates} isCardShown={card !== null} />
      <JustDone touch={touch} />
      <PinnedCards past={view.past ?? []} touch={touch} />
      {view.unguided && <Text testId="unguided">{view.unguided}</Text>}
      {view.checklist && <Checklist checklist={view.checklist} touch={touch} />}
      <PastCards past={view.past ?? []} />
      <AskCall api={api} callId={callId} />
      <OpenWindow api={api} callId={callId} />
      <QuietToggle quiet={view.quiet ?? 'off'} touch={touch} />
      {view.talkShareRep !== null && (
        <>
          <Divider />
          <TalkShare share={view.talkShareRep} />
        </>
      )}
      {view.spend && view.spend.speechSeconds > 0 && (
        <Text variant="microcopy" testId="spend">
          {spendLine(view.spend)}
        </Text>
      )}
      <Flex gap="xs" wrap>
        {isPrivate ? (
          <Text variant="microcopy">Private: only you see this call.</Text>
        ) : (
          <Button size="xs" variant="transparent" onClick={keepPrivate}>
            Make private
          </Button>
        )}
        {/* The words that help are what may stand out here, not this. */}
        <Button size="xs" variant="secondary" onClick={destroy}>
          Stop and destroy
        </Button>
      </Flex>
      {trouble && (
        <Text variant="microcopy" testId="trouble">
          {trouble.is === 'offline' ? 'No connection for a moment. The call goes on being heard.' : `${trouble.what} ${trouble.todo}`}
        </Text>
      )}
    </Flex>
  );
}
