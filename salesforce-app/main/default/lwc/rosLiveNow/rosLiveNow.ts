import type { TeamPageView } from 'c/rosContracts';
import { teamPageView, teamWords } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { LightningElement } from 'lwc';

/** For who leads a team: the page of its running calls. Its address opens once, so each press asks for one. */
export default class RosLiveNow extends LightningElement {
  words = teamWords;
  busy = false;
  refused: Refused | null = null;
  page: TeamPageView | null = null;

  async handleOpen(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refused = null;
    const reply = await callEdge('POST', '/v1/live/ticket', teamPageView, { requestId: pressId() });
    this.busy = false;
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
