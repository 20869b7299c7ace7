import type { LiveHelp, Whisper } from 'c/rosContracts';
import { teamWords, watcherWords } from 'c/rosContracts';
import { anything, callEdge, pressId } from 'c/rosEdge';
import { api, LightningElement } from 'lwc';

/** What somebody of the team types to the rep, until they have read it; and who of the team looks, as long as they do. */
export default class RosWhisper extends LightningElement {
  @api callId = '';
  @api help: LiveHelp = { watchedBy: [], whisper: null };

  words = teamWords;
  away = '';

  get whisper(): Whisper | null {
    const { whisper } = this.help;
    return whisper && this.away !== this.keyOf(whisper) ? whisper : null;
  }

  get from(): string {
    return this.whisper ? `${this.whisper.from} whispers` : '';
  }

  get watchers(): string[] {
    return watcherWords(this.help);
  }

  keyOf({ id }: Whisper): string {
    return `${this.callId} ${id}`;
  }

  handleRead(): void {
    const { whisper } = this;
    if (!whisper) return;
    this.away = this.keyOf(whisper);
    void callEdge('POST', `/v1/calls/${this.callId}/feedback`, anything, { requestId: pressId(), cardId: whisper.id, action: 'dismissed' });
  }
}
