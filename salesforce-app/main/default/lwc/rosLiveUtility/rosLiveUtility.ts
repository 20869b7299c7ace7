import { nextView } from 'c/rosContracts';
import { callEdge, objectOf } from 'c/rosEdge';
import { words } from 'c/rosWords';
import { CurrentPageReference, type PageReference } from 'lightning/navigation';
import { LightningElement, wire } from 'lwc';

const LOOK_AGAIN_MS = 8000;

/** The utility bar's live guidance. It finds the call on the open record and stays with it when the rep walks on. */
export default class RosLiveUtility extends LightningElement {
  words = words;
  callId = '';
  page: PageReference | null = null;
  timer: ReturnType<typeof setTimeout> | undefined;
  asked = 0;

  @wire(CurrentPageReference)
  handlePage(page: PageReference | null): void {
    this.page = page;
    if (!this.callId) void this.look();
  }

  override disconnectedCallback(): void {
    this.asked += 1;
    clearTimeout(this.timer);
  }

  get recordId(): string {
    return this.page?.attributes?.['recordId'] ?? '';
  }

  get objectApiName(): string {
    return this.page?.attributes?.['objectApiName'] ?? '';
  }

  async look(): Promise<void> {
    clearTimeout(this.timer);
    this.asked += 1;
    const asked = this.asked;
    const { recordId, objectApiName } = this.page?.attributes ?? {};
    const object = objectOf(objectApiName ?? '');
    if (!object || !recordId) return;
    const reply = await callEdge('GET', `/v1/record/${object}/${recordId}/next`, nextView);
    if (asked !== this.asked) return;
    if (reply.ok && reply.value.state === 'live') this.callId = reply.value.callId;
    else this.timer = setTimeout(() => void this.look(), LOOK_AGAIN_MS);
  }

  handleBegun(event: CustomEvent<{ callId: string }>): void {
    clearTimeout(this.timer);
    this.asked += 1;
    this.callId = event.detail.callId;
  }

  handleEnded(): void {
    this.callId = '';
    void this.look();
  }
}
