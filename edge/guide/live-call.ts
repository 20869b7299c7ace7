import { DurableObject } from 'cloudflare:workers';
import { dueAtMs, mayHear } from '../../shared/capture/consent/consent.ts';
import type { Consent, FeedbackAction } from '../../shared/contracts/guidance.ts';
import { guidanceUp } from '../../shared/contracts/guidance.ts';
import type { LiveView } from '../../shared/contracts/view.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { newSession, snapshot } from '../../shared/guide/session.ts';
import { wakeAtMs } from '../../shared/guide/show-card.ts';
import { type Heard, step, type Told } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import { type LineEvent, roleOf } from '../ports/line.ts';
import type { CallFacts } from '../ports/live.ts';
import { AudioLog } from './audio-log.ts';
import { BringBack } from './bring-back.ts';
import { BrowserLine } from './browser-line.ts';
import { type CallMemory, isTelephone, noCall, recall } from './call-memory.ts';
import { ConsentTrail } from './consent-trail.ts';
import { Ears } from './ears.ts';
import { CallEnd } from './end-call.ts';
import { clearDebris, forgetCall } from './forget-call.ts';
import { LineClock } from './line-clock.ts';
import { SafetyNet } from './safety-net.ts';
import { Screens } from './screens.ts';
import type { GuideServices } from './services.ts';

const POLL_MS = 700;
const SILENT_LINE_MS = 60_000;
/** From the press on a card to the open page, and for a page that went to sleep. */
const PAGE_AWAY_MS = 5 * 60_000;
const LOOK_MS = 5_000;
const MESSAGE_MAX = 64_000;

/**
 * One running call. A shell: sockets and storage here and in the parts beside it, every decision in `shared/guide/step.ts`.
 * `worker.ts` says which services it uses.
 */
export abstract class LiveCall<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: GuideServices;
  readonly #call: CallMemory = noCall();
  readonly #audio: AudioLog;
  readonly #screens: Screens;
  readonly #clock: LineClock;
  readonly #page: BrowserLine;
  readonly #net: SafetyNet;
  readonly #consent: ConsentTrail;
  readonly #bringBack: BringBack;
  readonly #end: CallEnd;
  #ears: Ears | undefined;
  #playbook: { plays: CompiledPlays; keyterms: readonly string[] } | undefined;
  #frameSeenAtMs = 0;
  #destroying: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    const call = this.#call;
    const services = () => this.services;
    const now = () => this.services.now();
    const { storage } = ctx;
    const audio = new AudioLog(storage.sql);
    const clock = new LineClock(storage, call, now);
    const net = new SafetyNet(storage, () => this.services.network);
    const consent = new ConsentTrail({ ctx, services, call, clock, audio, net });
    this.#audio = audio;
    this.#screens = new Screens(ctx, call);
    this.#clock = clock;
    this.#net = net;
    this.#consent = consent;
    this.#bringBack = new BringBack({ ctx, services, call, clock, net });
    this.#end = new CallEnd({ storage, services, call, audio, net, consent });
    this.#page = new BrowserLine(ctx, {
      now,
      elapsedMs: () => now() - (call.facts?.startedAtMs ?? 0),
      consent: () => call.session?.consent ?? 'unknown',
      isOver: () => call.session?.ended ?? true,
      keep: () => audio.flush(),
      decideConsent: (said, by) => this.decideConsent(said, by),
    });
    void ctx.blockConcurrencyWhile(async () => {
      await recall(storage, call);
      call.durationMs = Math.max(call.durationMs, audio.reachedMs());
      await Promise.all([clock.load(), this.#page.load(), net.load()]);
      this.#frameSeenAtMs = Date.now();
      if (call.facts) this.#playbook = await this.services.playbook(call.facts.tenantId);
    });
  }

  /** The call exists now. Told again, nothing changes. */
  async begin(facts: CallFacts): Promise<void> {
    const call = this.#call;
    if (call.facts || call.isDestroyed) return;
    const playbook = await this.services.playbook(facts.tenantId);
    // Told twice at once: the first one's consent stands.
    if (call.facts || call.isDestroyed) return;
    this.#playbook = playbook;
    call.facts = facts;
    const rule = facts.consentRule === undefined ? {} : { rule: facts.consentRule };
    call.session = newSession({ callId: facts.callId, startedAtMs: facts.startedAtMs, ...rule });
    await this.ctx.storage.put({ facts, session: call.session });
    await this.ctx.storage.setAlarm(this.services.now() + LOOK_MS);
    // Only the telephone's answer says that the call is recorded.
    if (isTelephone(call)) this.#take({ type: 'consent', consent: 'announced', by: 'announcement', atMs: 0 });
  }

  /** A socket: the telephone line's audio (`/line`), the listening page's (`/page`) or a rep's screen (`/rep`). The route has checked who it is. */
  override async fetch(request: Request): Promise<Response> {
    const { facts } = this.#call;
    if (!facts) return new Response(null, { status: 404 });
    const { pathname, searchParams } = new URL(request.url);
    const user = searchParams.get('user') ?? '';
    const { 0: client, 1: server } = new WebSocketPair();
    if (pathname === '/line') {
      this.ctx.acceptWebSocket(server, ['line']);
      return new Response(null, { status: 101, webSocket: client });
    }
    if (pathname === '/page') {
      if (facts.source !== 'browser') return new Response(null, { status: 404 });
      this.#page.open(server, user, searchParams.get('resume') ?? '');
      this.#take({ type: 'line-started' });
    } else this.#screens.open(server, user);
    return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': 'ros.v1' } });
  }

  async look(since: number): Promise<LiveView> {
    const { session, facts, durationMs } = this.#call;
    if (!session || !facts) return { state: 'ended', seq: 0, callId: '' };
    if (session.ended) return { state: 'ended', seq: session.seq, callId: facts.callId };
    if (since === session.seq) return { state: 'same', seq: session.seq, pollMs: POLL_MS };
    const { seq, consent, card, lines, talkShareRep } = snapshot(session);
    const { callId, customerName } = facts;
    return { state: 'live', seq, pollMs: POLL_MS, callId, elapsedMs: durationMs, customerName, consent, card, lines, talkShareRep };
  }

  /** Answers what stands now: after a no, a yes changes nothing, unless who pressed the no says that it was taken back. */
  async decideConsent(consent: 'granted' | 'refused', by: string, takesBack = false): Promise<Consent> {
    const { session } = this.#call;
    if (!session) return 'unknown';
    const said = takesBack && consent === 'granted' && session.consent === 'refused' ? 'took-back' : consent;
    this.#take({ type: 'consent', consent: said, by, atMs: this.#clock.nowMs() });
    return this.#consentNow();
  }

  /** Somebody came to the call late: nothing is heard until they have been asked. `party` is the same for the same person. */
  async joined(party: string): Promise<Consent> {
    this.#take({ type: 'joined', party, atMs: this.#clock.nowMs() });
    return this.#consentNow();
  }

  async #consentNow(): Promise<Consent> {
    await this.#consent.stored();
    return this.#call.session?.consent ?? 'unknown';
  }

  /** The call is this user's alone from now on: other people's screens are closed. */
  async keepTo(userId: string): Promise<void> {
    this.#screens.keepTo(userId);
  }

  /** Stops listening at once and forgets the call. Whoever asks for it later finds nothing. Again is the same. */
  destroy(): Promise<void> {
    this.#destroying ??= this.#destroyNow();
    return this.#destroying;
  }

  async #destroyNow(): Promise<void> {
    const call = this.#call;
    call.isDestroyed = true;
    if (await this.ctx.storage.get<boolean>('destroyed')) return;
    if (call.session && !call.session.ended) this.#take({ type: 'hang-up', atMs: call.durationMs });
    this.#closeEars();
    for (const socket of this.ctx.getWebSockets()) socket.close(1000, 'destroyed');
    // A recording that is being sent breaks off: what it would read next is gone.
    this.#audio.clear();
    const { facts, durationMs } = call;
    call.facts = undefined;
    call.session = undefined;
    const it = { facts, durationMs, net: this.#net, ending: this.#end.running, now: () => this.services.now() };
    await forgetCall(this.ctx.storage, it);
  }

  async feedback(cardId: string, action: FeedbackAction): Promise<void> {
    this.#take({ type: 'feedback', cardId, action, atMs: this.#call.durationMs });
  }

  /** The call is over, says the vendor. Said twice, nothing changes. */
  async hangUp(mayMend = false): Promise<void> {
    const { facts, session, durationMs } = this.#call;
    if (!facts || !session) return;
    if (!session.ended) this.#take({ type: 'hang-up', atMs: durationMs });
    await this.#end.run(mayMend);
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (this.#page.is(socket)) return this.#hearPage(socket, message);
    if (this.ctx.getTags(socket).includes('line'))
      return this.#hear(this.services.lineOf(this.#call.facts?.source ?? 'twilio')?.read(message) ?? { type: 'ignored' });
    if (typeof message !== 'string' || message.length > MESSAGE_MAX) return;
    const up = guidanceUp.safeParse(parsed(message));
    if (!up.success) return;
    if (up.data.type === 'resume') this.#screens.greet(socket);
    if (up.data.type === 'feedback') await this.feedback(up.data.cardId, up.data.action);
    if (up.data.type === 'consent') await this.decideConsent(up.data.consent, String(socket.deserializeAttachment()), up.data.takesBack);
    if (up.data.type === 'pong') log({ at: 'call', what: 'painted', trace: this.#call.facts?.callId, ms: up.data.paintedMs });
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    // The vendor says goodbye before it closes; without that, the call goes on and only its socket is gone.
    if (this.ctx.getTags(socket).includes('line') && !this.#page.is(socket))
      await (this.#isRunning() ? this.#bringBack.broke(socket) : this.hangUp());
    try {
      socket.close(1000);
    } catch {
      // Already closed: nothing to do.
    }
  }

  /** Something about this call changed at its network: look now instead of later. */
  async nudge(): Promise<void> {
    if (this.#call.session && !this.#call.isFinished) await this.ctx.storage.setAlarm(this.services.now());
  }

  /** Wakes for a line that broke or fell silent without saying goodbye, and for an ending that is not done. */
  override async alarm(): Promise<void> {
    const { session, facts, isDestroyed, isFinished } = this.#call;
    if (isDestroyed) return clearDebris(this.ctx.storage, this.#net, this.services.now());
    if (!session || !facts || isFinished) return;
    const isBrowser = facts.source === 'browser';
    const silentMs = this.services.now() - this.#frameSeenAtMs;
    if (session.ended || silentMs >= (isBrowser ? PAGE_AWAY_MS : SILENT_LINE_MS)) return this.hangUp(session.ended);
    // Should asking fail, there is another look.
    await this.ctx.storage.setAlarm(this.services.now() + LOOK_MS);
    // A page whose line was cut comes back by itself, with what it kept.
    if (!isBrowser && (await this.#bringBack.look(silentMs))) await this.hangUp();
  }

  async #hearPage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const event = await this.#page.read(socket, message);
    const { facts, durationMs } = this.#call;
    // While nothing may be sent the call goes on all the same.
    if (facts && this.#isRunning()) this.#call.durationMs = Math.max(durationMs, this.services.now() - facts.startedAtMs);
    return this.#hear(event);
  }

  async #hear(event: LineEvent): Promise<void> {
    this.#frameSeenAtMs = this.services.now();
    if (event.type === 'started') {
      this.#take({ type: 'line-started' });
      await this.#clock.begin();
    }
    if (event.type === 'stopped') await this.hangUp();
    const call = this.#call;
    if (event.type !== 'audio' || !call.facts || !call.session || call.session.ended) return;
    const atMs = this.#clock.callMs(event.atMs);
    call.durationMs = Math.max(call.durationMs, atMs + event.bytes.length / 8);
    const due = dueAtMs(call.session.asking);
    if (due !== null && due <= call.durationMs) this.#take({ type: 'tick', atMs: call.durationMs });
    // The gate: not one byte goes further without consent.
    if (!mayHear(call.session.asking, atMs)) return;
    const role = roleOf(event.track, call.facts.repTrack);
    this.#audio.add(role, atMs, event.bytes);
    if (!call.facts.withoutGuidance) this.#listen().feed(role, atMs, event.bytes);
    const wakeAt = wakeAtMs(call.session);
    if (wakeAt !== null && wakeAt <= call.durationMs) this.#take({ type: 'tick', atMs: call.durationMs });
  }

  #isRunning(): boolean {
    return this.#call.session !== undefined && !this.#call.session.ended;
  }

  #listen(): Ears {
    this.#ears ??= new Ears({
      speech: this.services.speech,
      ...(this.services.fallbackSpeech ? { fallback: this.services.fallbackSpeech } : {}),
      keyterms: this.#playbook?.keyterms ?? [],
      now: this.services.now,
      heard: (role, turn) => this.#take({ type: 'turn', role, ...turn }),
      nextTurn: (role) => (this.#call.session?.turns[role]?.index ?? -1) + 1,
      lost: (role, kind) => log({ at: 'call', what: `speech-lost-${role}`, kind, level: 'warn', trace: this.#call.facts?.callId }),
    });
    return this.#ears;
  }

  #closeEars(): void {
    this.#ears?.close();
    this.#ears = undefined;
  }

  #take(heard: Heard): void {
    const call = this.#call;
    if (!call.session || !this.#playbook) return;
    const [next, told] = step(call.session, heard, this.#playbook.plays);
    if (next === call.session) return;
    const was = call.session.consent;
    call.session = next;
    if (was !== next.consent) this.#consent.changed(next);
    void this.ctx.storage.put({ session: next, durationMs: call.durationMs });
    for (const message of told) this.#tell(message);
  }

  #tell(message: Told): void {
    if (message.type === 'open-speech') return;
    if (message.type === 'close-speech') {
      this.#closeEars();
      return;
    }
    if (message.type === 'consent') this.#page.tell({ type: 'consent', consent: message.consent });
    if (message.type === 'ended') this.#page.tell({ type: 'ended' });
    this.#screens.tell(message);
  }
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}
