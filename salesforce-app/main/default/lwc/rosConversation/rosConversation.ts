import type { ChangeItem, ConversationView, DestroyView, Evidence } from 'c/rosContracts';
import { conversationView } from 'c/rosContracts';
import type { Reply } from 'c/rosEdge';
import { callEdge, clock, orNull } from 'c/rosEdge';
import RosRecord from 'c/rosRecord';
import { fill, words } from 'c/rosWords';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { api } from 'lwc';

/** While something is on its way (a call being read, a change being written). */
const MOVING_MS = 4000;
const STILL_MS = 8000;

/** The last call on this record: what was said, what changes, who promised what, who spoke when. */
export default class RosConversation extends RosRecord<ConversationView | null> {
  /** A call that was destroyed from this card, until somebody goes on. */
  destroyed: DestroyView | null = null;

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(id: string) {
    this.destroyed = null;
    this.standOn({ id });
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(object: string) {
    this.standOn({ object });
  }

  ask(record: string): Promise<Reply<ConversationView | null>> {
    return callEdge('GET', `${record}/conversation`, orNull(conversationView));
  }

  get againMs(): number {
    return this.moves ? MOVING_MS : STILL_MS;
  }

  /** One more thing was written or taken back: the record beside us is read anew. */
  override see(view: ConversationView | null): void {
    if (this.view && arrived(view) > arrived(this.view)) void notifyRecordUpdateAvailable([{ recordId: this.heldRecordId }]);
  }

  get moves(): boolean {
    const view = this.view;
    // Nothing yet: the first call may just have ended.
    if (!view) return view === null;
    if (view.call.status === 'ended' || view.call.status === 'transcribed') return true;
    return view.changes.some((change) => change.state === 'due' || change.state === 'writing');
  }

  /** A calm page instead of the call: nothing heard, running, being read, or failed. */
  get instead(): { title: string; line: string } | null {
    const view = this.view;
    if (this.destroyed || view?.call.missed === 'destroyed') return { title: words.destroyed, line: words.destroyedLine };
    if (view === undefined) return null;
    if (view === null) return { title: words.conversationEmpty, line: words.conversationEmptyLine };
    if (view.call.status === 'live') return { title: words.conversationLive, line: words.conversationLiveLine };
    if (view.call.status === 'failed') return { title: words.failed, line: view.call.trouble ?? '' };
    if (!view.insight) return { title: fill(words.working, view.call.customerName), line: words.workingLine };
    return null;
  }

  /** Before the first call there is a brief, too. */
  get isFirst(): boolean {
    return this.view === null && !this.destroyed;
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

  get flagged(): { id: string; text: string; evidence: Evidence | undefined }[] {
    return (this.view?.flagged ?? []).map(({ id, atMs, evidence }) => ({ id, text: fill(words.flaggedAt, clock(atMs)), evidence }));
  }

  get hasFlagged(): boolean {
    return this.flagged.length > 0;
  }

  /** What of a destroyed call still stands in the CRM. */
  get standing(): { change: ChangeItem; undo: ChangeItem | undefined }[] {
    if (this.destroyed) return this.destroyed.standing.map(({ change }) => ({ change, undo: undefined }));
    return this.view?.call.missed === 'destroyed' ? this.changes : [];
  }

  get hasStanding(): boolean {
    return this.standing.length > 0;
  }

  /** An undo is not a change of its own here: it stands with the one that it takes back. */
  get changes(): { change: ChangeItem; undo: ChangeItem | undefined }[] {
    const all = this.view?.changes ?? [];
    return all
      .filter(({ undoes }) => undoes === undefined)
      .map((change) => ({ change, undo: all.find(({ undoes }) => undoes === change.id) }));
  }

  get noChanges(): boolean {
    return this.changes.length === 0;
  }

  get approvable(): number {
    return this.changes.filter(
      ({ change: { state, policy, body, asks } }) =>
        state === 'waiting' && policy !== 'never' && body.kind !== 'draft-email' && !asks?.length,
    ).length;
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

  handleDestroyed(event: CustomEvent<DestroyView>): void {
    this.destroyed = event.detail;
    void this.load();
  }

  handleGoOn(): void {
    this.destroyed = null;
    this.restart();
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

const arrived = (view: ConversationView | null): number =>
  (view?.changes ?? []).filter(({ state }) => state === 'written' || state === 'undone').length;
