import { neverRecordView, ownWordsView, readNeverRecord, readOwnWords, writeNeverRecord, writeOwnWords } from 'c/rosContracts';
import type { Refused, Shape } from 'c/rosEdge';
import { callEdge, pressId } from 'c/rosEdge';
import { setupWords } from 'c/rosSetupWords';
import { api, LightningElement } from 'lwc';

type Said = { ok: true; text: string } | Refused;
interface List {
  title: string;
  help: string;
  label: string;
  send: string;
  load(): Promise<Said>;
  save(text: string): Promise<Said>;
}

const lists: Record<string, List> = {
  never: {
    title: setupWords.never,
    help: setupWords.neverHelp,
    label: setupWords.neverLabel,
    send: setupWords.neverSave,
    ...kept('/v1/settings/never-record', neverRecordView, readNeverRecord, writeNeverRecord),
  },
  names: {
    title: setupWords.ownWords,
    help: setupWords.ownWordsHelp,
    label: setupWords.ownWordsLabel,
    send: setupWords.ownWordsSave,
    ...kept('/v1/settings/words', ownWordsView, readOwnWords, writeOwnWords),
  },
};

/** One line each to a person, an object to the service. */
function kept<T extends object>(path: string, shape: Shape<T>, read: (text: string) => T, write: (kept: T) => string) {
  return {
    load: async (): Promise<Said> => {
      const reply = await callEdge('GET', path, shape);
      return reply.ok ? { ok: true, text: write(reply.value) } : reply;
    },
    save: async (text: string): Promise<Said> => {
      const reply = await callEdge('PUT', path, shape, { requestId: pressId(), ...read(text) });
      return reply.ok ? { ok: true, text: write(reply.value) } : reply;
    },
  };
}

/** A setting that is one list: whom nobody hears (`never`), or what you sell (`names`). */
export default class RosListSetting extends LightningElement {
  @api kind = 'never';
  words = setupWords;
  text: string | null = null;
  busy = false;
  saved = false;
  refused: Refused | null = null;

  override connectedCallback(): void {
    void this.load();
  }

  get list(): List {
    return lists[this.kind] as List;
  }

  get loading(): boolean {
    return this.text === null;
  }

  get line(): string {
    return this.saved ? setupWords.saved : '';
  }

  async load(): Promise<void> {
    this.refused = null;
    const said = await this.list.load();
    if (this.isConnected) this.show(said);
  }

  show(said: Said): void {
    if (said.ok) this.text = said.text;
    else this.refused = said;
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    this.saved = false;
  }

  async handleSave(): Promise<void> {
    if (this.busy || this.text === null) return;
    this.busy = true;
    const said = await this.list.save(this.text);
    this.busy = false;
    this.saved = said.ok;
    this.show(said);
  }

  /** What was typed stays where it can be sent again. */
  handleRetry(): void {
    this.refused = null;
    if (this.text === null) void this.load();
  }
}
