import { DurableObject } from 'cloudflare:workers';
import type { WriteRate } from '../../shared/act/bucket.ts';
import { reserve, restsUntilMs } from '../../shared/act/writer.ts';
import { newWriter, revive, type WriterState } from '../../shared/act/writer-state.ts';
import type { Result } from '../../shared/kit/result.ts';
import { log, span } from '../http/log.ts';
import type { Crm } from '../ports/crm.ts';
import { newBell } from './bell.ts';
import { type Desk, drain, type Outbox } from './drain.ts';
import { newFollowUp } from './follow-up.ts';

export interface WriterServices {
  now(): number;
  /** What writing for this connection needs, with fresh credentials. */
  open(tenantId: string, connectionId: string): Promise<{ crm: Result<Crm>; rate: WriteRate; outbox: Outbox }>;
  rateOf(tenantId: string, connectionId: string): Promise<WriteRate>;
  /** A fresh access token from the host: another one than it `refused`. */
  renewToken(tenantId: string, connectionId: string, refused?: string): Promise<Result<string>>;
  /** All that follows an understood call: its changes, the customer's memory, who knows whom. */
  follow(tenantId: string, callId: string): Promise<'done' | 'again'>;
  postpone(tenantId: string, callId: string): Promise<void>;
  /** When the next row becomes due; null when nothing waits, or when the CRM must be connected first. */
  nextDueAtMs(tenantId: string, connectionId: string): Promise<number | null>;
}

const RETRY_MS = 5_000;
const FORGOTTEN_MAX = 10_000;
/** How long a crash may leave the calls that were being followed up lying, when nobody else wakes us. */
const HELD_LOOK_MS = 20_000;
const HELD = 'follow/';
/** A call that was being followed up in so many lives of this object may be what ends them: the sweep comes back to it, and gives up in the end. */
const LIVES_MAX = 25;
interface Held {
  tenantId: string;
  lives: number;
}

/** The only sender of CRM writes for one connection. What it may send, and when, is decided in `shared/act/writer.ts`. */
export abstract class Writer<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: WriterServices;
  #renewing: Promise<Result<string>> | undefined;
  #desk: Desk | undefined;
  #bell = newBell();
  #kicks = 0;
  /** Calls that were destroyed while this object lives; what it leased before it died is refused by the outbox. */
  #forgotten = new Set<string>();
  #followUp: ReturnType<typeof newFollowUp> | undefined;
  readonly #lives = new Map<string, number>();

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      // What an earlier life of this object was following up.
      for (const [name, { tenantId, lives }] of await ctx.storage.list<Held>({ prefix: HELD })) {
        const callId = name.slice(HELD.length);
        if (lives < LIVES_MAX) {
          this.#lives.set(callId, lives + 1);
          this.#follows(tenantId).add(callId);
        } else
          void this.services.postpone(tenantId, callId).then(
            () => ctx.storage.delete(name),
            () => undefined,
          );
      }
    });
  }

  /** Something may be due. Lossy and repeatable: the outbox is the truth. */
  async kick(tenantId: string, connectionId: string): Promise<void> {
    this.#kicks += 1;
    this.#bell.ring();
    await this.ctx.storage.put('whose', { tenantId, connectionId });
    await this.ctx.storage.setAlarm(this.services.now());
  }

  /** The call was destroyed: what of it is leased and has not left never leaves. */
  async forget(callId: string): Promise<void> {
    if (this.#forgotten.size >= FORGOTTEN_MAX) this.#forgotten.clear();
    this.#forgotten.add(callId);
  }

  /** A fresh token. However many ask at once, the host is asked once: all of them come through this object. */
  async renew(tenantId: string, connectionId: string, refused?: string): Promise<Result<string>> {
    this.#renewing ??= this.services.renewToken(tenantId, connectionId, refused).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** A call of this connection was understood. Durable when it answers; false when there is no room, to be asked again later. */
  async follow(tenantId: string, callId: string): Promise<boolean> {
    const isTaken = this.#follows(tenantId).add(callId);
    if (isTaken && (await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(this.services.now() + HELD_LOOK_MS);
    return isTaken;
  }

  #follows(tenantId: string): ReturnType<typeof newFollowUp> {
    this.#followUp ??= newFollowUp({
      take: (id) => this.services.follow(tenantId, id),
      postpone: (id) => this.services.postpone(tenantId, id),
      after: (ms, work) => void setTimeout(work, ms),
      keep: (id) => void this.ctx.storage.put<Held>(HELD + id, { tenantId, lives: this.#lives.get(id) ?? 1 }),
      forget: (id) => {
        this.#lives.delete(id);
        void this.ctx.storage.delete(HELD + id);
      },
    });
    return this.#followUp;
  }

  /**
   * Somebody else wants to make `requests` to this CRM: 0 when they may leave now, or how many ms to wait first. Reading and writing
   * share one rate, so that together they never go over the CRM's.
   */
  async reserve(tenantId: string, connectionId: string, requests: number): Promise<number> {
    const rate = await this.services.rateOf(tenantId, connectionId);
    const desk = await this.#open(rate);
    const [state, waitMs] = reserve(desk.state, requests, this.services.now(), rate);
    desk.state = state;
    // A restart must not forget that they left.
    if (waitMs === 0) await this.#keep(state);
    return waitMs;
  }

  /** What is left of the rate, and until when nothing leaves; null before the first write. */
  async budget(): Promise<{ tokens: number; restsUntilMs: number; inFlight: number } | null> {
    const state = this.#desk?.state ?? (await this.ctx.storage.get<WriterState>('writer'));
    return state ? { tokens: Math.floor(state.bucket.tokens), restsUntilMs: restsUntilMs(state), inFlight: state.flights.length } : null;
  }

  /** Never throws: an alarm that throws often enough is never called again. */
  override async alarm(): Promise<void> {
    let tenant: string | undefined;
    try {
      // Should anything below fail, or the process die, we come back.
      await this.ctx.storage.setAlarm(this.services.now() + RETRY_MS);
      const whose = await this.ctx.storage.get<{ tenantId: string; connectionId: string }>('whose');
      tenant = whose?.tenantId;
      if (whose) await this.#write(whose);
      else await this.#rest();
    } catch {
      // What it knew of its flights may not be what is stored: the next alarm starts from the store, as after a crash.
      this.#desk = undefined;
      log({ at: 'writer', what: 'comes-back-later', level: 'warn', tenant });
    }
  }

  async #write({ tenantId, connectionId }: { tenantId: string; connectionId: string }): Promise<void> {
    const { crm, rate, outbox } = await this.services.open(tenantId, connectionId);
    let nextAtMs: number | null | undefined;
    if (crm.ok) {
      nextAtMs = await span({ at: 'writer', what: 'write-due', tenant: tenantId }, async () => {
        const desk = await this.#open(rate);
        const deps = { crm: crm.value, rate, outbox, now: this.services.now, luck: Math.random, bell: this.#bell };
        return drain(
          { ...deps, keep: (kept) => this.#keep(kept), kicks: () => this.#kicks, isForgotten: (callId) => this.#forgotten.has(callId) },
          desk,
        );
      });
    }
    const kicks = this.#kicks;
    if (nextAtMs === undefined) nextAtMs = await this.services.nextDueAtMs(tenantId, connectionId);
    const now = this.services.now();
    // Nobody to write to: what is due stays due, and goes on once the CRM is connected again.
    const soonest = crm.ok ? Math.max(now + 100, this.#desk ? restsUntilMs(this.#desk.state) : 0) : now + RETRY_MS;
    // A kick that came meanwhile may be about a row we did not see.
    if (this.#kicks !== kicks) await this.ctx.storage.setAlarm(soonest);
    else if (nextAtMs !== null) await this.ctx.storage.setAlarm(Math.max(nextAtMs, soonest));
    else await this.#rest();
  }

  /** Nothing waits to be written. */
  async #rest(): Promise<void> {
    if (this.#followUp && this.#followUp.held() > 0) await this.ctx.storage.setAlarm(this.services.now() + HELD_LOOK_MS);
    else await this.ctx.storage.deleteAlarm();
  }

  /** The state of before, or what an earlier life of this object left behind. */
  async #open(rate: WriteRate): Promise<Desk> {
    if (this.#desk) return this.#desk;
    const kept = await this.ctx.storage.get<WriterState>('writer');
    const now = this.services.now();
    const [state, told] = kept ? revive(kept, rate, now) : [newWriter(rate, now), []];
    // Two may have come while the store answered: the first one's is everybody's.
    this.#desk ??= { state, told };
    return this.#desk;
  }

  #keep(state: WriterState): Promise<void> {
    return this.ctx.storage.put('writer', state);
  }
}
