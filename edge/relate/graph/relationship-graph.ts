import { DurableObject } from 'cloudflare:workers';
import { log } from '../../http/log.ts';
import type { Known } from './known.ts';
import { StoredGraph } from './stored-graph.ts';
import { type Rebuild, Waiting } from './waiting.ts';

export interface GraphServices {
  now(): number;
  /** What is known of these people now, as of an epoch: one for each key, in any order; whoever nothing is known of has no links. */
  knownOf(tenantId: string, keys: readonly string[], epochMs: number): Promise<Known[]>;
  /** People that anything is known of, in an order that stays; those after `after`. */
  keysAfter(tenantId: string, after: string | null, limit: number): Promise<string[]>;
}

export interface PathsAsked {
  tenantId: string;
  /** Keys of a person, or of everybody of an account. */
  targets: string[];
  most?: number;
  least?: number;
  minHops?: 1 | 2 | 3;
  maxHops?: 1 | 2 | 3;
}

/** From the member of the team to the target, in keys. */
export interface FoundPath {
  score: number;
  keys: string[];
}

const DAY_MS = 24 * 3_600_000;
const RETRY_MS = 5_000;
const KEYS_AT_ONCE = 200;
/** About 50 ms of a rebuild, in which nobody is answered. */
const TIGHTEN_AT_ONCE = 5_000;
const EPOCH_DAYS = 7;

/**
 * Who knows whom at one tenant. The truth lies with the services: whoever is touched is read anew, so a message may come twice or late, and
 * once a day everybody is. What is asked meanwhile is answered in between.
 */
export abstract class Relations<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: GraphServices;
  #graph: StoredGraph | undefined;
  #waiting = new Waiting(this.ctx.storage.sql);
  /** One reading after the other: an older one is never taken over after a newer. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Something was learned, or is no longer so, of these people. Durable when it answers; they are read anew right after. */
  async touched(tenantId: string, keys: readonly string[]): Promise<void> {
    this.#waiting.add(tenantId, keys);
    await this.ctx.storage.setAlarm(this.services.now());
  }

  /** They opted out or were erased: it holds when this answers. */
  async takeOut(tenantId: string, key: string): Promise<void> {
    this.#waiting.belongTo(tenantId);
    this.#open().takeOut(key);
  }

  /** They are back, and read anew. */
  async bringBack(tenantId: string, key: string): Promise<void> {
    this.#open().bringBack(key);
    await this.touched(tenantId, [key]);
  }

  /** The warmest paths, exact for what is known here. Targets that are not read yet, or were touched since, are read first. */
  async paths({ tenantId, targets, ...ask }: PathsAsked): Promise<FoundPath[]> {
    this.#waiting.belongTo(tenantId);
    const isBuilt = this.#waiting.builtMs !== null;
    const behind = (isBuilt ? this.#waiting.among(targets) : targets).slice(0, KEYS_AT_ONCE);
    if (behind.length > 0) await this.#readAnew(tenantId, behind);
    // The rest follows in its own time.
    if (!isBuilt) await this.touched(tenantId, []);
    return this.#open().paths({ ...ask, targets }, this.services.now());
  }

  /** How far it is, for whoever looks after it. */
  async look(): Promise<{ persons: number; waiting: number; builtMs: number | null; rebuild: Rebuild | null; bytes: number }> {
    const graph = this.#open();
    const { builtMs, rebuild } = this.#waiting;
    return { persons: graph.numbers.persons, waiting: this.#waiting.count(), builtMs, rebuild, bytes: graph.bytes };
  }

  /** One piece of work a time, so that whoever asks comes in between. Never throws: an alarm that throws often enough is never called again. */
  override async alarm(): Promise<void> {
    const tenantId = this.#waiting.tenantId;
    try {
      // Should anything below fail, or the process die, we come back.
      await this.ctx.storage.setAlarm(this.services.now() + RETRY_MS);
      if (tenantId !== null) await this.#work(tenantId);
      await this.#rest();
    } catch (error) {
      log({
        at: 'graph',
        what: 'comes-back-later',
        level: 'warn',
        tenant: tenantId ?? undefined,
        kind: error instanceof Error ? error.name : 'unknown',
      });
    }
  }

  async #rest(): Promise<void> {
    const isBusy = this.#waiting.count() > 0 || this.#waiting.rebuild !== null;
    const nextMs = (this.#waiting.builtMs ?? 0) + DAY_MS;
    await this.ctx.storage.setAlarm(isBusy ? this.services.now() : Math.max(nextMs, this.services.now()));
  }

  async #work(tenantId: string): Promise<void> {
    const waiting = this.#waiting.first(KEYS_AT_ONCE);
    if (waiting.length > 0) {
      await this.#readAnew(
        tenantId,
        waiting.map(({ key }) => key),
      );
      // Who was touched once more meanwhile waits on.
      this.#waiting.done(waiting);
      return;
    }
    const now = this.services.now();
    const { rebuild, builtMs } = this.#waiting;
    if (rebuild) await this.#rebuild(tenantId, rebuild);
    else if (builtMs === null || builtMs + DAY_MS <= now) this.#begin(now);
  }

  #begin(now: number): void {
    const today = Math.floor(now / DAY_MS);
    const graph = this.#open();
    if (today - graph.epochDay >= EPOCH_DAYS) graph.moveEpoch(today);
    this.#waiting.begin();
  }

  async #rebuild(tenantId: string, { round, step, after, hops, person }: Rebuild): Promise<void> {
    if (step === 'read') {
      const keys = await this.services.keysAfter(tenantId, after, KEYS_AT_ONCE);
      await this.#readAnew(tenantId, keys);
      const last = keys.at(-1);
      this.#waiting.goOn({ round, step: last === undefined ? 'unseen' : 'read', after: last ?? null, hops, person });
    } else if (step === 'unseen') {
      // Whom nothing is known of any more, unless it came in the meantime.
      const keys = this.#open().numbers.unseen(round, KEYS_AT_ONCE);
      await this.#readAnew(tenantId, keys);
      if (keys.length === 0) this.#waiting.goOn({ round, step: 'tighten', after: null, hops: 1, person: 0 });
    } else {
      const next = this.#open().tighten(hops, person, TIGHTEN_AT_ONCE);
      if (next !== null) this.#waiting.goOn({ round, step, after, hops, person: next });
      else if (hops < 3) this.#waiting.goOn({ round, step, after, hops: hops + 1, person: 0 });
      else this.#waiting.end(this.services.now());
    }
  }

  #readAnew(tenantId: string, keys: readonly string[]): Promise<void> {
    const turn = this.#turn.then(async () => {
      if (keys.length === 0) return;
      const graph = this.#open();
      let known: Known[];
      let epochMs: number;
      do {
        epochMs = graph.epochMs;
        known = await this.services.knownOf(tenantId, keys, epochMs);
        // Strengths of another day than the lists' are read once more.
      } while (epochMs !== graph.epochMs);
      const named = new Set(known.map(({ key }) => key));
      const others = keys.filter((key) => !named.has(key)).map((key) => ({ key, factor: 0, links: [] }));
      graph.take([...known, ...others], this.#waiting.round);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #open(): StoredGraph {
    this.#graph ??= new StoredGraph(this.ctx.storage, this.services.now());
    return this.#graph;
  }
}
