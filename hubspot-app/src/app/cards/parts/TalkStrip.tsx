import type { ConversationView } from '@ros/contracts';
import { Flex, Image, Text } from '../host.ts';
import { drawStrip, moments } from './strip.ts';
import { clock, percent } from './words.ts';

export function TalkStrip({ view }: { view: ConversationView }) {
  const strip = drawStrip(view);
  if (!strip) return null;
  const marked = moments(view.insight);
  return (
    <Flex direction="column" gap="xs">
      <Image src={strip.src} alt={strip.alt} width={strip.width} height={strip.height} />
      <Text variant="microcopy">
        {`Above you${view.insight ? ` (${percent(view.insight.talkShareRep)})` : ''}, below ${view.call.customerName}.${
          marked.length > 0 ? ` Marked: ${marked.map(({ what, startMs }) => `${what} ${clock(startMs)}`).join(' · ')}` : ''
        }`}
      </Text>
    </Flex>
  );
}
