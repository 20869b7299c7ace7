import type { NeverRecord } from 'c/rosContracts';
import { neverRecordView, readNeverRecord, writeNeverRecord } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { LightningElement } from 'lwc';

const PATH = '/v1/settings/never-record';

/** Whom nobody hears, as one list. */
export default class RosNeverRecord extends LightningElement {
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
    const reply = await callEdge('GET', PATH, neverRecordView);
    if (!this.isConnected) return;
    if (reply.ok) this.show(reply.value);
    else this.refused = reply;
  }

  show(kept: NeverRecord): void {
    this.text = writeNeverRecord(kept);
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    this.saved = false;
  }

  async handleSave(): Promise<void> {
    if (this.busy || this.text === null) return;
    this.busy = true;
    const reply = await callEdge('PUT', PATH, neverRecordView, { requestId: pressId(), ...readNeverRecord(this.text) });
    this.busy = false;
    this.saved = reply.ok;
    if (reply.ok) this.show(reply.value);
    else this.refused = reply;
  }

  /** What was typed stays where it can be sent again. */
  handleRetry(): void {
    this.refused = null;
    if (this.text === null) void this.load();
  }
}
