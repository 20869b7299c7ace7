import type { Checklist, LiveStep, PastCard, Quiet } from 'c/rosContracts';
import { sayFill } from 'c/rosContracts';
import { clock } from 'c/rosEdge';
import { guideWords } from 'c/rosGuideWords';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/**
 * What stands under the card of a running call: pinned cards, fields that were heard, the checklist and the history, folded, and quiet.
 * Fires `unpin` with `{ cardId }`, `tick` with `{ id, done }` and `quiet` with `{ quiet }`.
 */
export default class RosLiveNotes extends LightningElement {
  words = guideWords;
  @api past: PastCard[] = [];
  @api quiet: Quiet = 'off';
  @api checklist: Checklist | undefined;

  get pinned(): { id: string; say: string; line: string }[] {
    const kept = this.past.filter(({ state }) => state === 'pinned');
    return kept.map(({ card }) => ({ id: card.id, say: card.say, line: fill(guideWords.pinnedLine, card.headline) }));
  }

  get gone(): { id: string; line: string }[] {
    const gone = this.past.filter(({ state }) => state !== 'pinned');
    return gone.map(({ card, state, atMs }) => ({ id: card.id, line: fill(guideWords.pastLine, clock(atMs), card.headline, PAST[state]) }));
  }

  get hasPast(): boolean {
    return this.gone.length > 0;
  }

  get pastTitle(): string {
    return fill(guideWords.past, this.gone.length);
  }

  get fills(): { id: string; line: string }[] {
    const heard = this.checklist?.fills ?? [];
    return heard.map((one) => ({ id: one.id, line: fill(guideWords.fillLine, one.name, sayFill(one), clock(one.evid.startMs)) }));
  }

  get points(): (LiveStep & { ticked: string })[] {
    return (this.checklist?.points ?? []).map((point) => ({ ...point, ticked: tickedWords(point) }));
  }

  get hasPoints(): boolean {
    return this.points.length > 0;
  }

  get checklistTitle(): string {
    return fill(guideWords.checklist, this.points.filter(({ done }) => done).length, this.points.length);
  }

  get isQuiet(): boolean {
    return this.quiet !== 'off';
  }

  get quietLine(): string {
    if (this.quiet === 'off') return '';
    return this.quiet === 'critical' ? guideWords.quietCritical : guideWords.quietFull;
  }

  handleUnpin(event: Event): void {
    this.tell('unpin', { cardId: (event.currentTarget as HTMLElement).dataset['id'] ?? '' });
  }

  handleTick(event: CustomEvent<{ checked: boolean }>): void {
    this.tell('tick', { id: (event.currentTarget as HTMLElement).dataset['id'] ?? '', done: event.detail.checked });
  }

  handleQuiet(event: CustomEvent<{ checked: boolean }>): void {
    this.tell('quiet', { quiet: event.detail.checked ? 'critical' : 'off' });
  }

  tell(name: 'unpin' | 'tick' | 'quiet', detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function tickedWords({ done, evid, byHand }: LiveStep): string {
  if (!done) return '';
  if (evid && !byHand) return fill(guideWords.tickedBy, evid.quote, SIDES[evid.role], clock(evid.startMs));
  return guideWords.tickedByYou;
}

const PAST: Record<PastCard['state'], string> = {
  used: guideWords.pastUsed,
  dismissed: guideWords.pastDismissed,
  snoozed: guideWords.pastSnoozed,
  less: guideWords.pastLess,
  muted: guideWords.pastMuted,
  never: guideWords.pastNever,
  replaced: guideWords.pastReplaced,
  collapsed: guideWords.pastCollapsed,
  pinned: guideWords.pinned,
};

const SIDES = { rep: words.you, customer: words.customer, other: words.other };
