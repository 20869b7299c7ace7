import type { TimelineItem, TimelineView } from './timeline-view.ts';

let drawn = '';

/** Draws what the CRM holds; the same again draws nothing, so that a reader is not disturbed. */
export function drawTimeline(view: TimelineView): void {
  const now = JSON.stringify(view);
  if (now === drawn) return;
  drawn = now;
  const { record } = view;
  document.title = `${record.name} | Opportunity`;
  fill('name', [text(record.name)]);
  const amount = record.amount.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
  fill(
    'highlights',
    pairs([
      ['Account', record.account],
      ['Close date', day(record.closeDate)],
      ['Amount', amount],
      ['Owner', record.owner],
    ]),
  );
  fill(
    'details',
    pairs([
      ['Name', record.name],
      ['Account', record.account],
      ['Amount', amount],
      ['Stage', record.stage],
      ['Close date', day(record.closeDate)],
      ['Next step', record.nextStep || '—'],
    ]),
  );
  fill(
    'path',
    view.stages.map((stage, at) => step(stage, at, view)),
  );
  fill(
    'contacts',
    view.contacts.map((one) => tag('li', '', [tag('strong', '', [text(one.name)]), line(one.title), line(one.email), line(one.phone)])),
  );
  fill('timeline', view.items.length > 0 ? view.items.map(entry) : [tag('li', 'frame-none', [text('No activity yet.')])]);
}

function step(stage: string, at: number, view: TimelineView): HTMLElement {
  const here = view.stages.indexOf(view.record.stage);
  const element = tag('li', at < here ? 'past' : at === here ? 'here' : 'ahead', [text(stage)]);
  if (at === here) element.setAttribute('aria-current', 'step');
  return element;
}

function entry(item: TimelineItem): HTMLElement {
  const head = tag('p', 'frame-head', [
    tag('span', `frame-dot ${item.kind}`, []),
    tag('strong', '', [text(item.subject)]),
    tag('span', 'frame-when frame-small', [text(moment(item.at))]),
  ]);
  return tag('li', item.done ? 'frame-done' : 'frame-open', [
    head,
    line(`${item.who}${item.kind === 'task' && !item.done ? ' · open task' : ''}`),
    tag('p', 'frame-body', [text(item.body)]),
  ]);
}

const pairs = (rows: [string, string][]) =>
  rows.map(([name, value]) => tag('div', '', [tag('dt', '', [text(name)]), tag('dd', '', [text(value)])]));
const line = (content: string) => tag('p', 'frame-small', [text(content)]);
const text = (content: string) => document.createTextNode(content);
const day = (iso: string) =>
  new Date(`${iso.slice(0, 10)}T12:00:00`).toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric' });
const moment = (iso: string) =>
  // A due date has no time of day; showing midnight would invent one.
  iso.length === 10
    ? `due ${day(iso)}`
    : new Date(iso).toLocaleString('en-US', { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });

function tag(name: string, className: string, children: Node[]): HTMLElement {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function fill(id: string, children: Node[]): void {
  document.getElementById(id)?.replaceChildren(...children);
}
