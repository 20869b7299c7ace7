import type { IntroBody } from '../../../shared/contracts/intro.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, type Result } from '../../../shared/kit/result.ts';
import { type EarlierAsk, whyNotAsk } from '../../../shared/relate/may-ask.ts';
import { writeIntro } from '../../../shared/relate/write-intro.ts';
import { memberKey } from '../graph/known.ts';
import type { ShownPath } from '../show-paths.ts';
import type { IntroRow } from './store.ts';

export interface DraftIntroDeps {
  now(): number;
  newId(): string;
  nameOf(userId: string): Promise<string>;
  /** The path as this viewer may see it now; null when it is none any more. */
  pathBy(ref: RecordRef, keys: readonly string[]): Promise<ShownPath | null>;
  asksOf(connectorKey: string): Promise<EarlierAsk[]>;
  /** Where the connector answers this introduction. */
  linkTo(introId: string): Promise<string>;
  save(row: IntroRow): Promise<IntroRow | null>;
}

/** A note for a path that was shown; nobody hears of it before the rep approved it. */
export async function draftIntro(deps: DraftIntroDeps, userId: string, record: RecordRef, asked: IntroBody): Promise<Result<IntroRow>> {
  const path = await deps.pathBy(record, asked.people);
  if (!path) return failed({ kind: 'refused', said: 'This way in is no longer there.' });
  const viewer = memberKey(userId);
  const at = path.people[0]?.key === viewer ? 1 : 0;
  const [connector, next, target] = [path.people[at], path.people[at + 1], path.people.at(-1)];
  if (!connector || !next || !target) return failed({ kind: 'refused', said: 'You know them yourself: write to them.' });
  const why = whyNotAsk(await deps.asksOf(connector.key), target.key, connector.name, deps.now());
  if (why !== null) return failed({ kind: 'refused', said: why });

  const id = deps.newId();
  const repName = await deps.nameOf(userId);
  const note = writeIntro({
    repName,
    connector: connector.name,
    isColleague: at === 0,
    target: target.name,
    through: next.key === target.key ? null : next.name,
    theirTie: path.hops[at]?.chips ?? [],
    about: asked.about ?? '',
    link: await deps.linkTo(id),
  });
  const people = path.people.map(({ key, name }) => ({ key, name: key === viewer ? repName : name }));
  const row: IntroRow = {
    id,
    requestId: asked.requestId,
    repId: userId,
    repName,
    record,
    people,
    connectorKey: connector.key,
    targetKey: target.key,
    score: path.score,
    state: 'draft',
    version: 1,
    ...note,
    trail: [],
    createdAt: new Date(deps.now()),
  };
  const saved = await deps.save(row);
  return saved ? { ok: true, value: saved } : failed({ kind: 'gone', said: 'Somebody on this way has just objected.' });
}
