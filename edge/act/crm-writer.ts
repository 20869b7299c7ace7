import { DurableObject } from 'cloudflare:workers';
import type { Result } from '../../shared/kit/result.ts';
import { log, span } from '../http/log.ts';
import { type WriteDeps, writeDue } from './write-due.ts';

export interface WriterServices {
  now(): number;
  /** What writing for this connection needs, with fresh credentials. */
  open(tenantId: string, connectionId: string): Promise<WriteDeps>;
  /** A fresh access token from the host. */
  renewToken(tenantId: string, connectionId: string): Promise<Result<string>>;
  /** When the next row becomes due; null when nothing waits, or when the CRM must be connected first. */
  nextDueAtMs(tenantId: string, connectionId: string): Promise<number | null>;
}

const RETRY_MS = 5_000;
const ROUNDS_MAX = 20;

/** The only sender of CRM writes for one connection. Being one object, it never races itself. */
export abstract class Writer<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: WriterServices;
  #renewing: Promise<Result<string>> | undefined;
  #kicks = 0;

  /** Something may be due. Lossy and repeatable: the outbox is the truth. */
  async kick(tenantId: string, connectionId: string): Promise<void> {
    this.#kicks += 1;
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

  override async alarm(): Promise<void> {
    const whose = await this.ctx.storage.get<{ tenantId: string; connectionId: string }>('whose');
    if (!whose) return;
    const kicks = this.#kicks;
    // Should anything below fail, we come back: an alarm that throws often enough is never called again.
    await this.ctx.storage.setAlarm(this.services.now() + RETRY_MS);
    try {
      await span({ at: 'writer', what: 'write-due', tenant: whose.tenantId }, async () => {
        const deps = await this.services.open(whose.tenantId, whose.connectionId);
        for (let round = 0; round < ROUNDS_MAX; round += 1) if ((await writeDue(deps)) === 0) break;
      });
      const nextAtMs = await this.services.nextDueAtMs(whose.tenantId, whose.connectionId);
      // A kick that came meanwhile may be about a row we did not see.
      if (this.#kicks !== kicks) await this.ctx.storage.setAlarm(this.services.now());
      else if (nextAtMs === null) await this.ctx.storage.deleteAlarm();
      else await this.ctx.storage.setAlarm(Math.max(nextAtMs, this.services.now() + 100));
    } catch {
      log({ at: 'writer', what: 'comes-back-later', level: 'warn', tenant: whose.tenantId });
    }
  }
}
