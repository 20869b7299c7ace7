import type { GuidanceCard, PlayKind } from '../../shared/contracts/guidance.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { notSent, nowOf } from '../../shared/guide/second-tier/prompt.ts';
import { type Noticed, newWatch, nextTickMs, notice } from '../../shared/guide/second-tier/schedule.ts';
import { newTranscript, openTurns, writeTurn } from '../../shared/guide/second-tier/transcript.ts';
import type { Heard, Told } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import type { CallFacts } from '../ports/live.ts';
import type { LiveModel, TokensUsed } from '../ports/model.ts';
import { type Answered, askLive, type Brief, type LiveAsk, warmLive } from './ask-live.ts';
import type { CallMemory } from './call-memory.ts';
import { type TokenBudget, TokenPurse } from './token-purse.ts';

/** What asking a language model during a call needs of the rest of the house. */
export interface SecondTierServices {
  model: LiveModel;
  briefOf(call: CallFacts): Promise<Brief>;
  budgetOf(tenantId: string): TokenBudget;
  /** What it has cost, once the call is over. */
  spent(call: CallFacts, used: TokensUsed): Promise<void>;
  /** Fresh text nobody on the call can have spoken. */
  fence(): string;
}

export interface SecondTierDeps {
  /** Undefined without a key: then nothing of this happens. */
  services(): SecondTierServices | undefined;
  call: CallMemory;
  plays(): CompiledPlays | undefined;
  /** A card goes the way that everything goes. */
  take(heard: Extract<Heard, { type: 'advice' | 'no-advice' }>): void;
  now(): number;
  /** Now, in call time: what the scheduler counts in. */
  callMs(): number;
  waitUntil(work: Promise<unknown>): void;
  /** Calls back later; what is answered stops that. */
  later(ms: number, run: () => void): () => void;
}

/** Silence is the default: what has not come by then is not missed. */
export const PATIENCE_MS = 4_000;
const BRIEF_MS = 2_000;
/** Worries that gain from being put in this customer's words. */
const PERSONAL: ReadonlySet<PlayKind> = new Set(['price', 'objection', 'competitor']);

/** The language model beside a running call. A shell: when to ask is `schedule.ts`, what may be shown `judge.ts`. Nothing waits for it. */
export class SecondTier {
  readonly #it: SecondTierDeps;
  #watch = newWatch();
  #transcript = newTranscript();
  #sent = notSent();
  #known: { brief: Promise<Brief>; fence: string; purse: TokenPurse } | undefined;
  #running: { epoch: number; patience: AbortController } | undefined;
  #stopTimer: () => void = () => undefined;
  #used: TokensUsed = { ...NOTHING };
  readonly #hits = new Set<string>();

  constructor(it: SecondTierDeps) {
    this.#it = it;
  }

  /** It rings: what every question of this call begins with is read ahead. */
  ringing(): void {
    const deps = this.#ready();
    if (!deps) return;
    const warm = this.#askOf(deps, 'warm', AbortSignal.timeout(PATIENCE_MS)).then((ask) => warmLive(deps, ask));
    this.#it.waitUntil(warm.then((used) => this.#count(used)).catch(() => this.#log('not-warm', 0)));
  }

  /** Something happened on the call and was understood; `told` is what came of it. */
  saw(heard: Heard, told: readonly Told[]): void {
    if (!this.#it.services() || this.#it.call.facts?.withoutGuidance) return;
    const { session } = this.#it.call;
    const atMs = this.#it.callMs();
    const pause = heard.type === 'turn' ? heard.pause : undefined;
    if (heard.type === 'turn' && pause === 'resumed') this.#notice({ is: 'pause', how: pause, role: heard.role, turn: heard.turn, atMs });
    for (const message of told) {
      if (message.type === 'line') this.#write(message.line, atMs);
      if (message.type === 'card' && this.#isHit(message.card)) this.#notice({ is: 'hit', atMs });
      if (message.type === 'close-speech') this.#notice({ is: 'quiet', quiet: true, atMs });
      if (message.type === 'open-speech') this.#notice({ is: 'quiet', quiet: session?.quiet !== 'off', atMs });
      if (message.type === 'consent' && message.consent === 'refused') this.#forget();
      if (message.type === 'ended') this.close();
    }
    if (heard.type === 'turn' && pause === 'eager') this.#notice({ is: 'pause', how: pause, role: heard.role, turn: heard.turn, atMs });
    if (session && (session.quiet !== 'off') !== this.#watch.quiet && session.speechOpen)
      this.#notice({ is: 'quiet', quiet: session.quiet !== 'off', atMs });
  }

  /** Asks now, for whoever asks us; the call goes on as if nobody had. Null when there is nothing to say. */
  async generate(): Promise<GuidanceCard | null> {
    const deps = this.#ready();
    const { session } = this.#it.call;
    if (!deps || session?.consent !== 'granted' || session.ended) return null;
    let card: GuidanceCard | null = null;
    const ask = await this.#askOf(deps, `asked.${this.#it.now()}`, AbortSignal.timeout(PATIENCE_MS));
    const answered = await askLive(deps, ask, (advice) => {
      card = advice?.card ?? null;
    });
    this.#count(answered.used);
    return card;
  }

  /** The call is over or forgotten: nothing is asked any more, and what was not spent goes back. Closing twice is fine. */
  close(facts = this.#it.call.facts): void {
    this.#forget();
    const purse = this.#known?.purse;
    const used = this.#used;
    this.#known = undefined;
    this.#used = { ...NOTHING };
    if (!purse || !facts) return;
    const settled = purse.close().then(() => (isNothing(used) ? undefined : this.#it.services()?.spent(facts, used)));
    this.#it.waitUntil(settled.catch(() => this.#log('not-settled', 0)));
  }

  #forget(): void {
    this.#stopTimer();
    this.#running?.patience.abort();
    this.#running = undefined;
    this.#watch = { ...newWatch(), epoch: this.#watch.epoch };
    this.#transcript = newTranscript();
    this.#sent = notSent();
    this.#hits.clear();
  }

  #write({ role, turn, text, final }: Extract<Told, { type: 'line' }>['line'], atMs: number): void {
    const live = this.#it.call.session?.turns[role];
    if (live?.index !== turn) return;
    this.#transcript = writeTurn(this.#transcript, { role, turn, text, final, startMs: live.startMs, endMs: live.endMs });
    this.#notice({ is: 'turn', role, turn, words: text.match(/\S+/g)?.length ?? 0, final, atMs });
  }

  /** A card of the rules', once: our own rewriting of it is told as a card, too. */
  #isHit({ id, kind, why }: GuidanceCard): boolean {
    if (this.#hits.has(id) || !PERSONAL.has(kind) || why.role === 'rep' || id.includes(MINE)) return false;
    this.#hits.add(id);
    return true;
  }

  #notice(seen: Noticed): void {
    const [next, orders] = notice(this.#watch, seen);
    this.#watch = next;
    for (const order of orders) {
      if (order.do === 'ask') this.#it.waitUntil(this.#ask(order.epoch).catch(() => this.#log('failed', 0)));
      else if (this.#running?.epoch === order.epoch) {
        this.#running.patience.abort();
        this.#running = undefined;
        this.#log('given-up', 0);
      }
    }
    this.#stopTimer();
    const tickMs = nextTickMs(this.#watch);
    if (tickMs === null) return;
    const tick = () => this.#notice({ is: 'tick', atMs: Math.max(tickMs, this.#it.callMs()) });
    this.#stopTimer = this.#it.later(Math.max(0, tickMs - this.#it.callMs()), tick);
  }

  async #ask(epoch: number): Promise<void> {
    const patience = new AbortController();
    this.#running = { epoch, patience };
    const startedAtMs = this.#it.now();
    const isMine = () => this.#running?.epoch === epoch;
    let answered: Pick<Answered, 'kind' | 'waitMs'> = { kind: 'broken' };
    try {
      const deps = this.#ready();
      const { callId } = this.#it.call.facts ?? {};
      if (!deps || callId === undefined) return;
      const late = AbortSignal.timeout(PATIENCE_MS);
      const ask = await this.#askOf(deps, String(epoch), AbortSignal.any([patience.signal, late]));
      if (!isMine()) return;
      const all = await askLive(deps, ask, (advice) => {
        // What was asked before is old, whatever it says.
        if (!isMine()) return;
        const atMs = this.#it.call.durationMs;
        this.#it.take(advice ? { type: 'advice', advice, atMs } : { type: 'no-advice', cardId: ask.id, atMs });
      });
      this.#count(all.used);
      answered = all;
      if (isMine()) this.#sent = all.sent;
    } finally {
      if (isMine()) {
        this.#running = undefined;
        const { kind, waitMs } = answered;
        this.#log(kind, this.#it.now() - startedAtMs);
        this.#notice({ is: 'done', epoch, how: howOf(kind), ...(waitMs === undefined ? {} : { waitMs }), atMs: this.#it.callMs() });
      }
    }
  }

  #ready() {
    const services = this.#it.services();
    const { facts } = this.#it.call;
    if (!services || !facts || facts.withoutGuidance || !this.#it.plays()) return undefined;
    this.#known ??= {
      brief: within(BRIEF_MS, services.briefOf(facts), { lines: [], names: [facts.customerName] }),
      fence: services.fence(),
      purse: new TokenPurse(services.budgetOf(facts.tenantId)),
    };
    return { model: services.model, now: this.#it.now, ...this.#known };
  }

  async #askOf({ brief, fence }: { brief: Promise<Brief>; fence: string }, name: string, signal: AbortSignal): Promise<LiveAsk> {
    const known = await brief;
    const { session, facts, durationMs } = this.#it.call;
    const gone = session?.shown.filter(({ state, playId }) => state !== 'retracted' && playId !== session.card?.playId);
    return {
      plays: this.#it.plays()?.byId ?? new Map(),
      brief: known,
      fence,
      done: this.#transcript.done,
      open: openTurns(this.#transcript),
      sent: this.#sent,
      now: nowOf({
        seconds: durationMs / 1_000,
        card: session?.card?.headline ?? null,
        shown: gone?.map(({ playId }) => playId) ?? [],
      }),
      id: `${facts?.callId}${MINE}${name}`,
      signal,
    };
  }

  #count(used: TokensUsed | undefined): void {
    if (!used) return;
    for (const kind of KINDS) this.#used[kind] += used[kind];
  }

  #log(kind: string, ms: number): void {
    log({ at: 'call', what: 'second-tier', kind, ms, trace: this.#it.call.facts?.callId });
  }
}

function howOf(kind: Answered['kind']): 'answered' | 'late' | 'busy' | 'refused' {
  if (kind === 'busy') return 'busy';
  if (kind === 'over-budget' || kind === 'expired') return 'refused';
  return kind === 'given' || kind === 'nothing' || kind === 'unproved' || kind === 'refused' ? 'answered' : 'late';
}

function within<T>(ms: number, work: Promise<T>, instead: T): Promise<T> {
  return Promise.race([work.catch(() => instead), new Promise<T>((done) => setTimeout(() => done(instead), ms))]);
}

const MINE = '.second.';
const NOTHING: TokensUsed = { tokensIn: 0, tokensOut: 0, tokensCached: 0, tokensWritten: 0 };
const KINDS = ['tokensIn', 'tokensOut', 'tokensCached', 'tokensWritten'] as const;
const isNothing = (used: TokensUsed): boolean => KINDS.every((kind) => used[kind] === 0);
