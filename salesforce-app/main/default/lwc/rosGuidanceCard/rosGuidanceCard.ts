import type { FeedbackAction, GuidanceCard, PlayKind } from 'c/rosContracts';
import { clock } from 'c/rosEdge';
import { guideWords } from 'c/rosGuideWords';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** One card: what was heard, what to say, and what the rep does with it. Fires `touch` with `{ cardId, action }`. */
export default class RosGuidanceCard extends LightningElement {
  words = words;
  guideWords = guideWords;
  explained = false;
  held: GuidanceCard | null = null;

  @api get card(): GuidanceCard | null {
    return this.held;
  }

  set card(card: GuidanceCard | null) {
    if (card?.id !== this.held?.id) this.explained = false;
    this.held = card;
  }

  get kind(): string {
    return this.held ? KINDS[this.held.kind] : '';
  }

  get quote(): string {
    return this.held?.why.quote ? `“${this.held.why.quote}”` : '';
  }

  get ask(): string {
    return this.held?.ask ? fill(guideWords.thenAsk, this.held.ask) : '';
  }

  get isPinned(): boolean {
    return this.held?.pinned ?? false;
  }

  get pinWord(): string {
    return this.isPinned ? guideWords.unpin : guideWords.pin;
  }

  /** What has to be said can be kept, and not silenced. */
  get maySilence(): boolean {
    return this.held?.kind !== 'compliance';
  }

  get whyLine(): string {
    if (!this.held) return '';
    const { why, confidence, times = 1 } = this.held;
    const because =
      why.quote === '' ? fill(guideWords.byRule, why.rule) : fill(words.whyLine, SIDES[why.role], clock(why.startMs), why.rule);
    const sure = fill(guideWords.sure, Math.round(confidence * 100));
    return `${because} ${sure}${times > 1 ? ` ${fill(guideWords.times, times)}` : ''}`;
  }

  get explainedText(): string {
    return String(this.explained);
  }

  handleUsed(): void {
    this.tell('used');
  }

  handleSnooze(): void {
    this.tell('snoozed');
  }

  handleDismiss(): void {
    this.tell('dismissed');
  }

  handleWhy(): void {
    this.explained = !this.explained;
    // Who looks closer keeps it a while longer.
    if (this.explained) this.tell('why');
  }

  handleMore(event: CustomEvent<{ value: string }>): void {
    const action = MORE[event.detail.value];
    if (action === 'pinned') this.handlePin();
    else if (action) this.tell(action);
  }

  handlePin(): void {
    this.tell(this.isPinned ? 'unpinned' : 'pinned');
  }

  handleKey(event: KeyboardEvent): void {
    // The menu's keys are its own: Escape there closes it.
    if (event.target instanceof HTMLElement && event.target.classList.contains('more')) return;
    // Enter on a button is that button's own.
    if (event.key === 'Enter' && event.target === event.currentTarget) this.tell('used');
    else if (event.key === 'Escape') this.tell('dismissed');
    else if (event.key === 's' || event.key === 'S') this.tell('snoozed');
    else if (event.key === 'p' || event.key === 'P') this.handlePin();
    else if (event.key === '?') this.handleWhy();
    else return;
    event.preventDefault();
  }

  tell(action: FeedbackAction): void {
    if (this.held) this.dispatchEvent(new CustomEvent('touch', { detail: { cardId: this.held.id, action } }));
  }
}

const MORE: Record<string, FeedbackAction | undefined> = { pin: 'pinned', less: 'less', muted: 'muted', never: 'never' };

const KINDS: Record<PlayKind, string> = {
  price: words.playPrice,
  objection: words.playObjection,
  competitor: words.playCompetitor,
  question: words.playQuestion,
  compliance: words.playCompliance,
};

const SIDES = { rep: words.you, customer: words.customer, other: words.other };
