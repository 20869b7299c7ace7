import { Bug } from '../../../shared/kit/must.ts';

/** How far a rebuild is. `read` everybody that is known, then who was not seen, then `tighten` the bounds. */
export interface Rebuild {
  round: number;
  step: 'read' | 'unseen' | 'tighten';
  after: string | null;
  hops: number;
  person: number;
}

/** What the graph's object has still to do, in its SQLite: whom to read anew, and a rebuild under way. */
export class Waiting {
  readonly #sql: SqlStorage;
  tenantId: string | null;
  /** When the last rebuild ended; null before the first. */
  builtMs: number | null;
  /** Who is read now is seen in this round. */
  round: number;
  rebuild: Rebuild | null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec('create table if not exists waiting (key text primary key, times integer not null)');
    sql.exec(
      'create table if not exists work (id integer primary key, tenant text not null, built_ms integer, round integer not null, rebuild text)',
    );
    const [row] = sql
      .exec<{ tenant: string; built_ms: number | null; round: number; rebuild: string | null }>('select * from work')
      .toArray();
    this.tenantId = row?.tenant ?? null;
    this.builtMs = row?.built_ms ?? null;
    this.round = row?.round ?? 1;
    this.rebuild = row?.rebuild ? (JSON.parse(row.rebuild) as Rebuild) : null;
  }

  add(tenantId: string, keys: readonly string[]): void {
    this.belongTo(tenantId);
    for (const key of keys)
      this.#sql.exec('insert into waiting (key, times) values (?, 1) on conflict (key) do update set times = times + 1', key);
  }

  /** The first who asks says whose graph it is. Throws `Bug` for anybody else. */
  belongTo(tenantId: string): void {
    if (this.tenantId !== null && this.tenantId !== tenantId) throw new Bug("a graph was asked for another tenant's people");
    if (this.tenantId !== null) return;
    this.tenantId = tenantId;
    this.#write();
  }

  first(limit: number): { key: string; times: number }[] {
    return this.#sql.exec<{ key: string; times: number }>('select key, times from waiting limit ?', limit).toArray();
  }

  /** Those of them who wait. */
  among(keys: readonly string[]): string[] {
    return keys.filter((key) => this.#sql.exec('select 1 from waiting where key = ?', key).toArray().length > 0);
  }

  done(read: readonly { key: string; times: number }[]): void {
    for (const { key, times } of read) this.#sql.exec('delete from waiting where key = ? and times = ?', key, times);
  }

  count(): number {
    return this.#sql.exec<{ n: number }>('select count(*) as n from waiting').one().n;
  }

  begin(): void {
    this.round += 1;
    this.goOn({ round: this.round, step: 'read', after: null, hops: 1, person: 0 });
  }

  goOn(rebuild: Rebuild): void {
    this.rebuild = rebuild;
    this.#write();
  }

  end(nowMs: number): void {
    this.rebuild = null;
    this.builtMs = nowMs;
    this.#write();
  }

  #write(): void {
    this.#sql.exec(
      'insert or replace into work (id, tenant, built_ms, round, rebuild) values (1, ?, ?, ?, ?)',
      this.tenantId ?? '',
      this.builtMs,
      this.round,
      this.rebuild && JSON.stringify(this.rebuild),
    );
  }
}
