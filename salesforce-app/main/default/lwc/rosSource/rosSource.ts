import type { CaptureSource, ConnectView } from 'c/rosContracts';
import { connectView, disconnectView } from 'c/rosContracts';
import type { Refused, Reply } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { fill } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** One place that calls come from: where it stands, and a press where a press is enough. Fires `changed`. */
export default class RosSource extends LightningElement {
  @api source: CaptureSource | null = null;

  words = setupWords;
  asked = false;
  busy = false;
  refused: Refused | null = null;
  page: ConnectView | null = null;

  get name(): string {
    return this.source ? setupWords[this.source.source] : '';
  }

  get state(): string {
    return this.source ? STATES[this.source.state] : '';
  }

  /** What the service calls the platform; null for what is not connected with a press. */
  get platform(): 'zoom' | 'graph' | null {
    if (!this.source || this.source.state === 'lacks') return null;
    if (this.source.source === 'zoom') return 'zoom';
    return this.source.source === 'teams' ? 'graph' : null;
  }

  get canEnd(): boolean {
    return this.source?.state === 'connected' || this.source?.state === 'needs-reconnect';
  }

  get variant(): string {
    return this.source?.state === 'connected' ? 'neutral' : 'brand';
  }

  get connectLabel(): string {
    return fill(this.source?.state === 'connected' ? setupWords.connectAgain : setupWords.connect, this.name);
  }

  get endLabel(): string {
    return fill(setupWords.disconnect, this.name);
  }

  get question(): string {
    return fill(setupWords.ask, this.name);
  }

  get goOnLabel(): string {
    return fill(setupWords.goOn, this.name);
  }

  handleAsk(): void {
    this.asked = true;
  }

  handleYes(): void {
    void this.connect(true);
  }

  handleNo(): void {
    void this.connect(false);
  }

  async handleEnd(): Promise<void> {
    const ended = await this.press(() => callEdge('DELETE', `/v1/connection/${this.platform}`, disconnectView));
    if (ended) this.dispatchEvent(new CustomEvent('changed'));
  }

  handleRetry(): void {
    this.refused = null;
    this.asked = false;
    this.dispatchEvent(new CustomEvent('changed'));
  }

  /** It opens once; the browser follows the link before it goes. */
  handleOpened(): void {
    setTimeout(() => {
      this.page = null;
      this.asked = false;
    });
  }

  async connect(recordingIsConsent: boolean): Promise<void> {
    const path = `/v1/connection/${this.platform}`;
    this.page = await this.press(() => callEdge('POST', path, connectView, { requestId: pressId(), recordingIsConsent }));
  }

  async press<T>(ask: () => Promise<Reply<T>>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    this.refused = null;
    const reply = await ask();
    this.busy = false;
    if (reply.ok) return reply.value;
    this.refused = reply;
    return null;
  }
}

const STATES: Record<CaptureSource['state'], string> = {
  connected: setupWords.connected,
  ready: setupWords.ready,
  open: setupWords.open,
  lacks: setupWords.lacks,
  'needs-reconnect': setupWords.again,
};
