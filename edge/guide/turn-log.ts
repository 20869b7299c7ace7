import type { Utterance } from '../../shared/contracts/transcript.ts';

const TURN_CHARS_MAX = 4_000;
/** Some eight hours of talk. */
const TURNS_MAX = 6_000;

/** The finished turns of a running call in the object's own SQLite, so that an eviction forgets none. Emptied when the call ends or somebody says no. */
export class TurnLog {
  readonly #sql: SqlStorage;
  #said: Utterance[] | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec('CREATE TABLE IF NOT EXISTS said (seq INTEGER PRIMARY KEY, turn TEXT NOT NULL)');
  }

  get all(): readonly Utterance[] {
    this.#said ??= this.#sql
      .exec<{ turn: string }>('SELECT turn FROM said ORDER BY seq')
      .toArray()
      .map(({ turn }) => JSON.parse(turn) as Utterance);
    return this.#said;
  }

  /** False when there is no more room, or nothing was said. */
  add(turn: Omit<Utterance, 'seq'>): boolean {
    if (this.all.length >= TURNS_MAX || turn.text.trim() === '') return false;
    const kept = { ...turn, seq: this.all.length, text: turn.text.slice(0, TURN_CHARS_MAX) };
    this.#sql.exec('INSERT OR REPLACE INTO said (seq, turn) VALUES (?, ?)', kept.seq, JSON.stringify(kept));
    this.#said?.push(kept);
    return true;
  }

  clear(): void {
    this.#said = [];
    this.#sql.exec('DELETE FROM said');
  }
}
