import { DurableObject } from 'cloudflare:workers';
import { dueAtMs, mayHear } from '../../shared/capture/consent/consent.ts';
import type { ConsentRule } from '../../shared/contracts/capture.ts';
import type { Consent, FeedbackAction, GuidanceDown } from '../../shared/contracts/guidance.ts';
import { guidanceUp } from '../../shared/contracts/guidance.ts';
import type { Job } from '../../shared/contracts/job.ts';
import type { Role } from '../../shared/contracts/transcript.ts';
import { CONTRACTS_VERSION } from '../../shared/contracts/version.ts';
import type { LiveView } from '../../shared/contracts/view.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { newSession, revive, type Session, snapshot } from '../../shared/guide/session.ts';
import { wakeAtMs } from '../../shared/guide/show-card.ts';
import { type Heard, step, type Told } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import { type LineEvent, type LineReader, type LineSource, roleOf } from '../ports/line.ts';
import type { CallFacts } from '../ports/live.ts';
import type { LiveSpeech } from '../ports/speech.ts';
import { AudioLog } from './audio-log.ts';
import { BrowserLine } from './browser-line.ts';
import { Ears } from './ears.ts';
import { type CallNetwork, SafetyNet } from './safety-net.ts';

export interface GuideServices {
  /** How a source's socket messages are read; undefined when it is not read that way. */
  lineOf(source: LineSource): LineReader | undefined;
  speech: LiveSpeech;
  /** Asked when the first one fails again and again. */
  fallbackSpeech?: LiveSpeech;
  now(): number;
  /** The network the call runs on, where it can be asked for something. */
  network: CallNetwork;
  /** The tenant's playbook, compiled, and the names recognition should know. */
  playbook(tenantId: string): Promise<{ plays: CompiledPlays; keyterms: readonly string[] }>;
  /** `how`: under which rule, and at which moment of the call. */
  saveConsent(call: CallFacts, consent: Consent, by: string, how: { rule: ConsentRule; callMs: number }): Promise<void>;
  /** Keeps the recording; answers its key. `of` yields each speaker's audio, oldest first. */
  archive(call: CallFacts, of: (role: Role) => Iterable<{ atMs: number; bytes: Uint8Array }>, durationMs: number): Promise<string>;
  /** Told again with another key, or that nothing is waited for any more, that counts. `holdMs`: the recording may still get better. */
  endCall(call: CallFacts, durationMs: number, audioKey: string | undefined, holdMs?: number): Promise<void>;
  enqueue(job: Job): Promise<void>;
}

const POLL_MS = 700;
const SILENT_LINE_MS = 60_000;
/** From the press on a card to the open page, and for a page that went to sleep. */
const PAGE_AWAY_MS = 5 * 60_000;
const FINISH_RETRY_MS = 5_000;
/** Who destroys a call is answered within five seconds: what does not go by then goes by and by. */
const DESTROY_WAIT_MS = 2_000;
/** A line that works sends a frame every 20 ms, in silence too. */
const DEAF_LINE_MS = 4_000;
const LOOK_MS = 5_000;
const BROKEN_LINE_MS = 200;
const AGAIN_MS = 2_000;
const COME_BACK_MS = 10_000;
/** How long a recording of the network's is waited for after the call. */
const MEND_MAX_MS = 180_000;

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
  #destroyed = false;
  #destroying: Promise<void> | undefined;
  #saving: Promise<void> = Promise.resolve();
  #isUnsaved = false;
  #finishing: Promise<void> | undefined;
  #durationMs = 0;
  #frameSeenAtMs = 0;
  #ears: Ears | undefined;
  #playbook: { plays: CompiledPlays; keyterms: readonly string[] } | undefined;
  readonly #audio: AudioLog;
  readonly #page: BrowserLine;
  #net: SafetyNet | undefined;
  /** What a line counts from, in call time: one that was opened again begins at 0. */
  #lineFromMs = 0;
  /** Wall time of the call's first frame. */
  #lineBeganAtMs: number | undefined;

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    this.#audio = new AudioLog(ctx.storage.sql);
    this.#page = new BrowserLine(ctx, {
      now: () => this.services.now(),
      elapsedMs: () => this.services.now() - (this.#facts?.startedAtMs ?? 0),
      consent: () => this.#session?.consent ?? 'unknown',
      isOver: () => this.#session?.ended ?? true,
      keep: () => this.#audio.flush(),
      decideConsent: (consent, by) => this.decideConsent(consent, by),
    });
    void ctx.blockConcurrencyWhile(async () => {
      this.#facts = await ctx.storage.get<CallFacts>('facts');
      const kept = await ctx.storage.get<Session>('session');
      this.#session = kept && revive(kept);
      this.#destroyed = (await ctx.storage.get<boolean>('destroyed')) ?? false;
      this.#finished = (await ctx.storage.get<boolean>('finished')) ?? false;
      this.#durationMs = Math.max((await ctx.storage.get<number>('durationMs')) ?? 0, this.#audio.reachedMs());
      this.#lineFromMs = (await ctx.storage.get<number>('lineFromMs')) ?? 0;
      this.#lineBeganAtMs = await ctx.storage.get<number>('lineBeganAtMs');
      await this.#page.load();
      this.#net = new SafetyNet(ctx.storage, this.services.network);
      await this.#net.load();
      this.#frameSeenAtMs = Date.now();
      if (this.#facts) this.#playbook = await this.services.playbook(this.#facts.tenantId);
    });
  }

  /** The call exists now. Told again, nothing changes. */
  async begin(facts: CallFacts): Promise<void> {
    if (this.#facts || this.#destroyed) return;
    const playbook = await this.services.playbook(facts.tenantId);
    // Told twice at once: the first one's consent stands.
    if (this.#facts || this.#destroyed) return;
    this.#playbook = playbook;
    this.#facts = facts;
    const rule = facts.consentRule === undefined ? {} : { rule: facts.consentRule };
    this.#session = newSession({ callId: facts.callId, startedAtMs: facts.startedAtMs, ...rule });
    await this.ctx.storage.put({ facts, session: this.#session });
    await this.ctx.storage.setAlarm(this.services.now() + LOOK_MS);
    // Only the telephone's answer says that the call is recorded.
    if ((facts.source ?? 'twilio') === 'twilio') this.#take({ type: 'consent', consent: 'announced', by: 'announcement', atMs: 0 });
  }

  /** A socket: the telephone line's audio (`/line`), the listening page's (`/page`) or a rep's screen (`/rep`). The route has checked who it is. */
  override async fetch(request: Request): Promise<Response> {
    if (!this.#facts) return new Response(null, { status: 404 });
    const { pathname, searchParams } = new URL(request.url);
    const kind = pathname === '/line' ? 'line' : 'rep';
    const { 0: client, 1: server } = new WebSocketPair();
    if (pathname === '/page') {
      if (this.#facts.source !== 'browser') return new Response(null, { status: 404 });
      this.#page.open(server, searchParams.get('user') ?? '', searchParams.get('resume') ?? '');
      this.#take({ type: 'line-started' });
      return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': 'ros.v1' } });
    }
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

  /** Answers what stands now: after a no, a yes changes nothing, unless who pressed the no says that it was taken back. */
  async decideConsent(consent: 'granted' | 'refused', by: string, takesBack = false): Promise<Consent> {
    if (!this.#facts || !this.#session) return 'unknown';
    const said = takesBack && consent === 'granted' && this.#session.consent === 'refused' ? 'took-back' : consent;
    this.#take({ type: 'consent', consent: said, by, atMs: this.#callMs() });
    await this.#saving;
    return this.#session.consent;
  }

  /** Somebody came to the call late: nothing is heard until they have been asked. `party` is the same for the same person. */
  async joined(party: string): Promise<Consent> {
    this.#take({ type: 'joined', party, atMs: this.#callMs() });
    await this.#saving;
    return this.#session?.consent ?? 'unknown';
  }

  /** The call is this user's alone from now on: other people's screens are closed. */
  async keepTo(userId: string): Promise<void> {
    for (const socket of this.ctx.getWebSockets('rep')) if (socket.deserializeAttachment() !== userId) socket.close(1008, 'private');
  }

  /** Stops listening at once and forgets the call. Whoever asks for it later finds nothing. Again is the same. */
  destroy(): Promise<void> {
    this.#destroying ??= this.#destroyNow();
    return this.#destroying;
  }

  async #destroyNow(): Promise<void> {
    this.#destroyed = true;
    if (await this.ctx.storage.get<boolean>('destroyed')) return;
    if (this.#session && !this.#session.ended) this.#take({ type: 'hang-up', atMs: this.#durationMs });
    this.#ears?.close();
    this.#ears = undefined;
    for (const socket of this.ctx.getWebSockets()) socket.close(1000, 'destroyed');
    // A recording that is being sent breaks off: what it would read next is gone.
    this.#audio.clear();
    const [facts, net] = [this.#facts, this.#net];
    this.#facts = undefined;
    this.#session = undefined;
    const drop = async () => {
      if (!facts || !net) return;
      await net.fold(facts, this.#durationMs);
      await net.drop(facts);
    };
    const isClean = await within(DESTROY_WAIT_MS, Promise.all([drop(), this.#finishing]));
    const tapes = isClean ? undefined : await this.ctx.storage.get('net');
    await this.ctx.storage.deleteAll();
    await this.ctx.storage.put('destroyed', true);
    if (!facts || tapes === undefined) return this.ctx.storage.deleteAlarm();
    // The network's own recording is still there, and nothing but its name is known of it.
    await this.ctx.storage.put({ net: tapes, debris: { ...facts, customerName: '' } });
    await this.ctx.storage.setAlarm(this.services.now() + FINISH_RETRY_MS);
  }

  async feedback(cardId: string, action: FeedbackAction): Promise<void> {
    this.#take({ type: 'feedback', cardId, action, atMs: this.#durationMs });
  }

  /** The call is over, says the vendor. Said twice, nothing changes. */
  async hangUp(mayMend = false): Promise<void> {
    if (!this.#facts || !this.#session) return;
    if (!this.#session.ended) this.#take({ type: 'hang-up', atMs: this.#durationMs });
    await this.#finish(mayMend);
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (this.ctx.getTags(socket).includes('line')) return this.#hearLine(socket, message);
    if (typeof message !== 'string' || message.length > 64_000) return;
    const up = guidanceUp.safeParse(parsed(message));
    if (!up.success) return;
    if (up.data.type === 'resume') socket.send(JSON.stringify(this.#hello()));
    if (up.data.type === 'feedback') await this.feedback(up.data.cardId, up.data.action);
    if (up.data.type === 'consent') await this.decideConsent(up.data.consent, String(socket.deserializeAttachment()), up.data.takesBack);
    if (up.data.type === 'pong') log({ at: 'call', what: 'painted', trace: this.#facts?.callId, ms: up.data.paintedMs });
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    if (this.ctx.getTags(socket).includes('line') && !this.#page.is(socket)) await this.#lineClosed(socket);
    try {
      socket.close(1000);
    } catch {
      // Already closed: nothing to do.
    }
  }

  /** Something about this call changed at its network: look now instead of later. */
  async nudge(): Promise<void> {
    if (this.#session && !this.#finished) await this.ctx.storage.setAlarm(this.services.now());
  }

  /** Wakes for a line that broke or fell silent without saying goodbye, and for an ending that is not done. */
  override async alarm(): Promise<void> {
    if (this.#destroyed) return this.#clearDebris();
    if (!this.#session || !this.#facts || this.#finished) return;
    const silentMs = this.services.now() - this.#frameSeenAtMs;
    if (this.#session.ended || silentMs >= (this.#facts.source === 'browser' ? PAGE_AWAY_MS : SILENT_LINE_MS))
      return this.hangUp(this.#session.ended);
    // Should asking fail, there is another look.
    await this.ctx.storage.setAlarm(this.services.now() + LOOK_MS);
    // A page whose line was cut comes back by itself, with what it kept.
    if (this.#facts.source === 'browser') return;
    const lines = this.ctx.getWebSockets('line');
    const isUp = lines.length > 0 && silentMs < DEAF_LINE_MS;
    if (!isUp) {
      this.#net?.broke(this.#durationMs);
      const asked = await this.services.network.streamAgain(this.#facts);
      // Where nobody can be asked, whoever sends has a moment to come back.
      if (asked === 'over' || (!this.#hasNetwork() && lines.length === 0 && silentMs >= COME_BACK_MS)) return this.hangUp();
      // Only now: a socket that is closed before another one is asked for would end the call.
      if (asked === 'asked') for (const line of lines) line.close(1011);
      await this.ctx.storage.setAlarm(this.services.now() + AGAIN_MS);
    }
    if (this.#session.consent === 'granted') await this.#net?.spread(this.#facts, () => this.#durationMs);
    // Asked again where it could not be stopped.
    else await this.#net?.fold(this.#facts, this.#callMs());
  }

  /** The vendor says goodbye before it closes; without that, the call goes on and only its socket is gone. */
  async #lineClosed(socket: WebSocket): Promise<void> {
    if (!this.#session || this.#session.ended) return this.hangUp();
    if (this.ctx.getWebSockets('line').some((line) => line !== socket)) return;
    this.#net?.broke(this.#durationMs);
    await this.ctx.storage.setAlarm(this.services.now() + BROKEN_LINE_MS);
  }

  async #hearLine(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (this.#page.is(socket)) {
      const event = await this.#page.read(socket, message);
      // While nothing may be sent the call goes on all the same.
      if (this.#facts && !this.#session?.ended)
        this.#durationMs = Math.max(this.#durationMs, this.services.now() - this.#facts.startedAtMs);
      return this.#hear(event);
    }
    await this.#hear(this.services.lineOf(this.#facts?.source ?? 'twilio')?.read(message) ?? { type: 'ignored' });
  }

  async #hear(event: LineEvent): Promise<void> {
    this.#frameSeenAtMs = this.services.now();
    if (event.type === 'started') await this.#lineBegins();
    if (event.type === 'stopped') await this.hangUp();
    if (event.type !== 'audio' || !this.#facts || !this.#session || this.#session.ended) return;
    const atMs = event.atMs + this.#lineFromMs;
    this.#durationMs = Math.max(this.#durationMs, atMs + event.bytes.length / 8);
    const due = dueAtMs(this.#session.asking);
    if (due !== null && due <= this.#durationMs) this.#take({ type: 'tick', atMs: this.#durationMs });
    // The gate: not one byte goes further without consent.
    if (!mayHear(this.#session.asking, atMs)) return;
    const role = roleOf(event.track, this.#facts.repTrack);
    this.#audio.add(role, atMs, event.bytes);
    if (!this.#facts.withoutGuidance) this.#listen().feed(role, atMs, event.bytes);
    const wakeAt = wakeAtMs(this.#session);
    if (wakeAt !== null && wakeAt <= this.#durationMs) this.#take({ type: 'tick', atMs: this.#durationMs });
  }

  async #lineBegins(): Promise<void> {
    this.#take({ type: 'line-started' });
    if (!this.#hasNetwork()) return;
    const now = this.services.now();
    if (this.#lineBeganAtMs === undefined) this.#lineBeganAtMs = now;
    // By the clock, and never back into what was heard.
    else this.#lineFromMs = Math.max(this.#durationMs, now - this.#lineBeganAtMs);
    await this.ctx.storage.put({ lineBeganAtMs: this.#lineBeganAtMs, lineFromMs: this.#lineFromMs });
  }

  /** Now, in call time: what was heard last may be long ago, and audio that was held back may still come. */
  #callMs(): number {
    const beganAtMs = this.#facts?.source === 'browser' ? this.#facts.startedAtMs : this.#lineBeganAtMs;
    return beganAtMs === undefined ? this.#durationMs : Math.max(this.#durationMs, this.services.now() - beganAtMs);
  }

  #hasNetwork(): boolean {
    return (this.#facts?.source ?? 'twilio') === 'twilio';
  }

  #listen(): Ears {
    this.#ears ??= new Ears({
      speech: this.services.speech,
      ...(this.services.fallbackSpeech ? { fallback: this.services.fallbackSpeech } : {}),
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
    const was = this.#session.consent;
    this.#session = next;
    if (was !== next.consent) {
      if (next.consent === 'refused') this.#audio.clear();
      this.#tape(next.consent);
      this.#noteConsent(next);
    }
    void this.ctx.storage.put({ session: next, durationMs: this.#durationMs });
    for (const message of told) this.#tell(message);
  }

  /** Who, when and how: kept with the call, one after the other. What could not be stored is stored with the call's end. */
  #noteConsent({ consent, consentBy, consentAtMs, asking }: Session): void {
    const facts = this.#facts;
    if (!facts) return;
    const how = { rule: asking.rule, callMs: Math.round(consentAtMs ?? 0) };
    this.#isUnsaved = true;
    this.#saving = this.#saving
      .catch(() => undefined)
      .then(() => this.services.saveConsent(facts, consent, consentBy ?? '', how))
      .then(() => {
        this.#isUnsaved = false;
      });
    this.ctx.waitUntil(this.#saving.catch(() => log({ at: 'call', what: 'consent-not-noted', level: 'warn', trace: facts.callId })));
  }

  async #clearDebris(): Promise<void> {
    const facts = await this.ctx.storage.get<CallFacts>('debris');
    if (!facts || !this.#net) return;
    await this.ctx.storage.setAlarm(this.services.now() + FINISH_RETRY_MS);
    await this.#net.drop(facts);
    await this.ctx.storage.deleteAll();
    await this.ctx.storage.put('destroyed', true);
    await this.ctx.storage.deleteAlarm();
  }

  /** The network's own recording runs exactly while there is consent. */
  #tape(consent: Consent): void {
    const [facts, net] = [this.#facts, this.#net];
    if (!facts || !net) return;
    const work = async () => {
      if (consent === 'granted') {
        await net.spread(facts, () => this.#durationMs);
        // Destroyed, or no longer agreed to, while the network was asked for a recording.
        if (this.#destroyed) await net.drop(facts);
        else if (this.#session?.consent !== 'granted') await net.fold(facts, this.#callMs());
        return;
      }
      await net.fold(facts, this.#durationMs);
      if (consent === 'refused') await net.drop(facts);
    };
    this.ctx.waitUntil(work().catch(() => log({ at: 'call', what: 'not-taped', level: 'warn', trace: facts.callId })));
  }

  #tell(message: Told): void {
    if (message.type === 'open-speech') return;
    if (message.type === 'close-speech') {
      this.#ears?.close();
      this.#ears = undefined;
      return;
    }
    if (message.type === 'consent') this.#page.tell({ type: 'consent', consent: message.consent });
    if (message.type === 'ended') this.#page.tell({ type: 'ended' });
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

  /** Once at a time; a second asker waits for the first. */
  #finish(mayMend = false): Promise<void> {
    this.#finishing ??= this.#end(mayMend).finally(() => {
      this.#finishing = undefined;
    });
    return this.#finishing;
  }

  async #end(mayMend: boolean): Promise<void> {
    const [facts, net] = [this.#facts, this.#net];
    if (!facts || !net || this.#finished || this.#destroyed) return;
    // Should any step below fail, the alarm brings us back here.
    await this.ctx.storage.setAlarm(this.services.now() + FINISH_RETRY_MS);
    // The last word may not have been stored when it was said.
    if (this.#session && this.#isUnsaved) this.#noteConsent(this.#session);
    await this.#saving;
    // What is kept was heard with consent, whatever became of that since; a no has emptied it.
    const isGranted = this.#session?.consent === 'granted' || (this.#session?.consent !== 'refused' && !this.#audio.isEmpty());
    const keep = async () =>
      isGranted && !this.#audio.isEmpty() ? this.services.archive(facts, (role) => this.#audio.of(role), this.#durationMs) : undefined;
    if (isGranted && net.isNeeded(this.#audio, this.#durationMs)) {
      const endedAtMs = (await this.ctx.storage.get<number>('endedAtMs')) ?? this.services.now();
      if (!mayMend) {
        await this.ctx.storage.put('endedAtMs', endedAtMs);
        // First what we have: the network may never answer.
        await this.services.endCall(facts, this.#durationMs, await keep(), MEND_MAX_MS * 2);
        return this.ctx.storage.setAlarm(this.services.now() + BROKEN_LINE_MS);
      }
      const isLate = this.services.now() - endedAtMs > MEND_MAX_MS;
      if (!isLate && (await net.mend(facts, this.#audio)) === 'later') return this.ctx.storage.setAlarm(this.services.now() + AGAIN_MS);
      this.#durationMs = Math.max(this.#durationMs, this.#audio.reachedMs());
    }
    const audioKey = await keep();
    if (this.#destroyed) return;
    await this.services.endCall(facts, this.#durationMs, audioKey);
    await this.services.enqueue({ kind: 'call-ended', tenantId: facts.tenantId, callId: facts.callId });
    // Before we forget: a recording that could not be deleted there is deleted when the alarm comes.
    await net.drop(facts);
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

/** True when it is done by then; false when it failed or is not. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const isDone = await Promise.race([done, late]);
  clearTimeout(timer);
  return isDone;
}
