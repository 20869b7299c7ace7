import { judge, type OpenChange, type Verdict } from '../../shared/act/judge-news.ts';
import { type FieldNews, type News, newest } from '../../shared/act/news.ts';
import type { FieldMode } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { passes, type Result } from '../../shared/kit/result.ts';
import type { FieldNow, Whereabouts } from '../ports/crm.ts';

/** A change of a field that waits for a person or for the writer, or that is only watched, as the store has it. */
export interface OpenRow {
  id: string;
  version: number;
  state: 'waiting' | 'due' | 'shadow';
  record: RecordRef;
  body:
    | { kind: 'set-field'; field: string; label: string; mode: FieldMode; from: string | null; to: string }
    | { kind: 'move-stage'; from: string; to: string };
  since: Date;
}

/** One connection's view of its CRM, and what may be done about news of it. */
export interface HearDeps {
  crm: { name: string; stageField: string };
  print(field: string, value: string): Promise<string>;
  openOn(refs: readonly RecordRef[]): Promise<OpenRow[]>;
  /** Notes what is newer than what we knew; answers that. */
  saveSeen(seen: readonly FieldNews[], open: readonly RecordRef[]): Promise<{ record: RecordRef; field: string; atMs: number }[]>;
  settle(verdicts: readonly Verdict[]): Promise<void>;
  readFields(ref: RecordRef, names: readonly string[]): Promise<Result<FieldNow[]>>;
  /** The print of what we last wrote there. */
  wroteOf(ref: RecordRef): Promise<Record<string, string>>;
  hasOpen(ref: RecordRef): Promise<boolean>;
  whereIs(ref: RecordRef): Promise<Result<Whereabouts>>;
  /** What the CRM calls this user; null when it does not say so now. */
  nameOf(userId: string): Promise<string | null>;
  parkGone(ref: RecordRef, said: string): Promise<void>;
  /** `also` is what else they became. */
  merge(from: readonly RecordRef[], into: RecordRef, also: readonly RecordRef[]): Promise<void>;
  /** Answers how many of the contact's calls still run. */
  erase(contactId: string): Promise<{ live: number }>;
}

const NAMES_MAX = 10;

/** `again`: the try counts. `wait`: it was not this news' fault. */
export type Heard = 'done' | 'again' | 'wait';

/** Takes news of one connection in any order; one outcome for each, in the same places. One that fails holds up none of the others. */
export async function hearNews(deps: HearDeps, all: readonly News[]): Promise<Heard[]> {
  const heard = new Map<News, Heard>();
  const each = async <T extends News>(some: readonly T[], work: (one: T) => Promise<Heard>) => {
    for (const one of some) heard.set(one, await work(one).catch((): Heard => 'again'));
  };
  const of = <K extends News['is']>(kind: K) => all.filter((one): one is Extract<News, { is: K }> => one.is === kind);

  await each(of('erased'), async ({ record }) => ((await deps.erase(record.id)).live > 0 ? 'wait' : 'done'));
  // Before deletions: a record that was merged is told as deleted, too.
  await each(of('merged'), async ({ record, from }) => {
    await deps.merge(
      from.map((id) => ({ object: record.object, id })),
      record,
      [],
    );
    return 'done';
  });
  for (const group of byRecord(of('deleted'))) {
    const outcome = await gone(deps, group[0].record).catch((): Heard => 'again');
    for (const one of group) heard.set(one, outcome);
  }

  const fields = of('field');
  const together = await hearFields(deps, fields).then(
    () => true,
    () => false,
  );
  await each(fields, async (one) => {
    if (!together) await hearFields(deps, [one]);
    return 'done';
  });

  // However often a record was touched, it is read once.
  for (const group of byRecord(of('touched'))) {
    const last = group.reduce((a, b) => (b.atMs > a.atMs ? b : a));
    const outcome = await touched(deps, last).catch((): Heard => 'again');
    for (const one of group) heard.set(one, outcome);
  }
  return all.map((one) => heard.get(one) ?? 'again');
}

async function hearFields(deps: HearDeps, all: readonly FieldNews[]): Promise<void> {
  if (all.length === 0) return;
  const latest = newest(all);
  const open = await deps.openOn(refsOf(latest));
  await hearAbout(deps, latest, open);
}

async function hearAbout(
  deps: HearDeps,
  latest: readonly FieldNews[],
  open: readonly OpenRow[],
  who: Record<string, string> = {},
): Promise<void> {
  const fresh = await deps.saveSeen(
    latest,
    open.map(({ record }) => record),
  );
  const isFresh = (one: FieldNews) => fresh.some((it) => isSame(it.record, one.record) && it.field === one.field);
  const verdicts: Verdict[] = [];
  const named = namer(deps);
  for (const row of open) {
    const change = await openChange(deps, row);
    for (const one of latest) {
      if (!isSame(one.record, row.record) || !isFresh(one)) continue;
      const verdict = judge(change, one, deps.crm.name, who[one.field]);
      if (!verdict) continue;
      // A name is asked for only where somebody will read it.
      const name = who[one.field] ?? (await named(one.userId));
      verdicts.push(judge(change, one, deps.crm.name, name) ?? verdict);
    }
  }
  await deps.settle(verdicts);
}

/** Each person is asked for once, and after so many nobody more: a name is not worth holding up what was heard. */
function namer({ nameOf }: HearDeps): (userId: string | undefined) => Promise<string | undefined> {
  const known = new Map<string, string | undefined>();
  return async (userId) => {
    if (userId === undefined) return undefined;
    if (!known.has(userId) && known.size < NAMES_MAX) known.set(userId, (await nameOf(userId).catch(() => null)) ?? undefined);
    return known.get(userId);
  };
}

/** The CRM says no more than that something changed: what has to do with our changes is read. */
async function touched(deps: HearDeps, { record, atMs }: { record: RecordRef; atMs: number }): Promise<Heard> {
  if (record.object === 'lead') {
    const heir = await heirOf(deps, record);
    if (heir !== 'none') return heir;
  }
  const open = await deps.openOn([record]);
  if (open.length === 0) return 'done';
  const read = await deps.readFields(record, [...new Set(open.map((row) => fieldOf(deps, row)))]);
  if (!read.ok) {
    if (read.fault.kind === 'gone') return gone(deps, record);
    return passes(read.fault) || read.fault.kind === 'expired' ? 'wait' : 'done';
  }
  const wrote = await deps.wroteOf(record);
  const news: FieldNews[] = [];
  const who: Record<string, string> = {};
  for (const now of read.value) {
    const print = now.value === null ? null : await deps.print(now.field, now.value);
    const isOurs = now.by === 'us' || (now.by === 'unknown' && print !== null && wrote[now.field] === print);
    const said = now.at === undefined ? Number.NaN : Date.parse(now.at);
    news.push({
      is: 'field',
      record,
      field: now.field,
      print,
      atMs: Number.isNaN(said) ? atMs : latest(said),
      by: isOurs ? 'us' : 'other',
    });
    if (now.who !== undefined) who[now.field] = now.who;
  }
  await hearAbout(deps, news, open, who);
  return 'done';
}

/** A lead that was converted is told as changed: what waits on it goes to what it became. `none` while it is still a lead. */
async function heirOf(deps: HearDeps, record: RecordRef): Promise<Heard | 'none'> {
  if (!(await deps.hasOpen(record))) return 'none';
  const where = await deps.whereIs(record);
  if (!where.ok) return passes(where.fault) || where.fault.kind === 'expired' ? 'wait' : 'none';
  if (where.value.is !== 'converted' && where.value.is !== 'merged') return 'none';
  await deps.merge([record], where.value.into, alsoOf(where.value));
  return 'done';
}

const alsoOf = (where: Whereabouts): readonly RecordRef[] => (where.is === 'converted' ? (where.also ?? []) : []);

/** Salesforce tells whole seconds: it may have been any moment of that one, and what stood before we planned is not mistaken for news. */
const latest = (ms: number) => (ms % 1_000 === 0 ? ms + 999 : ms);

async function gone(deps: HearDeps, record: RecordRef): Promise<Heard> {
  if (!(await deps.hasOpen(record))) return 'done';
  // The event's word counts when the CRM cannot be asked: what is parked can be replayed.
  const asked = await deps.whereIs(record);
  const where: Whereabouts = asked.ok ? asked.value : { is: 'deleted' };
  if (where.is === 'deleted') await deps.parkGone(record, `This ${record.object} was deleted in ${deps.crm.name}.`);
  else if (where.is !== 'here') await deps.merge([record], where.into, alsoOf(where));
  return 'done';
}

async function openChange(deps: HearDeps, { id, version, state, body, since }: OpenRow): Promise<OpenChange> {
  const field = body.kind === 'set-field' ? body.field : deps.crm.stageField;
  return {
    id,
    version,
    state,
    field,
    mode: body.kind === 'set-field' ? body.mode : 'stage',
    label: body.kind === 'set-field' ? body.label : 'Stage',
    from: body.from === null || body.from === '' ? null : await deps.print(field, body.from),
    to: await deps.print(field, body.to),
    sinceMs: since.getTime(),
  };
}

const fieldOf = ({ crm }: HearDeps, { body }: OpenRow) => (body.kind === 'set-field' ? body.field : crm.stageField);
const isSame = (a: RecordRef, b: RecordRef) => a.object === b.object && a.id === b.id;
const refsOf = (all: readonly News[]) => byRecord(all).map(([{ record }]) => record);

function byRecord<T extends News>(all: readonly T[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const key = `${one.record.object}/${one.record.id}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
