import type { ConsentRule, ConsentSettings } from 'c/rosContracts';
import { consentSettingsView, places } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { LightningElement } from 'lwc';

const PATH = '/v1/settings/consent';
/** A combobox takes no empty value. */
const NONE = 'none';

/** What has to happen before a call is heard: where the reps sit, and how strict at least. */
export default class RosConsentSettings extends LightningElement {
  words = setupWords;
  kept: ConsentSettings | null = null;
  office = NONE;
  atLeast = NONE;
  busy = false;
  saved = false;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.kept === null;
  }

  get offices(): { label: string; value: string }[] {
    return [{ label: setupWords.officeNone, value: NONE }, ...places.map(({ code, name }) => ({ label: name, value: code }))];
  }

  get rules(): { label: string; value: string }[] {
    return RULES;
  }

  get line(): string {
    return this.saved ? setupWords.saved : '';
  }

  async load(): Promise<void> {
    this.refused = null;
    const reply = await callEdge('GET', PATH, consentSettingsView);
    if (!this.isConnected) return;
    if (reply.ok) this.show(reply.value);
    else this.refused = reply;
  }

  show(kept: ConsentSettings): void {
    this.kept = kept;
    this.office = kept.office ?? NONE;
    this.atLeast = kept.atLeast ?? NONE;
  }

  handleOffice(event: CustomEvent<{ value: string }>): void {
    this.office = event.detail.value;
    this.saved = false;
  }

  handleRule(event: CustomEvent<{ value: string }>): void {
    this.atLeast = event.detail.value;
    this.saved = false;
  }

  async handleSave(): Promise<void> {
    if (this.busy || !this.kept) return;
    this.busy = true;
    const office = this.office === NONE ? null : this.office;
    const body = { requestId: pressId(), offices: this.kept.offices, office, atLeast: ruleIn(this.atLeast) };
    const reply = await callEdge('PUT', PATH, consentSettingsView, body);
    this.busy = false;
    this.saved = reply.ok;
    if (reply.ok) this.show(reply.value);
    else this.refused = reply;
  }

  handleRetry(): void {
    void this.load();
  }
}

const RULES: { label: string; value: ConsentRule | typeof NONE }[] = [
  { label: setupWords.strictLaw, value: NONE },
  { label: setupWords.strictAnnounced, value: 'one-party' },
  { label: setupWords.strictTold, value: 'all-told' },
  { label: setupWords.strictYes, value: 'all-yes' },
];

function ruleIn(text: string): ConsentRule | null {
  const value = RULES.find((rule) => rule.value === text)?.value;
  return value === undefined || value === NONE ? null : value;
}
