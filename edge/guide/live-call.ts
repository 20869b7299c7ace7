import { DurableObject } from 'cloudflare:workers';
import { dueAtMs, mayHear } from '../../shared/capture/consent/consent.ts';
import type { CallAnswer } from '../../shared/contracts/ask-call.ts';
import type { GeneratedView } from '../../shared/contracts/generate.ts';
import type { Consent, FeedbackAction, Quiet } from '../../shared/contracts/guidance.ts';
import type { LiveView } from '../../shared/contracts/view.ts';
import { wakeAtMs } from '../../shared/guide/arbiter.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { checklistOf } from '../../shared/guide/moments/checklist.ts';
import { firedSince } from '../../shared/guide/moments/fired-since.ts';
import { nextTurn } from '../../shared/guide/place-voice.ts';
import { newSession, snapshot } from '../../shared/guide/session.ts';
import { type Heard, step, type Told } from '../../shared/guide/step.ts';
import { log } from '../http/log.ts';
import { type LineEvent, roleOf } from '../ports/line.ts';
import type { CallFacts, MeetingStream } from '../ports/live.ts';
import { AudioLog } from './audio-log.ts';
import { BringBack } from './bring-back.ts';
import { BrowserLine } from './browser-line.ts';
import { type CallMemory, isTelephone, noCall, recall } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';
import { CardTrail } from './card-trail.ts';
import { ConsentTrail } from './consent-trail.ts';
import { DealNow } from './deal-now.ts';
import { Ears } from './ears.ts';
import { CallEnd } from './end-call.ts';
import { clearDebris, forgetCall } from './forget-call.ts';
import { LineClock } from './line-clock.ts';
import { type Helper, LiveHelp } from './live-help.ts';
import { MeetingLine } from './meeting-line.ts';
import type { Painted } from './painted-query.ts';
import { Pulse } from './pulse.ts';
import { SafetyNet } from './safety-net.ts';
import { Screens, windowKeys } from './screens.ts';
import { SecondTier } from './second-tier.ts';
import { SpeechSpend } from './speech-spend.ts';
import { type Standing, standingOf } from './standing.ts';
import { TurnLog } from './turn-log.ts';

const POLL_MS = 700;
const SILENT_LINE_MS = 60_000;
/** From the press on a card to the open page, and for a page that went to sleep. */
const PAGE_AWAY_MS = 5 * 60_000;
const LOOK_MS = 5_000;
const KEEP_MS = 1_000;
/** Who told everybody that a meeting is listened to. */
const NOTICE = 'meeting notice';

/**
 * One running call. A shell: sockets and storage here and in the parts beside it, every decision in `shared/guide/step.ts`.
 * `worker.ts` says which services it uses.
 */
export abstract class LiveCall<E = unknown> extends DurableObject<E> {
  protected abstract readonly services: GuideServices;
  readonly #call: CallMemory = noCall();
  readonly #audio: AudioLog;
  readonly #screens: Screens;
  readonly #pulse: Pulse;
  readonly #clock: LineClock;
  readonly #page: BrowserLine;
  readonly #meeting: MeetingLine;
  readonly #net: SafetyNet;
  readonly #consent: ConsentTrail;
  readonly #cards: CardTrail;
  readonly #bringBack: BringBack;
  readonly #end: CallEnd;
  readonly #spend: SpeechSpend;
  readonly #second: SecondTier;
  readonly #deal: DealNow;
  readonly #help: LiveHelp;
  #keyterms: readonly string[] = [];
  #ears: Ears | undefined;
  #playbook: { plays: CompiledPlays; keyterms: readonly string[] } | undefined;
  #frameSeenAtMs = 0;
  #keptAtMs = 0;
  #destroying: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: E) {
    super(ctx, env);
    const call = this.#call;
    const services = () => this.services;
    const now = () => this.services.now();
    const { storage } = ctx;
    const audio = new AudioLog(storage.sql);
    const clock = new LineClock(storage, call, now);
    const net = new SafetyNet(storage, () => this.services.network, now);
    const consent = new ConsentTrail({ ctx, services, call, clock, audio, net });
    this.#audio = audio;
    this.#screens = new Screens(
      ctx,
      call,
      now,
      (session) => this.#playbook && checklistOf(session, this.#playbook.plays),
      () => ({ ...this.#aside(), hearing: this.#pulse.hearing }),
    );
    this.#clock = clock;
    this.#net = net;
    this.#consent = consent;
    this.#bringBack = new BringBack({ ctx, services, call, clock, net });
    this.#spend = new SpeechSpend({ ctx, ledger: () => this.services.ledger, call });
    this.#pulse = new Pulse(
      (frame) => this.#screens.tell(frame),
      () => this.#spend.cost,
    );
    this.#second = new SecondTier({
      services: () => this.services.secondTier,
      call,
      plays: () => this.#playbook?.plays,
      take: (heard) => this.#take(heard),
      now,
      callMs: () => clock.nowMs(),
      waitUntil: (work) => ctx.waitUntil(work),
      later: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    this.#help = new LiveHelp({
      storage,
      tell: (frame) => this.#screens.tell(frame),
      now,
      later: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    this.#deal = new DealNow({
      turns: new TurnLog(storage.sql),
      call,
      model: () => this.services.secondTier,
      dealOf: (facts) => this.services.dealOf(facts),
      competitors: () => this.#playbook?.keyterms ?? [],
      take: (heard) => this.#take(heard),
      waitUntil: (work) => ctx.waitUntil(work),
    });
    this.#cards = new CardTrail({ ctx, services, call, clock, take: (heard) => this.#take(heard) });
    this.#end = new CallEnd({ storage, services, call, audio, net, consent, cards: this.#cards });
    this.#page = new BrowserLine(ctx, {
      now,
      elapsedMs: () => now() - (call.facts?.startedAtMs ?? 0),
      consent: () => call.session?.consent ?? 'unknown',
      isOver: () => call.session?.ended ?? true,
      keep: () => audio.flush(),
      decideConsent: (said, by) => this.decideConsent(said, by),
      decoder: () => this.services.decoder,
      recorded: () => (call.facts?.tracks === 'mixed' ? 'mixed' : (call.facts?.repTrack ?? 'outbound')),
    });
    this.#meeting = new MeetingLine({
      ctx,
      services,
      call,
      began: () => this.#take({ type: 'line-started' }),
      hear: (event) => ctx.waitUntil(this.#hear(event)),
      came: (party) => this.#guestCame(party),
      went: (party) => this.#take({ type: 'left', party, atMs: clock.nowMs() }),
      over: (isRevoked) => ctx.waitUntil(isRevoked ? this.#revoked() : this.hangUp()),
    });
    void ctx.blockConcurrencyWhile(async () => {
      await recall(storage, call);
      call.durationMs = Math.max(call.durationMs, audio.reachedMs());
      await Promise.all([clock.load(), this.#page.load(), this.#meeting.load(), net.load(), this.#spend.load(), this.#help.load()]);
      this.#frameSeenAtMs = Date.now();
      if (!call.facts) return;
      this.#playbook = await this.services.playbook(call.facts);
      this.#learn(call.facts);
    });
  }

  /** The call exists now. Told again, nothing changes. */
  async begin(facts: CallFacts): Promise<void> {
    const call = this.#call;
    if (call.facts || call.isDestroyed) return;
    const playbook = await this.services.playbook(facts);
    // Told twice at once: the first one's consent stands.
    if (call.facts || call.isDestroyed) return;
    this.#playbook = playbook;
    call.facts = facts;
    const rule = facts.consentRule === undefined ? {} : { rule: facts.consentRule };
    call.session = newSession({
      callId: facts.callId,
      startedAtMs: facts.startedAtMs,
      known: { customerName: facts.customerName, ...(facts.repName === undefined ? {} : { repName: facts.repName }) },
      ...rule,
    });
    await this.ctx.storage.put({ facts, session: call.session });
    this.#cards.learn();
    await this.ctx.storage.setAlarm(this.services.now() + LOOK_MS);
    this.#learn(facts);
    this.#second.ringing();
    // The telephone's answer says that the call is recorded, and so does a meeting's own notice; a browser tab tells nobody.
    if (isTelephone(call)) this.#take({ type: 'consent', consent: 'announced', by: 'announcement', atMs: 0 });
    if (facts.source === 'zoom') this.#take({ type: 'consent', consent: 'announced', by: NOTICE, atMs: 0 });
  }

  /** The call is a meeting, and this is where its audio is. Told again, nothing changes. */
  async dial(stream: MeetingStream): Promise<void> {
    if (this.#isRunning() && this.#call.facts?.source === 'zoom') await this.#meeting.dial(stream);
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
      const form = searchParams.get('form') === 'recorder' ? 'recorder' : 'frames';
      this.#page.open(server, { user, form }, searchParams.get('resume') ?? '');
      this.#take({ type: 'line-started' });
    } else this.#screens.open(server, user, windowKeys(searchParams));
    // Which of the words that were offered was understood; never the ticket.
    const protocol = searchParams.get('form') === 'recorder' ? 'ros.opus.v1' : 'ros.v1';
    return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': protocol } });
  }

  /** `painted`: what the card that asks put on its screen since it last asked. */
  async look(since: number, painted?: Painted): Promise<LiveView> {
    if (painted) this.#cards.painted(painted.cardId, this.services.now() - painted.agoMs);
    const { session, facts, durationMs } = this.#call;
    if (!session || !facts) return { state: 'ended', seq: 0, callId: '' };
    if (session.ended) return { state: 'ended', seq: session.seq, callId: facts.callId };
    const shown = this.#aside();
    if (since === session.seq) return { state: 'same', seq: session.seq, pollMs: POLL_MS, ...shown };
    const { seq, consent, card, past, quiet, lines, talkShareRep, gates } = snapshot(session);
    const { callId, customerName } = facts;
    const checklist = this.#playbook && checklistOf(session, this.#playbook.plays);
    return {
      state: 'live',
      seq,
      pollMs: POLL_MS,
      callId,
      elapsedMs: durationMs,
      customerName,
      consent,
      card,
      past,
      quiet,
      lines,
      talkShareRep,
      ...(checklist ? { checklist } : {}),
      ...(gates ? { gates } : {}),
      ...shown,
    };
  }

  /** What a screen shows beside the call: what it costs, and who helps. */
  #aside() {
    const help = this.#help.shown;
    return { ...this.#spend.cost, ...(help ? { help } : {}) };
  }

  /** How the call stands, for who helps; its rep is told that they look. Null once it is over. */
  async standing(helper: Helper, sees: 'alerts' | 'cards'): Promise<Standing | null> {
    const { session } = this.#call;
    if (!session || session.ended) return null;
    this.#help.look(helper, sees);
    const checklist = this.#playbook && checklistOf(session, this.#playbook.plays);
    return standingOf(session, checklist, { nowMs: this.#clock.nowMs(), hearing: this.#pulse.hearing });
  }

  /** One line to the rep's screens; `over` once there is nobody to tell, `too-fast` when lines come upon each other. */
  async whisper(said: { requestId: string; from: string; text: string }): Promise<{ atMs: number } | 'over' | 'too-fast'> {
    if (!this.#isRunning()) return 'over';
    return (await this.#help.whisper({ ...said, atMs: Math.round(this.#clock.nowMs()) })) ?? 'too-fast';
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

  /** The platform shows its notice to everybody who comes in. */
  #guestCame(party: string): void {
    const atMs = this.#clock.nowMs();
    this.#take({ type: 'joined', party, atMs });
    this.#take({ type: 'consent', consent: 'announced', by: NOTICE, party, atMs });
  }

  /** Here at once; everywhere else by the same way as when a person destroys a call, and once more when the platform's webhook comes. */
  async #revoked(): Promise<void> {
    const { facts } = this.#call;
    await this.destroy();
    if (facts) await this.services.revoke(facts).catch(() => log({ at: 'call', what: 'not-revoked', level: 'error', trace: facts.callId }));
  }

  async #consentNow(): Promise<Consent> {
    await this.#consent.stored();
    return this.#call.session?.consent ?? 'unknown';
  }

  /** The call is this user's alone from now on: other people's screens are closed. */
  async keepTo(userId: string): Promise<void> {
    this.#help.close();
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
    this.#second.close();
    this.#help.close();
    this.#meeting.close();
    for (const socket of this.ctx.getWebSockets()) socket.close(1000, 'destroyed');
    // A recording that is being sent breaks off: what it would read next is gone.
    this.#audio.clear();
    const { facts, durationMs } = call;
    call.facts = undefined;
    call.session = undefined;
    const it = { facts, durationMs, net: this.#net, ending: this.#end.running, now: () => this.services.now() };
    await forgetCall(this.ctx.storage, it);
  }

  /** The card that would help most right now, for whoever asks: what is on the screen, or what the language model makes of the call. */
  async generate(): Promise<GeneratedView> {
    const { card = null, gates } = this.#call.session ?? {};
    const stand = gates ? { gates } : {};
    if (card) return { card, by: 'rules', ...stand };
    return { card: await this.#second.generate(), by: this.services.secondTier ? 'model' : 'rules', ...stand };
  }

  async feedback(cardId: string, action: FeedbackAction): Promise<void> {
    if (this.#help.putAway(cardId)) return;
    this.#take({ type: 'feedback', cardId, action, atMs: this.#call.durationMs });
  }

  /** What was said on this call so far. The same `requestId` again is the same question. */
  ask(requestId: string, question: string): Promise<CallAnswer> {
    return this.#deal.ask(requestId, question);
  }

  /** How quiet the rep wants it: on this call, and remembered for their next ones. */
  async setQuiet(quiet: Quiet): Promise<void> {
    this.#take({ type: 'quiet', quiet, atMs: this.#call.durationMs });
  }

  /** The rep ticks a point of the checklist, or opens it again. */
  async tick(id: string, done: boolean): Promise<void> {
    this.#take({ type: 'step', id, done, atMs: this.#call.durationMs });
  }

  /** The call is over, says the vendor. Said twice, nothing changes. */
  async hangUp(mayMend = false): Promise<void> {
    const { facts, session, durationMs } = this.#call;
    if (!facts || !session) return;
    if (!session.ended) this.#take({ type: 'hang-up', atMs: durationMs });
    this.#meeting.close();
    await this.#end.run(mayMend);
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (this.#page.is(socket)) return this.#hearPage(socket, message);
    if (this.ctx.getTags(socket).includes('line')) {
      if (this.#bringBack.isPast(socket)) return;
      const event = this.services.lineOf(this.#call.facts?.source ?? 'twilio')?.read(message) ?? { type: 'ignored' };
      if (event.type === 'started') this.#bringBack.tookOver(socket);
      return this.#hear(event);
    }
    const up = this.#screens.read(socket, message);
    if (!up) return;
    if (up.type === 'resume') this.#screens.resume(socket, up.after);
    if (up.type === 'feedback') await this.feedback(up.cardId, up.action);
    if (up.type === 'consent') await this.decideConsent(up.consent, String(socket.deserializeAttachment()), up.takesBack);
    if (up.type === 'quiet') await this.setQuiet(up.quiet);
    if (up.type === 'ask') this.#screens.answer(socket, up.requestId, await this.ask(up.requestId, up.question));
    if (up.type === 'step') await this.tick(up.id, up.done);
    if (up.type === 'mark')
      this.#take({ type: 'mark', id: up.id, by: String(socket.deserializeAttachment()), atMs: this.#call.durationMs });
    if (up.type === 'pong') this.#cards.painted(up.cardId, up.paintedMs);
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
    const isMeeting = facts.source === 'zoom';
    const silentMs = this.services.now() - this.#frameSeenAtMs;
    if (session.ended || (!isMeeting && silentMs >= (isBrowser ? PAGE_AWAY_MS : SILENT_LINE_MS))) return this.hangUp(session.ended);
    // Should asking fail, there is another look.
    await this.ctx.storage.setAlarm(this.services.now() + LOOK_MS);
    // A page whose line was cut comes back by itself, with what it kept.
    if (isBrowser) return;
    if (await (isMeeting ? this.#meeting.look() : this.#bringBack.look(silentMs))) await this.hangUp();
  }

  async #hearPage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const events = await this.#page.read(socket, message);
    this.#frameSeenAtMs = this.services.now();
    const { facts, durationMs } = this.#call;
    // While nothing may be sent the call goes on all the same.
    if (facts && this.#isRunning()) this.#call.durationMs = Math.max(durationMs, this.services.now() - facts.startedAtMs);
    for (const event of events) await this.#hear(event);
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
    if (this.#spend.mayListen) this.#listen().feed(role, atMs, event.bytes);
    else if (this.#spend.unguided !== undefined) {
      this.#closeEars();
      this.#pulse.stand(call.session);
    }
    const wakeAt = wakeAtMs(call.session);
    if (wakeAt !== null && wakeAt <= call.durationMs) this.#take({ type: 'tick', atMs: call.durationMs });
  }

  #isRunning(): boolean {
    return this.#call.session !== undefined && !this.#call.session.ended;
  }

  #listen(): Ears {
    const voices = this.#call.facts?.tracks === 'mixed' ? this.services.mixedSpeech : undefined;
    this.#ears ??= new Ears({
      speech: this.#spend.counted(voices ?? this.services.speech),
      ...(this.services.fallbackSpeech && !voices ? { fallback: this.#spend.counted(this.services.fallbackSpeech) } : {}),
      keyterms: this.#keyterms,
      now: this.services.now,
      heard: (role, turn) => this.#take({ type: 'turn', role, ...turn }),
      nextTurn: (role) => nextTurn(this.#call.session, role, voices !== undefined),
      lost: (role, kind) => {
        this.#pulse.lost();
        log({ at: 'call', what: `speech-lost-${role}`, kind, level: 'warn', trace: this.#call.facts?.callId });
      },
    });
    return this.#ears;
  }

  #closeEars(): void {
    if (!this.#ears) return;
    this.#ears.close();
    this.#ears = undefined;
    this.#spend.settle();
  }

  /** Nobody waits for it: the CRM may take its time, and until then recognition knows the tenant's own names. */
  #learn(facts: CallFacts): void {
    this.#deal.learn(facts);
    this.#keyterms = this.#playbook?.keyterms ?? [];
    const learnt = this.services.keytermsOf(facts).then((names) => {
      this.#keyterms = names;
    });
    this.ctx.waitUntil(learnt.catch(() => log({ at: 'call', what: 'no-keyterms', level: 'warn', trace: facts.callId })));
    if (this.#call.session?.moments?.record) return;
    const known = this.services.recordOf(facts).then((record) => {
      if (record) this.#take({ type: 'record', record, atMs: this.#clock.nowMs() });
    });
    this.ctx.waitUntil(known.catch(() => log({ at: 'call', what: 'no-record', level: 'warn', trace: facts.callId })));
  }

  #take(heard: Heard): void {
    const call = this.#call;
    if (!call.session || !this.#playbook) return;
    const [next, told] = step(call.session, heard, this.#playbook.plays);
    if (next === call.session) return;
    const before = call.session;
    call.session = next;
    if (before.consent !== next.consent) this.#consent.changed(next);
    if (next.consent === 'refused') this.#screens.forget();
    this.#keep(heard, told);
    for (const message of told) this.#tell(message);
    for (const moment of firedSince(before, next, this.#playbook.plays)) this.#screens.tell(moment);
    if (heard.type === 'turn') this.#pulse.heard(next, call.durationMs - heard.atMs);
    this.#second.saw(heard, told);
    this.#deal.saw(told);
  }

  /** Each partial replaces the one before: those are kept once a second, all else at once. Only consent and the end make screens wait for it. */
  #keep(heard: Heard, told: readonly Told[]): void {
    const now = this.services.now();
    const isPassing = heard.type === 'tick' || (heard.type === 'turn' && !heard.final);
    if (isPassing && now - this.#keptAtMs < KEEP_MS && told.every(({ type }) => type === 'line')) return;
    this.#keptAtMs = now;
    const isAwaited = told.some(({ type }) => type === 'consent' || type === 'ended');
    const { session, durationMs } = this.#call;
    void this.ctx.storage.put({ session, durationMs }, { allowUnconfirmed: !isAwaited });
  }

  #tell(message: Told): void {
    if (message.type === 'open-speech') return;
    if (message.type === 'close-speech') {
      this.#closeEars();
      return;
    }
    if (message.type === 'consent') this.#page.tell({ type: 'consent', consent: message.consent });
    if (message.type === 'ended') {
      this.#page.tell({ type: 'ended' });
      // Whether or not its line ever said that it began.
      this.#closeEars();
      this.#help.close();
    }
    if (message.type === 'card') this.#cards.sent(message.card.id);
    this.#screens.tell(message);
  }
}
