import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { type SealKey, seal, unseal } from './seal.ts';

const kept = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAtMs: z.number() });
export type Tokens = z.infer<typeof kept>;

export interface TokenDeps {
  key: SealKey;
  now(): number;
  sealedOf(tenantId: string, connectionId: string): Promise<string | null>;
  save(tenantId: string, connectionId: string, sealed: string, expiresAt: Date): Promise<void>;
  refresh(refreshToken: string): Promise<Result<{ accessToken: string; refreshToken: string; expiresInS: number }>>;
  /** The host took our access away; what waits is kept. */
  needsReconnect(tenantId: string, connectionId: string): Promise<void>;
}

const AHEAD_MS = 5 * 60_000;

export async function saveTokens(
  deps: Pick<TokenDeps, 'key' | 'save'>,
  owned: { tenantId: string; connectionId: string },
  tokens: Tokens,
): Promise<void> {
  const sealed = await seal(deps.key, { ...owned, field: 'tokens' }, JSON.stringify(tokens));
  await deps.save(owned.tenantId, owned.connectionId, sealed, new Date(tokens.expiresAtMs));
}

/** The access token as it stands, renewed when it has less than five minutes left. */
export async function currentToken(
  deps: Pick<TokenDeps, 'key' | 'now' | 'sealedOf'> & { renew(tenantId: string, connectionId: string): Promise<Result<string>> },
  tenantId: string,
  connectionId: string,
): Promise<Result<string>> {
  const tokens = await openTokens(deps, tenantId, connectionId);
  if (!tokens.ok) return tokens;
  return tokens.value.expiresAtMs - deps.now() > AHEAD_MS ? ok(tokens.value.accessToken) : deps.renew(tenantId, connectionId);
}

/** Asks the host for a new token, unless somebody just did. Callers take turns: see `Writer.renew`. */
export async function renewToken(deps: TokenDeps, tenantId: string, connectionId: string): Promise<Result<string>> {
  const tokens = await openTokens(deps, tenantId, connectionId);
  if (!tokens.ok) return tokens;
  if (tokens.value.expiresAtMs - deps.now() > AHEAD_MS) return ok(tokens.value.accessToken);
  const fresh = await deps.refresh(tokens.value.refreshToken);
  if (!fresh.ok) {
    if (fresh.fault.kind === 'expired') await deps.needsReconnect(tenantId, connectionId);
    return fresh;
  }
  // Stored before its first use: a refresh token may work only once.
  const { accessToken, refreshToken, expiresInS } = fresh.value;
  await saveTokens(deps, { tenantId, connectionId }, { accessToken, refreshToken, expiresAtMs: deps.now() + expiresInS * 1_000 });
  return ok(accessToken);
}

async function openTokens(deps: Pick<TokenDeps, 'key' | 'sealedOf'>, tenantId: string, connectionId: string): Promise<Result<Tokens>> {
  const sealed = await deps.sealedOf(tenantId, connectionId);
  if (!sealed) return failed({ kind: 'expired', said: 'The connection has no credentials.' });
  const opened = await unseal(deps.key, { tenantId, connectionId, field: 'tokens' }, sealed);
  return opened.ok ? ok(kept.parse(JSON.parse(opened.value))) : opened;
}
