import type { Role, Word } from '../../shared/contracts/transcript.ts';
import type { LiveSpeech, SpeechSession } from '../ports/speech.ts';

const BYTES_PER_MS = 8;
const WAITING_MAX_BYTES = 10_000 * BYTES_PER_MS;
const GAP_MIN_MS = 60;
const GAP_MAX_MS = 5_000;
const RETRY_AFTER_MS = [500, 1_000, 2_000, 5_000, 10_000];
const SILENCE = 0xff;

export interface EarsDeps {
  speech: LiveSpeech;
  keyterms: readonly string[];
  now(): number;
  /** A turn in call time. `turn` goes on counting when a broken recogniser is replaced. */
  heard(role: Role, turn: { turn: number; text: string; words: Word[]; final: boolean; atMs: number }): void;
  /** The first turn number a new recogniser may use. */
  nextTurn(role: Role): number;
  /** A recogniser went away without being asked. */
  lost(role: Role, kind: string): void;
}

interface Ear {
  session: SpeechSession | null;
  opening: boolean;
  /** Call time of the session's first byte. */
  startedAtMs: number;
  fedBytes: number;
  turnBase: number;
  waiting: Uint8Array[];
  waitingBytes: number;
  failures: number;
  retryAtMs: number;
}

/** One recogniser for each speaker: opened by the first audio, replaced when it breaks, told of gaps as silence so that times stay true. */
export class Ears {
  readonly #deps: EarsDeps;
  readonly #ears = new Map<Role, Ear>();
  #closed = false;

  constructor(deps: EarsDeps) {
    this.#deps = deps;
  }

  feed(role: Role, atMs: number, bytes: Uint8Array): void {
    if (this.#closed) return;
    let ear = this.#ears.get(role) ?? this.#newEar(role, atMs);
    let gapMs = atMs - dueMs(ear);
    // Heard already: a frame that comes twice must not move what follows.
    if (gapMs <= -bytes.length / BYTES_PER_MS) return;
    if (gapMs > GAP_MAX_MS) {
      // Too much silence to play to anybody: a fresh ear starts at the right time.
      ear.session?.close();
      ear = this.#newEar(role, atMs, ear);
      gapMs = 0;
    }
    if (gapMs >= GAP_MIN_MS) this.#push(ear, new Uint8Array(Math.round(gapMs) * BYTES_PER_MS).fill(SILENCE));
    this.#push(ear, bytes);
    if (!ear.session && !ear.opening && this.#deps.now() >= ear.retryAtMs) void this.#open(role, ear);
  }

  close(): void {
    this.#closed = true;
    for (const ear of this.#ears.values()) ear.session?.close();
    this.#ears.clear();
  }

  #newEar(role: Role, atMs: number, before?: Ear): Ear {
    const ear: Ear = {
      session: null,
      opening: false,
      startedAtMs: atMs,
      fedBytes: 0,
      turnBase: this.#deps.nextTurn(role),
      waiting: [],
      waitingBytes: 0,
      failures: before?.failures ?? 0,
      retryAtMs: before?.retryAtMs ?? 0,
    };
    this.#ears.set(role, ear);
    return ear;
  }

  #push(ear: Ear, bytes: Uint8Array): void {
    ear.fedBytes += bytes.length;
    if (ear.session) {
      ear.session.feed(bytes);
      return;
    }
    ear.waiting.push(bytes);
    ear.waitingBytes += bytes.length;
    // While nobody listens only the last ten seconds are worth hearing; the recording has the rest.
    while (ear.waitingBytes > WAITING_MAX_BYTES) {
      const dropped = ear.waiting.shift();
      if (!dropped) break;
      ear.waitingBytes -= dropped.length;
      ear.startedAtMs += dropped.length / BYTES_PER_MS;
      ear.fedBytes -= dropped.length;
    }
  }

  async #open(role: Role, ear: Ear): Promise<void> {
    ear.opening = true;
    const opened = await this.#deps.speech.open({ encoding: 'mulaw', sampleRate: 8000, keyterms: this.#deps.keyterms }, (heard) => {
      if (this.#closed || this.#ears.get(role) !== ear) return;
      if (heard.type === 'closed') {
        // The next audio starts a fresh ear, which goes on where this one stopped.
        if (heard.fault) this.#lost(role, this.#newEar(role, dueMs(ear), ear), heard.fault.kind);
        return;
      }
      ear.failures = 0;
      const shift = (word: Word): Word => ({ ...word, startMs: word.startMs + ear.startedAtMs, endMs: word.endMs + ear.startedAtMs });
      this.#deps.heard(role, {
        turn: ear.turnBase + heard.turn,
        text: heard.text,
        words: heard.words.map(shift),
        final: heard.final,
        atMs: heard.heardToMs + ear.startedAtMs,
      });
    });
    ear.opening = false;
    if (this.#closed || this.#ears.get(role) !== ear) {
      if (opened.ok) opened.value.close();
      return;
    }
    // What waits is kept: it is what the next try hears first.
    if (!opened.ok) return this.#lost(role, ear, opened.fault.kind);
    ear.session = opened.value;
    for (const bytes of ear.waiting) opened.value.feed(bytes);
    ear.waiting = [];
    ear.waitingBytes = 0;
  }

  /** The next audio tries again, after a pause that grows with each failure. */
  #lost(role: Role, ear: Ear, kind: string): void {
    this.#deps.lost(role, kind);
    ear.failures += 1;
    ear.retryAtMs = this.#deps.now() + (RETRY_AFTER_MS[Math.min(ear.failures, RETRY_AFTER_MS.length) - 1] ?? 0);
  }
}

/** Call time of the next byte the ear expects. */
const dueMs = (ear: Ear): number => ear.startedAtMs + ear.fedBytes / BYTES_PER_MS;
