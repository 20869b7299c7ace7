import { ok, type Result } from '../../shared/kit/result.ts';

/** Where a host writes down that its accounts took our app out, file by file. It keeps a file for some days. */
export interface Journal {
  /** From now on uninstalls are written down. Asking again changes nothing. */
  subscribe(): Promise<Result<true>>;
  /** The file after the one at `offset`, the earliest without; null when there is none yet. `gone` when `offset` is no longer kept. */
  next(offset: string | undefined): Promise<Result<JournalFile | null>>;
  /** Where the newest file is; null without any. */
  latest(): Promise<Result<string | null>>;
}

interface JournalFile {
  offset: string;
  uninstalled: readonly { account: string; atMs: number }[];
}

export interface HearDeps {
  now(): number;
  journal: Journal;
  /** How far we are; `subscribedAt` is an ISO time. */
  read(): Promise<{ offset?: string; subscribedAt?: string }>;
  save(name: 'offset' | 'subscribedAt', value: string): Promise<void>;
  /** May be told the same again. */
  uninstalled(account: string, atMs: number): Promise<void>;
}

const SUBSCRIBE_EVERY_MS = 24 * 3_600_000;
const FILES_MAX = 20;
const ROUND_MS = 20_000;

/** One round: every file that came since the last one, as many as there is time for. Answers how many uninstalls it heard of. */
export async function hearUninstalls(deps: HearDeps): Promise<Result<number>> {
  const { journal, now } = deps;
  const endMs = now() + ROUND_MS;
  const place = await deps.read();
  if (place.subscribedAt === undefined || Date.parse(place.subscribedAt) + SUBSCRIBE_EVERY_MS <= now()) {
    const subscribed = await journal.subscribe();
    if (!subscribed.ok) return subscribed;
    await deps.save('subscribedAt', new Date(now()).toISOString());
  }
  let { offset } = place;
  let heard = 0;
  for (let files = 0; files < FILES_MAX && now() < endMs; files += 1) {
    const next = await journal.next(offset);
    if (!next.ok && next.fault.kind === 'gone' && offset !== undefined) {
      // Nobody left for days, so the place we had is no longer kept; or this is how it says that nothing came since.
      const latest = await journal.latest();
      if (!latest.ok) return latest;
      if (latest.value === null || latest.value === offset) break;
      offset = undefined;
      continue;
    }
    if (!next.ok) return next;
    if (next.value === null) break;
    for (const { account, atMs } of next.value.uninstalled) await deps.uninstalled(account, atMs);
    heard += next.value.uninstalled.length;
    offset = next.value.offset;
    // After the deed: a round that breaks off hears the file again.
    await deps.save('offset', offset);
  }
  return ok(heard);
}
