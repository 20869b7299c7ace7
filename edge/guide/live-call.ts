import { DurableObject } from 'cloudflare:workers';
import type { Consent, FeedbackAction, GuidanceDown } from '../../shared/contracts/guidance.ts';
import { guidanceUp } from '../../shared/contracts/guidance.ts';
import type { Job } from '../../shared/contracts/job.ts';
import type { Role } from '../../shared/contracts/transcript.ts';
import { CONTRACTS_VERSION } from '../../shared/contracts/version.ts';
import type { LiveView } from '../../shared/contracts/view.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { newSession, type Session, snapshot } from '../../shared/guide/session.ts';
import { wakeAtMs } from '../../shared/guide/show-card.ts';
import { type Heard, step, type Told } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import { type Line, roleOf } from '../ports/line.ts';
import type { CallFacts } from '../ports/live.ts';
import type { LiveSpeech } from '../ports/speech.ts';
import { AudioLog } from './audio-log.ts';
import { Ears } from './ears.ts';

export interface GuideServices {
  line: Line;
  speech: LiveSpeech;
  now(): number;
  /** The tenant's playbook, compiled, and the names recognition should know. */
  playbook(tenantId: string): Promise<{ plays: CompiledPlays; keyterms: readonly string[] }>;
  saveConsent(call: CallFacts, consent: Consent, by: string): Promise<void>;
  /** Keeps the recording; answers its key. `of` yields each speaker's audio, oldest first. */
  archive(call: CallFacts, of: (role: Role) => Iterable<{ atMs: number; bytes: Uint8Array }>, durationMs: number): Promise<string>;
  endCall(call: CallFacts, durationMs: number, audioKey: string | undefined): Promise<void>;
  enqueue(job: Job): Promise<void>;
}

const POLL_MS = 700;
const SILENT_LINE_MS = 60_000;
const FINISH_RETRY_MS = 5_000;

/**
 * One running call. A shell: sockets and storage here, every decision in `shared/guide/step.ts`.
 * Everything it must remember is in its storage, so it may be evicted between any two messages.
 * `worker.ts` says which services it uses.
 */
export abstract class LiveCall<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: GuideServices;
  #facts: CallFacts | undefined;
  #session: Session | undefined;
  #finished = false;
  #durationMs = 0;
  #frameSeenAtMs = 0;
  #ears: Ears | undefined;
  #playbook: { plays: CompiledPlays; keyterms: readonly string[] } | undefined;
  readonly #audio: AudioLog;

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    this.#audio = new AudioLog(ctx.storage.sql);
    void ctx.blockConcurrencyWhile(async () => {
      this.#facts = await ctx.storage.get<CallFacts>('facts');
      this.#session = await ctx.storage.get<Session>('session');
      this.#finished = (await ctx.storage.get<boolean>('finished')) ?? false;
      this.#durationMs = (await ctx.storage.get<number>('durationMs')) ?? 0;
      this.#frameSeenAtMs = Date.now();
      if (this.#facts) this.#playbook = await this.services.playbook(this.#facts.tenantId);
    });
  }

  /** The call exists now. Told again, nothing changes. */
  async begin(facts: CallFacts): Promise<void> {
    if (this.#facts) return;
    this.#playbook = await this.services.playbook(facts.tenantId);
    this.#facts = facts;
    this.#session = newSession({ callId: facts.callId, startedAtMs: facts.startedAtMs });
    await this.ctx.storage.put({ facts, session: this.#session });
    await this.ctx.storage.setAlarm(this.services.now() + SILENT_LINE_MS);
    this.#take({ type: 'consent', consent: 'announced', by: 'announcement', atMs: 0 });
  }

  /** A socket: the telephone line's audio (`/line`) or a rep's screen (`/rep`). The route has checked who it is. */
  override async fetch(request: Request): Promise<Response> {
    if (!this.#facts) return new Response(null, { status: 404 });
    const { pathname, searchParams } = new URL(request.url);
    const kind = pathname === '/line' ? 'line' : 'rep';
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [kind]);
    // Whose screen it is, kept with the socket so that it survives an eviction.
    server.serializeAttachment(searchParams.get('user') ?? '');
    if (kind === 'line') return new Response(null, { status: 101, webSocket: client });
    server.send(JSON.stringify(this.#hello()));
    return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': 'ros.v1' } });
  }

  async look(since: number): Promise<LiveView> {
    const session = this.#session;
    const facts = this.#facts;
    if (!session || !facts) return { state: 'ended', seq: 0, callId: '' };
    if (session.ended) return { state: 'ended', seq: session.seq, callId: facts.callId };
    if (since === session.seq) return { state: 'same', seq: session.seq, pollMs: POLL_MS };
    const { seq, consent, card, lines, talkShareRep } = snapshot(session);
    const { callId, customerName } = facts;
    return { state: 'live', seq, pollMs: POLL_MS, callId, elapsedMs: this.#durationMs, customerName, consent, card, lines, talkShareRep };
  }

  /** Answers what stands now: after a no, a yes changes nothing. */
  async decideConsent(consent: 'granted' | 'refused', by: string): Promise<Consent> {
    if (!this.#facts || !this.#session) return 'unknown';
    this.#take({ type: 'consent', consent, by, atMs: this.#durationMs });
    if (this.#session.consent !== consent) return this.#session.consent;
    if (consent === 'refused') this.#audio.clear();
    await this.services.saveConsent(this.#facts, consent, by);
    return consent;
  }

  async feedback(cardId: string, action: FeedbackAction): Promise<void> {
    this.#take({ type: 'feedback', cardId, action, atMs: this.#durationMs });
  }

  /** The call is over, says the vendor. Said twice, nothing changes. */
  async hangUp(): Promise<void> {
    if (!this.#facts || !this.#session) return;
    if (!this.#session.ended) this.#take({ type: 'hang-up', atMs: this.#durationMs });
    await this.#finish();
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (typeof message !== 'string' || message.length > 64_000) return;
    if (this.ctx.getTags(socket).includes('line')) return this.#hearLine(message);
    const up = guidanceUp.safeParse(parsed(message));
    if (!up.success) return;
    if (up.data.type === 'resume') socket.send(JSON.stringify(this.#hello()));
    if (up.data.type === 'feedback') await this.feedback(up.data.cardId, up.data.action);
    if (up.data.type === 'consent') await this.decideConsent(up.data.consent, String(socket.deserializeAttachment()));
    if (up.data.type === 'pong') log({ at: 'call', what: 'painted', trace: this.#facts?.callId, ms: up.data.paintedMs });
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    if (this.ctx.getTags(socket).includes('line')) await this.hangUp();
    try {
      socket.close(1000);
    } catch {
      // Already closed: nothing to do.
    }
  }

  /** Wakes for a line that fell silent without saying goodbye, and for an ending that could not be stored. */
  override async alarm(): Promise<void> {
    if (!this.#session || this.#finished) return;
    const silentMs = this.services.now() - this.#frameSeenAtMs;
    if (this.#session.ended || silentMs >= SILENT_LINE_MS) return this.hangUp();
    await this.ctx.storage.setAlarm(this.services.now() + SILENT_LINE_MS);
  }

  async #hearLine(message: string): Promise<void> {
    const event = this.services.line.read(message);
    this.#frameSeenAtMs = this.services.now();
    if (event.type === 'started') this.#take({ type: 'line-started' });
    if (event.type === 'stopped') await this.hangUp();
    if (event.type !== 'audio' || !this.#facts || !this.#session || this.#session.ended) return;
    this.#durationMs = Math.max(this.#durationMs, event.atMs + event.bytes.length / 8);
    // The gate: not one byte goes further without consent.
    if (this.#session.consent !== 'granted') return;
    const role = roleOf(event.track, this.#facts.repTrack);
    this.#audio.add(role, event.atMs, event.bytes);
    this.#listen().feed(role, event.atMs, event.bytes);
    const wakeAt = wakeAtMs(this.#session);
    if (wakeAt !== null && wakeAt <= this.#durationMs) this.#take({ type: 'tick', atMs: this.#durationMs });
  }

  #listen(): Ears {
    this.#ears ??= new Ears({
      speech: this.services.speech,
      keyterms: this.#playbook?.keyterms ?? [],
      now: this.services.now,
      heard: (role, turn) => this.#take({ type: 'turn', role, ...turn }),
      nextTurn: (role) => (this.#session?.turns[role]?.index ?? -1) + 1,
      lost: (role, kind) => log({ at: 'call', what: `speech-lost-${role}`, kind, level: 'warn', trace: this.#facts?.callId }),
    });
    return this.#ears;
  }

  #take(heard: Heard): void {
    if (!this.#session || !this.#playbook) return;
    const [next, told] = step(this.#session, heard, this.#playbook.plays);
    if (next === this.#session) return;
    this.#session = next;
    void this.ctx.storage.put({ session: next, durationMs: this.#durationMs });
    for (const message of told) this.#tell(message);
  }

  #tell(message: Told): void {
    if (message.type === 'open-speech') return;
    if (message.type === 'close-speech') {
      this.#ears?.close();
      this.#ears = undefined;
      return;
    }
    const frame = JSON.stringify(message);
    for (const socket of this.ctx.getWebSockets('rep')) {
      try {
        socket.send(frame);
      } catch {
        // This screen is gone; the others still want to know.
      }
    }
  }

  #hello(): GuidanceDown {
    const { seq = 0, consent = 'unknown' as const, card = null } = this.#session ? snapshot(this.#session) : {};
    return { type: 'hello', seq, version: CONTRACTS_VERSION, callId: this.#facts?.callId ?? '', consent, card };
  }

  async #finish(): Promise<void> {
    const facts = this.#facts;
    if (!facts || this.#finished) return;
    // Should any step below fail, the alarm brings us back here.
    await this.ctx.storage.setAlarm(this.services.now() + FINISH_RETRY_MS);
    const keep = this.#session?.consent === 'granted' && !this.#audio.isEmpty();
    const audioKey = keep ? await this.services.archive(facts, (role) => this.#audio.of(role), this.#durationMs) : undefined;
    await this.services.endCall(facts, this.#durationMs, audioKey);
    await this.services.enqueue({ kind: 'call-ended', tenantId: facts.tenantId, callId: facts.callId });
    this.#finished = true;
    await this.ctx.storage.put('finished', true);
    this.#audio.clear();
    await this.ctx.storage.deleteAlarm();
  }
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}
