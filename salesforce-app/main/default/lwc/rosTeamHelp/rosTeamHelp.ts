import { readTeams, teamHelpView, teamWords, writeTeams } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { LightningElement } from 'lwc';

const PATH = '/v1/settings/team-help';

/** Who may help on whose live calls: a team a line. With none, nobody does. */
export default class RosTeamHelp extends LightningElement {
  words = teamWords;
  text: string | null = null;
  line = '';
  busy = false;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.text === null;
  }

  async load(): Promise<void> {
    this.refused = null;
    const reply = await callEdge('GET', PATH, teamHelpView);
    if (!this.isConnected) return;
    if (reply.ok) this.text = writeTeams(reply.value);
    else this.refused = reply;
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    this.line = '';
  }

  async handleSave(): Promise<void> {
    if (this.busy || this.text === null) return;
    const read = readTeams(this.text);
    if ('wrong' in read) {
      this.line = read.wrong;
      return;
    }
    const { teams } = read;
    this.busy = true;
    const reply = await callEdge('PUT', PATH, teamHelpView, { requestId: pressId(), isOn: teams.length > 0, teams });
    this.busy = false;
    this.line = reply.ok ? teamWords.saved : '';
    if (reply.ok) this.text = writeTeams(reply.value);
    else this.refused = reply;
  }

  /** What was typed stays where it can be sent again. */
  handleRetry(): void {
    this.refused = null;
    if (this.text === null) void this.load();
  }
}
