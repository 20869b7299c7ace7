import type { IntroVerb, IntroView, PathsView, WarmPath } from 'c/rosContracts';
import { introsView, introView, pathsView } from 'c/rosContracts';
import type { Refused, Reply } from 'c/rosEdge';
import { anything, callEdge, pressId } from 'c/rosEdge';
import { peopleWords } from 'c/rosPeopleWords';
import RosRecord from 'c/rosRecord';
import { fill } from 'c/rosWords';
import { api } from 'lwc';

interface Known {
  paths: PathsView;
  /** Introductions on this record, newest first. */
  intros: IntroView[];
}

const AGAIN_MS = 30_000;

/** Who here knows the people of this record, and the introduction they could make. */
export default class RosPeople extends RosRecord<Known> {
  peopleWords = peopleWords;
  /** The note that is being looked at. */
  note: IntroView | null = null;
  /** Why the last press was not taken. */
  trouble: Refused | null = null;

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(id: string) {
    this.note = null;
    this.standOn({ id });
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(object: string) {
    this.standOn({ object });
  }

  record = '';

  /** The introductions are beside the point: without them the ways are shown all the same. */
  async ask(record: string): Promise<Reply<Known>> {
    this.record = record;
    const [paths, intros] = await Promise.all([callEdge('GET', `${record}/paths`, pathsView), callEdge('GET', '/v1/intros', introsView)]);
    if (!paths.ok) return paths;
    const here = record.split('/').slice(-2).join('/');
    const mine = intros.ok ? intros.value.mine : [];
    return {
      ok: true,
      value: {
        paths: paths.value,
        intros: mine.filter(({ record: of, state }) => `${of.object}/${of.id}` === here && state !== 'withdrawn'),
      },
    };
  }

  get againMs(): number {
    return AGAIN_MS;
  }

  get hasPaths(): boolean {
    return (this.view?.paths.paths.length ?? 0) > 0;
  }

  get isNone(): boolean {
    return this.view?.paths.paths.length === 0;
  }

  get isCold(): boolean {
    return this.view?.paths.verdict === 'weak';
  }

  get isPerson(): boolean {
    return this.heldObject === 'Contact' || this.heldObject === 'Lead';
  }

  get message(): string {
    return this.view?.paths.message ?? '';
  }

  get ways(): { key: string; path: WarmPath; isAsked: boolean }[] {
    const open = (this.view?.intros ?? []).filter(({ state }) => state !== 'declined' && state !== 'expired' && state !== 'lost');
    return (this.view?.paths.paths ?? []).map((path) => ({
      key: keysOf(path.people),
      path,
      isAsked: open.some(({ people }) => keysOf(people) === keysOf(path.people)),
    }));
  }

  get hasIntros(): boolean {
    return (this.view?.intros.length ?? 0) > 0;
  }

  get intros(): {
    key: string;
    who: string;
    line: string;
    remind: string;
    look: string;
    verbs: { key: IntroVerb; label: string; intro: string }[];
  }[] {
    return (this.view?.intros ?? []).map((intro) => ({
      key: intro.id,
      who: intro.people.map(({ name }) => name).join(' → '),
      line: fill(stateLine(intro), intro.connector, intro.target),
      remind: intro.isReminderDue ? fill(peopleWords.remindLine, intro.connector) : '',
      look: intro.state === 'draft' ? peopleWords.reviewNote : intro.state === 'requested' ? peopleWords.showNote : '',
      verbs: intro.verbs
        .filter((verb): verb is IntroVerb => verb !== 'approve' && (verb !== 'remind' || intro.isReminderDue))
        .slice(0, 3)
        .map((verb) => ({ key: verb, label: verbWords[verb], intro: intro.id })),
    }));
  }

  handleDraft(event: CustomEvent<IntroView>): void {
    this.note = event.detail;
  }

  handleLook(event: Event): void {
    const id = dataOf(event, 'intro');
    this.note = this.view?.intros.find((intro) => intro.id === id) ?? null;
  }

  handleClose(): void {
    this.note = null;
    void this.load();
  }

  async handleVerb(event: Event): Promise<void> {
    const [id, verb] = [dataOf(event, 'intro'), dataOf(event, 'verb')];
    const intro = this.view?.intros.find((one) => one.id === id);
    if (!intro) return;
    const reply = await callEdge('POST', `/v1/intros/${id}/${verb}`, introView, { requestId: pressId(), version: intro.version });
    this.trouble = reply.ok ? null : reply;
    void this.load();
  }

  async handleKnow(): Promise<void> {
    const reply = await callEdge('POST', `${this.record.replace('/record/', '/people/')}/known`, anything, { requestId: pressId() });
    this.trouble = reply.ok ? null : reply;
    void this.load();
  }
}

const verbWords: Record<IntroVerb, string> = {
  remind: peopleWords.sayRemind,
  withdraw: peopleWords.sayWithdraw,
  forwarded: peopleWords.sayForwarded,
  replied: peopleWords.sayReplied,
  meeting: peopleWords.sayMeeting,
  opportunity: peopleWords.sayOpportunity,
  won: peopleWords.won,
  lost: peopleWords.lost,
};

const stateLine = ({ state, trail }: IntroView): string =>
  state === 'declined' && trail.at(-1)?.what === 'not-now' ? peopleWords.notNow : state === 'withdrawn' ? '' : peopleWords[state];

const keysOf = (people: readonly { key: string }[]): string => people.map(({ key }) => key).join(' ');
const dataOf = (event: Event, name: string): string =>
  event.currentTarget instanceof HTMLElement ? (event.currentTarget.dataset[name] ?? '') : '';
