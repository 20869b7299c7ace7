import type { AlertKind, HelpCall, HelpedCallView } from '../../../shared/contracts/team.ts';

export const at = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page lacks ${id}.`);
  return found;
};
const part = (id: string) => at(id, HTMLElement);
export const words = (id: string, text: string): void => {
  if (part(id).textContent !== text) part(id).textContent = text;
};
export const shown = (id: string, isShown: boolean): void => {
  part(id).hidden = !isShown;
};

const chips: Record<AlertKind, { text: string; weight: 'high' | 'middle' | 'low' }> = {
  compliance: { text: 'Compliance waits', weight: 'high' },
  negative: { text: 'Customer unhappy', weight: 'high' },
  'customer-silent': { text: 'Customer silent', weight: 'middle' },
  monologue: { text: 'Long monologue', weight: 'middle' },
  price: { text: 'Price', weight: 'low' },
  competitor: { text: 'Competitor', weight: 'low' },
  behind: { text: 'Heard late', weight: 'middle' },
};

function make(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The same again is not drawn again: a screen reader would begin anew, and the focus would be lost. */
const drawn = new Map<string, string>();
function fill(id: string, what: unknown, items: () => HTMLElement[]): void {
  const text = JSON.stringify(what);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['call'] : undefined;
  part(id).replaceChildren(...items());
  if (focused !== undefined) part(id).querySelector<HTMLElement>(`[data-call="${focused}"]`)?.focus();
}

/** The list; `press` is told which call. */
export function showCalls(calls: readonly HelpCall[], selected: string | null, nowMs: number, press: (callId: string) => void): void {
  const minutes = calls.map(({ startedAt }) => Math.max(0, Math.floor((nowMs - Date.parse(startedAt)) / 60_000)));
  fill('calls', [calls, selected, minutes], () =>
    calls.map((call, nth) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'pick';
      button.dataset['call'] = call.callId;
      button.setAttribute('aria-pressed', String(call.callId === selected));
      button.onclick = () => press(call.callId);
      const line = make('span', 'chips', '');
      // A space between them, or they would be read out as one word.
      line.append(...call.alerts.flatMap(({ kind }) => [make('span', `chip ${chips[kind].weight}`, chips[kind].text), ' ']));
      button.append(
        make('span', 'who', `${call.repName} with ${call.customerName}`),
        make('span', 'since', since(minutes[nth] ?? 0)),
        line,
      );
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
}

const since = (minutes: number): string =>
  minutes === 0 ? 'for less than a minute' : `for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

const consents: Record<HelpCall['consent'], string> = {
  unknown: 'Nobody has been asked yet: nothing is heard.',
  announced: 'Announced; nothing is heard until they agree.',
  granted: 'They agreed to recording.',
  refused: 'They refused: nothing is heard.',
  expired: 'To be asked again: nothing is heard.',
};

/** The one that was picked. */
export function showOne({ call, card, past, points }: HelpedCallView): void {
  words('one-title', `${call.repName} with ${call.customerName}`);
  words('one-about', consents[call.consent]);
  words('to', call.repName);
  fill('alerts', call.alerts, () => call.alerts.map(({ said }) => make('li', '', said)));
  fill('card', card, () =>
    card ? [make('p', 'since', 'On their screen now'), make('p', 'who', card.headline), make('p', '', card.say)] : [],
  );
  shown('points-part', points.length > 0);
  fill('points', points, () => points.map(({ name, stage, done }) => make('li', done ? 'done' : '', `${name} (${stage})`)));
  shown('past-part', past.length > 0);
  fill('past', past, () => past.map(({ headline, state }) => make('li', '', `${headline}: ${states[state] ?? state}`)));
}

const states: Record<string, string> = {
  used: 'used',
  dismissed: 'dismissed',
  snoozed: 'later',
  pinned: 'kept',
  muted: 'not on this call',
  never: 'not wanted',
  less: 'less of it',
  replaced: 'gone by',
  collapsed: 'gone by',
};
