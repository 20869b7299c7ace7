import type { ChangeItem } from 'c/rosContracts';
import { changeItem } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import RosEmailEditor from 'c/rosEmailEditor';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';
import type { ChangeLines } from './lines';
import { linesOf, stateWord } from './lines';

/**
 * One change: was, will be, why, and the person's yes or no. Fires `decided` with the change as it stands then,
 * and `stale` when somebody else was faster.
 */
export default class RosChange extends LightningElement {
  @api get change(): ChangeItem | undefined {
    return this.item;
  }

  set change(change: ChangeItem | undefined) {
    this.item = change;
  }

  /** Leaves out reason and proof where they already stand above it. */
  @api compact = false;

  words = words;
  item: ChangeItem | undefined;
  refused: Refused | null = null;
  busy = false;
  line = '';
  /** The new state for those who listen: the pressed button is gone by then. */
  said = '';
  refocus = false;
  pressed: { verb: 'approve' | 'decline'; requestId: string } | null = null;

  override renderedCallback(): void {
    if (!this.refocus) return;
    this.refocus = false;
    this.takeFocus();
  }

  get lines(): ChangeLines {
    return this.item ? linesOf(this.item.body) : { title: '', icon: 'utility:edit', was: '', willBe: '', detail: '' };
  }

  get state(): string {
    return this.item ? stateWord(this.item.state) : '';
  }

  get waits(): boolean {
    return this.item?.state === 'waiting' && this.item.policy !== 'never';
  }

  get isMail(): boolean {
    return this.item?.body.kind === 'draft-email';
  }

  get canCopy(): boolean {
    return this.isMail && this.item?.state === 'approved';
  }

  /** An approved mail stays in sight, for a browser that does not let us copy it. */
  get mailText(): string {
    return this.item?.body.kind === 'draft-email' ? this.item.body.body : '';
  }

  get approveLabel(): string {
    return this.isMail ? words.reviewCopy : words.approve;
  }

  get declineLabel(): string {
    return this.compact ? words.decline : words.declineChange;
  }

  get proof(): ChangeItem['evidence'][number] | undefined {
    return this.compact ? undefined : this.item?.evidence[0];
  }

  get reason(): string {
    return this.compact ? '' : (this.item?.reason ?? '');
  }

  get notWritten(): string {
    return this.item?.state === 'parked' ? fill(words.notWritten, this.item.trouble ?? '') : '';
  }

  /** Approves it as if its button was pressed; a mail is left for its own window. */
  @api async approve(): Promise<void> {
    if (this.waits && !this.isMail) await this.decide('approve');
  }

  handleDecline(): void {
    void this.decide('decline');
  }

  handleApprove(): void {
    if (this.isMail) void this.reviewMail();
    else void this.decide('approve');
  }

  handleRetry(): void {
    if (this.refused?.code === 'stale') this.dispatchEvent(new CustomEvent('stale'));
    else if (this.pressed) void this.decide(this.pressed.verb);
    this.refused = null;
  }

  async handleCopy(): Promise<void> {
    const mail = this.item?.body;
    if (mail?.kind !== 'draft-email') return;
    try {
      await navigator.clipboard.writeText(`${mail.subject}\n\n${mail.body}`);
      this.line = words.copied;
    } catch {
      this.line = words.copyFailed;
    }
  }

  async reviewMail(): Promise<void> {
    const approved = changeItem.safeParse(await RosEmailEditor.open({ size: 'small', label: words.emailTitle, change: this.item }));
    if (!approved.success) {
      this.takeFocus();
      return;
    }
    // Its button is about to change; the new one gets the focus once it is there.
    this.refocus = true;
    this.item = approved.data;
    await this.handleCopy();
    this.tell(approved.data);
  }

  async decide(verb: 'approve' | 'decline'): Promise<void> {
    if (!this.item || this.busy) return;
    this.busy = true;
    this.refused = null;
    // The same press tried again keeps its id, so the service counts it once.
    if (this.pressed?.verb !== verb) this.pressed = { verb, requestId: pressId() };
    const reply = await callEdge('POST', `/v1/changes/${this.item.id}/${verb}`, changeItem, {
      requestId: this.pressed.requestId,
      version: this.item.version,
    });
    this.busy = false;
    if (!reply.ok) {
      this.refused = reply;
      return;
    }
    this.pressed = null;
    this.item = reply.value;
    this.tell(reply.value);
  }

  /** The mail's window took the focus from its button. */
  takeFocus(): void {
    this.template?.querySelector<HTMLElement>('lightning-button')?.focus();
  }

  tell(change: ChangeItem): void {
    this.said = stateWord(change.state);
    this.dispatchEvent(new CustomEvent('decided', { detail: change }));
  }
}
