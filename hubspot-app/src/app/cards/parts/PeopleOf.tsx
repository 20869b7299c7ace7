import { useExtensionActions } from '@hubspot/ui-extensions';
import { type IntroView, introsView, type PathsView, pathsView, type WarmPath } from '@ros/contracts';
import { useCallback, useState } from 'react';
import { type Api, type Asked, useApi } from '../hooks/api.ts';
import { useAnswer } from '../hooks/use-answer.ts';
import { hostWorld, type World } from '../hooks/world.ts';
import { Button, Flex, Heading, LoadingSpinner, Text } from '../host.ts';
import { IntroNote } from './IntroNote.tsx';
import { IntroRow } from './IntroRow.tsx';
import { NoWay } from './NoWay.tsx';
import { PathTile } from './PathTile.tsx';
import { Refused } from './Refused.tsx';

interface Known {
  paths: PathsView;
  /** Introductions on this record, newest first. */
  intros: IntroView[];
}

const pollMs = () => 30_000;
const shownAtFirst = 2;

/** Who here knows the people of this record, and the introduction they could make. */
export function PeopleOf({ world = hostWorld, isNarrow = false }: { world?: World; isNarrow?: boolean }) {
  const { api, record } = useApi(world);
  const actions = useExtensionActions<'crm.record.tab'>();
  const load = useCallback(() => readKnown(api, record), [api, record]);
  const { shown, reload } = useAnswer(world, load, pollMs);
  const [draft, setDraft] = useState<IntroView | null>(null);
  const [isAll, setIsAll] = useState(false);

  if (shown.is === 'loading') return <LoadingSpinner label="Looking for who knows whom" showLabel />;
  if (shown.is !== 'here') return <Refused why={shown} onRetry={reload} />;
  const { paths, intros } = shown.value;
  if (draft)
    return (
      <IntroNote
        api={api}
        draft={draft}
        copy={(text) => actions.copyTextToClipboard(text)}
        onClose={() => {
          setDraft(null);
          reload();
        }}
      />
    );
  const isAsked = ({ people }: WarmPath) => intros.some(({ state, people: asked }) => isOpen(state) && sameWay(asked, people));
  return (
    <Flex direction="column" gap="md">
      {paths.paths.length === 0 ? <NoWay api={api} record={record} onDone={reload} /> : <Heading>{paths.message}</Heading>}
      {paths.verdict === 'weak' && <Text>These ways are cold: warm one up before you ask for a favour.</Text>}
      {paths.paths.slice(0, isAll ? undefined : shownAtFirst).map((path) => (
        <PathTile
          key={path.people.map(({ key }) => key).join()}
          api={api}
          record={record}
          path={path}
          isNarrow={isNarrow}
          isAsked={isAsked(path)}
          onDraft={setDraft}
        />
      ))}
      {!isAll && paths.paths.length > shownAtFirst && (
        <Button size="xs" onClick={() => setIsAll(true)}>
          {`Show ${paths.paths.length - shownAtFirst} more`}
        </Button>
      )}
      {intros.length > 0 && <Heading>Asked for</Heading>}
      {intros.map((intro) => (
        <IntroRow key={intro.id} api={api} intro={intro} onOpen={() => setDraft(intro)} onDone={reload} />
      ))}
    </Flex>
  );
}

/** The introductions are beside the point: without them the ways are shown all the same. */
async function readKnown(api: Api, record: string): Promise<Asked<Known>> {
  const [paths, intros] = await Promise.all([api.get(`${record}/paths`, pathsView), api.get('/v1/intros', introsView)]);
  if (paths.is !== 'here') return paths;
  const here = record.split('/').slice(-2).join();
  const mine =
    intros.is === 'here'
      ? intros.value.mine.filter(({ record: of, state }) => `${of.object},${of.id}` === here && state !== 'withdrawn')
      : [];
  return { is: 'here', value: { paths: paths.value, intros: mine } };
}

const isOpen = (state: IntroView['state']) => state !== 'declined' && state !== 'expired' && state !== 'lost';
const sameWay = (a: readonly { key: string }[], b: readonly { key: string }[]) =>
  a.map(({ key }) => key).join() === b.map(({ key }) => key).join();
