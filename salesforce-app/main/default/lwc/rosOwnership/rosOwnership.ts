import { destroyView, privateView } from 'c/rosContracts';
import type { Refused, Reply, Shape } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** Whose a call is: its rep's alone, or nobody's any more. A destruction is asked once. Fires `changed`, and `destroyed` with what still stands. */
export default class RosOwnership extends LightningElement {
  @api callId = '';
  @api isPrivate = false;

  words = words;
  asked = false;
  busy = false;
  refused: Refused | null = null;
  /** A press whose answer was lost is repeated under its own id. */
  pressed: { verb: string; requestId: string } | null = null;

  get privacyLabel(): string {
    return this.isPrivate ? words.ownShare : words.ownPrivate;
  }

  handleAsk(): void {
    this.asked = true;
  }

  handleKeep(): void {
    this.asked = false;
    this.refused = null;
  }

  handleRetry(): void {
    this.refused = null;
    this.dispatchEvent(new CustomEvent('changed'));
  }

  async handlePrivacy(): Promise<void> {
    const reply = await this.press('private', privateView, { isPrivate: !this.isPrivate });
    if (reply?.ok) this.dispatchEvent(new CustomEvent('changed'));
  }

  async handleDestroy(): Promise<void> {
    const reply = await this.press('destroy', destroyView);
    if (reply?.ok) this.dispatchEvent(new CustomEvent('destroyed', { detail: reply.value }));
  }

  async press<T>(verb: 'private' | 'destroy', shape: Shape<T>, said: Record<string, unknown> = {}): Promise<Reply<T> | null> {
    if (this.busy) return null;
    this.busy = true;
    this.refused = null;
    if (this.pressed?.verb !== verb) this.pressed = { verb, requestId: pressId() };
    const { requestId } = this.pressed;
    const reply = await callEdge('POST', `/v1/calls/${this.callId}/${verb}`, shape, { requestId, ...said });
    this.busy = false;
    if (reply.ok || reply.code !== 'trouble') this.pressed = null;
    if (!reply.ok) this.refused = reply;
    return reply;
  }
}
