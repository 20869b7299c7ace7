import { startOf } from '../../shared/capture/align.ts';
import { cutter } from '../../shared/capture/frames.ts';
import { wavReader } from '../../shared/capture/read-wav.ts';
import type { Role } from '../../shared/contracts/transcript.ts';
import type { CallFacts } from '../ports/live.ts';
import type { AudioLog, Piece } from './audio-log.ts';

/** What the network a call runs on can do about it. A source without such a network answers null, `failed` and `gone`. */
export interface CallNetwork {
  /** Sends us the audio once more, after its socket broke. `over`: the call has ended meanwhile. */
  streamAgain(facts: CallFacts): Promise<'asked' | 'over' | 'failed'>;
  /** Begins a recording of its own; answers the id, or null when there is none to have. Rejects when nobody can say whether it runs. */
  record(facts: CallFacts): Promise<string | null>;
  /** Recordings of this call that began between these, ms since 1970. Rejects when that cannot be asked now. */
  findRecordings(facts: CallFacts, began: { fromMs: number; toMs: number }): Promise<string[]>;
  stopRecording(facts: CallFacts, recording: string): Promise<void>;
  /** Both sides as one WAV file. `later`: not yet. `gone`: never. */
  fetchRecording(facts: CallFacts, recording: string): Promise<ReadableStream<Uint8Array> | 'later' | 'gone'>;
  dropRecording(facts: CallFacts, recording: string): Promise<void>;
}

/** One recording at the network's, in call time: from a consent to its end. */
interface Tape {
  id: string;
  fromMs: number;
  /** When it began, as far as the clock knows: between our question and the answer. */
  askedMs: number;
  /** Null while it runs. */
  toMs: number | null;
  /** The network said that it stopped. */
  isStopped?: boolean;
  isLaid: boolean;
}

/** A recording that was asked for and never answered: it may run all the same. */
interface Doubt {
  /** In call time: from the question to the end of the consent it was asked under; null while that stands. */
  fromMs: number;
  toMs: number | null;
  /** The question and the end of waiting for its answer, ms since 1970. */
  sinceMs: number;
  untilMs: number;
}

interface Kept {
  tapes: Tape[];
  /** Absent in what was kept before there was any. */
  doubts?: Doubt[];
  /** Call time of the first break of the line: own times before it are the vendor's. */
  brokeAtMs: number | null;
  tries: number;
}

const TRIES_MAX = 5;
/** Longer than an answer is waited for. */
const ANSWER_MS = 15_000;
/** Less than three frames lost a side is not worth a second copy of what somebody said. */
const MISSING_MAX_MS = 60;
/** How much of both is compared to find where a recording begins, and how far off our own guess may be. */
const COMPARE_MS = 40_000;
const EARLY_MS = 1_000;
const LATE_MS = 8_000;

/**
 * What catches a call whose socket breaks: while there is consent the network records too, and what never reached us is taken from that.
 * A recording we did not need is deleted there unheard.
 */
export class SafetyNet {
  readonly #storage: DurableObjectStorage;
  readonly #network: () => CallNetwork;
  readonly #now: () => number;
  #kept: Kept = { tapes: [], brokeAtMs: null, tries: 0 };
  #turn: Promise<void> = Promise.resolve();

  constructor(storage: DurableObjectStorage, network: () => CallNetwork, now: () => number) {
    this.#storage = storage;
    this.#network = network;
    this.#now = now;
  }

  async load(): Promise<void> {
    this.#kept = (await this.#storage.get<Kept>('net')) ?? this.#kept;
  }

  broke(atMs: number): void {
    this.#kept.brokeAtMs ??= atMs;
    this.#save();
  }

  /** Consent stands: asks for a recording unless one runs. Safe to call at any time. */
  spread(facts: CallFacts, nowMs: () => number): Promise<void> {
    return this.#inTurn(() => this.#spread(facts, nowMs));
  }

  async #spread(facts: CallFacts, nowMs: () => number): Promise<void> {
    if (this.#running() || this.#kept.tries >= TRIES_MAX) return;
    this.#kept.tries += 1;
    const fromMs = nowMs();
    const sinceMs = this.#now();
    // Kept before it leaves: who dies while it is on its way knows of it afterwards.
    const doubt: Doubt = { fromMs, toMs: null, sinceMs, untilMs: sinceMs + ANSWER_MS };
    try {
      await this.#find(facts);
      if (this.#running()) return;
      this.#kept.doubts = [...(this.#kept.doubts ?? []), doubt];
      this.#save();
      const id = await this.#network().record(facts);
      if (id !== null) this.#kept.tapes.push({ id, fromMs, askedMs: (fromMs + nowMs()) / 2, toMs: null, isLaid: false });
      if (id !== null) this.#kept.tries = 0;
      this.#settle(doubt);
    } catch {
      // Looked for before anybody asks again.
      this.#save();
    }
  }

  /** What runs although nobody told us becomes a tape like any other. */
  async #find(facts: CallFacts): Promise<void> {
    for (const doubt of this.#kept.doubts ?? []) {
      const { fromMs, toMs, sinceMs, untilMs } = doubt;
      const found = await this.#network().findRecordings(facts, { fromMs: sinceMs, toMs: untilMs });
      const news = found.filter((id) => !this.#kept.tapes.some((tape) => tape.id === id));
      if (news.length === 0) continue;
      this.#kept.tapes.push(...news.map((id) => ({ id, fromMs, askedMs: fromMs, toMs, isLaid: false })));
      this.#kept.tries = 0;
      this.#settle(doubt);
    }
  }

  #settle(doubt: Doubt): void {
    this.#kept.doubts = (this.#kept.doubts ?? []).filter((other) => other !== doubt);
    this.#save();
  }

  /** Consent is gone, for now or for good: nothing more is recorded. */
  fold(facts: CallFacts, atMs: number): Promise<void> {
    return this.#inTurn(async () => {
      for (const doubt of this.#kept.doubts ?? []) doubt.toMs ??= atMs;
      if (this.#kept.doubts?.length) this.#save();
      await this.#find(facts);
      for (const tape of this.#kept.tapes) {
        if (tape.isStopped) continue;
        tape.toMs ??= atMs;
        this.#save();
        await this.#network().stopRecording(facts, tape.id);
        tape.isStopped = true;
        this.#save();
      }
    });
  }

  /** Is there a recording, and something it could give us? */
  isNeeded(audio: AudioLog, durationMs: number): boolean {
    const doubts = (this.#kept.doubts ?? []).map((doubt) => ({ ...doubt, isLaid: false }));
    return [...this.#kept.tapes, ...doubts].some(({ fromMs, toMs, isLaid }) => {
      const lost = (role: Role) => audio.missingMs(role, fromMs, Math.min(toMs ?? durationMs, durationMs));
      return !isLaid && (this.#kept.brokeAtMs !== null || lost('rep') > MISSING_MAX_MS || lost('customer') > MISSING_MAX_MS);
    });
  }

  /** Lays the recordings beside what was heard. `later` when one is not ready. */
  async mend(facts: CallFacts, audio: AudioLog): Promise<'mended' | 'later' | 'nothing'> {
    let isMended = false;
    try {
      await this.#inTurn(() => this.#find(facts));
    } catch {
      return 'later';
    }
    for (const tape of this.#kept.tapes) {
      if (tape.isLaid) continue;
      const body = await this.#network().fetchRecording(facts, tape.id);
      if (body === 'later') return 'later';
      if (body !== 'gone') isMended = (await this.#lay(facts, audio, tape, body)) || isMended;
      tape.isLaid = true;
      this.#save();
    }
    return isMended ? 'mended' : 'nothing';
  }

  /** Nothing stays at the network's. Rejects while something may still begin there. */
  drop(facts: CallFacts): Promise<void> {
    return this.#inTurn(async () => {
      await this.#find(facts);
      for (const tape of [...this.#kept.tapes]) {
        await this.#network().dropRecording(facts, tape.id);
        this.#kept.tapes = this.#kept.tapes.filter((other) => other !== tape);
        this.#save();
      }
      if (this.#kept.doubts?.some(({ untilMs }) => untilMs > this.#now())) throw new Error('a recording may still begin');
      delete this.#kept.doubts;
      this.#save();
    });
  }

  /** One after the other: what is asked for while an answer is on its way must see what that answer brought. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #lay(facts: CallFacts, audio: AudioLog, tape: Tape, body: ReadableStream<Uint8Array>): Promise<boolean> {
    const read = wavReader(2);
    const roles: readonly Role[] = facts.repTrack === 'inbound' ? ['rep', 'customer'] : ['customer', 'rep'];
    // The beginning of each side is held until it is known when it was.
    const starts: Uint8Array[][] = [[], []];
    let heldMs = 0;
    let layers: ((bytes: Uint8Array) => void)[] | undefined;
    const settle = () => {
      const held = starts.map(joined);
      const startMs = this.#startOf(roles, held, audio, tape);
      layers = roles.map((role) => layer(audio, role, startMs, tape));
      for (const [side, bytes] of held.entries()) layers[side]?.(bytes);
      return layers;
    };

    for await (const chunk of body) {
      const both = read.push(chunk);
      if (!both) return false;
      for (const [side, bytes] of both.entries()) {
        if (layers) layers[side]?.(bytes);
        else starts[side]?.push(bytes);
      }
      heldMs += both[0].length / 8;
      if (!layers && heldMs >= COMPARE_MS) settle();
    }
    if (heldMs === 0) return false;
    for (const lay of layers ?? settle()) lay(END);
    return true;
  }

  /** When the recording's first byte was: where its sound is like ours, else when we asked for it. */
  #startOf(roles: readonly Role[], held: readonly Uint8Array[], audio: AudioLog, { fromMs, askedMs }: Tape): number {
    const lastMs = fromMs + COMPARE_MS + LATE_MS;
    const brokeAtMs = this.#kept.brokeAtMs ?? lastMs;
    // Across a break our own times may have moved: each side of it is compared by itself, and the earlier one is the vendor's own.
    const spans = [
      [fromMs - EARLY_MS, Math.min(lastMs, brokeAtMs)],
      [Math.max(fromMs - EARLY_MS, brokeAtMs), lastMs],
    ] as const;
    for (const [spanFromMs, spanToMs] of spans)
      for (const [side, role] of roles.entries()) {
        const own: Piece[] = [];
        for (const piece of audio.heard(role)) {
          if (piece.atMs > spanToMs) break;
          if (piece.atMs >= spanFromMs) own.push(piece);
        }
        const found = startOf(held[side] ?? END, own, fromMs - EARLY_MS, fromMs + LATE_MS);
        if (found !== undefined) return found;
      }
    return askedMs;
  }

  #running(): Tape | undefined {
    return this.#kept.tapes.find(({ toMs }) => toMs === null);
  }

  #save(): void {
    void this.#storage.put('net', this.#kept);
  }
}

const END = new Uint8Array(0);
const SECOND_BYTES = 8_000;

/** Takes one side in pieces of any size and lays it second by second; `END` says that no more comes. */
function layer(audio: AudioLog, role: Role, startMs: number, tape: Tape): (bytes: Uint8Array) => void {
  const seconds = cutter(SECOND_BYTES);
  let atMs = startMs;
  return (bytes) => {
    for (const piece of bytes === END ? [seconds.rest()] : seconds.push(bytes)) {
      // Not one byte from before the yes or after the no.
      const from = Math.max(0, Math.round((tape.fromMs - atMs) * 8));
      const to = tape.toMs === null ? piece.length : Math.max(0, Math.round((tape.toMs - atMs) * 8));
      if (from < Math.min(to, piece.length)) audio.mend(role, atMs + from / 8, piece.subarray(from, to));
      atMs += piece.length / 8;
    }
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
