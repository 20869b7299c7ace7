import { personsMax } from '../../../shared/relate/paths/lists.ts';

/** Which number each key has in the graph. Numbers are given in order and never taken back. */
export class KeyNumbers {
  readonly #sql: SqlStorage;
  /** How many there are. */
  persons = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec('create table if not exists people (person integer primary key, key text not null unique, seen integer not null default 0)');
    sql.exec('create index if not exists people_seen on people (seen)');
    this.count();
  }

  count(): void {
    this.persons = this.#sql.exec<{ n: number }>('select coalesce(max(person) + 1, 0) as n from people').one().n;
  }

  /** −1 for nobody. */
  of(key: string): number {
    return this.#sql.exec<{ person: number }>('select person from people where key = ?', key).toArray()[0]?.person ?? -1;
  }

  /** Of those that have one, each once. */
  ofAll(keys: readonly string[]): number[] {
    const rows = this.#sql.exec<{ person: number }>(
      'select distinct person from json_each(?) as asked join people on people.key = asked.value',
      JSON.stringify(keys),
    );
    return rows.toArray().map(({ person }) => person);
  }

  keyOf(person: number): string {
    return this.#sql.exec<{ key: string }>('select key from people where person = ?', person).one().key;
  }

  /** Throws RangeError when no number is left. */
  give(key: string): number {
    if (this.persons >= personsMax) throw new RangeError(`More than ${personsMax} persons.`);
    const person = this.persons++;
    this.#sql.exec('insert into people (person, key) values (?, ?)', person, key);
    return person;
  }

  see(person: number, round: number): void {
    this.#sql.exec('update people set seen = ? where person = ?', round, person);
  }

  /** Whom this round has not seen. */
  unseen(round: number, limit: number): string[] {
    const rows = this.#sql.exec<{ key: string }>(
      `select key from people where seen < ? and key not like 'user/%' order by seen limit ?`,
      round,
      limit,
    );
    return rows.toArray().map(({ key }) => key);
  }
}
