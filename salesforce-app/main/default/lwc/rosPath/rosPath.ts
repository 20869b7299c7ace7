import type { IntroView, PathHop, WarmPath } from 'c/rosContracts';
import { introView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { peopleWords } from 'c/rosPeopleWords';
import { fill } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

const freshWords: Record<PathHop['freshness'], string> = {
  active: peopleWords.active,
  cooling: peopleWords.cooling,
  dormant: peopleWords.quiet,
};
const thickness: Record<PathHop['tier'], number> = { strong: 9, warm: 6, weak: 3, dormant: 2 };
const width = 480;
const edge = 60;

/** One way in, drawn from left to right: a circle a person, a line a tie. */
export default class RosPath extends LightningElement {
  @api path: WarmPath | undefined;
  /** The path of the record, `/v1/record/…`. */
  @api record = '';
  /** An introduction along it is under way. */
  @api isAsked = false;

  words = peopleWords;
  busy = false;
  refused: Refused | null = null;
  pressed: string | null = null;

  get people(): { key: string; x: number; initials: string; name: string; circle: string; inside: string }[] {
    const people = this.path?.people ?? [];
    return people.map(({ key, name }, at) => ({
      key: `${key}-${at}`,
      x: placeOf(at, people.length),
      initials: initialsOf(name),
      name: people.length > 2 ? (name.split(/\s+/)[0] ?? name) : name,
      circle: key.startsWith('user/') ? 'ours' : 'theirs',
      inside: key.startsWith('user/') ? 'initials on-dark' : 'initials',
    }));
  }

  get lines(): { key: string; from: number; to: number; width: number; class: string }[] {
    const hops = this.path?.hops ?? [];
    return hops.map(({ tier, freshness }, at) => ({
      key: `line-${at}`,
      from: placeOf(at, hops.length + 1) + 20,
      to: placeOf(at + 1, hops.length + 1) - 20,
      width: thickness[tier],
      class: `${freshness} ${tier === 'dormant' ? 'dashed' : ''}`.trim(),
    }));
  }

  get hops(): { key: string; title: string; chips: { key: string; text: string }[] }[] {
    return (this.path?.hops ?? []).map((hop, at) => ({
      key: `hop-${at}`,
      title: `${hop.from} → ${hop.to}`,
      chips: [peopleWords[hop.tier], freshWords[hop.freshness], ...hop.chips].map((text) => ({ key: text, text })),
    }));
  }

  get alt(): string {
    const said = (this.path?.hops ?? []).map(({ from, to, tier, freshness }) =>
      fill(peopleWords.hop, from, to, peopleWords[tier], freshWords[freshness]),
    );
    return `${said.join('. ')}.`;
  }

  get weakest(): string {
    const hops = this.path?.hops ?? [];
    const hop = hops.find(({ isWeakest }) => isWeakest);
    if (!hop || hops.length < 2 || hop.tier === 'strong') return '';
    return fill(peopleWords.weakest, hop.from, hop.to, peopleWords[hop.tier], freshWords[hop.freshness]);
  }

  /** Whom one knows oneself is written to, not asked about. */
  get isOwn(): boolean {
    return this.path?.people.length === 2 && this.path.hops[0]?.from === 'You';
  }

  get why(): string {
    return this.path && (this.isOwn || this.path.next !== 'ask') ? this.path.why : '';
  }

  get canAsk(): boolean {
    return !this.isOwn && !this.isAsked;
  }

  get isUnderWay(): boolean {
    return !this.isOwn && this.isAsked;
  }

  get askLabel(): string {
    const people = this.path?.people ?? [];
    return fill(peopleWords.ask, (this.path?.hops[0]?.from === 'You' ? people[1] : people[0])?.name ?? '');
  }

  get askVariant(): string {
    return this.path?.rank === 1 && this.path.next === 'ask' ? 'brand' : 'neutral';
  }

  async handleAsk(): Promise<void> {
    if (this.busy || !this.path) return;
    this.busy = true;
    this.refused = null;
    this.pressed ??= pressId();
    const people = this.path.people.map(({ key }) => key);
    const reply = await callEdge('POST', `${this.record}/intros`, introView, { requestId: this.pressed, people });
    this.busy = false;
    if (reply.ok || reply.code !== 'trouble') this.pressed = null;
    if (reply.ok) this.dispatchEvent(new CustomEvent<IntroView>('draft', { detail: reply.value }));
    else this.refused = reply;
  }
}

const placeOf = (at: number, of: number): number => edge + (at * (width - 2 * edge)) / Math.max(1, of - 1);

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}
