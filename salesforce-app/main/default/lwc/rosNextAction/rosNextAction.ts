import type { ChangeItem, NextView } from 'c/rosContracts';
import { nextView } from 'c/rosContracts';
import type { Reply } from 'c/rosEdge';
import { callEdge, pollAfter } from 'c/rosEdge';
import RosRecord from 'c/rosRecord';
import { fill, words } from 'c/rosWords';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { api } from 'lwc';

/** A call may start while the card is open. */
const LOOK_AGAIN_MS = 8000;

/** The one thing to do next on this record. While a call runs it becomes the live card. */
export default class RosNextAction extends RosRecord<NextView> {
  callEnded = false;

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(id: string) {
    this.standOn({ id });
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(object: string) {
    this.standOn({ object });
  }

  ask(record: string): Promise<Reply<NextView>> {
    return callEdge('GET', `${record}/next`, nextView);
  }

  override see({ state }: NextView): void {
    if (state !== 'live') this.callEnded = false;
  }

  get againMs(): number {
    if (this.view?.state === 'working') return pollAfter(this.view.pollMs);
    // The live card heard the end first; the service will say `working` in a moment.
    return this.view?.state === 'live' && this.callEnded ? pollAfter(0) : LOOK_AGAIN_MS;
  }

  get live(): Extract<NextView, { state: 'live' }> | null {
    return this.view?.state === 'live' && !this.refused ? this.view : null;
  }

  /** Once we know what the record shows; what is being understood is not the moment. */
  get canListen(): boolean {
    return !this.refused && (this.live !== null || this.next !== null || this.view?.state === 'clear');
  }

  /** The record's meeting within the hour: its brief comes first. */
  get meetingAt(): string | undefined {
    return this.view?.state === 'next' || this.view?.state === 'clear' ? this.view.meetingAt : undefined;
  }

  get briefFirst(): boolean {
    return !this.refused && this.meetingAt !== undefined;
  }

  /** Between calls alone; in the middle of one a brief would be in the way. */
  get briefLast(): boolean {
    return !this.refused && this.meetingAt === undefined && (this.next !== null || this.view?.state === 'clear');
  }

  get isTalking(): boolean {
    return this.live !== null;
  }

  get liveCallId(): string {
    return this.live?.callId ?? '';
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

  handleDecided(event: CustomEvent<ChangeItem>): void {
    void notifyRecordUpdateAvailable([{ recordId: event.detail.record.id }]);
    void this.load();
  }
}
