import { LightningElement } from 'lwc';

/** Stands in for lightning/modal, which sfdx-lwc-jest has no stub of. */
export default class LightningModal extends LightningElement {
  static opened: Record<string, unknown>[] = [];
  static answer: unknown;

  static open(options: Record<string, unknown>): Promise<unknown> {
    LightningModal.opened.push(options);
    return Promise.resolve(LightningModal.answer);
  }

  close(result?: unknown): void {
    this.dispatchEvent(new CustomEvent('closed', { detail: result }));
  }
}
