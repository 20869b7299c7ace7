import userId from '@salesforce/user/Id';
import type { Ask, ChangeItem, UndoView } from 'c/rosContracts';
import { changeItem, undoView } from 'c/rosContracts';
import type { Refused, Reply } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import RosEmailEditor from 'c/rosEmailEditor';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';
import type { ChangeLines } from './lines';
import { canUndo, linesOf, stateWord, undoTrouble, writtenLine } from './lines';

const NAME_CHARS_MAX = 120;

type Verb = 'approve' | 'decline' | 'undo';

/**
 * One change: was, will be, why, the person's yes or no, and the way back. Fires `decided` with the change as it stands then,
 * and `stale` when somebody else was faster.
 */
export default class RosChange extends LightningElement {
  @api get change(): ChangeItem | undefined {
    return this.item;
  }

  set change(change: ChangeItem | undefined) {
    if (change?.id !== this.item?.id) {
      this.pressed = null;
      this.refused = null;
    }
    this.item = change;
    this.sayAgain();
  }

  /** What takes it back, once somebody pressed. */
  @api get undo(): ChangeItem | undefined {
    return this.undoItem;
  }

  set undo(undo: ChangeItem | undefined) {
    this.undoItem = undo;
    this.sayAgain();
  }

  /** Leaves out reason and proof where they already stand above it. */
  @api compact = false;

  words = words;
  item: ChangeItem | undefined;
  undoItem: ChangeItem | undefined;
  refused: Refused | null = null;
  busy = false;
  line = '';
  /** The new state for those who listen: the pressed button is gone by then. */
  said = '';
  /** The change that was pressed here last. */
  told = '';
  refocus = false;
  pressed: { verb: Verb; requestId: string } | null = null;

  override renderedCallback(): void {
    if (!this.refocus) return;
    this.refocus = false;
    this.takeFocus();
  }

  get lines(): ChangeLines {
    return this.item ? linesOf(this.item.body) : { title: '', icon: 'utility:edit', was: '', willBe: '', detail: '' };
  }

  get state(): string {
    return this.item ? stateWord(this.item, this.undoItem) : '';
  }

  get waits(): boolean {
    return this.item?.state === 'waiting' && this.item.policy !== 'never';
  }

  get isParked(): boolean {
    return this.item?.state === 'parked' && this.item.policy !== 'never';
  }

  get isOpen(): boolean {
    return this.waits || this.isParked;
  }

  get asks(): readonly Ask[] | undefined {
    return this.isOpen && this.item?.asks?.length ? this.item.asks : undefined;
  }

  get canUndo(): boolean {
    return !this.compact && this.item !== undefined && canUndo(this.item, this.undoItem, Date.now());
  }

  get written(): string {
    return this.item && !this.compact ? writtenLine(this.item, userId) : '';
  }

  get notUndone(): string {
    return this.item && !this.compact ? undoTrouble(this.item, this.undoItem) : '';
  }

  /** Many buttons of a page say the same; this says which change they are for. */
  get name(): string {
    const { title, willBe } = this.lines;
    return willBe === '' || willBe.length > NAME_CHARS_MAX ? title : `${title}: ${willBe}`;
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
    if (this.isParked) return words.retryChange;
    return this.isMail ? words.reviewCopy : words.approve;
  }

  get declineLabel(): string {
    if (this.isParked) return words.discard;
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

  /** Approves it as if its button was pressed; a mail is left for its own window, a question for its own form. */
  @api async approve(): Promise<void> {
    if (this.waits && !this.isMail && !this.asks) await this.decide('approve');
  }

  handleDecline(): void {
    void this.decide('decline');
  }

  handleApprove(): void {
    if (this.isMail) void this.reviewMail();
    else if (this.form?.check() !== false) void this.decide('approve');
  }

  handleUndo(): void {
    void this.decide('undo');
  }

  /** Other values are another press. */
  handleGiven(): void {
    this.pressed = null;
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

  async decide(verb: Verb): Promise<void> {
    if (!this.item || this.busy) return;
    this.busy = true;
    this.line = '';
    this.refused = null;
    // The same press tried again keeps its id, so the service counts it once.
    if (this.pressed?.verb !== verb) this.pressed = { verb, requestId: pressId() };
    const reply = await this.send(this.item, verb, this.pressed.requestId);
    this.busy = false;
    if (!reply.ok) {
      // A press that was answered with no is over; one whose answer was lost is not.
      if (reply.code !== 'trouble') this.pressed = null;
      this.refused = reply;
      return;
    }
    this.pressed = null;
    this.item = reply.value.change;
    if (verb === 'undo') this.undoItem = reply.value.undo;
    this.tell(reply.value.change);
  }

  async send({ id, version }: ChangeItem, verb: Verb, requestId: string): Promise<Reply<UndoView>> {
    if (verb === 'undo') return callEdge('POST', `/v1/changes/${id}/undo`, undoView, { requestId });
    const values = verb === 'approve' ? this.form?.values : undefined;
    const reply = await callEdge('POST', `/v1/changes/${id}/${verb}`, changeItem, { requestId, version, ...(values ? { values } : {}) });
    return reply.ok ? { ok: true, value: { change: reply.value } } : reply;
  }

  get form(): { values: Record<string, string>; check(): boolean } | null {
    return (this.template?.querySelector('c-ros-asks') ?? null) as unknown as { values: Record<string, string>; check(): boolean } | null;
  }

  /** The mail's window took the focus from its button. */
  takeFocus(): void {
    this.template?.querySelector<HTMLElement>('lightning-button')?.focus();
  }

  /** Where a pressed change stands is said whenever it moves on. */
  sayAgain(): void {
    if (this.item && this.item.id === this.told) this.said = this.state;
  }

  tell(change: ChangeItem): void {
    this.told = change.id;
    this.sayAgain();
    this.dispatchEvent(new CustomEvent('decided', { detail: change }));
  }
}
