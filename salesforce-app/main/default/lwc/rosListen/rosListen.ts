import type { ListenView } from 'c/rosContracts';
import { listenView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, objectOf, pressId } from 'c/rosEdge';
import { words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** Starts listening in the rep's browser: a press, then the link to the page that hears the microphone and the meeting's tab. */
export default class RosListen extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  /** The call that runs on the record now, if any. */
  @api callId = '';

  words = words;
  busy = false;
  refused: Refused | null = null;
  page: ListenView | null = null;
  pressed: string | null = null;

  /** While another call runs there is nothing to start. */
  get canStart(): boolean {
    return !this.page && !this.callId && objectOf(this.objectApiName) !== null;
  }

  /** The page of a call that is over, or of another one, opens nothing. */
  get open(): ListenView | null {
    return this.page && (!this.callId || this.callId === this.page.callId) ? this.page : null;
  }

  async handleStart(): Promise<void> {
    const object = objectOf(this.objectApiName);
    if (!object || this.busy) return;
    this.busy = true;
    this.refused = null;
    this.pressed ??= pressId();
    const reply = await callEdge('POST', `/v1/record/${object}/${this.recordId}/listen`, listenView, { requestId: this.pressed });
    this.busy = false;
    if (reply.ok || reply.code !== 'trouble') this.pressed = null;
    if (reply.ok) this.page = reply.value;
    else this.refused = reply;
  }

  /** It opens once; the browser follows the link before it goes. */
  handleOpened(): void {
    setTimeout(() => {
      this.page = null;
    });
  }
}
