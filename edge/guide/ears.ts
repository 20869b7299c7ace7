import type { Role, Word } from '../../shared/contracts/transcript.ts';
import type { LiveSpeech, SpeechHeard, SpeechSession } from '../ports/speech.ts';

const BYTES_PER_MS = 8;
const WAITING_MAX_BYTES = 10_000 * BYTES_PER_MS;
const GAP_MIN_MS = 60;
const GAP_MAX_MS = 5_000;
/** So much is heard once more after a break where nothing tells that it was heard; a word that was cut by it is whole again. */
const AGAIN_MS = 1_000;
/** Vendors end a session after an hour; we leave before, when nobody is in the middle of a sentence. */
const RENEW_MS = 50 * 60_000;
const RENEW_LATEST_MS = 55 * 60_000;
/** So many failures in a row, and the second recogniser is asked. */
const FALL_BACK_AFTER = 3;
const RETRY_AFTER_MS = [500, 1_000, 2_000, 5_000, 10_000];
const SILENCE = 0xff;

export interface EarsDeps {
  speech: LiveSpeech;
  /** Slower, and there when the first one is not. */
  fallback?: LiveSpeech;
  keyterms: readonly string[];
  now(): number;
  /** A turn in call time. `turn` goes on counting when a broken recogniser is replaced. */
  heard(
    role: Role,
    turn: { turn: number; text: string; words: Word[]; final: boolean; atMs: number; voice?: string; pause?: 'eager' | 'resumed' },
  ): void;
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
  /** What was fed and may not have been heard, newest last; at most ten seconds. */
  recent: Uint8Array[];
  recentBytes: number;
  /** Call time up to which it has surely heard. */
  heardToMs: number;
  lastWordEndMs: number;
  isInTurn: boolean;
  openedAtMs: number;
  /** Takes its place as soon as it listens. */
  heir: Ear | null;
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
    for (const each of [ear, ear.heir]) {
      if (!each) continue;
      if (gapMs >= GAP_MIN_MS) this.#push(each, new Uint8Array(Math.round(gapMs) * BYTES_PER_MS).fill(SILENCE));
      this.#push(each, bytes);
    }
    this.#renew(role, ear);
    if (!ear.session && !ear.opening && this.#deps.now() >= ear.retryAtMs) void this.#open(role, ear);
  }

  close(): void {
    this.#closed = true;
    for (const ear of this.#ears.values()) {
      ear.session?.close();
      ear.heir?.session?.close();
    }
    this.#ears.clear();
  }

  #newEar(role: Role, atMs: number, before?: Ear): Ear {
    const ear = this.#earFrom(role, atMs, before);
    this.#ears.set(role, ear);
    return ear;
  }

  #earFrom(role: Role, atMs: number, before?: Ear): Ear {
    return {
      session: null,
      opening: false,
      startedAtMs: atMs,
      fedBytes: 0,
      turnBase: this.#deps.nextTurn(role),
      waiting: [],
      waitingBytes: 0,
      failures: before?.failures ?? 0,
      retryAtMs: before?.retryAtMs ?? 0,
      recent: [],
      recentBytes: 0,
      heardToMs: atMs,
      lastWordEndMs: atMs,
      isInTurn: false,
      openedAtMs: 0,
      heir: null,
    };
  }

  /** After a break the next ear begins with what the last one surely has not heard. */
  #replacement(role: Role, ear: Ear): Ear {
    const dueAt = dueMs(ear);
    const heardTo = Math.max(ear.lastWordEndMs, ear.heardToMs - AGAIN_MS);
    const all = ear.session ? joined(ear.recent) : joined(ear.waiting);
    const again = all.subarray(Math.max(0, all.length - Math.max(0, Math.round((dueAt - heardTo) * BYTES_PER_MS))));
    const next = this.#newEar(role, dueAt - again.length / BYTES_PER_MS, ear);
    if (again.length > 0) this.#push(next, again);
    return next;
  }

  /** Another session is opened before this one is let go; whoever talks meanwhile is heard by both and counted once. */
  #renew(role: Role, ear: Ear): void {
    if (!ear.session || ear.heir) return;
    const ageMs = this.#deps.now() - ear.openedAtMs;
    if (ageMs < RENEW_MS || (ear.isInTurn && ageMs < RENEW_LATEST_MS)) return;
    ear.heir = this.#earFrom(role, dueMs(ear));
    void this.#open(role, ear.heir, ear);
  }

  #push(ear: Ear, bytes: Uint8Array): void {
    ear.fedBytes += bytes.length;
    if (ear.session) {
      ear.recent.push(bytes);
      ear.recentBytes += bytes.length;
      while (ear.recentBytes > WAITING_MAX_BYTES) ear.recentBytes -= ear.recent.shift()?.length ?? ear.recentBytes;
      ear.session.feed(bytes);
      return;
    }
    ear.waiting.push(bytes);
    ear.waitingBytes += bytes.length;
    // While nobody listens only the last ten seconds are worth hearing; the recording has the rest.
    for (let first = ear.waiting[0]; first && ear.waitingBytes > WAITING_MAX_BYTES; first = ear.waiting[0]) {
      const dropped = Math.min(first.length, ear.waitingBytes - WAITING_MAX_BYTES);
      if (dropped === first.length) ear.waiting.shift();
      else ear.waiting[0] = first.subarray(dropped);
      ear.waitingBytes -= dropped;
      ear.startedAtMs += dropped / BYTES_PER_MS;
      ear.fedBytes -= dropped;
    }
  }

  /** `before`: the ear that goes on listening until this one does. */
  async #open(role: Role, ear: Ear, before?: Ear): Promise<void> {
    ear.opening = true;
    const { speech, fallback, keyterms } = this.#deps;
    const recogniser = fallback && ear.failures >= FALL_BACK_AFTER ? fallback : speech;
    const opened = await recogniser.open({ encoding: 'mulaw', sampleRate: 8000, keyterms }, (heard) => this.#heard(role, ear, heard));
    ear.opening = false;
    const isWanted = before ? this.#ears.get(role) === before && before.heir === ear : this.#ears.get(role) === ear;
    if (this.#closed || !isWanted) {
      if (opened.ok) opened.value.close();
      return;
    }
    if (before) {
      before.heir = null;
      // Said while both listened: it would be said twice. There is another pause to change in.
      const isLate = this.#deps.now() - before.openedAtMs >= RENEW_LATEST_MS;
      if (!opened.ok || (before.isInTurn && !isLate)) {
        if (opened.ok) opened.value.close();
        if (!opened.ok) this.#deps.lost(role, opened.fault.kind);
        before.openedAtMs += RENEW_LATEST_MS - RENEW_MS;
        return;
      }
      ear.turnBase = this.#deps.nextTurn(role);
      this.#ears.set(role, ear);
      before.session?.close();
    }
    // What waits is kept: it is what the next try hears first.
    if (!opened.ok) return this.#lost(role, ear, opened.fault.kind);
    ear.session = opened.value;
    ear.openedAtMs = this.#deps.now();
    ear.recent = ear.waiting;
    ear.recentBytes = ear.waitingBytes;
    for (const bytes of ear.waiting) opened.value.feed(bytes);
    ear.waiting = [];
    ear.waitingBytes = 0;
  }

  #heard(role: Role, ear: Ear, heard: SpeechHeard): void {
    if (this.#closed || this.#ears.get(role) !== ear) return;
    if (heard.type === 'closed') {
      // The next audio starts a fresh ear, which goes on where this one stopped.
      if (heard.fault) this.#lost(role, this.#replacement(role, ear), heard.fault.kind);
      return;
    }
    ear.heardToMs = Math.max(ear.heardToMs, heard.heardToMs + ear.startedAtMs);
    if (heard.type === 'alive') return;
    ear.failures = 0;
    const words = heard.words.map((word) => ({ ...word, startMs: word.startMs + ear.startedAtMs, endMs: word.endMs + ear.startedAtMs }));
    ear.lastWordEndMs = Math.max(ear.lastWordEndMs, words.at(-1)?.endMs ?? 0);
    ear.isInTurn = !heard.final;
    this.#deps.heard(role, {
      turn: ear.turnBase + heard.turn,
      text: heard.text,
      words,
      final: heard.final,
      atMs: heard.heardToMs + ear.startedAtMs,
      ...(heard.pause === undefined ? {} : { pause: heard.pause }),
      // Another session numbers the same voices anew.
      ...(heard.voice === undefined ? {} : { voice: `${ear.turnBase}:${heard.voice}` }),
    });
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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
