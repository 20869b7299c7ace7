import { DurableObject } from 'cloudflare:workers';
import type { WriteRate } from '../../shared/act/bucket.ts';
import { restsUntilMs } from '../../shared/act/writer.ts';
import { type Command, newWriter, revive, type WriterState } from '../../shared/act/writer-state.ts';
import type { Result } from '../../shared/kit/result.ts';
import { log, span } from '../http/log.ts';
import type { Crm } from '../ports/crm.ts';
import { newBell } from './bell.ts';
import { drain, type Outbox } from './drain.ts';

export interface WriterServices {
  now(): number;
  /** What writing for this connection needs, with fresh credentials. */
  open(tenantId: string, connectionId: string): Promise<{ crm: Result<Crm>; rate: WriteRate; outbox: Outbox }>;
  /** A fresh access token from the host. */
  renewToken(tenantId: string, connectionId: string): Promise<Result<string>>;
  /** When the next row becomes due; null when nothing waits, or when the CRM must be connected first. */
  nextDueAtMs(tenantId: string, connectionId: string): Promise<number | null>;
}

const RETRY_MS = 5_000;

/** The only sender of CRM writes for one connection. What it may send, and when, is decided in `shared/act/writer.ts`. */
export abstract class Writer<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: WriterServices;
  #renewing: Promise<Result<string>> | undefined;
  #state: WriterState | undefined;
  #bell = newBell();
  #kicks = 0;

  /** Something may be due. Lossy and repeatable: the outbox is the truth. */
  async kick(tenantId: string, connectionId: string): Promise<void> {
    this.#kicks += 1;
    this.#bell.ring();
    await this.ctx.storage.put('whose', { tenantId, connectionId });
    await this.ctx.storage.setAlarm(this.services.now());
  }

  /** A fresh token. However many ask at once, the host is asked once: all of them come through this object. */
  async renew(tenantId: string, connectionId: string): Promise<Result<string>> {
    this.#renewing ??= this.services.renewToken(tenantId, connectionId).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
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
      else await this.ctx.storage.deleteAlarm();
    } catch {
      // What it knew of its flights may not be what is stored: the next alarm starts from the store, as after a crash.
      this.#state = undefined;
      log({ at: 'writer', what: 'comes-back-later', level: 'warn', tenant });
    }
  }

  async #write({ tenantId, connectionId }: { tenantId: string; connectionId: string }): Promise<void> {
    const { crm, rate, outbox } = await this.services.open(tenantId, connectionId);
    if (crm.ok) {
      await span({ at: 'writer', what: 'write-due', tenant: tenantId }, async () => {
        const [state, told] = await this.#start(rate);
        const keep = (kept: WriterState) => this.ctx.storage.put('writer', kept);
        const deps = { crm: crm.value, rate, outbox, now: this.services.now, luck: Math.random, keep, bell: this.#bell };
        this.#state = await drain({ ...deps, kicks: () => this.#kicks }, state, told);
      });
    }
    const kicks = this.#kicks;
    const nextAtMs = await this.services.nextDueAtMs(tenantId, connectionId);
    const now = this.services.now();
    // Nobody to write to: what is due stays due, and goes on once the CRM is connected again.
    const soonest = crm.ok ? Math.max(now + 100, this.#state ? restsUntilMs(this.#state) : 0) : now + RETRY_MS;
    // A kick that came meanwhile may be about a row we did not see.
    if (this.#kicks !== kicks) await this.ctx.storage.setAlarm(soonest);
    else if (nextAtMs !== null) await this.ctx.storage.setAlarm(Math.max(nextAtMs, soonest));
    else await this.ctx.storage.deleteAlarm();
  }

  /** The state of before, or what an earlier life of this object left behind. */
  async #start(rate: WriteRate): Promise<[WriterState, Command[]]> {
    if (this.#state) return [this.#state, []];
    const kept = await this.ctx.storage.get<WriterState>('writer');
    return kept ? revive(kept, rate, this.services.now()) : [newWriter(rate, this.services.now()), []];
  }
}
