import type { Insight, Role } from 'c/rosContracts';
import { clock } from 'c/rosEdge';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

interface Proof {
  quote: string;
  role: Role;
  speaker: string;
  startMs: number;
}

/** A picture of the whole call: who spoke when, and the moments that counted. A moment opens its words. */
export default class RosTalkStrip extends LightningElement {
  @api strip: readonly { role: Role; startMs: number; endMs: number }[] = [];
  @api durationMs = 0;
  @api insight: Insight | null = null;

  words = words;
  chosen: string | null = null;

  /** The call's length in ms; speech that outlasts the stated length still fits. */
  get wholeMs(): number {
    return Math.max(this.durationMs, 1, ...this.strip.map((part) => part.endMs));
  }

  get parts(): { key: string; x: number; y: string; width: number; class: string }[] {
    return this.strip.map((part, at) => ({
      key: `${part.role}-${at}`,
      x: (part.startMs / this.wholeMs) * 1000,
      y: part.role === 'rep' ? '0' : '20',
      width: Math.max(2, ((part.endMs - part.startMs) / this.wholeMs) * 1000),
      class: part.role,
    }));
  }

  get line(): string {
    return fill(words.talkLine, Math.round((this.insight?.talkShareRep ?? 0) * 100), clock(this.wholeMs));
  }

  get moments(): { key: string; name: string; style: string; proof: Proof; pressed: string }[] {
    const found = this.insight;
    if (!found) return [];
    const all: { word: string; proof: Proof }[] = [
      ...found.objections.map((one) => ({ word: words.playObjection, proof: one.evidence })),
      ...found.competitors.map((one) => ({ word: one.name, proof: one.evidence })),
      ...found.pricing.map((one) => ({ word: words.playPrice, proof: one.evidence })),
    ];
    return all.map(({ word, proof }, at) => {
      const key = `moment-${at}`;
      return {
        key,
        name: fill(words.openMoment, word, clock(proof.startMs)),
        style: `inset-inline-start: ${Math.min(97, (proof.startMs / this.wholeMs) * 100)}%`,
        proof,
        pressed: String(key === this.chosen),
      };
    });
  }

  get proof(): Proof | undefined {
    return this.moments.find((moment) => moment.key === this.chosen)?.proof;
  }

  handleMoment(event: Event): void {
    const key = event.currentTarget instanceof HTMLElement ? (event.currentTarget.dataset.key ?? null) : null;
    this.chosen = key === this.chosen ? null : key;
  }
}
