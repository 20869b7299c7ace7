import { type CallMemory, isTelephone } from './call-memory.ts';

/** Call time on a line that may break: each socket counts from 0, the call does not. */
export class LineClock {
  readonly #storage: DurableObjectStorage;
  readonly #call: CallMemory;
  readonly #now: () => number;
  /** What the line counts from, in call time: one that was opened again begins at 0. */
  #fromMs = 0;
  /** Wall time of the call's first frame. */
  #beganAtMs: number | undefined;

  constructor(storage: DurableObjectStorage, call: CallMemory, now: () => number) {
    this.#storage = storage;
    this.#call = call;
    this.#now = now;
  }

  async load(): Promise<void> {
    this.#fromMs = (await this.#storage.get<number>('lineFromMs')) ?? 0;
    this.#beganAtMs = await this.#storage.get<number>('lineBeganAtMs');
  }

  /** A line of the telephone network says its first word. */
  async begin(): Promise<void> {
    if (!isTelephone(this.#call)) return;
    const now = this.#now();
    if (this.#beganAtMs === undefined) this.#beganAtMs = now;
    // By the clock, and never back into what was heard.
    else this.#fromMs = Math.max(this.#call.durationMs, now - this.#beganAtMs);
    await this.#storage.put({ lineBeganAtMs: this.#beganAtMs, lineFromMs: this.#fromMs });
  }

  /** A moment of the line's, in call time. */
  callMs(lineMs: number): number {
    return lineMs + this.#fromMs;
  }

  /** Now, in call time: what was heard last may be long ago, and audio that was held back may still come. */
  nowMs(): number {
    const { facts, durationMs } = this.#call;
    const beganAtMs = facts?.source === 'browser' ? facts.startedAtMs : this.#beganAtMs;
    return beganAtMs === undefined ? durationMs : Math.max(durationMs, this.#now() - beganAtMs);
  }
}
