import type { SpeakersAsk } from 'c/rosContracts';
import { speakersView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { api, LightningElement } from 'lwc';

/** One microphone heard everybody, and we are not sure whose voice is whose: one sentence, a button for each voice. Fires `said`. */
export default class RosWhoIsWho extends LightningElement {
  @api callId = '';
  @api ask: SpeakersAsk = { text: '', options: [] };

  busy = false;
  refused: Refused | null = null;
  pressed: { rep: string; requestId: string } | null = null;

  async handlePick(event: Event): Promise<void> {
    const { rep } = (event.currentTarget as HTMLElement).dataset;
    if (!rep || this.busy) return;
    // A press whose answer was lost is repeated under its own id.
    this.pressed = this.pressed?.rep === rep ? this.pressed : { rep, requestId: pressId() };
    this.busy = true;
    this.refused = null;
    const reply = await callEdge('POST', `/v1/calls/${this.callId}/speakers`, speakersView, this.pressed);
    this.busy = false;
    if (reply.ok || reply.code !== 'trouble') this.pressed = null;
    if (reply.ok) this.dispatchEvent(new CustomEvent('said'));
    else this.refused = reply;
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('said'));
  }
}
