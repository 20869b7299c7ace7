import type { UsageView } from 'c/rosContracts';
import { sayMinutes, sayUsd, usageView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { fill } from 'c/rosWords';
import { LightningElement } from 'lwc';

interface Part {
  id: string;
  title: string;
  used: string;
  more: string;
  style: string;
}

/** What this month has cost, what it may cost, and where it leads. */
export default class RosMonth extends LightningElement {
  words = setupWords;
  view: UsageView | null = null;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.view === null;
  }

  get line(): string {
    const { usd = 0, forecastUsd = 0 } = this.view ?? {};
    return usd === 0 ? setupWords.monthNone : fill(setupWords.monthLine, sayUsd(usd), sayUsd(forecastUsd));
  }

  /** What it means that a budget is used up; empty while there is some left. */
  get over(): string {
    const { speech, model } = this.view ?? {};
    return [speech?.state === 'over' ? setupWords.monthOverSpeech : '', model?.state === 'over' ? setupWords.monthOverModel : '']
      .filter((said) => said !== '')
      .join(' ');
  }

  get parts(): Part[] {
    if (!this.view) return [];
    const { speech, model } = this.view;
    return [
      {
        id: 'speech',
        title: setupWords.monthSpeech,
        used: fill(setupWords.monthSpeechUsed, sayMinutes(speech.minutes), sayMinutes(speech.capMinutes)),
        more: fill(setupWords.monthSpeechMore, sayUsd(speech.usd), sayMinutes(speech.forecastMinutes)),
        style: width(speech.share),
      },
      {
        id: 'model',
        title: setupWords.monthModel,
        used: fill(setupWords.monthModelUsed, sayUsd(model.usd), sayUsd(model.capUsd)),
        more: fill(setupWords.monthModelMore, sayUsd(model.forecastUsd)),
        style: width(model.share),
      },
    ];
  }

  get notices(): { id: string; said: string }[] {
    return (this.view?.notices ?? []).map(({ at, said }) => ({ id: `${at} ${said}`, said }));
  }

  get prices(): string {
    return fill(setupWords.monthPrices, this.view?.pricesAsOf ?? '');
  }

  async load(): Promise<void> {
    this.refused = null;
    const reply = await callEdge('GET', '/v1/usage', usageView);
    if (!this.isConnected) return;
    if (reply.ok) this.view = reply.value;
    else this.refused = reply;
  }

  /** Another budget, another share of it. */
  handleSaved(): void {
    void this.load();
  }

  handleRetry(): void {
    void this.load();
  }
}

const width = (share: number): string => `inline-size: ${Math.min(100, Math.round(share * 100))}%`;
