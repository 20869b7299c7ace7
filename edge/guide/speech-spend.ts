import { type Allowance, answered, hear, mayListen, noneYet } from '../../shared/capture/spend/allowance.ts';
import type { CallSpend } from '../../shared/contracts/usage.ts';
import { log } from '../http/log.ts';
import type { CallFacts } from '../ports/live.ts';
import type { LiveSpeech } from '../ports/speech.ts';
import type { CallMemory } from './call-memory.ts';

/** The month of a call's tenant. Seconds are of one voice. */
export interface SpeechLedger {
  /** Charges the call up to `askedS` in all; `over` when the month has not so much left. Throws while nobody can be asked. */
  take(call: CallFacts, heardS: number, askedS: number): Promise<'taken' | 'over'>;
  /** What it came to; told again is the same. */
  settle(call: CallFacts, heardS: number): Promise<void>;
  /** What live speech costs, in US dollars. */
  usdOf(liveSeconds: number): number;
}

interface SpendDeps {
  ctx: Pick<DurableObjectState, 'storage' | 'waitUntil'>;
  ledger(): SpeechLedger;
  call: CallMemory;
}

const KEY = 'spokenS';
/** An eviction forgets no more than this. */
const KEEP_EVERY_S = 10;
const BYTES_A_SECOND = 8_000;

/** Counts what a call sends to live recognition, and stops it where the tenant's month is used up. The recording goes on. */
export class SpeechSpend {
  readonly #it: SpendDeps;
  #allowance: Allowance = noneYet();
  #keptS = 0;
  #asking: Promise<void> = Promise.resolve();

  constructor(it: SpendDeps) {
    this.#it = it;
  }

  async load(): Promise<void> {
    this.#allowance = noneYet((await this.#it.ctx.storage.get<number>(KEY)) ?? 0);
    this.#keptS = this.#allowance.heardS;
  }

  get mayListen(): boolean {
    return !this.#it.call.facts?.withoutGuidance && mayListen(this.#allowance);
  }

  /** Why nobody listens, in a sentence for the rep; undefined while somebody does. */
  get unguided(): string | undefined {
    const isOver = this.#allowance.isOver && !mayListen(this.#allowance);
    return isOver || this.#it.call.facts?.withoutGuidance ? UNGUIDED : undefined;
  }

  /** What a screen is told of it. */
  get cost(): { spend: CallSpend; unguided?: string } {
    const { heardS } = this.#allowance;
    const spend = { speechSeconds: Math.round(heardS), usd: Math.round(this.#it.ledger().usdOf(heardS) * 10_000) / 10_000 };
    return { spend, ...(this.unguided === undefined ? {} : { unguided: this.unguided }) };
  }

  /** The same recogniser, every byte that it is given counted: silence and what it hears once more are paid for, too. */
  counted(speech: LiveSpeech): LiveSpeech {
    return {
      open: async (options, heard) => {
        const opened = await speech.open(options, heard);
        if (!opened.ok) return opened;
        const { feed, close } = opened.value;
        const counted = {
          feed: (audio: Uint8Array) => {
            this.#hear(audio.length / BYTES_A_SECOND);
            feed(audio);
          },
          close,
        };
        return { ok: true, value: counted };
      },
    };
  }

  /** Nobody listens now: what was held and not used goes back into the month. */
  settle(facts = this.#it.call.facts): void {
    const { ctx, ledger } = this.#it;
    const { heardS } = this.#allowance;
    if (!facts || heardS === 0) return;
    // What is asked for now is answered first: later it would be held for good.
    const settled = this.#asking
      .then(() => ledger().settle(facts, heardS))
      .then(() => {
        this.#allowance = { ...this.#allowance, heldS: Math.min(this.#allowance.heldS, heardS), askAtS: 0 };
      });
    this.#keep();
    ctx.waitUntil(settled.catch(() => log({ at: 'call', what: 'speech-not-settled', level: 'warn', trace: facts.callId })));
  }

  #hear(seconds: number): void {
    const { next, ask } = hear(this.#allowance, seconds);
    this.#allowance = next;
    if (next.heardS - this.#keptS >= KEEP_EVERY_S) this.#keep();
    const { facts } = this.#it.call;
    if (ask === undefined || !facts) return;
    this.#asking = this.#take(facts, ask);
    this.#it.ctx.waitUntil(this.#asking);
  }

  async #take(facts: CallFacts, askedS: number): Promise<void> {
    try {
      const said = await this.#it.ledger().take(facts, this.#allowance.heardS, askedS);
      this.#allowance = answered(this.#allowance, said, askedS);
      if (said === 'over') log({ at: 'call', what: 'speech-over-budget', trace: facts.callId, tenant: facts.tenantId });
    } catch {
      this.#allowance = answered(this.#allowance, 'away', askedS);
      log({ at: 'call', what: 'speech-ledger-away', level: 'warn', trace: facts.callId });
    }
  }

  #keep(): void {
    this.#keptS = this.#allowance.heardS;
    // A call that was destroyed is forgotten: nothing is put back.
    if (!this.#it.call.isDestroyed) void this.#it.ctx.storage.put(KEY, this.#keptS);
  }
}

const UNGUIDED = 'This month’s live guidance is used up. The call is recorded, and is read after it ends.';
