import { DurableObject } from 'cloudflare:workers';
import { log } from '../http/log.ts';
import type { Letter, Taken } from './call-door.ts';

export interface SpoolServices {
  now(): number;
  /** Throws while the database is away, and for a letter that we cannot deal with. */
  take(letter: Letter, receivedMs: number): Promise<Pick<Taken, 'is'>>;
  /** True for what `take` throws because the database is away: no letter's fault. */
  isOutage(error: unknown): boolean;
  /** People hear of it: a letter of this source is tried once a day from now on. */
  noteAside(source: string): Promise<void>;
}

const ROOM_LETTERS = 20_000;
const ROOM_BYTES = 512 * 1024 * 1024;
const FIRST_WAIT_MS = 1_000;
const LAST_WAIT_MS = 30_000;
const BATCH = 6;
const DAY_MS = 24 * 3_600_000;
/** After so many failures of its own over a day a letter is set aside. */
const FAULTS_MAX = 20;
/** What people said is not kept for ever because we cannot read it. */
const KEEP_MS = 30 * DAY_MS;

type Row = { id: string; received_ms: number; letter: string; faults: number; aside_ms: number | null };

/**
 * Keeps what one source sends while the database is away, and hands it on when it is back. A letter that comes twice is kept once. One
 * that fails by itself for a day is set aside: kept for a month, told to people, and tried once a day, so that a mended Worker takes it.
 */
export abstract class Spool<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: SpoolServices;
  #waitMs = FIRST_WAIT_MS;

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    const { sql } = ctx.storage;
    sql.exec(
      'create table if not exists letters (id text primary key, received_ms integer not null, tries integer not null default 0, letter text not null)',
    );
    const names = new Set(
      sql
        .exec<{ name: string }>('pragma table_info(letters)')
        .toArray()
        .map(({ name }) => name),
    );
    for (const [name, type] of Object.entries({
      faults: 'integer not null default 0',
      after_ms: 'integer not null default 0',
      aside_ms: 'integer',
    }))
      if (!names.has(name)) sql.exec(`alter table letters add column ${name} ${type}`);
  }

  /** Durable when it answers; false when there is no room. */
  async keep(letter: Letter, receivedMs: number): Promise<boolean> {
    const { sql } = this.ctx.storage;
    const { held } = sql.exec<{ held: number }>('select count(*) as held from letters').one();
    if (held >= ROOM_LETTERS || sql.databaseSize > ROOM_BYTES) return false;
    // With its signature: whoever guesses an id must not take the place of the one who may use it.
    const id = `${letter.id}/${letter.signature}`;
    sql.exec('insert or ignore into letters (id, received_ms, letter) values (?, ?, ?)', id, receivedMs, JSON.stringify(letter));
    const now = this.services.now();
    const alarm = await this.ctx.storage.getAlarm();
    // What was set aside wakes us once a day; a new letter does not wait for that.
    if (alarm === null || alarm > now + LAST_WAIT_MS) await this.ctx.storage.setAlarm(now + FIRST_WAIT_MS);
    return true;
  }

  /** The call with this id of the sender's was destroyed: a letter that hands it over goes with it. */
  async forget(callId: string): Promise<void> {
    const { sql } = this.ctx.storage;
    sql.exec(
      `delete from letters where json_valid(json_extract(letter, '$.body')) and json_extract(json_extract(letter, '$.body'), '$.id') = ?`,
      callId,
    );
  }

  /** Never throws: an alarm that throws often enough is never called again. */
  override async alarm(): Promise<void> {
    const { sql } = this.ctx.storage;
    const now = this.services.now();
    const rows = sql
      .exec<Row>(
        'select id, received_ms, letter, faults, aside_ms from letters where after_ms <= ? order by tries, received_ms, id limit ?',
        now,
        BATCH,
      )
      .toArray();
    if (rows.length > 0) await this.ctx.storage.setAlarm(now + LAST_WAIT_MS);
    const done = await Promise.all(rows.map((row) => this.#handOn(row)));
    this.#waitMs = done.some(Boolean) ? FIRST_WAIT_MS : Math.min(LAST_WAIT_MS, this.#waitMs * 2);
    const { next } = sql.exec<{ next: number | null }>('select min(after_ms) as next from letters').one();
    if (next === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.max(next, this.services.now() + (done.every(Boolean) ? 0 : this.#waitMs)));
  }

  /** One that fails stands behind the others the next time. */
  async #handOn(row: Row): Promise<boolean> {
    const { sql } = this.ctx.storage;
    const letter = JSON.parse(row.letter) as Letter;
    try {
      const taken = await this.services.take(letter, row.received_ms);
      if (taken.is !== 'taken') log({ at: 'spool', what: taken.is, level: 'warn' });
      sql.exec('delete from letters where id = ?', row.id);
      return true;
    } catch (error) {
      const isOutage = this.services.isOutage(error);
      sql.exec('update letters set tries = tries + 1, faults = faults + ? where id = ?', isOutage ? 0 : 1, row.id);
      if (!isOutage) await this.#setAside(row, letter.source, error);
      return false;
    }
  }

  async #setAside({ id, received_ms, faults, aside_ms }: Row, source: string, error: unknown): Promise<void> {
    const { sql } = this.ctx.storage;
    const now = this.services.now();
    const ageMs = now - received_ms;
    if (faults + 1 < FAULTS_MAX || ageMs < DAY_MS) return;
    const kind = error instanceof Error ? error.name : 'unknown';
    if (ageMs > KEEP_MS) {
      sql.exec('delete from letters where id = ?', id);
      log({ at: 'spool', what: 'letter-lost', level: 'error', kind });
      return;
    }
    sql.exec('update letters set after_ms = ?, aside_ms = coalesce(aside_ms, ?) where id = ?', now + DAY_MS, now, id);
    if (aside_ms !== null) return;
    log({ at: 'spool', what: 'letter-aside', level: 'error', kind });
    await this.services.noteAside(source).catch(() => undefined);
  }
}
