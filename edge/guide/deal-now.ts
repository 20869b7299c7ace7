import type { CallAnswer } from '../../shared/contracts/ask-call.ts';
import type { LiveRisk } from '../../shared/contracts/gates.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { type CallWords, type Claims, type DealHeard, hearTurns, nothingHeard } from '../../shared/guide/deal/deal-heard.ts';
import { type DealKnown, gatesOf, nothingKnown } from '../../shared/guide/deal/gates-of.ts';
import type { Heard, Told } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import type { CallFacts } from '../ports/live.ts';
import { askCall } from './ask-call.ts';
import type { CallMemory } from './call-memory.ts';
import type { SecondTierServices } from './second-tier.ts';
import type { TurnLog } from './turn-log.ts';

/** What the rest of the house knows of a call's deal before a word is said. */
export interface LiveDeal {
  known: DealKnown;
  /** IANA name. */
  timeZone: string;
  /** What endangers the deal, with what was said on this call so far. Pure, and quick: asked after every turn. */
  risksOf(claims: Claims): LiveRisk[];
}

export const noDeal: LiveDeal = { known: nothingKnown, timeZone: 'UTC', risksOf: () => [] };

export interface DealNowDeps {
  turns: TurnLog;
  call: CallMemory;
  /** Absent without a model's key. */
  model(): SecondTierServices | undefined;
  dealOf(call: CallFacts): Promise<LiveDeal | null>;
  competitors(): readonly string[];
  take(heard: Extract<Heard, { type: 'gates' }>): void;
  waitUntil(work: Promise<unknown>): void;
}

type Line = Extract<Told, { type: 'line' }>['line'];

/** How the deal stands while its call runs, and what the call answers when it is asked. A shell: what words prove is `shared/guide/deal/`. */
export class DealNow {
  readonly #it: DealNowDeps;
  #deal = noDeal;
  /** Undefined after an eviction: read again from the turns that were kept. */
  #heard: DealHeard | undefined;
  #isShown = false;
  readonly #answers = new Map<string, Promise<CallAnswer>>();

  constructor(it: DealNowDeps) {
    this.#it = it;
  }

  /** The CRM may take its time; until then the gates of all stages are open. */
  learn(facts: CallFacts): void {
    this.#isShown = this.#it.call.session?.gates !== undefined;
    const asked = this.#it.dealOf(facts).catch(() => {
      log({ at: 'call', what: 'no-deal', level: 'warn', trace: facts.callId });
      return null;
    });
    this.#it.waitUntil(
      asked.then((deal) => {
        this.#deal = deal ?? noDeal;
        this.#show();
      }),
    );
  }

  /** Something happened on the call and was told: finished turns are read, after the screens have them. */
  saw(told: readonly Told[]): void {
    for (const message of told) {
      if (message.type === 'open-speech') this.#show();
      if (message.type === 'line' && message.line.final) this.#hear(message.line);
      if (message.type === 'consent' && message.consent === 'refused') this.#forget();
      if (message.type === 'ended') this.#forget();
    }
  }

  /** The same question asked twice is one question. */
  ask(requestId: string, question: string): Promise<CallAnswer> {
    const known = this.#answers.get(requestId);
    if (known) return known;
    const answer = this.#answer(question);
    this.#answers.set(requestId, answer);
    for (const oldest of this.#answers.keys()) if (this.#answers.size > ANSWERS_MAX) this.#answers.delete(oldest);
    return answer;
  }

  async #answer(question: string): Promise<CallAnswer> {
    const { facts } = this.#it.call;
    const services = this.#it.model();
    const asked = { said: this.#spoken(), claims: this.#sofar().claims };
    const people = asked.claims.people?.map(({ name }) => name) ?? [];
    const deps = {
      model: services && facts && !facts.withoutGuidance ? services.model : undefined,
      budget: services && facts ? services.budgetOf(facts.tenantId) : NO_TOKENS,
      names: [facts?.customerName ?? '', facts?.repName ?? '', ...people],
      fence: services?.fence() ?? '',
      spent: async (used: Parameters<SecondTierServices['spent']>[1]) => {
        if (services && facts) await services.spent(facts, used);
      },
    };
    return askCall(deps, asked, question);
  }

  /** Finished turns, and behind them those that are still being spoken. */
  #spoken(): Utterance[] {
    const { all } = this.#it.turns;
    const open = Object.entries(this.#it.call.session?.turns ?? {}).flatMap(([role, live]) =>
      live && !live.final && live.text.trim() !== '' && (role === 'rep' || role === 'customer')
        ? [{ ...this.#turnOf(role, live), seq: 0 }]
        : [],
    );
    return [...all, ...open.map((turn, nth) => ({ ...turn, seq: all.length + nth }))];
  }

  #hear({ role, turn, speaker, isGuess }: Line): void {
    const live = this.#it.call.session?.turns[role];
    if (live?.index !== turn) return;
    const from = this.#it.turns.all.length;
    const before = this.#sofar();
    // Nobody knows whose words they are: they prove nothing of either side.
    const kept = { ...this.#turnOf(isGuess ? 'other' : role, live), ...(speaker === undefined || !isGuess ? {} : { speaker }) };
    if (!this.#it.turns.add(kept)) return;
    this.#heard = hearTurns(before, this.#words(), this.#it.turns.all, from);
    this.#show();
  }

  #turnOf(role: Utterance['role'], { text, startMs, endMs }: { text: string; startMs: number; endMs: number }): Omit<Utterance, 'seq'> {
    const { facts } = this.#it.call;
    const names = { rep: facts?.repName ?? 'Rep', customer: facts?.customerName ?? 'Customer', other: 'Somebody' };
    return { role, speaker: names[role], text, startMs, endMs, confidence: 1 };
  }

  #words(): CallWords {
    const { facts } = this.#it.call;
    return {
      startedAt: new Date(facts?.startedAtMs ?? 0).toISOString(),
      timeZone: this.#deal.timeZone,
      repName: facts?.repName ?? '',
      customerName: facts?.customerName ?? '',
      competitors: this.#it.competitors(),
    };
  }

  #sofar(): DealHeard {
    const { all } = this.#it.turns;
    this.#heard ??= all.length === 0 ? nothingHeard() : hearTurns(nothingHeard(), this.#words(), all, 0);
    return this.#heard;
  }

  /** From the moment on from which somebody is heard: before that there is nothing to ask, and after a no what is shown is emptied. */
  #show(): void {
    const { session } = this.#it.call;
    if (!session || !(session.speechOpen || this.#isShown || this.#it.turns.all.length > 0)) return;
    this.#isShown = true;
    const heard = this.#sofar();
    this.#it.take({ type: 'gates', gates: gatesOf(this.#deal.known, heard, this.#deal.risksOf(heard.claims)) });
  }

  #forget(): void {
    this.#it.turns.clear();
    this.#heard = nothingHeard();
    this.#answers.clear();
    this.#show();
  }
}

const ANSWERS_MAX = 8;
const NO_TOKENS = { take: async () => false, give: async () => undefined };
