import type { Refusal } from 'c/rosContracts';
import { words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** Why a card cannot show its work: what happened, and what to do. Fires `retry`. */
export default class RosErrorPanel extends LightningElement {
  @api code: Refusal = 'trouble';
  @api what = '';
  @api todo = '';

  words = words;

  get heading(): string {
    return TITLES[this.code] ?? words.trouble;
  }

  get icon(): string {
    return ICONS[this.code] ?? 'utility:warning';
  }

  /** Nothing a second try could change, as long as nobody connects the org, shares the record or raises the plan. */
  get canRetry(): boolean {
    return this.code === 'trouble' || this.code === 'stale';
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}

const TITLES: Partial<Record<Refusal, string>> = {
  'not-connected': words.notConnected,
  'no-permission': words.noPermission,
  'plan-limit': words.planLimit,
  stale: words.stale,
};

const ICONS: Partial<Record<Refusal, string>> = {
  'not-connected': 'utility:offline',
  'no-permission': 'utility:lock',
  'plan-limit': 'utility:info',
  stale: 'utility:refresh',
};
