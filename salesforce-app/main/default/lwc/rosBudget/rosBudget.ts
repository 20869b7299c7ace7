import type { BudgetView } from 'c/rosContracts';
import { budgetView, readBudget, writeBudget } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { LightningElement } from 'lwc';

const PATH = '/v1/settings/budget';

/** What a month may cost: less than the plan gives, where an admin says so. Fires `saved`. */
export default class RosBudget extends LightningElement {
  words = setupWords;
  said: { minutes: string; usd: string } | null = null;
  busy = false;
  saved = false;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.said === null;
  }

  /** Undefined while something is no number. */
  get budget(): BudgetView | undefined {
    return this.said ? readBudget(this.said.minutes, this.said.usd) : undefined;
  }

  get cannotSave(): boolean {
    return this.busy || this.budget === undefined;
  }

  get line(): string {
    if (this.said !== null && this.budget === undefined) return setupWords.budgetBad;
    return this.saved ? setupWords.budgetSaved : '';
  }

  async load(): Promise<void> {
    this.refused = null;
    const reply = await callEdge('GET', PATH, budgetView);
    if (!this.isConnected) return;
    if (reply.ok) this.said = writeBudget(reply.value);
    else this.refused = reply;
  }

  handleMinutes(event: CustomEvent<{ value: string }>): void {
    this.say({ minutes: event.detail.value });
  }

  handleUsd(event: CustomEvent<{ value: string }>): void {
    this.say({ usd: event.detail.value });
  }

  say(more: { minutes?: string; usd?: string }): void {
    if (!this.said) return;
    this.said = { ...this.said, ...more };
    this.saved = false;
  }

  async handleSave(): Promise<void> {
    const { budget } = this;
    if (this.busy || budget === undefined) return;
    this.busy = true;
    const reply = await callEdge('PUT', PATH, budgetView, { requestId: pressId(), ...budget });
    this.busy = false;
    this.saved = reply.ok;
    if (!reply.ok) {
      this.refused = reply;
      return;
    }
    this.said = writeBudget(reply.value);
    this.dispatchEvent(new CustomEvent('saved'));
  }

  /** What was typed stays where it can be sent again. */
  handleRetry(): void {
    this.refused = null;
    if (this.said === null) void this.load();
  }
}
