import { ownWordsView, readOwnWords, writeOwnWords } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { LightningElement } from 'lwc';

const PATH = '/v1/settings/words';

/** Names that are heard right because we were told them. */
export default class RosOwnWords extends LightningElement {
  words = setupWords;
  text: string | null = null;
  busy = false;
  saved = false;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.text === null;
  }

  get line(): string {
    return this.saved ? setupWords.saved : '';
  }

  async load(): Promise<void> {
    this.refused = null;
    const reply = await callEdge('GET', PATH, ownWordsView);
    if (!this.isConnected) return;
    if (reply.ok) this.text = writeOwnWords(reply.value);
    else this.refused = reply;
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    this.saved = false;
  }

  async handleSave(): Promise<void> {
    if (this.busy || this.text === null) return;
    this.busy = true;
    const reply = await callEdge('PUT', PATH, ownWordsView, { requestId: pressId(), ...readOwnWords(this.text) });
    this.busy = false;
    this.saved = reply.ok;
    if (reply.ok) this.text = writeOwnWords(reply.value);
    else this.refused = reply;
  }

  /** What was typed stays where it can be sent again. */
  handleRetry(): void {
    this.refused = null;
    if (this.text === null) void this.load();
  }
}
