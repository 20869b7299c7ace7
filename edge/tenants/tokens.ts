import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../shared/kit/result.ts';

const tokens = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAtMs: z.number() });
export type Tokens = z.infer<typeof tokens>;

/** What is kept of a connection: sealed, and opened. */
export interface KeptTokens {
  sealed: string;
  tokens: Tokens;
}

export interface TokenDeps {
  now(): number;
  /** As it is stored now; `expired` without credentials. */
  read(): Promise<Result<KeptTokens>>;
  save(tokens: Tokens): Promise<'saved' | 'gone'>;
  refresh(refreshToken: string): Promise<Result<{ accessToken: string; refreshToken: string; expiresInS: number }>>;
  /** The host took our access away; what waits is kept. `sealed` is what it no longer takes. */
  lose(sealed: string, said: string): Promise<void>;
}

const AHEAD_MS = 5 * 60_000;

/** Opens what is stored with a connection. */
export async function openTokens(sealed: string | null, open: (sealed: string) => Promise<Result<string>>): Promise<Result<KeptTokens>> {
  if (!sealed) return failed({ kind: 'expired', said: 'The connection has no credentials.' });
  const opened = await open(sealed);
  return opened.ok ? ok({ sealed, tokens: tokens.parse(JSON.parse(opened.value)) }) : opened;
}

/** The access token as it stands, renewed when it has less than five minutes left or is the one that the host `refused`. */
export async function currentToken(
  deps: Pick<TokenDeps, 'now' | 'read'> & { renew(refused: string | undefined): Promise<Result<string>> },
  refused?: string,
): Promise<Result<string>> {
  const kept = await deps.read();
  if (!kept.ok) return kept;
  return isGood(kept.value.tokens, deps.now(), refused) ? ok(kept.value.tokens.accessToken) : deps.renew(refused);
}

/** Asks the host for a new token, unless somebody just did. Callers take turns: see `Writer.renew`. */
export async function renewToken(deps: TokenDeps, refused?: string): Promise<Result<string>> {
  const kept = await deps.read();
  if (!kept.ok) return kept;
  if (isGood(kept.value.tokens, deps.now(), refused)) return ok(kept.value.tokens.accessToken);
  const fresh = await deps.refresh(kept.value.tokens.refreshToken);
  if (!fresh.ok) return fresh.fault.kind === 'expired' ? refusedToRefresh(deps, kept.value, fresh, refused) : fresh;
  // Stored before its first use: a refresh token may work only once.
  const { accessToken, refreshToken, expiresInS } = fresh.value;
  const saved = await deps.save({ accessToken, refreshToken, expiresAtMs: deps.now() + expiresInS * 1_000 });
  return saved === 'saved' ? ok(accessToken) : failed({ kind: 'expired', said: 'The connection was ended meanwhile.' });
}

/** A refresh token that no longer works was replaced, by somebody who was quicker or who connected again; or our access is gone. */
async function refusedToRefresh(deps: TokenDeps, tried: KeptTokens, refusal: Result<never>, refused?: string): Promise<Result<string>> {
  const kept = await deps.read();
  if (kept.ok && kept.value.sealed !== tried.sealed && isGood(kept.value.tokens, deps.now(), refused))
    return ok(kept.value.tokens.accessToken);
  if (!refusal.ok) await deps.lose(tried.sealed, refusal.fault.said);
  return refusal;
}

const isGood = (kept: Tokens, nowMs: number, refused: string | undefined) =>
  kept.expiresAtMs - nowMs > AHEAD_MS && kept.accessToken !== refused;
