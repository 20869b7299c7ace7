import { neon, neonConfig } from '@neondatabase/serverless';
import type { WrappedKey } from './read-archive.ts';

neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`;

interface BookedCall {
  id: string;
  status: string;
  consent: string;
  audioKey: string | null;
  trouble: string | null;
  tries: number;
}

/** What our own database says of the calls, read as one tenant: row level security holds for a checker too. */
export async function openBooks(url: string, provider: string, externalId: string) {
  const sql = neon(url, { fetchOptions: {} });
  const [, found] = await sql.transaction([
    sql`select set_config('role', 'ros_app', true)`,
    sql`select tenant_id from resolve_connection(${provider}, ${externalId})`,
  ]);
  const tenantId = String(found?.[0]?.['tenant_id'] ?? '');
  const read = async (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
    const [, rows] = await sql.transaction([
      sql`select set_config('role', 'ros_app', true), set_config('app.tenant_id', ${tenantId}, true)`,
      sql.query(query, values),
    ]);
    return rows as Record<string, unknown>[];
  };
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    tenantId,
    async callOf(callSid: string): Promise<BookedCall | null> {
      const [row] = await read('select id, status, consent, audio_key, trouble, tries from calls where external_id = $1', [callSid]);
      return row
        ? {
            id: String(row['id']),
            status: String(row['status']),
            consent: String(row['consent']),
            audioKey: text(row['audio_key']),
            trouble: text(row['trouble']),
            tries: Number(row['tries']),
          }
        : null;
    },
    async wordsOf(callId: string, role: string): Promise<string[]> {
      const rows = await read('select text from utterances where call_id = $1::uuid and role = $2 order by start_ms, seq', [callId, role]);
      return rows.flatMap((row) => String(row['text']).split(/\s+/));
    },
    async keys(): Promise<WrappedKey[]> {
      const rows = await read('select kid, kek_kid, wrapped from tenant_keys');
      return rows.map((row) => ({ kid: String(row['kid']), kekKid: String(row['kek_kid']), wrapped: String(row['wrapped']) }));
    },
  };
}

export type Books = Awaited<ReturnType<typeof openBooks>>;
