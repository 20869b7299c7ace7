import type { DialView, NumbersView, PhoneCallView } from 'c/rosContracts';
import { dialView, myPhoneView, numbersView, phoneCall, ringingView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, clock, objectOf, pollAfter, pressId } from 'c/rosEdge';
import { phoneWords } from 'c/rosPhoneWords';
import { fill } from 'c/rosWords';
import { CurrentPageReference, type PageReference } from 'lightning/navigation';
import { api, LightningElement, wire } from 'lwc';

interface Line {
  key: string;
  number: string;
  label: string;
  detail: string;
}

/** Calls whoever is on the record, and shows who calls before anybody picks up. In the utility bar it follows the open record. */
export default class RosPhone extends LightningElement {
  /** On a record it looks only while a call of its own runs: the utility bar looks all the time. */
  @api isOnRecord = false;
  /** Somebody of the record is being talked to: the others wait. */
  @api isTalking = false;

  words = phoneWords;
  heldRecordId = '';
  heldObject = '';
  numbers: NumbersView | null = null;
  call: PhoneCallView | null = null;
  refused: Refused | null = null;
  busy = false;
  /** What was pressed: kept until an answer came, so that a repeated press is one call. */
  pressed: { number: string; requestId: string } | null = null;
  asksPhone = '';
  typed = '';
  seq = 0;
  nowMs = Date.now();
  asked = 0;
  looks: ReturnType<typeof setTimeout> | undefined;
  ticks: ReturnType<typeof setInterval> | undefined;

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(id: string) {
    this.standOn(id, this.heldObject);
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(object: string) {
    this.standOn(this.heldRecordId, object);
  }

  @wire(CurrentPageReference)
  handlePage(page: PageReference | null): void {
    if (this.isOnRecord) return;
    this.standOn(page?.attributes?.['recordId'] ?? '', page?.attributes?.['objectApiName'] ?? '');
  }

  override connectedCallback(): void {
    if (!this.isOnRecord) void this.look();
  }

  override disconnectedCallback(): void {
    this.asked += 1;
    clearTimeout(this.looks);
    clearInterval(this.ticks);
  }

  get record(): string {
    const object = objectOf(this.heldObject);
    return object && this.heldRecordId ? `/v1/record/${object}/${this.heldRecordId}` : '';
  }

  get lines(): Line[] {
    return (this.numbers?.numbers ?? []).map(({ name, number, label }) => ({
      key: `${name} ${number}`,
      number,
      label: fill(phoneWords.call, name),
      detail: `${label} · ${number}`,
    }));
  }

  get isOver(): boolean {
    return this.call?.phase === 'ended' || this.call?.phase === 'failed';
  }

  get canHangUp(): boolean {
    return this.call?.direction === 'out' && !this.isOver;
  }

  get canCall(): boolean {
    return !this.isTalking && (!this.call || this.isOver) && this.numbers?.canCall === true && !this.asksPhone;
  }

  get empty(): string {
    if (this.isOnRecord || this.refused || this.asksPhone) return '';
    if (!this.record) return phoneWords.noRecord;
    if (!this.numbers) return '';
    if (!this.numbers.canCall) return phoneWords.noAccount;
    return this.lines.length === 0 ? phoneWords.noNumbers : '';
  }

  get state(): string {
    const { call } = this;
    if (!call) return '';
    switch (call.phase) {
      case 'asked':
        return phoneWords.ringingYou;
      case 'ringing-rep':
        return call.direction === 'in' ? fill(phoneWords.incoming, call.name) : phoneWords.ringingYou;
      case 'ringing-customer':
        return fill(phoneWords.ringing, call.name);
      case 'talking':
        return fill(phoneWords.talking, call.name, clock(this.nowMs - Date.parse(call.talkingAt ?? call.startedAt)));
      default:
        return call.why ?? phoneWords.over;
    }
  }

  standOn(id: string, object: string): void {
    if (id === this.heldRecordId && object === this.heldObject) return;
    this.heldRecordId = id;
    this.heldObject = object;
    this.numbers = null;
    this.refused = null;
    this.asksPhone = '';
    this.pressed = null;
    void this.loadNumbers();
  }

  async loadNumbers(): Promise<void> {
    const { record } = this;
    if (!record) return;
    const reply = await callEdge('GET', `${record}/numbers`, numbersView);
    // The rep has walked on.
    if (record !== this.record) return;
    if (reply.ok) this.numbers = reply.value;
    else if (!this.isOnRecord) this.refused = reply;
  }

  async look(): Promise<void> {
    clearTimeout(this.looks);
    this.asked += 1;
    const asked = this.asked;
    const reply = await callEdge('GET', `/v1/calls/ringing?since=${this.seq}`, ringingView);
    if (asked !== this.asked) return;
    let againMs = pollAfter(0);
    if (reply.ok) {
      againMs = pollAfter(reply.value.pollMs);
      this.seq = reply.value.seq;
      if (reply.value.state === 'call') this.show(reply.value.call);
      if (reply.value.state === 'none') this.show(null);
    }
    // Nothing of its own runs: the utility bar goes on looking.
    if (this.isOnRecord && (!this.call || this.isOver)) return;
    this.looks = setTimeout(() => void this.look(), againMs);
  }

  show(call: PhoneCallView | null): void {
    this.call = call;
    clearInterval(this.ticks);
    if (call?.phase !== 'talking') return;
    this.nowMs = Date.now();
    this.ticks = setInterval(() => {
      this.nowMs = Date.now();
    }, 1000);
  }

  handleCall(event: Event): void {
    const number = event.target instanceof HTMLElement ? (event.target.dataset['number'] ?? '') : '';
    if (this.pressed?.number !== number) this.pressed = { number, requestId: pressId() };
    void this.dial();
  }

  async dial(): Promise<void> {
    const { pressed, record } = this;
    if (!pressed || !record || this.busy) return;
    this.busy = true;
    this.refused = null;
    const reply = await callEdge('POST', `${record}/call`, dialView, pressed);
    this.busy = false;
    // Whether it rings is not known: the same press is asked again.
    if (!reply.ok) {
      if (reply.code !== 'trouble') this.pressed = null;
      this.refused = reply;
      return;
    }
    this.take(reply.value);
  }

  take(view: DialView): void {
    this.asksPhone = view.state === 'needs-phone' ? view.line : '';
    if (view.state === 'needs-phone') return;
    this.pressed = null;
    this.seq = 0;
    this.show(view.call);
    void this.look();
  }

  handleRetry(): void {
    this.refused = null;
    if (this.pressed) void this.dial();
    else void this.loadNumbers();
  }

  handleTyped(event: CustomEvent<{ value: string }>): void {
    this.typed = event.detail.value;
  }

  async handleSave(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const reply = await callEdge('POST', '/v1/settings/my-phone', myPhoneView, { requestId: pressId(), number: this.typed });
    this.busy = false;
    if (!reply.ok) {
      this.refused = reply;
      return;
    }
    this.asksPhone = '';
    await this.dial();
  }

  async handleHangUp(): Promise<void> {
    if (!this.call || this.busy) return;
    this.busy = true;
    const reply = await callEdge('POST', `/v1/calls/${this.call.callId}/hang-up`, phoneCall, { requestId: pressId() });
    this.busy = false;
    if (reply.ok) this.show(reply.value);
    else this.refused = reply;
  }
}
