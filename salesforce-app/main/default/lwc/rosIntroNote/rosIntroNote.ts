import type { IntroView } from 'c/rosContracts';
import { introView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { peopleWords } from 'c/rosPeopleWords';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** The note as it would be asked with. What is approved is what stands here, byte for byte. */
export default class RosIntroNote extends LightningElement {
  @api intro: IntroView | undefined;

  words = words;
  peopleWords = peopleWords;
  subject: string | undefined;
  body: string | undefined;
  done: IntroView | null = null;
  isCopied = false;
  refused: Refused | null = null;
  busy = false;
  requestId = pressId();

  get approved(): IntroView | null {
    return this.done ?? (this.intro && this.intro.state !== 'draft' ? this.intro : null);
  }

  get heading(): string {
    return fill(peopleWords.noteTitle, this.intro?.connector ?? '', this.intro?.target ?? '');
  }

  get shownSubject(): string {
    return this.subject ?? this.intro?.subject ?? '';
  }

  get shownBody(): string {
    return this.body ?? this.intro?.body ?? '';
  }

  get cites(): { key: string; line: string }[] {
    return (this.intro?.cites ?? []).map(({ text, source }) => ({ key: text, line: `“${text}” ${source}` }));
  }

  get nothingSent(): string {
    return fill(peopleWords.nothingSent, this.intro?.target ?? '', this.intro?.connector ?? '');
  }

  get approvedLine(): string {
    return `${this.isCopied ? `${words.copied} ` : ''}${fill(peopleWords.approved, this.intro?.connector ?? '')}`;
  }

  get mailto(): string {
    const { subject = '', body = '' } = this.approved ?? {};
    return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  }

  handleSubject(event: CustomEvent<{ value: string }>): void {
    this.subject = event.detail.value;
    this.requestId = pressId();
  }

  handleBody(event: CustomEvent<{ value: string }>): void {
    this.body = event.detail.value;
    this.requestId = pressId();
  }

  async handleApprove(): Promise<void> {
    if (!this.intro || this.busy) return;
    this.busy = true;
    this.refused = null;
    const reply = await callEdge('POST', `/v1/intros/${this.intro.id}/approve`, introView, {
      requestId: this.requestId,
      version: this.intro.version,
      subject: this.shownSubject,
      body: this.shownBody,
    });
    this.busy = false;
    // What was typed stays until it was taken.
    if (!reply.ok) this.refused = reply;
    else {
      this.done = reply.value;
      await this.handleCopy();
    }
  }

  async handleCopy(): Promise<void> {
    const { subject = '', body = '' } = this.approved ?? {};
    try {
      await navigator.clipboard.writeText(`${subject}\n\n${body}`);
      this.isCopied = true;
    } catch {
      this.isCopied = false;
    }
  }

  handleClose(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
