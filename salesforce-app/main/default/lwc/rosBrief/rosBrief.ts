import type { BriefLine, BriefSource, BriefView } from 'c/rosContracts';
import { briefView } from 'c/rosContracts';
import type { Refused } from 'c/rosEdge';
import { callEdge, clock, objectOf } from 'c/rosEdge';
import { fill, words } from 'c/rosWords';
import { api, LightningElement } from 'lwc';

/** What to know before a call, to read in thirty seconds: by a press, or by itself when a meeting begins soon. One request each time. */
export default class RosBrief extends LightningElement {
  /** With the words themselves; otherwise each line says only where they are from. */
  @api full = false;

  words = words;
  view: BriefView | null = null;
  refused: Refused | null = null;
  isOpen = false;
  asked = 0;
  heldRecordId = '';
  heldObject = '';
  heldMeetingAt: string | undefined;

  @api get recordId(): string {
    return this.heldRecordId;
  }

  set recordId(id: string) {
    if (id !== this.heldRecordId) this.handleClose();
    this.heldRecordId = id;
    this.openForMeeting();
  }

  @api get objectApiName(): string {
    return this.heldObject;
  }

  set objectApiName(object: string) {
    this.heldObject = object;
    this.openForMeeting();
  }

  /** When the record's next meeting begins, if that is soon. A meeting that somebody closed the brief for stays closed. */
  @api get meetingAt(): string | undefined {
    return this.heldMeetingAt;
  }

  set meetingAt(at: string | undefined) {
    if (at === this.heldMeetingAt) return;
    this.heldMeetingAt = at;
    this.openForMeeting();
  }

  override connectedCallback(): void {
    this.openForMeeting();
  }

  override disconnectedCallback(): void {
    this.asked += 1;
  }

  openForMeeting(): void {
    if (this.isConnected && this.heldMeetingAt && this.heldRecordId && objectOf(this.heldObject) && !this.isOpen) void this.handleOpen();
  }

  async handleOpen(): Promise<void> {
    const object = objectOf(this.heldObject);
    if (!object) return;
    this.isOpen = true;
    this.view = null;
    this.refused = null;
    this.asked += 1;
    const asked = this.asked;
    const reply = await callEdge('GET', `/v1/record/${object}/${this.heldRecordId}/brief`, briefView);
    // A late answer belongs to a brief that was closed, or to another record.
    if (asked !== this.asked) return;
    if (reply.ok) this.view = reply.value;
    else this.refused = reply;
  }

  handleClose(): void {
    this.asked += 1;
    this.isOpen = false;
    this.view = null;
    this.refused = null;
  }

  get loading(): boolean {
    return this.isOpen && !this.view && !this.refused;
  }

  get heading(): string {
    const at = this.view?.meetingAt;
    if (!at) return words.briefTitle;
    return fill(words.briefMeeting, new Date(at).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' }));
  }

  get gap(): string {
    return this.view?.gap ?? '';
  }

  get parts(): { title: string; lines: { key: string; text: string; overdue: string; sources: { key: string; text: string }[] }[] }[] {
    const all = this.view?.lines ?? [];
    return PARTS.map(({ title, kinds }) => ({
      title,
      lines: all
        .filter(({ kind }) => kinds.includes(kind))
        .map((line) => ({
          key: line.text,
          text: line.text,
          overdue: line.isOverdue ? words.briefOverdue : '',
          sources: this.sourcesOf(line),
        })),
    })).filter(({ lines }) => lines.length > 0);
  }

  sourcesOf({ sources }: BriefLine): { key: string; text: string }[] {
    const said = [...new Set(sources.map((source) => sourceWords(source, this.full)))];
    return (this.full ? said : [said.join(' · ')]).map((text) => ({ key: text, text }));
  }
}

const PARTS: { title: string; kinds: BriefLine['kind'][] }[] = [
  { title: '', kinds: ['stands'] },
  { title: words.briefWho, kinds: ['person', 'path'] },
  { title: words.briefPromised, kinds: ['promise'] },
  { title: words.briefWatch, kinds: ['risk', 'objection'] },
  { title: words.briefNew, kinds: ['changed'] },
  { title: words.briefAsk, kinds: ['question'] },
];

/** Where a line comes from, in a few words. */
function sourceWords(source: BriefSource, full: boolean): string {
  if (source.from === 'crm') return fill(words.briefField, source.field);
  if (source.from === 'dates') return words.briefDates;
  if (source.from === 'contacts') return words.briefContacts;
  if (source.from === 'method') return fill(words.briefMethod, source.method);
  const day = new Date(source.at).toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
  const { evidence } = source;
  if (!evidence) return fill(words.briefCall, day);
  const at = clock(evidence.startMs);
  if (!full) return fill(words.briefCallAt, day, at);
  return fill(words.briefQuote, evidence.quote, evidence.speaker, day, at);
}
