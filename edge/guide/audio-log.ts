import type { Role } from '../../shared/contracts/transcript.ts';

const BYTES_PER_MS = 8;
const FLUSH_BYTES = 500 * BYTES_PER_MS;
const FRAME_MS = 20;
const PAGE = 120; // a minute

export interface Piece {
  atMs: number;
  bytes: Uint8Array;
}

/**
 * The call's audio in the object's own SQLite until it is archived: a kill loses half a second at most. Frames may come twice, late and in
 * any order. Where another recording of the same time was laid beside it (`mend`), that one counts: it has no gaps.
 */
export class AudioLog {
  readonly #sql: SqlStorage;
  readonly #waiting = new Map<Role, { parts: Piece[]; size: number }>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    for (const table of ['audio', 'mended'])
      sql.exec(
        `CREATE TABLE IF NOT EXISTS ${table} (role TEXT NOT NULL, at_ms INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (role, at_ms))`,
      );
  }

  add(role: Role, atMs: number, bytes: Uint8Array): void {
    const waiting = this.#waiting.get(role) ?? { parts: [], size: 0 };
    waiting.parts.push({ atMs, bytes });
    waiting.size += bytes.length;
    this.#waiting.set(role, waiting);
    if (waiting.size >= FLUSH_BYTES) this.#flush(role);
  }

  flush(): void {
    for (const role of [...this.#waiting.keys()]) this.#flush(role);
  }

  /** Lays whole audio beside what was heard; the pieces come in order and without gaps. */
  mend(role: Role, atMs: number, bytes: Uint8Array): void {
    this.#sql.exec('INSERT OR REPLACE INTO mended (role, at_ms, bytes) VALUES (?, ?, ?)', role, Math.round(atMs), bytes.slice());
  }

  /** Everything kept of one speaker, oldest first. */
  *of(role: Role): Generator<Piece> {
    const [mended] = this.#sql
      .exec<{ fromMs: number | null; toMs: number | null }>(
        'SELECT min(at_ms) AS fromMs, max(at_ms + length(bytes) / 8) AS toMs FROM mended WHERE role = ?',
        role,
      )
      .toArray();
    if (mended?.fromMs == null || mended.toMs == null) {
      yield* this.heard(role);
      return;
    }
    const { fromMs, toMs } = mended;
    let isLaid = false;
    for (const piece of this.heard(role)) {
      const endMs = piece.atMs + piece.bytes.length / BYTES_PER_MS;
      if (piece.atMs < fromMs) yield { atMs: piece.atMs, bytes: piece.bytes.subarray(0, Math.round((fromMs - piece.atMs) * BYTES_PER_MS)) };
      else if (!isLaid) {
        isLaid = true;
        yield* this.#rows('mended', role);
      }
      // Clocks are not the same to the second: only what is clearly later was not recorded there.
      if (endMs > toMs + LATER_MS && piece.atMs >= toMs) yield piece;
    }
    if (!isLaid) yield* this.#rows('mended', role);
  }

  /** What came over the line, oldest first. */
  *heard(role: Role): Generator<Piece> {
    this.#flush(role);
    yield* this.#rows('audio', role);
  }

  /** How many ms of one speaker never came, between two moments. */
  missingMs(role: Role, fromMs: number, toMs: number): number {
    this.#flush(role);
    let heardMs = 0;
    let reachedMs = fromMs;
    const pieces = this.#sql
      .exec<{ at_ms: number; size: number }>('SELECT at_ms, length(bytes) AS size FROM audio WHERE role = ? ORDER BY at_ms', role)
      .toArray();
    for (const { at_ms: atMs, size } of pieces) {
      const endMs = Math.min(toMs, atMs + size / BYTES_PER_MS);
      if (endMs <= reachedMs) continue;
      heardMs += endMs - Math.max(reachedMs, atMs);
      reachedMs = endMs;
    }
    return Math.max(0, toMs - fromMs - heardMs);
  }

  /** Where the last kept audio ends, ms, heard or laid beside it; 0 when there is none. */
  reachedMs(): number {
    this.flush();
    const ends = ['audio', 'mended'].map((table) => `SELECT max(at_ms + length(bytes) / 8) AS ms FROM ${table}`);
    return this.#sql.exec<{ ms: number | null }>(`SELECT max(ms) AS ms FROM (${ends.join(' UNION ALL ')})`).one().ms ?? 0;
  }

  isEmpty(): boolean {
    this.flush();
    return this.#sql.exec<{ n: number }>('SELECT (SELECT count(*) FROM audio) + (SELECT count(*) FROM mended) AS n').one().n === 0;
  }

  clear(): void {
    this.#waiting.clear();
    this.#sql.exec('DELETE FROM audio');
    this.#sql.exec('DELETE FROM mended');
  }

  *#rows(table: 'audio' | 'mended', role: Role): Generator<Piece> {
    let after = -1;
    for (;;) {
      // Page by page: a cursor left open while the recording is sent would stand in the way of other statements.
      const page = this.#sql
        .exec<{ at_ms: number; bytes: ArrayBuffer }>(
          `SELECT at_ms, bytes FROM ${table} WHERE role = ? AND at_ms > ? ORDER BY at_ms LIMIT ?`,
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

  #flush(role: Role): void {
    const waiting = this.#waiting.get(role);
    if (!waiting) return;
    this.#waiting.delete(role);
    // A frame that came twice may begin a longer run the second time.
    for (const { atMs, bytes } of inOrder(waiting.parts))
      this.#sql.exec(
        `INSERT INTO audio (role, at_ms, bytes) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET bytes = excluded.bytes WHERE length(excluded.bytes) > length(bytes)`,
        role,
        Math.round(atMs),
        bytes,
      );
  }
}

const LATER_MS = 2_000;

/** Frames as runs without gaps: sorted, those that came twice once. What follows a gap is a run of its own, or it would move in time. */
function inOrder(parts: readonly Piece[]): Piece[] {
  const runs: { atMs: number; parts: Uint8Array[]; size: number }[] = [];
  for (const { atMs, bytes } of parts.toSorted((a, b) => a.atMs - b.atMs)) {
    const run = runs.at(-1);
    const dueMs = run ? run.atMs + run.size / BYTES_PER_MS : Number.NEGATIVE_INFINITY;
    if (run && atMs + bytes.length / BYTES_PER_MS <= dueMs) continue;
    if (run && Math.abs(atMs - dueMs) < FRAME_MS) {
      run.parts.push(bytes);
      run.size += bytes.length;
    } else runs.push({ atMs, parts: [bytes], size: bytes.length });
  }
  return runs.map(({ atMs, parts: all, size }) => {
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of all) {
      whole.set(part, at);
      at += part.length;
    }
    return { atMs, bytes: whole };
  });
}
