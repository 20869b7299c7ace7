import { rebaseCodes } from '../../../shared/relate/paths/rebase-arcs.ts';
import { countBits, type Team, type TeamLinks } from '../../../shared/relate/paths/team.ts';

// Persons of a row: few enough that it stays below 2 MB while 600 members know every one of them.
const perRow = 512;

/** Whom the team knows, a row for many persons. In a row: person's place, how many members, and for each number, fast code, slow code. */
export class StoredTeam {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec('create table if not exists team (page integer primary key, epoch integer not null, words blob not null)');
  }

  /** Room for `capacity` persons. */
  read(members: readonly number[], capacity: number, epochDay: number): TeamLinks {
    const [people, starts, words]: [number[], number[], number[]] = [[], [0], []];
    const rows = this.#sql.exec<{ page: number; epoch: number; words: ArrayBuffer }>('select page, epoch, words from team order by page');
    for (const row of rows) {
      const read = new Uint16Array(row.words);
      for (let at = 0; at < read.length; ) {
        const person = row.page * perRow + (read[at] ?? 0);
        const end = at + 2 + (read[at + 1] ?? 0) * 3;
        for (at += 2; at < end; at += 3) {
          const [fast, slow] = rebaseCodes(read[at + 1] ?? 0, read[at + 2] ?? 0, epochDay - row.epoch);
          if (fast > 0 || slow > 0) words.push(read[at] ?? 0, fast, slow);
        }
        if (words.length === starts.at(-1)) continue;
        people.push(person);
        starts.push(words.length);
      }
    }
    const bits = new Uint32Array((capacity >>> 5) + 1);
    for (const person of people) bits[person >>> 5] = (bits[person >>> 5] ?? 0) | (1 << (person & 31));
    const ranks = new Uint32Array(bits.length);
    for (let at = 1; at < bits.length; at++) ranks[at] = (ranks[at - 1] ?? 0) + countBits(bits[at - 1] ?? 0);
    return { members, bits, ranks, starts: Uint32Array.from(starts), words: Uint16Array.from(words) };
  }

  /** Writes the rows that these persons lie in. */
  write(team: Team, persons: Iterable<number>, epochDay: number): void {
    for (const page of new Set(Array.from(persons, (person) => Math.floor(person / perRow)))) {
      const words: number[] = [];
      for (let place = 0; place < perRow; place++) {
        const links = team.of(page * perRow + place);
        if (links.length > 0) words.push(place, links.length / 3, ...links);
      }
      this.#sql.exec('insert or replace into team (page, epoch, words) values (?, ?, ?)', page, epochDay, Uint16Array.from(words).buffer);
    }
  }
}
