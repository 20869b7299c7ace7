import type { ChangeItem } from 'c/rosContracts';
import { changeItem } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { fill, words } from 'c/rosWords';
import LightningModal from 'lightning/modal';
import { api } from 'lwc';

/** The follow-up mail over the page: edit, then approve byte for byte. Closes with the approved change, or with nothing. */
export default class RosEmailEditor extends LightningModal {
  @api change: ChangeItem | undefined;

  words = words;
  subject: string | undefined;
  body: string | undefined;
  refused: Refused | null = null;
  busy = false;
  requestId = pressId();

  get mail(): { to: readonly string[]; subject: string; body: string } {
    return this.change?.body.kind === 'draft-email' ? this.change.body : { to: [], subject: '', body: '' };
  }

  get to(): string {
    return fill(words.emailTo, this.mail.to.join(', '));
  }

  get shownSubject(): string {
    return this.subject ?? this.mail.subject;
  }

  get shownBody(): string {
    return this.body ?? this.mail.body;
  }

  handleSubject(event: CustomEvent<{ value: string }>): void {
    this.subject = event.detail.value;
    this.requestId = pressId();
  }

  handleBody(event: CustomEvent<{ value: string }>): void {
    this.body = event.detail.value;
    this.requestId = pressId();
  }

  handleCancel(): void {
    this.close();
  }

  async handleApprove(): Promise<void> {
    if (!this.change || this.busy) return;
    this.busy = true;
    const email = { subject: this.shownSubject, body: this.shownBody };
    const reply = await callEdge('POST', `/v1/changes/${this.change.id}/approve`, changeItem, {
      requestId: this.requestId,
      version: this.change.version,
      email,
    });
    this.busy = false;
    if (reply.ok) this.close(reply.value);
    // The window stays open, so nothing that was typed is lost.
    else this.refused = reply;
  }
}
