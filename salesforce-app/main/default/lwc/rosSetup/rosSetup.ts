import type { CaptureSource } from 'c/rosContracts';
import { sourcesView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { LightningElement } from 'lwc';

/** An admin agrees in another window: how soon that shows here. */
const AGAIN_MS = 5000;

/** The setup tab. Each part has a default; nothing has to be set before the first call. */
export default class RosSetup extends LightningElement {
  words = setupWords;
  sources: CaptureSource[] | null = null;
  refused: Refused | null = null;
  asked = 0;
  timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    void this.load();
  }

  override disconnectedCallback(): void {
    this.asked += 1;
    clearTimeout(this.timer);
  }

  get loading(): boolean {
    return this.sources === null && !this.refused;
  }

  /** A rep who connected nothing still has their own numbers. */
  get isNotYours(): boolean {
    return this.refused?.code === 'no-permission';
  }

  async load(): Promise<void> {
    clearTimeout(this.timer);
    this.asked += 1;
    const asked = this.asked;
    const reply = await callEdge('GET', '/v1/capture/sources', sourcesView);
    if (asked !== this.asked || !this.isConnected) return;
    if (reply.ok) {
      this.refused = null;
      // The same again must not redraw a question that somebody is answering.
      if (JSON.stringify(reply.value.sources) !== JSON.stringify(this.sources)) this.sources = reply.value.sources;
    } else if (this.sources === null || reply.code !== 'trouble') this.refused = reply;
    this.timer = setTimeout(() => void this.load(), AGAIN_MS);
  }

  handleChanged(): void {
    void this.load();
  }

  handleRetry(): void {
    this.refused = null;
    this.sources = null;
    void this.load();
  }
}
