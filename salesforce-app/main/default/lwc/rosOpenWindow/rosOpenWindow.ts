import type { WindowView } from 'c/rosContracts';
import { windowView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** The live window beside the call: a press, then the link to our page. Its address opens once, so each press asks for one. */
export default class RosOpenWindow extends LightningElement {
  words = words;
  busy = false;
  refused: Refused | null = null;
  page: WindowView | null = null;
  heldCallId = '';

  @api get callId(): string {
    return this.heldCallId;
  }

  /** Another call's window is no way into this one. */
  set callId(callId: string) {
    if (callId === this.heldCallId) return;
    this.heldCallId = callId;
    this.page = null;
    this.refused = null;
  }

  async handleOpen(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refused = null;
    const asked = this.heldCallId;
    const reply = await callEdge('POST', `/v1/calls/${asked}/window`, windowView, { requestId: pressId() });
    this.busy = false;
    if (asked !== this.heldCallId) return;
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
