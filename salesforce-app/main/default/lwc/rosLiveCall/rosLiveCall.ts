import type { Consent, FeedbackAction, GuidanceUp, PastCard, Quiet } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { anything, callEdge, clock, pressId } from 'c/rosEdge';
import { guideWords } from 'c/rosGuideWords';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';
import type { Link } from './channel';
import { Channel } from './channel';
import type { Shown } from './shown';
import { foldFrame, foldView, nothingShown, withPin, withTick } from './shown';

/** Guidance while a call runs: one card, the consent, who speaks how much. Fires `ended`. */
export default class RosLiveCall extends LightningElement {
  words = words;
  shown: Shown = nothingShown;
  link: Link = 'connecting';
  refused: Refused | null = null;
  nowMs = Date.now();
  /** When `shown.elapsedMs` was measured. */
  measuredAtMs = Date.now();
  settled: string[] = [];
  /** What was done last, while it can be undone. */
  done: { cardId: string; action: PutAway } | null = null;
  undoTimer: ReturnType<typeof setTimeout> | undefined;
  /** Through Apex one press waits for the other: an undo that overtakes what it undoes is nothing. */
  last: Promise<unknown> = Promise.resolve();
  asked: { consent: 'granted' | 'refused' | 'joined'; requestId: string; takesBack?: boolean } | null = null;
  isPrivate = false;
  hasJoined = false;
  busy = false;
  channel: Channel | null = null;
  ticking: ReturnType<typeof setInterval> | undefined;
  painted = '';
  heldCallId = '';

  @api get callId(): string {
    return this.heldCallId;
  }

  set callId(callId: string) {
    if (callId === this.heldCallId) return;
    this.heldCallId = callId;
    if (this.isConnected) this.open();
  }

  override connectedCallback(): void {
    this.open();
    this.ticking = setInterval(() => {
      this.nowMs = Date.now();
    }, 1000);
  }

  override disconnectedCallback(): void {
    clearInterval(this.ticking);
    clearTimeout(this.undoTimer);
    this.channel?.stop();
    this.channel = null;
  }

  override renderedCallback(): void {
    const card = this.card;
    if (!card || card.id === this.painted) return;
    this.painted = card.id;
    // The second frame begins when the first is on screen: the service measures what a person waited.
    requestAnimationFrame(() => requestAnimationFrame(() => this.channel?.painted(card.id)));
  }

  open(): void {
    this.channel?.stop();
    this.channel = null;
    this.shown = nothingShown;
    this.refused = null;
    this.link = 'connecting';
    if (!this.heldCallId) return;
    this.channel = new Channel(this.heldCallId, {
      seq: () => this.shown.seq,
      frame: (frame) => this.show(foldFrame(this.shown, frame)),
      view: (view) => {
        this.measuredAtMs = Date.now();
        this.show(foldView(this.shown, view));
      },
      link: (link) => {
        this.link = link;
      },
      refused: (refusal) => {
        this.refused = refusal;
        this.channel?.stop();
      },
    });
    this.channel.start();
  }

  show(shown: Shown): void {
    const endedNow = shown.ended && !this.shown.ended;
    this.shown = shown;
    if (!endedNow) return;
    this.channel?.stop();
    this.dispatchEvent(new CustomEvent('ended', { detail: { callId: this.heldCallId } }));
  }

  get heading(): string {
    const { elapsedMs, customerName } = this.shown;
    const time = elapsedMs === null ? '' : ` · ${clock(elapsedMs + Math.max(0, this.nowMs - this.measuredAtMs))}`;
    return `${words.liveTitle}${time}${customerName ? ` · ${customerName}` : ''}`;
  }

  get card(): Shown['card'] {
    const card = this.shown.card;
    // A poll may still carry the card the rep has just put away.
    return card && !this.settled.includes(card.id) ? card : null;
  }

  /** What the last press did, for as long as it can be undone. */
  get doneLine(): string {
    return this.done ? DONE[this.done.action] : '';
  }

  get past(): PastCard[] {
    return this.shown.past;
  }

  get consentWord(): string {
    return CONSENTS[this.shown.consent];
  }

  get consentClass(): string {
    return `consent ${this.shown.consent}`;
  }

  get asksConsent(): boolean {
    return this.shown.consent === 'unknown' || this.shown.consent === 'announced' || this.shown.consent === 'expired';
  }

  /** Who comes late is asked before anything more is heard. */
  get askLine(): string {
    return this.hasJoined ? words.joinedAsk : words.consentAsk;
  }

  get mayJoin(): boolean {
    return this.shown.consent === 'granted';
  }

  get isOff(): boolean {
    return this.shown.consent === 'refused';
  }

  get listens(): boolean {
    return !this.card && this.shown.consent === 'granted';
  }

  get linkLine(): string {
    if (this.link === 'polling') return words.linkPolling;
    return this.link === 'connecting' ? words.linkConnecting : '';
  }

  /** With its speaker where one microphone hears everybody: a number while nobody is sure whose voice it is. */
  get heard(): string {
    const { heard, of } = this.shown;
    if (!of?.speaker || heard === '') return heard;
    const who = of.isGuess ? fill(GUESSES[of.role], of.speaker) : SIDES[of.role];
    return fill(words.heardBy, who, heard);
  }

  get talk(): string {
    const share = this.shown.talkShareRep;
    return share === null ? '' : fill(words.talkShare, Math.round(share * 100));
  }

  get spent(): string {
    const { speechSeconds, usd } = this.shown.spend ?? {};
    if (!speechSeconds || usd === undefined) return '';
    return fill(words.liveSpend, Math.round(speechSeconds / 6) / 10, usd.toFixed(3));
  }

  get talkStyle(): string {
    return `inline-size: ${Math.round((this.shown.talkShareRep ?? 0) * 100)}%`;
  }

  handleGranted(): void {
    void this.tellConsent('granted');
  }

  handleRefused(): void {
    void this.tellConsent('refused');
  }

  /** A no is final, unless who said it takes it back. */
  handleBack(): void {
    void this.tellConsent('granted', true);
  }

  handleJoined(): void {
    void this.tellConsent('joined');
  }

  async handlePrivate(): Promise<void> {
    if (await this.press('private')) this.isPrivate = true;
  }

  async handleDestroy(): Promise<void> {
    if (await this.press('destroy')) this.shown = { ...this.shown, ended: true, card: null, heard: '' };
  }

  handleTouch({ detail: { cardId, action } }: CustomEvent<{ cardId: string; action: FeedbackAction }>): void {
    if (isPutAway(action)) this.putAway(cardId, action);
    else {
      if (action !== 'why') this.shown = withPin(this.shown, cardId, action === 'pinned');
      this.feedback(cardId, action);
    }
  }

  handleUndo(): void {
    if (!this.done) return;
    const { cardId } = this.done;
    this.settled = this.settled.filter((id) => id !== cardId);
    this.closeUndo();
    this.feedback(cardId, 'undone');
  }

  handleUnpin({ detail: { cardId } }: CustomEvent<{ cardId: string }>): void {
    this.shown = withPin(this.shown, cardId, false);
    this.feedback(cardId, 'unpinned');
  }

  handleTick({ detail: { id, done } }: CustomEvent<{ id: string; done: boolean }>): void {
    this.shown = withTick(this.shown, id, done);
    this.say('step', { id, done }, { type: 'step', id, done });
  }

  handleQuiet({ detail: { quiet } }: CustomEvent<{ quiet: Quiet }>): void {
    this.shown = { ...this.shown, quiet };
    this.say('quiet', { quiet }, { type: 'quiet', quiet });
  }

  handleRetry(): void {
    this.open();
  }

  putAway(cardId: string, action: PutAway): void {
    // Cards are few; the newest twenty are enough to know again.
    this.settled = [...this.settled.slice(-19), cardId];
    this.closeUndo();
    this.done = { cardId, action };
    this.undoTimer = setTimeout(() => this.closeUndo(), UNDO_MS);
    this.feedback(cardId, action);
  }

  closeUndo(): void {
    clearTimeout(this.undoTimer);
    this.done = null;
  }

  feedback(cardId: string, action: FeedbackAction): void {
    this.say('feedback', { cardId, action }, { type: 'feedback', cardId, action });
  }

  /** Over the socket where one is open, else through Apex. */
  say(verb: 'feedback' | 'step' | 'quiet', body: object, up: GuidanceUp): void {
    if (this.channel?.send(up)) return;
    const path = `/v1/calls/${this.heldCallId}/${verb}`;
    this.last = this.last.then(() => callEdge('POST', path, anything, { requestId: pressId(), ...body }));
  }

  /** True when the service has taken it. */
  async press(verb: 'private' | 'destroy'): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const reply = await callEdge('POST', `/v1/calls/${this.heldCallId}/${verb}`, anything, { requestId: pressId() });
    this.busy = false;
    if (!reply.ok) this.refused = reply;
    return reply.ok;
  }

  async tellConsent(answer: 'granted' | 'refused' | 'joined', takesBack = false): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    if (this.asked?.consent !== answer || takesBack)
      this.asked = { consent: answer, requestId: pressId(), ...(takesBack ? { takesBack } : {}) };
    const reply = await callEdge('POST', `/v1/calls/${this.heldCallId}/consent`, anything, this.asked);
    this.busy = false;
    if (!reply.ok) {
      this.refused = reply;
      return;
    }
    this.hasJoined = answer === 'joined';
    // Somebody may join twice: the next press is another one.
    if (answer === 'joined') this.asked = null;
    this.shown = { ...this.shown, consent: answer === 'joined' ? 'unknown' : answer };
  }
}

/** Long enough to notice a wrong press, shorter than the service waits. */
const UNDO_MS = 8000;

const DONE = {
  used: guideWords.doneUsed,
  dismissed: guideWords.doneDismissed,
  snoozed: guideWords.doneSnoozed,
  less: guideWords.doneLess,
  muted: guideWords.doneMuted,
  never: guideWords.doneNever,
};
type PutAway = keyof typeof DONE;
const isPutAway = (action: FeedbackAction): action is PutAway => action in DONE;

const CONSENTS: Record<Consent, string> = {
  unknown: words.consentUnknown,
  announced: words.consentAnnounced,
  granted: words.consentGranted,
  refused: words.consentRefused,
  expired: words.consentExpired,
};

const GUESSES = { rep: words.probablyYou, customer: words.probablyCustomer, other: '{0}' };

const SIDES = { rep: words.you, customer: words.customer, other: words.other };
