import { type IntroView, introView, type WarmPath } from '@ros/contracts';
import type { Api } from '../hooks/api.ts';
import { usePress } from '../hooks/use-press.ts';
import { Flex, Image, LoadingButton, Tag, Text, Tile } from '../host.ts';
import { drawPath, hopWords, weakestWords } from './draw-path.ts';
import { Refused } from './Refused.tsx';

interface Props {
  api: Api;
  record: string;
  path: WarmPath;
  isNarrow: boolean;
  /** An introduction along it is under way. */
  isAsked: boolean;
  onDraft: (draft: IntroView) => void;
}

/** One way in: the picture, what proves each step, and the press that asks. */
export function PathTile({ api, record, path, isNarrow, isAsked, onDraft }: Props) {
  const { busy, trouble, send } = usePress<'intros'>(api, record.replace('/v1/', ''));
  const picture = drawPath(path, isNarrow ? 280 : 520);
  const weakest = weakestWords(path.hops);
  const connector = path.hops[0]?.from === 'You' ? path.people[1] : path.people[0];
  const isOwn = path.people.length === 2 && path.hops[0]?.from === 'You';
  const ask = async () => {
    const draft = await send('intros', introView, { people: path.people.map(({ key }) => key) });
    if (draft) onDraft(draft);
  };
  return (
    <Tile compact>
      <Flex direction="column" gap="sm" align="start">
        <Image src={picture.src} alt={picture.alt} width={picture.width} height={picture.height} />
        {path.hops.map((hop) => (
          <Flex key={`${hop.from} ${hop.to}`} gap="xs" wrap align="center">
            <Text variant="microcopy" format={{ fontWeight: 'demibold' }}>{`${hop.from} → ${hop.to}`}</Text>
            {hopWords(hop).map((word, n) => (
              <Tag key={word} variant={n > 0 ? 'default' : hop.tier === 'strong' || hop.tier === 'warm' ? 'success' : 'warning'}>
                {word}
              </Tag>
            ))}
          </Flex>
        ))}
        {weakest && <Text variant="microcopy">{weakest}</Text>}
        {!isOwn && path.next !== 'ask' && <Text variant="microcopy">{path.why}</Text>}
        {trouble && <Refused why={trouble} onRetry={() => void ask()} />}
        {isOwn ? (
          <Text>{path.why}</Text>
        ) : isAsked ? (
          <Text variant="microcopy">An introduction along this way is under way.</Text>
        ) : (
          <LoadingButton
            size="small"
            variant={path.rank === 1 && path.next === 'ask' ? 'primary' : 'secondary'}
            loading={busy === 'intros'}
            onClick={() => void ask()}
          >
            {`Ask ${connector?.name ?? ''} for an introduction`}
          </LoadingButton>
        )}
      </Flex>
    </Tile>
  );
}
