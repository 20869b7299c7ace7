import { DurableObject } from 'cloudflare:workers';
import { log } from '../http/log.ts';
import type { Letter, Taken } from './call-door.ts';

export interface SpoolServices {
  now(): number;
  /** Throws while the database is away. */
  take(letter: Letter, receivedMs: number): Promise<Taken>;
}

const ROOM_LETTERS = 20_000;
const ROOM_BYTES = 512 * 1024 * 1024;
const FIRST_WAIT_MS = 1_000;
const LAST_WAIT_MS = 30_000;
const BATCH = 6;

/** Keeps what one source sends while the database is away, and hands it on when it is back. A letter that comes twice is kept once. */
export abstract class Spool<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: SpoolServices;
  #waitMs = FIRST_WAIT_MS;

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    ctx.storage.sql.exec(
      'create table if not exists letters (id text primary key, received_ms integer not null, tries integer not null default 0, letter text not null)',
    );
  }

  /** Durable when it answers; false when there is no room. */
  async keep(letter: Letter, receivedMs: number): Promise<boolean> {
    const { sql } = this.ctx.storage;
    const { held } = sql.exec<{ held: number }>('select count(*) as held from letters').one();
    if (held >= ROOM_LETTERS || sql.databaseSize > ROOM_BYTES) return false;
    // With its signature: whoever guesses an id must not take the place of the one who may use it.
    const id = `${letter.id}/${letter.signature}`;
    sql.exec('insert or ignore into letters (id, received_ms, letter) values (?, ?, ?)', id, receivedMs, JSON.stringify(letter));
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(this.services.now() + FIRST_WAIT_MS);
    return true;
  }

  /** Never throws: an alarm that throws often enough is never called again. */
  override async alarm(): Promise<void> {
    const { sql } = this.ctx.storage;
    const rows = sql
      .exec<{ id: string; received_ms: number; letter: string }>(
        'select id, received_ms, letter from letters order by tries, received_ms, id limit ?',
        BATCH,
      )
      .toArray();
    if (rows.length === 0) return;
    await this.ctx.storage.setAlarm(this.services.now() + LAST_WAIT_MS);
    const done = await Promise.all(rows.map((row) => this.#handOn(row)));
    this.#waitMs = done.some(Boolean) ? FIRST_WAIT_MS : Math.min(LAST_WAIT_MS, this.#waitMs * 2);
    await this.ctx.storage.setAlarm(this.services.now() + (done.every(Boolean) ? 0 : this.#waitMs));
  }

  /** One that fails stands behind the others the next time. */
  async #handOn({ id, received_ms, letter }: { id: string; received_ms: number; letter: string }): Promise<boolean> {
    const { sql } = this.ctx.storage;
    try {
      const taken = await this.services.take(JSON.parse(letter) as Letter, received_ms);
      if (taken.is !== 'taken') log({ at: 'spool', what: taken.is, level: 'warn' });
      sql.exec('delete from letters where id = ?', id);
      return true;
    } catch {
      sql.exec('update letters set tries = tries + 1 where id = ?', id);
      return false;
    }
  }
}
