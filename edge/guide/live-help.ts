import type { GuidanceDown } from '../../shared/contracts/guidance.ts';
import type { LiveHelp as Shown, Watcher, Whisper } from '../../shared/contracts/whisper.ts';

/** Who helps, as their CRM proved it, by the name their reps know. */
export interface Helper {
  id: string;
  name: string;
}

export interface HelpDeps {
  storage: Pick<DurableObjectStorage, 'get' | 'put'>;
  tell(frame: Extract<GuidanceDown, { type: 'whisper' | 'whisper-gone' | 'watched' }>): void;
  now(): number;
  /** Answers what calls it off. */
  later(ms: number, run: () => void): () => void;
}

/** A helper's page asks more often than this; one that asks no more has gone. */
const WATCH_MS = 15_000;
const WATCHERS_MAX = 20;
const SHOWN_MS = 60_000;
/** A rep is talking: so many lines at most, and not one upon the other. */
const APART_MS = 5_000;
const WHISPERS_MAX = 30;

interface Kept {
  /** Of every line so far, so that the same press is one line. The words of those before the last are not kept. */
  told: { requestId: string; atMs: number }[];
  last: (Whisper & { untilMs: number }) | null;
}

/** Those of the team who look at a call and whisper to its rep. Nothing of it is heard, recorded or learned from. */
export class LiveHelp {
  readonly #it: HelpDeps;
  readonly #watchers = new Map<string, { name: string; alertsUntilMs: number; cardsUntilMs: number }>();
  #kept: Kept = { told: [], last: null };
  #told = '[]';
  #callOff: (() => void) | undefined;

  constructor(it: HelpDeps) {
    this.#it = it;
  }

  async load(): Promise<void> {
    this.#kept = (await this.#it.storage.get<Kept>('whispers')) ?? this.#kept;
    // Who looked before an eviction is not known any more: whoever still looks is told of anew.
    if (await this.#it.storage.get<boolean>('watched')) this.#it.tell({ type: 'watched', by: [] });
  }

  /** For a screen; undefined while nobody helps. */
  get shown(): Shown | undefined {
    const [watchedBy, whisper] = [this.#looking(), this.#whisper()];
    return watchedBy.length === 0 && whisper === null ? undefined : { watchedBy, whisper };
  }

  /** Somebody looks; the rep is told by name. */
  look({ id, name }: Helper, sees: Watcher['sees']): void {
    const untilMs = this.#it.now() + WATCH_MS;
    const before = this.#watchers.get(id);
    this.#watchers.delete(id);
    this.#watchers.set(id, { name, alertsUntilMs: untilMs, cardsUntilMs: sees === 'cards' ? untilMs : (before?.cardsUntilMs ?? 0) });
    for (const oldest of this.#watchers.keys()) if (this.#watchers.size > WATCHERS_MAX) this.#watchers.delete(oldest);
    this.#settle();
  }

  /** One line to the rep, `atMs` of call time. Said twice, it is one; null when they come too fast, or were too many. */
  async whisper(said: { requestId: string; from: string; text: string; atMs: number }): Promise<{ atMs: number } | null> {
    const { told, last } = this.#kept;
    const known = told.find(({ requestId }) => requestId === said.requestId);
    if (known) return { atMs: known.atMs };
    const now = this.#it.now();
    if (told.length >= WHISPERS_MAX || (last && now - (last.untilMs - SHOWN_MS) < APART_MS)) return null;
    const { requestId, from, text, atMs } = said;
    const whisper = { id: `whisper-${told.length + 1}`, from, text, atMs };
    this.#kept = { told: [...told, { requestId, atMs }], last: { ...whisper, untilMs: now + SHOWN_MS } };
    await this.#it.storage.put('whispers', this.#kept);
    this.#it.tell({ type: 'whisper', ...whisper });
    this.#settle();
    return { atMs };
  }

  /** True when the card that the rep put away was a whisper. */
  putAway(id: string): boolean {
    if (!id.startsWith('whisper-')) return false;
    if (this.#kept.last?.id === id) this.#forget();
    return true;
  }

  /** The call is over, or its rep's alone: nobody looks any more, and no words are kept. */
  close(): void {
    this.#watchers.clear();
    if (this.#kept.last) this.#forget();
    this.#settle();
  }

  #forget(): void {
    const id = this.#kept.last?.id;
    this.#kept = { ...this.#kept, last: null };
    void this.#it.storage.put('whispers', this.#kept);
    if (id !== undefined) this.#it.tell({ type: 'whisper-gone', id });
  }

  #looking(): Watcher[] {
    const now = this.#it.now();
    return [...this.#watchers.values()]
      .filter(({ alertsUntilMs }) => alertsUntilMs > now)
      .map(({ name, cardsUntilMs }) => ({ name, sees: cardsUntilMs > now ? 'cards' : 'alerts' }));
  }

  #whisper(): Whisper | null {
    const { last } = this.#kept;
    if (!last || last.untilMs <= this.#it.now()) return null;
    const { untilMs: _, ...whisper } = last;
    return whisper;
  }

  /** Tells who looks where that changed, lets go what is past, and looks again when something will be. */
  #settle(): void {
    const now = this.#it.now();
    for (const [id, one] of this.#watchers) if (one.alertsUntilMs <= now) this.#watchers.delete(id);
    if (this.#kept.last && this.#kept.last.untilMs <= now) this.#forget();
    const by = this.#looking();
    const text = JSON.stringify(by);
    if (text !== this.#told) {
      this.#told = text;
      void this.#it.storage.put('watched', by.length > 0);
      this.#it.tell({ type: 'watched', by });
    }
    this.#callOff?.();
    const ends = [...this.#watchers.values()].flatMap(({ alertsUntilMs, cardsUntilMs }) => [alertsUntilMs, cardsUntilMs]);
    const next = Math.min(...[...ends, this.#kept.last?.untilMs ?? 0].filter((atMs) => atMs > now));
    this.#callOff = Number.isFinite(next) ? this.#it.later(next - now, () => this.#settle()) : undefined;
  }
}
