import type { Refused, Reply } from 'c/rosEdge';
import { objectOf } from 'c/rosEdge';
import { words } from 'c/rosWords';
import { LightningElement } from 'lwc';

/**
 * A card on a record page, its view kept fresh. A card declares `recordId` and `objectApiName` itself, as Salesforce looks for them in the
 * component's own file alone; each set is told here through `standOn`.
 */
export default abstract class RosRecord<View> extends LightningElement {
  words = words;
  /** Undefined until the first answer. */
  view: View | undefined;
  refused: Refused | null = null;
  asked = 0;
  timer: ReturnType<typeof setTimeout> | undefined;
  heldRecordId = '';
  heldObject = '';

  /** What the card shows, asked from the service; `record` is the path of the record. */
  abstract ask(record: string): Promise<Reply<View>>;

  /** Milliseconds until the next look, by what is shown now. */
  abstract get againMs(): number;

  /** A new view is about to be shown. */
  see(_view: View): void {}

  standOn(record: { id?: string; object?: string }): void {
    this.heldRecordId = record.id ?? this.heldRecordId;
    this.heldObject = record.object ?? this.heldObject;
    this.restart();
  }

  override connectedCallback(): void {
    void this.load();
  }

  override disconnectedCallback(): void {
    this.asked += 1;
    clearTimeout(this.timer);
  }

  restart(): void {
    if (!this.isConnected) return;
    this.view = undefined;
    this.refused = null;
    void this.load();
  }

  async load(): Promise<void> {
    clearTimeout(this.timer);
    this.asked += 1;
    const asked = this.asked;
    const object = objectOf(this.heldObject);
    if (!object) {
      this.refused = { ok: false, code: 'bad-request', what: words.elsewhere, todo: '' };
      return;
    }
    if (!this.heldRecordId) return;
    const reply = await this.ask(`/v1/record/${object}/${this.heldRecordId}`);
    // A late answer belongs to a record that is no longer shown.
    if (asked !== this.asked || !this.isConnected) return;
    if (reply.ok) this.show(reply.value);
    else if (this.view === undefined || reply.code !== 'trouble') this.refused = reply;
    this.timer = setTimeout(() => void this.load(), this.againMs);
  }

  show(view: View): void {
    this.refused = null;
    this.see(view);
    // The same view again must not redraw what somebody is reading or typing into.
    if (this.view === undefined || JSON.stringify(view) !== JSON.stringify(this.view)) this.view = view;
  }

  get loading(): boolean {
    return this.view === undefined && !this.refused;
  }

  handleAgain(): void {
    void this.load();
  }

  handleRetry(): void {
    this.restart();
  }
}
