import ask from '@salesforce/label/c.ROS_Ask_Call';
import askGo from '@salesforce/label/c.ROS_Ask_Call_Go';
import askLabel from '@salesforce/label/c.ROS_Ask_Call_Label';
import askSource from '@salesforce/label/c.ROS_Ask_Call_Source';
import type { CallAnswer } from 'c/rosContracts';
import { callAnswer } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, clock, pressId } from 'c/rosEdge';
import { fill } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** Asks this call what was said on it; the answer stands on its own words. */
export default class RosAskCall extends LightningElement {
  words = { ask, askGo, askLabel };
  question = '';
  busy = false;
  refused: Refused | null = null;
  told: CallAnswer | null = null;
  heldCallId = '';

  @api get callId(): string {
    return this.heldCallId;
  }

  /** Another call's answer is none of this one's. */
  set callId(callId: string) {
    if (callId === this.heldCallId) return;
    this.heldCallId = callId;
    this.told = null;
    this.refused = null;
  }

  get sources(): { key: string; line: string }[] {
    const said = this.told?.sources ?? [];
    return said.map(({ atMs, speaker, quote }) => ({ key: `${atMs} ${quote}`, line: fill(askSource, clock(atMs), speaker, quote) }));
  }

  handleQuestion(event: CustomEvent<{ value: string }>): void {
    this.question = event.detail.value;
  }

  async handleAsk(): Promise<void> {
    const question = this.question.trim();
    if (this.busy || question === '') return;
    this.busy = true;
    this.refused = null;
    const asked = this.heldCallId;
    const reply = await callEdge('POST', `/v1/calls/${asked}/ask`, callAnswer, { requestId: pressId(), question });
    this.busy = false;
    if (asked !== this.heldCallId) return;
    if (reply.ok) this.told = reply.value;
    else this.refused = reply;
  }
}
