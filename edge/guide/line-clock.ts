import { type CallMemory, isTelephone } from './call-memory.ts';

/** How long a new socket's first frames say when it really began: an object that just woke up takes them late, then catches up. */
const SETTLE_MS = 30_000;

/** Call time on a line that may break: each socket counts from 0, the call does not. */
export class LineClock {
  readonly #storage: DurableObjectStorage;
  readonly #call: CallMemory;
  readonly #now: () => number;
  /** What the line counts from, in call time: one that was opened again begins at 0. */
  #fromMs = 0;
  /** What was heard before this socket stays where it is. */
  #leastMs = 0;
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
    else {
      // By the clock, and never back into what was heard.
      this.#leastMs = this.#call.durationMs;
      this.#fromMs = Math.max(this.#leastMs, now - this.#beganAtMs);
    }
    await this.#keep();
  }

  /** A moment of the line's that is heard now, in call time. */
  callMs(lineMs: number): number {
    if (this.#beganAtMs !== undefined && lineMs < SETTLE_MS) this.#settle(this.#now() - lineMs, this.#beganAtMs);
    return lineMs + this.#fromMs;
  }

  /** `startedAtMs`: when the line began, had this frame come at once. None is early, so the earliest is nearest. */
  #settle(startedAtMs: number, beganAtMs: number): void {
    const fromMs = Math.max(this.#leastMs, Math.min(this.#fromMs, startedAtMs - beganAtMs));
    const isFirst = this.#fromMs === 0;
    if (isFirst ? startedAtMs >= beganAtMs : fromMs >= this.#fromMs) return;
    if (isFirst) this.#beganAtMs = startedAtMs;
    else this.#fromMs = fromMs;
    void this.#keep();
  }

  #keep(): Promise<void> {
    return this.#storage.put({ lineBeganAtMs: this.#beganAtMs, lineFromMs: this.#fromMs });
  }

  /** Now, in call time: what was heard last may be long ago, and audio that was held back may still come. */
  nowMs(): number {
    const { facts, durationMs } = this.#call;
    const beganAtMs = isTelephone(this.#call) ? this.#beganAtMs : facts?.startedAtMs;
    return beganAtMs === undefined ? durationMs : Math.max(durationMs, this.#now() - beganAtMs);
  }
}
