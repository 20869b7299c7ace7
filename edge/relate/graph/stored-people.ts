import { type People, peopleOf } from '../../../shared/relate/paths/people.ts';

// 16 kB a row.
const perRow = 4_096;

/** Everybody's word (mark and bounds), many to a row; only rows that changed are written. */
export class StoredPeople {
  readonly #sql: SqlStorage;
  readonly people: People;
  readonly #rows: number;
  /** What lies in storage of each row, as two sums; null until `begin`. */
  #sums: Float64Array | null = null;

  /** Room for `capacity` persons, a multiple of 4,096. */
  constructor(sql: SqlStorage, capacity: number) {
    this.#sql = sql;
    sql.exec('create table if not exists people_words (page integer primary key, words blob not null)');
    this.people = new Int32Array(capacity).fill(peopleOf(new Uint8Array(1))[0] ?? 0);
    this.#rows = capacity / perRow;
    for (const row of sql.exec<{ page: number; words: ArrayBuffer }>('select page, words from people_words'))
      this.people.set(new Int32Array(row.words), row.page * perRow);
  }

  /** Before the first change: whoever only asks does not wait for it. Without it everything is written. */
  begin(): void {
    this.#sums ??= Float64Array.from({ length: this.#rows }, (_, page) => this.#sumOf(page));
  }

  write(): void {
    for (let page = 0; page < this.#rows; page++) {
      const sum = this.#sums && this.#sumOf(page);
      if (sum !== null && sum === this.#sums?.[page]) continue;
      this.#sql.exec(
        'insert or replace into people_words (page, words) values (?, ?)',
        page,
        this.people.slice(page * perRow, (page + 1) * perRow).buffer,
      );
      if (this.#sums && sum !== null) this.#sums[page] = sum;
    }
  }

  /** 53 bits of the words and their order. */
  #sumOf(page: number): number {
    const end = (page + 1) * perRow;
    let [one, two] = [1, 1];
    for (let at = page * perRow; at < end; at++) {
      const word = this.people[at] ?? 0;
      one = Math.imul(one ^ word, 0x01000193);
      two = Math.imul(two + word, 0x85ebca6b) ^ (two >>> 15);
    }
    return (one >>> 0) * 0x200000 + (two >>> 11);
  }
}
