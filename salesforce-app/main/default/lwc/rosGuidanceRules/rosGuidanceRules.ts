import type { GuidanceRulesView, MyGuidanceView, Quiet } from 'c/rosContracts';
import { guidanceRulesView, myGuidanceView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { anything, callEdge, pressId } from 'c/rosEdge';
import { guideWords } from 'c/rosGuideWords';
import { fill } from 'c/rosWords';
import { LightningElement } from 'lwc';

const MINE = '/v1/guidance/mine';

/** How guidance does: each rule for whom they work, and a rep's own numbers for that rep. */
export default class RosGuidanceRules extends LightningElement {
  words = guideWords;
  all: GuidanceRulesView | null = null;
  mine: MyGuidanceView | null = null;
  isNotYours = false;
  refused: Refused | null = null;
  busy = false;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.mine === null;
  }

  get rules(): GuidanceRulesView['rules'] {
    return this.all?.rules ?? [];
  }

  get notices(): GuidanceRulesView['notices'] {
    return this.all?.notices ?? [];
  }

  get hasRules(): boolean {
    return this.rules.length > 0;
  }

  get hasNoRules(): boolean {
    return this.all !== null && !this.hasRules;
  }

  get own(): GuidanceRulesView['rules'] {
    return this.mine?.rules ?? [];
  }

  get hasOwn(): boolean {
    return this.own.length > 0;
  }

  get silenced(): { id: string; line: string }[] {
    return (this.mine?.never ?? []).map(({ ruleId, name }) => ({ id: ruleId, line: fill(guideWords.silenced, name) }));
  }

  get quietLine(): string {
    const quiet: Quiet = this.mine?.quiet ?? 'off';
    if (quiet === 'off') return '';
    return quiet === 'critical' ? guideWords.quietCritical : guideWords.quietFull;
  }

  async load(): Promise<void> {
    this.refused = null;
    const [all, mine] = await Promise.all([
      callEdge('GET', '/v1/guidance/rules', guidanceRulesView),
      callEdge('GET', MINE, myGuidanceView),
    ]);
    if (!this.isConnected) return;
    this.isNotYours = !all.ok && all.code === 'no-permission';
    if (all.ok) this.all = all.value;
    else if (!this.isNotYours) this.refused = all;
    if (mine.ok) this.mine = mine.value;
    else this.refused = mine;
  }

  handleRetry(): void {
    void this.load();
  }

  handleRestore(event: Event): void {
    void this.press(() => callEdge('POST', `/v1/guidance/rules/${idOf(event)}/restore`, anything, { requestId: pressId() }));
  }

  handleShowAgain(): void {
    this.setMine({ quiet: 'off' });
  }

  handleUnsilence(event: Event): void {
    const id = idOf(event);
    this.setMine({ never: (this.mine?.never ?? []).flatMap(({ ruleId }) => (ruleId === id ? [] : [ruleId])) });
  }

  setMine(said: { quiet?: Quiet; never?: string[] }): void {
    const { quiet = 'off', never = [] } = this.mine ?? {};
    const body = { requestId: pressId(), quiet, never: never.map(({ ruleId }) => ruleId), ...said };
    void this.press(() => callEdge('PUT', MINE, anything, body));
  }

  /** Told, and then looked at anew. */
  async press(tell: () => Promise<{ ok: true } | Refused>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const reply = await tell();
    this.busy = false;
    if (reply.ok) await this.load();
    else this.refused = reply;
  }
}

const idOf = (event: Event): string => (event.currentTarget as HTMLElement).dataset['id'] ?? '';
