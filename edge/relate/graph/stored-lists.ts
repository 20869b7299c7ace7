import { type Lists, wordsPerArc } from '../../../shared/relate/paths/lists.ts';
import { rebaseArcs } from '../../../shared/relate/paths/rebase-arcs.ts';

// A row holds 2 MB at most. Whoever has more links than this keeps the strongest.
const arcsMax = 300_000;

/** Everybody's links in the object's own SQLite, a row a person, read as a search asks for them. */
export class StoredLists implements Lists {
  readonly #sql: SqlStorage;
  readonly #epochDay: number;

  /** Rows of an earlier epoch are read as of this one, and kept so once they are put again. */
  constructor(sql: SqlStorage, epochDay: number) {
    this.#sql = sql;
    this.#epochDay = epochDay;
    sql.exec('create table if not exists lists (person integer primary key, epoch integer not null, arcs blob not null)');
  }

  of(person: number): Uint16Array {
    // Read to its end: a statement that is still open is compiled anew the next time.
    const [row] = this.#sql.exec<{ epoch: number; arcs: ArrayBuffer }>('select epoch, arcs from lists where person = ?', person).toArray();
    if (!row) return nothing;
    const arcs = new Uint16Array(row.arcs);
    return row.epoch < this.#epochDay ? rebaseArcs(arcs, this.#epochDay - row.epoch) : arcs;
  }

  put(person: number, arcs: Uint16Array): void {
    if (arcs.length === 0) this.#sql.exec('delete from lists where person = ?', person);
    else
      this.#sql.exec(
        'insert or replace into lists (person, epoch, arcs) values (?, ?, ?)',
        person,
        this.#epochDay,
        arcs.slice(0, arcsMax * wordsPerArc).buffer,
      );
  }
}

const nothing = new Uint16Array(0);
