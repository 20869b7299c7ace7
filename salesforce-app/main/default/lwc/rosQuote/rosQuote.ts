import type { Role } from 'c/rosContracts';
import { clock } from 'c/rosEdge';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** The transcript's own words, who said them and when. */
export default class RosQuote extends LightningElement {
  @api evidence: { quote: string; role: Role; speaker: string; startMs: number } | undefined;

  get quote(): string {
    return `“${this.evidence?.quote ?? ''}”`;
  }

  get who(): string {
    if (!this.evidence) return '';
    return fill(words.openMoment, this.evidence.role === 'rep' ? words.you : this.evidence.speaker, clock(this.evidence.startMs));
  }
}
