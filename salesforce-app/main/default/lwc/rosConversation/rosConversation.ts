import type { ChangeItem, ConversationView, Evidence } from 'c/rosContracts';
import { conversationView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, objectOf, orNull } from 'c/rosEdge';
import { fill, words } from 'c/rosWords';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { api, LightningElement } from 'lwc';

/** While something is on its way (a call being read, a change being written). */
const MOVING_MS = 4000;
const STILL_MS = 8000;

/** The last call on this record: what was said, what changes, who promised what, who spoke when. */
export default class RosConversation extends LightningElement {
  words = words;
  view: ConversationView | null | undefined;
  refused: Refused | null = null;
  asked = 0;
  timer: ReturnType<typeof setTimeout> | undefined;
  heldRecordId = '';
  heldObject = '';

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(recordId: string) {
    this.heldRecordId = recordId;
    this.restart();
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(objectApiName: string) {
    this.heldObject = objectApiName;
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
    const reply = await callEdge('GET', `/v1/record/${object}/${this.heldRecordId}/conversation`, orNull(conversationView));
    if (asked !== this.asked || !this.isConnected) return;
    if (reply.ok) this.show(reply.value);
    else if (this.view === undefined || reply.code !== 'trouble') this.refused = reply;
    this.timer = setTimeout(() => void this.load(), this.moves ? MOVING_MS : STILL_MS);
  }

  show(view: ConversationView | null): void {
    this.refused = null;
    if (this.view === undefined || JSON.stringify(view) !== JSON.stringify(this.view)) this.view = view;
  }

  get moves(): boolean {
    const view = this.view;
    // Nothing yet: the first call may just have ended.
    if (!view) return view === null;
    if (view.call.status === 'ended' || view.call.status === 'transcribed') return true;
    return view.changes.some((change) => change.state === 'due' || change.state === 'writing');
  }

  get loading(): boolean {
    return this.view === undefined && !this.refused;
  }

  /** A calm page instead of the call: nothing heard, running, being read, or failed. */
  get instead(): { title: string; line: string } | null {
    const view = this.view;
    if (view === undefined) return null;
    if (view === null) return { title: words.conversationEmpty, line: words.conversationEmptyLine };
    if (view.call.status === 'live') return { title: words.conversationLive, line: words.conversationLiveLine };
    if (view.call.status === 'failed') return { title: words.failed, line: view.call.trouble ?? '' };
    if (!view.insight) return { title: fill(words.working, view.call.customerName), line: words.workingLine };
    return null;
  }

  get call(): ConversationView['call'] | undefined {
    return this.view?.call;
  }

  get insight(): ConversationView['insight'] {
    return this.view?.insight ?? null;
  }

  get meta(): string {
    const call = this.view?.call;
    if (!call) return '';
    const when = new Date(call.startedAt).toLocaleString(undefined, {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
    });
    return fill(
      words.withWhom,
      call.repName,
      call.customerName,
      `${when}, ${fill(words.minutes, Math.max(1, Math.round(call.durationMs / 60_000)))}`,
    );
  }

  get privacy(): string {
    return this.view?.call.isPrivate ? words.privateCall : '';
  }

  get bullets(): { key: string; text: string; evidence: Evidence }[] {
    return (this.view?.insight?.bullets ?? []).map((bullet, at) => ({ key: `bullet-${at}`, ...bullet }));
  }

  get changes(): ChangeItem[] {
    return this.view?.changes ?? [];
  }

  get noChanges(): boolean {
    return this.changes.length === 0;
  }

  get approvable(): number {
    return this.changes.filter((change) => change.state === 'waiting' && change.policy !== 'never' && change.body.kind !== 'draft-email')
      .length;
  }

  get approveAllLabel(): string {
    return this.approvable > 1 ? fill(words.approveAll, this.approvable) : '';
  }

  get tasks(): { key: string; text: string; who: string; when: string; hedge: string; evidence: Evidence }[] {
    return (this.view?.insight?.nextSteps ?? []).map((step, at) => ({
      key: `task-${at}`,
      text: step.text,
      who: this.ownerName(step.owner),
      when: step.dueAt ? fill(words.due, day(step.dueAt)) : (step.dueText ?? words.noDate),
      hedge: step.hedged ? words.hedged : '',
      evidence: step.evidence,
    }));
  }

  get noTasks(): boolean {
    return this.tasks.length === 0;
  }

  get people(): { key: string; name: string; why: string; style: string }[] {
    return (this.view?.people ?? []).map((person, at) => ({
      key: `person-${at}`,
      name: person.name,
      why: person.why,
      style: `inline-size: ${Math.round(person.trust * 100)}%`,
    }));
  }

  get noPeople(): boolean {
    return this.people.length === 0;
  }

  get facts(): { key: string; text: string; evidence: Evidence }[] {
    return (this.view?.facts ?? []).map((fact, at) => ({ key: `fact-${at}`, text: fact.text, evidence: fact.evidence }));
  }

  get hasFacts(): boolean {
    return this.facts.length > 0;
  }

  ownerName(owner: 'rep' | 'customer' | 'both'): string {
    const call = this.view?.call;
    if (owner === 'rep') return call?.repName ?? words.you;
    if (owner === 'customer') return call?.customerName ?? words.customer;
    return `${call?.repName ?? words.you}, ${call?.customerName ?? words.customer}`;
  }

  handleRetry(): void {
    this.restart();
  }

  handleAgain(): void {
    void this.load();
  }

  handleDecided(event: CustomEvent<ChangeItem>): void {
    void notifyRecordUpdateAvailable([{ recordId: event.detail.record.id }]);
    void this.load();
  }

  async handleApproveAll(): Promise<void> {
    // One after the other: a refusal shows on its own change, the rest go on.
    for (const element of this.template?.querySelectorAll('c-ros-change') ?? [])
      await (element as unknown as { approve(): Promise<void> }).approve();
  }
}

const day = (iso: string): string => new Date(iso).toLocaleDateString(undefined, { weekday: 'short', month: 'short', day: 'numeric' });
