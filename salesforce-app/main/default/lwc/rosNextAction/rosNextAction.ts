import type { ChangeItem, NextView } from 'c/rosContracts';
import { nextView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, objectOf, pollAfter } from 'c/rosEdge';
import { fill, words } from 'c/rosWords';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { api, LightningElement } from 'lwc';

/** A call may start while the card is open. */
const LOOK_AGAIN_MS = 8000;

/** The one thing to do next on this record. While a call runs it becomes the live card. */
export default class RosNextAction extends LightningElement {
  words = words;
  view: NextView | null = null;
  refused: Refused | null = null;
  asked = 0;
  callEnded = false;
  timer: ReturnType<typeof setTimeout> | undefined;
  heldRecordId = '';
  heldObject = '';

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(recordId: string) {
    this.heldRecordId = recordId;
    this.restart();
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(objectApiName: string) {
    this.heldObject = objectApiName;
    this.restart();
  }

  override connectedCallback(): void {
    void this.load();
  }

  override disconnectedCallback(): void {
    this.asked += 1;
    clearTimeout(this.timer);
  }

  restart(): void {
    if (!this.isConnected) return;
    this.view = null;
    this.refused = null;
    void this.load();
  }

  async load(): Promise<void> {
    clearTimeout(this.timer);
    this.asked += 1;
    const asked = this.asked;
    const object = objectOf(this.heldObject);
    if (!object) {
      this.refused = { ok: false, code: 'bad-request', what: words.elsewhere, todo: '' };
      return;
    }
    if (!this.heldRecordId) return;
    const reply = await callEdge('GET', `/v1/record/${object}/${this.heldRecordId}/next`, nextView);
    // A late answer belongs to a record that is no longer shown.
    if (asked !== this.asked || !this.isConnected) return;
    if (reply.ok) this.show(reply.value);
    else if (!this.view || reply.code !== 'trouble') this.refused = reply;
    this.timer = setTimeout(() => void this.load(), this.againMs);
  }

  show(view: NextView): void {
    this.refused = null;
    if (view.state !== 'live') this.callEnded = false;
    // The same view again must not redraw what somebody is reading or typing into.
    if (JSON.stringify(view) !== JSON.stringify(this.view)) this.view = view;
  }

  get againMs(): number {
    if (this.view?.state === 'working') return pollAfter(this.view.pollMs);
    // The live card heard the end first; the service will say `working` in a moment.
    return this.view?.state === 'live' && this.callEnded ? pollAfter(0) : LOOK_AGAIN_MS;
  }

  get loading(): boolean {
    return !this.view && !this.refused;
  }

  get live(): Extract<NextView, { state: 'live' }> | null {
    return this.view?.state === 'live' && !this.refused ? this.view : null;
  }

  get working(): string {
    return this.view?.state === 'working' ? fill(words.working, this.view.call.customerName) : '';
  }

  get next(): Extract<NextView, { state: 'next' }> | null {
    return this.view?.state === 'next' ? this.view : null;
  }

  get after(): string {
    return this.next && this.next.after > 0 ? fill(words.after, this.next.after) : '';
  }

  get clear(): string {
    return this.view?.state === 'clear' ? this.view.line : '';
  }

  handleEnded(): void {
    this.callEnded = true;
    void this.load();
  }

  handleAgain(): void {
    void this.load();
  }

  handleRetry(): void {
    this.restart();
  }

  handleDecided(event: CustomEvent<ChangeItem>): void {
    void notifyRecordUpdateAvailable([{ recordId: event.detail.record.id }]);
    void this.load();
  }
}
