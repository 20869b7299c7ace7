import type { Ask } from 'c/rosContracts';
import { words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** What Salesforce wants to know before it takes a change, as a small form. Fires `given` with every edit. */
export default class RosAsks extends LightningElement {
  @api asks: readonly Ask[] = [];

  words = words;
  given: Record<string, string> = {};

  /** What was given so far: field → value. What another change was asked before is left out. */
  @api get values(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.given).filter(([name]) => this.asks.some(({ field }) => field === name)));
  }

  /** Every field says for itself what is missing; true when none is. */
  @api check(): boolean {
    const fields = [...(this.template?.querySelectorAll('.field') ?? [])] as unknown as { reportValidity(): boolean }[];
    return fields.map((field) => field.reportValidity()).every((fits) => fits !== false);
  }

  get fields(): (Ask & { isChoice: boolean })[] {
    return this.asks.map((ask) => ({ ...ask, isChoice: ask.type === 'choice' }));
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    const { name } = event.target as unknown as { name: string };
    this.given = { ...this.given, [name]: event.detail.value };
    this.dispatchEvent(new CustomEvent('given'));
  }
}
