import type { Role } from '../../shared/contracts/transcript.ts';

const BYTES_PER_MS = 8;
const FLUSH_BYTES = 500 * BYTES_PER_MS;
const GAP_MIN_MS = 20;
const PAGE = 120; // a minute

/** The call's audio as it came, kept in the object's own SQLite until it is archived: an eviction loses half a second at most. */
export class AudioLog {
  readonly #sql: SqlStorage;
  readonly #waiting = new Map<Role, { atMs: number; parts: Uint8Array[]; size: number }>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      'CREATE TABLE IF NOT EXISTS audio (role TEXT NOT NULL, at_ms INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (role, at_ms))',
    );
  }

  add(role: Role, atMs: number, bytes: Uint8Array): void {
    const open = this.#waiting.get(role);
    // What follows a gap is a piece of its own, or it would move forward in time.
    if (open && Math.abs(atMs - open.atMs - open.size / BYTES_PER_MS) >= GAP_MIN_MS) this.#flush(role);
    const waiting = this.#waiting.get(role) ?? { atMs, parts: [], size: 0 };
    waiting.parts.push(bytes);
    waiting.size += bytes.length;
    this.#waiting.set(role, waiting);
    if (waiting.size >= FLUSH_BYTES) this.#flush(role);
  }

  flush(): void {
    for (const role of [...this.#waiting.keys()]) this.#flush(role);
  }

  /** Everything heard of one speaker, oldest first. */
  *of(role: Role): Generator<{ atMs: number; bytes: Uint8Array }> {
    this.#flush(role);
    let after = -1;
    for (;;) {
      // Page by page: a cursor left open while the recording is sent would stand in the way of other statements.
      const page = this.#sql
        .exec<{ at_ms: number; bytes: ArrayBuffer }>(
          'SELECT at_ms, bytes FROM audio WHERE role = ? AND at_ms > ? ORDER BY at_ms LIMIT ?',
          role,
          after,
          PAGE,
        )
        .toArray();
      for (const row of page) yield { atMs: row.at_ms, bytes: new Uint8Array(row.bytes) };
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.at_ms;
    }
  }

  isEmpty(): boolean {
    this.flush();
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM audio').one().n === 0;
  }

  clear(): void {
    this.#waiting.clear();
    this.#sql.exec('DELETE FROM audio');
  }

  #flush(role: Role): void {
    const waiting = this.#waiting.get(role);
    if (!waiting) return;
    this.#waiting.delete(role);
    const whole = new Uint8Array(waiting.size);
    let at = 0;
    for (const part of waiting.parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#sql.exec('INSERT OR IGNORE INTO audio (role, at_ms, bytes) VALUES (?, ?, ?)', role, waiting.atMs, whole);
  }
}
