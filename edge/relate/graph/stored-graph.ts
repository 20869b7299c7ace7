import type { Path } from '../../../shared/relate/paths/best-paths.ts';
import { bringBack, setFactor, takeOut } from '../../../shared/relate/paths/change-person.ts';
import { findPaths, type PathAsk } from '../../../shared/relate/paths/find-paths.ts';
import { type Graph, tightenReach } from '../../../shared/relate/paths/graph.ts';
import { personAt, wordsPerArc } from '../../../shared/relate/paths/lists.ts';
import { markOf, marks, putMark } from '../../../shared/relate/paths/people.ts';
import { type Strength, setLink } from '../../../shared/relate/paths/set-link.ts';
import { Team } from '../../../shared/relate/paths/team.ts';
import { KeyNumbers } from './key-numbers.ts';
import { isMember, type Known } from './known.ts';
import { StoredLists } from './stored-lists.ts';
import { StoredPeople } from './stored-people.ts';
import { StoredTeam } from './stored-team.ts';

const dayMs = 86_400_000;
const roomStep = 16_384;
const grownMax = 20_000;
const nothing: Strength = { fast: 0, slow: 0 };

/** What of the graph is in memory, four bytes a person and the team's links; the rest is read as it is asked for. */
interface Opened {
  graph: Graph;
  lists: StoredLists;
  stored: StoredPeople;
  room: number;
}

/**
 * A tenant's graph in an object's SQLite. Everything here happens in one go, without waiting for anything: what a method wrote is in storage
 * whole or not at all, the bounds with the lists they are for.
 */
export class StoredGraph {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #team: StoredTeam;
  readonly numbers: KeyNumbers;
  epochDay: number;
  #members: number[] = [];
  #opened: Opened;
  /** Persons whose links with members changed and are not written yet. */
  readonly #changed = new Set<number>();
  /** How many were written since the team was opened: they lie beside it in memory. */
  #grown = 0;

  constructor(storage: DurableObjectStorage, nowMs: number) {
    this.#storage = storage;
    const { sql } = storage;
    this.#sql = sql;
    sql.exec('create table if not exists about (id integer primary key, epoch integer not null)');
    sql.exec('create table if not exists members (number integer primary key, person integer not null unique)');
    this.numbers = new KeyNumbers(sql);
    this.#team = new StoredTeam(sql);
    const [about] = sql.exec<{ epoch: number }>('select epoch from about').toArray();
    this.epochDay = about?.epoch ?? Math.floor(nowMs / dayMs);
    if (!about) sql.exec('insert into about (id, epoch) values (1, ?)', this.epochDay);
    this.#opened = this.#open();
  }

  get epochMs(): number {
    return this.epochDay * dayMs;
  }

  /** Exact, as `findPaths`. Keys nobody here has are left out. */
  paths(
    { targets, ...ask }: Omit<PathAsk, 'targets' | 'ageDays'> & { targets: readonly string[] },
    nowMs: number,
  ): { score: number; keys: string[] }[] {
    const found = this.find({ ...ask, targets: this.numbers.ofAll(targets) }, nowMs);
    return found.map(({ score, persons }) => ({ score, keys: persons.map((person) => this.numbers.keyOf(person)) }));
  }

  /** The same by numbers. */
  find(ask: Omit<PathAsk, 'ageDays'>, nowMs: number): Path[] {
    return findPaths(this.#opened.graph, { ...ask, ageDays: Math.max(0, nowMs - this.epochMs) / dayMs });
  }

  /** Takes over what is known of these people, and that they were seen in this round. */
  take(known: readonly Known[], round: number): void {
    this.#atOnce(() => {
      this.#giveNumbers(known);
      for (const one of known) {
        const person = this.numbers.of(one.key);
        this.#setLinks(person, this.#isGone(person) ? [] : one.links);
        setFactor(this.#opened.graph, person, one.factor);
        this.numbers.see(person, round);
      }
    });
  }

  /** Nobody is led to them or through them from now on, and nothing of their links is kept. Also for somebody not heard of yet. */
  takeOut(key: string): void {
    this.#atOnce(() => {
      this.#giveNumbers([{ key, factor: 0, links: [] }]);
      const person = this.numbers.of(key);
      takeOut(this.#opened.graph, person);
      this.#setLinks(person, []);
    });
  }

  /** Their links come back with the next `take`. */
  bringBack(key: string): void {
    const person = this.numbers.of(key);
    if (person >= 0) this.#atOnce(() => bringBack(this.#opened.graph, person));
  }

  /** Lists are as of a later day from now on. The bounds still hold, for links only fade. */
  moveEpoch(day: number): void {
    if (day <= this.epochDay) return;
    this.#sql.exec('update about set epoch = ?', day);
    this.epochDay = day;
    this.#opened = this.#open();
  }

  /** Tightens the bounds of so many hops for some persons; the next person to go on with, null at the end. */
  tighten(hops: number, from: number, count: number): number | null {
    const end = Math.min(this.numbers.persons, from + count);
    this.#atOnce(() => tightenReach(this.#opened.graph, hops, from, end));
    return end < this.numbers.persons ? end : null;
  }

  /** In memory. */
  get bytes(): number {
    const { graph } = this.#opened;
    return graph.people.byteLength + graph.team.bytes;
  }

  #isGone(person: number): boolean {
    return (markOf(this.#opened.graph.people[person] ?? 0) & marks.gone) !== 0;
  }

  #setLinks(person: number, links: Known['links']): void {
    const { lists } = this.#opened;
    const others = new Set<number>();
    for (const { with: key, toThem, fromThem } of links) {
      const other = this.numbers.of(key);
      if (other === person || this.#isGone(other)) continue;
      others.add(other);
      this.#setLink(person, other, toThem, fromThem);
    }
    const arcs = lists.of(person);
    for (let at = 0; at < arcs.length; at += wordsPerArc) {
      const other = personAt(arcs, at);
      if (!others.has(other)) this.#setLink(person, other, nothing, nothing);
    }
  }

  #setLink(person: number, other: number, toThem: Strength, fromThem: Strength): void {
    const { graph } = this.#opened;
    setLink(graph, other, person, toThem, fromThem);
    if (graph.team.numberOf(other) >= 0) this.#changed.add(person);
    if (graph.team.numberOf(person) >= 0) this.#changed.add(other);
  }

  /** Everybody who is named gets a number. What is in memory is made anew when there is no room, or somebody joins the team. */
  #giveNumbers(known: readonly Known[]): void {
    const keys = new Set(known.flatMap(({ key, links }) => [key, ...links.map((link) => link.with)]));
    const fresh = [...keys].filter((key) => this.numbers.of(key) < 0);
    for (const key of fresh) {
      const person = this.numbers.give(key);
      if (isMember(key)) this.#sql.exec('insert into members (person) values (?)', person);
    }
    this.#opened.graph.persons = this.numbers.persons;
    if (this.numbers.persons > this.#opened.room || fresh.some(isMember)) {
      this.#opened = this.#open();
      this.#opened.stored.begin();
    }
  }

  #open(): Opened {
    this.#members = this.#sql
      .exec<{ person: number }>('select person from members order by number')
      .toArray()
      .map(({ person }) => person);
    const room = Math.ceil((this.numbers.persons + 1) / roomStep) * roomStep;
    const lists = new StoredLists(this.#sql, this.epochDay);
    const stored = new StoredPeople(this.#sql, room);
    const { people } = stored;
    const team = new Team(this.#team.read(this.#members, room, this.epochDay));
    for (const member of this.#members) putMark(people, member, markOf(people[member] ?? 0) | marks.member);
    const open = Uint8Array.from(this.#members, (member) => ((markOf(people[member] ?? 0) & marks.gone) === 0 ? 1 : 0));
    this.#grown = 0;
    return { graph: { persons: this.numbers.persons, lists, people, team, open }, lists, stored, room };
  }

  /** What `work` changed is stored whole, or neither here nor in memory. */
  #atOnce(work: () => void): void {
    try {
      this.#opened.stored.begin();
      this.#storage.transactionSync(() => {
        work();
        this.#opened.stored.write();
        this.#team.write(this.#opened.graph.team, this.#changed, this.epochDay);
      });
    } catch (error) {
      this.#changed.clear();
      this.numbers.count();
      this.#opened = this.#open();
      throw error;
    }
    this.#grown += this.#changed.size;
    this.#changed.clear();
    if (this.#grown > grownMax) this.#opened = this.#open();
  }
}
