import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import type { ConnectionRow } from './store.ts';

/** An open session with an org. */
export interface Session {
  accessToken: string;
  instanceUrl: string;
}

/** What is sealed with the connection, so that whoever ends it can end its session too. */
const kept = z.object({ accessToken: z.string(), instanceUrl: z.string(), connectedAt: z.string() });

export interface SessionDeps {
  /** The connection as it is stored now. */
  row(): Promise<ConnectionRow | null>;
  unseal(row: ConnectionRow, sealed: string): Promise<Result<string>>;
  save(row: ConnectionRow, plain: string): Promise<'saved' | 'gone'>;
  open(row: ConnectionRow): Promise<Result<Session>>;
  end(session: Session): Promise<Result<true>>;
  /** The org took our access away; what waits is kept. */
  lose(row: ConnectionRow, said: string): Promise<unknown>;
}

/** `isOld`: opened before the org was connected again, perhaps as another user. */
export interface KeptSession extends Session {
  isOld: boolean;
}

/** The session that is kept with a connection; null without one. */
export async function keptSession(row: ConnectionRow, unseal: SessionDeps['unseal']): Promise<KeptSession | null> {
  if (!row.secretSealed) return null;
  const plain = await unseal(row, row.secretSealed);
  // What does not open here is as good as none: another one is a request away.
  if (!plain.ok) return null;
  const { connectedAt, ...session } = kept.parse(JSON.parse(plain.value));
  return { ...session, isOld: connectedAt !== connectedAtOf(row) };
}

/**
 * A session that works as far as anybody knows: the kept one, or a new one when that is the one that the org `refused`. What is opened is
 * kept before it is used, and what is not kept is ended. Callers take turns: see `Writer.renew`.
 */
export async function renewSession(deps: SessionDeps, refused?: string): Promise<Result<string>> {
  const row = await deps.row();
  if (row?.state !== 'connected') return failed(ended);
  const before = await keptSession(row, deps.unseal);
  if (before && !before.isOld && before.accessToken !== refused) return ok(before.accessToken);
  const opened = await deps.open(row);
  if (!opened.ok) {
    if (opened.fault.kind === 'expired') await deps.lose(row, opened.fault.said);
    return opened;
  }
  const { accessToken, instanceUrl } = opened.value;
  // Refused is not always over: an org may open sessions that it lets us use from another address only.
  const endBefore = async () => {
    if (before && before.accessToken !== accessToken) await deps.end(before);
  };
  let saved: 'saved' | 'gone' = 'gone';
  try {
    saved = await deps.save(
      row,
      JSON.stringify({ accessToken, instanceUrl, connectedAt: connectedAtOf(row) } satisfies z.infer<typeof kept>),
    );
  } catch (error) {
    // Nobody can say which of the two is kept, so neither stays open where nobody would find it.
    await deps.end(opened.value);
    await endBefore();
    throw error;
  }
  if (saved === 'gone') {
    await deps.end(opened.value);
    return failed(ended);
  }
  await endBefore();
  return ok(accessToken);
}

const ended = { kind: 'expired', said: 'The connection was ended meanwhile.' } as const;

const connectedAtOf = ({ settings: { connectedAt } }: ConnectionRow): string => (typeof connectedAt === 'string' ? connectedAt : '');
