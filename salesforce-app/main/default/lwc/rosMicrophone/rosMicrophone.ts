import type { Consent } from 'c/rosContracts';
import { listenView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, objectOf, pressId } from 'c/rosEdge';
import { words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';
import type { LineState } from './line';
import { MicrophoneLine } from './line';
import type { NoSound } from './microphone';
import { Microphone, microphones } from './microphone';

/** Where the call this window began is remembered, for a page that is loaded anew. */
const REMEMBERED = 'ros.microphone';

/** Hears a conversation through the rep's microphone, without leaving Salesforce. Fires `begun` with the call's id. */
export default class RosMicrophone extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  /** The call that runs now, if any. */
  @api callId = '';

  words = words;
  hears: 'rep' | 'everyone' = 'rep';
  microphone: Microphone | null = null;
  line: MicrophoneLine | null = null;
  state: LineState | null = null;
  consent: Consent = 'unknown';
  level = 0;
  devices: { value: string; label: string }[] = [];
  deviceId = '';
  trouble: NoSound | null = null;
  refused: Refused | null = null;
  busy = false;
  pressed: string | null = null;

  override disconnectedCallback(): void {
    this.line?.close();
    this.microphone?.close();
    this.line = null;
    this.microphone = null;
  }

  get isOn(): boolean {
    return this.line !== null;
  }

  /** Another call leaves nothing to start; our own goes on after the page was loaded anew. */
  get canStart(): boolean {
    return !this.isOn && objectOf(this.objectApiName) !== null && (!this.callId || this.callId === remembered());
  }

  get choices(): { value: string; label: string }[] {
    return [
      { value: 'rep', label: words.micRep },
      { value: 'everyone', label: words.micEveryone },
    ];
  }

  get canChoose(): boolean {
    return this.devices.length > 1;
  }

  get levelStyle(): string {
    return `inline-size: ${Math.round(this.level * 100)}%`;
  }

  get levelNow(): string {
    return String(Math.round(this.level * 100));
  }

  get sentence(): string {
    if (this.trouble) return TROUBLES[this.trouble];
    if (this.state === null) return '';
    return this.state === 'open' ? CONSENTS[this.consent] : STATES[this.state];
  }

  /** Where no microphone of Salesforce's will do, our own page may. */
  get offersPage(): boolean {
    return (
      !this.isOn &&
      (this.trouble === 'forbidden' || this.trouble === 'refused' || this.trouble === 'unsupported' || this.trouble === 'broken')
    );
  }

  handleHears(event: CustomEvent<{ value: string }>): void {
    this.hears = event.detail.value === 'everyone' ? 'everyone' : 'rep';
  }

  async handleStart(): Promise<void> {
    const object = objectOf(this.objectApiName);
    if (!object || this.busy) return;
    this.busy = true;
    this.refused = null;
    this.state = null;
    // First the microphone: a call that nobody can hear is not begun.
    if (await this.openMicrophone()) await this.begin(object);
    this.busy = false;
  }

  async handleDevice(event: CustomEvent<{ value: string }>): Promise<void> {
    await this.openMicrophone(event.detail.value);
    this.heed();
  }

  async handleStop(): Promise<void> {
    const { line, microphone } = this;
    this.microphone = null;
    // The last words are on their way before the goodbye.
    await microphone?.finish();
    line?.stop();
  }

  private async begin(object: string): Promise<void> {
    this.pressed ??= pressId();
    const microphone = { hears: this.hears, origin: window.location.origin };
    const body = { requestId: this.pressed, microphone };
    const reply = await callEdge('POST', `/v1/record/${object}/${this.recordId}/listen`, listenView, body);
    if (reply.ok || reply.code !== 'trouble') this.pressed = null;
    if (!reply.ok || !reply.value.microphone || !this.isConnected) {
      if (!reply.ok) this.refused = reply;
      this.closeMicrophone();
      return;
    }
    const { callId } = reply.value;
    remember(callId);
    this.line = new MicrophoneLine(reply.value.microphone, {
      state: (state) => this.follow(state),
      consent: (consent) => {
        this.consent = consent;
        this.heed();
      },
      beginAnew: () => {
        this.microphone?.pause();
        this.heed();
      },
      beginNext: () => this.microphone?.record(),
    });
    this.state = 'connecting';
    this.line.start();
    this.dispatchEvent(new CustomEvent('begun', { detail: { callId } }));
  }

  /** Another device that does not work leaves the one that does. */
  private async openMicrophone(deviceId?: string): Promise<boolean> {
    const opened = await Microphone.open(deviceId, {
      piece: (piece) => this.line?.send(piece),
      level: (level) => {
        this.level = level;
      },
      ended: (why) => {
        this.trouble = why;
        this.microphone = null;
        this.level = 0;
      },
    });
    if (typeof opened === 'string') {
      this.trouble = opened;
      return false;
    }
    this.closeMicrophone();
    this.trouble = null;
    this.microphone = opened;
    this.devices = await microphones();
    this.deviceId = opened.deviceId ?? '';
    return true;
  }

  /** Records exactly while there is consent: before it not a byte is made. */
  private heed(): void {
    if (!this.microphone) return;
    if (this.consent !== 'granted') this.microphone.pause();
    else if (!this.microphone.isRecording) this.microphone.record();
  }

  private follow(state: LineState): void {
    this.state = state;
    if (state === 'connecting' || state === 'open' || state === 'cut') return;
    this.line = null;
    this.consent = 'unknown';
    this.closeMicrophone();
    if (state === 'ended' || state === 'too-long') remember('');
  }

  private closeMicrophone(): void {
    this.microphone?.close();
    this.microphone = null;
    this.level = 0;
  }
}

function remembered(): string {
  try {
    return sessionStorage.getItem(REMEMBERED) ?? '';
  } catch {
    return '';
  }
}

function remember(callId: string): void {
  try {
    sessionStorage.setItem(REMEMBERED, callId);
  } catch {
    // A browser that keeps nothing: loaded anew, the page starts anew.
  }
}

const STATES: Record<Exclude<LineState, 'open'>, string> = {
  connecting: words.micConnecting,
  cut: words.micCut,
  ended: words.micEnded,
  'taken-over': words.micTaken,
  'too-long': words.micTooLong,
  lost: words.micLost,
};

const CONSENTS: Record<Consent, string> = {
  unknown: words.micWaiting,
  announced: words.micWaiting,
  granted: words.micHeard,
  refused: words.micOff,
  expired: words.micWaiting,
};

const TROUBLES: Record<NoSound, string> = {
  forbidden: words.micForbidden,
  refused: words.micRefused,
  none: words.micNone,
  busy: words.micBusy,
  unsupported: words.micUnsupported,
  lost: words.micGone,
  broken: words.micBroken,
};
