import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Lists } from '../../shared/relate/paths/lists.ts';

/** The lists in SQLite, a row a person, read one by one as a search asks for them. */
export class PagedLists implements Lists {
  readonly #database: DatabaseSync;
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  readonly #path: string;

  constructor(path: string, lists: Lists, persons: number) {
    this.#path = path;
    this.#database = new DatabaseSync(path);
    // 2 MB of pages: the lists are read from the file, not from memory.
    this.#database.exec(
      'pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-2000; create table lists(person integer primary key, arcs blob)',
    );
    this.#read = this.#database.prepare('select arcs from lists where person = ?');
    this.#write = this.#database.prepare('insert or replace into lists values (?, ?)');
    this.#database.exec('begin');
    for (let person = 0; person < persons; person++) this.put(person, lists.of(person));
    this.#database.exec('commit');
  }

  of(person: number): Uint16Array {
    const arcs = this.#read.get(person)?.['arcs'];
    return arcs instanceof Uint8Array ? new Uint16Array(arcs.buffer, arcs.byteOffset, arcs.byteLength >> 1) : new Uint16Array(0);
  }

  put(person: number, arcs: Uint16Array): void {
    this.#write.run(person, new Uint8Array(arcs.buffer, arcs.byteOffset, arcs.byteLength));
  }

  get bytes(): number {
    return statSync(this.#path).size;
  }

  close(): void {
    this.#database.close();
  }
}
