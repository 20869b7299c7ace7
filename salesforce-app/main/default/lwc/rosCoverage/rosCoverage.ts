import type { CoverageView, MissedWhy } from 'c/rosContracts';
import { coverageView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { fill } from 'c/rosWords';
import { LightningElement } from 'lwc';

/** How many of the calls we know of were heard, and why the others were not. */
export default class RosCoverage extends LightningElement {
  words = setupWords;
  view: CoverageView | null = null;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.view === null;
  }

  get line(): string {
    const { known = 0, caught = 0 } = this.view ?? {};
    return known === 0 ? setupWords.heardNone : fill(setupWords.heardLine, caught, known);
  }

  /** Empty when none was missed. */
  get misses(): string {
    const { known = 0, caught = 0, byReason = [] } = this.view ?? {};
    return known === caught
      ? ''
      : fill(setupWords.missed, known - caught, byReason.map(({ why, count }) => `${count} ${WHY[why]}`).join(', '));
  }

  async load(): Promise<void> {
    this.refused = null;
    const reply = await callEdge('GET', '/v1/capture/coverage', coverageView);
    if (!this.isConnected) return;
    if (reply.ok) this.view = reply.value;
    else this.refused = reply;
  }

  handleRetry(): void {
    void this.load();
  }
}

const WHY: Record<MissedWhy, string> = {
  'never-record': setupWords.missedNever,
  'over-plan': setupWords.missedPlan,
  'no-consent': setupWords.missedConsent,
  refused: setupWords.missedRefused,
  destroyed: setupWords.missedDestroyed,
  erased: setupWords.missedErased,
  'no-words': setupWords.missedWords,
  failed: setupWords.missedFailed,
};
