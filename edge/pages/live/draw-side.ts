import { make, part, visible, words } from './parts.ts';
import type { Shown } from './shown.ts';
import { clock, kindWords, pastWords, spendWords, talkWords } from './words.ts';

const drawn = new Map<string, string>();

/** What stands beside the words. Empty parts are not there. */
export function drawSide({ talk, spend, gates, checklist, past, isOver }: Shown, tickPoint: (id: string, done: boolean) => void): void {
  words('talk-words', talkWords(talk));
  part('talk-mine').style.width = `${Math.round((talk.shareRep ?? 0) * 100)}%`;
  words('spend', spendWords(spend));
  list(
    'gates',
    (gates?.gates ?? []).map(({ name, state, ask }) => gate(state !== 'open', ask && state === 'open' ? `${name}: ${ask}` : name)),
  );
  list(
    'points',
    checklist.points.flatMap(({ id, name, stage, done, evid }, at, all) => [
      ...(stage !== all[at - 1]?.stage && stage ? [make('li', 'stage', stage)] : []),
      box(id, done && evid ? `${name} (${clock(evid.startMs)})` : name, { done, isOver, tickPoint }),
    ]),
  );
  list(
    'fills',
    checklist.fills.flatMap(({ name, value }) => [make('dt', '', name), make('dd', '', value)]),
  );
  list(
    'past',
    past.map(({ card, state }) => make('li', 'plain', `${kindWords[card.kind]}: ${card.headline} · ${pastWords[state]}`)),
  );
}

function gate(isDone: boolean, text: string): HTMLElement {
  const made = make('li', isDone ? 'gate done' : 'gate', text);
  if (isDone) made.append(make('span', 'unseen', ' done'));
  return made;
}

interface Ticking {
  done: boolean;
  isOver: boolean;
  tickPoint: (id: string, done: boolean) => void;
}

/** A point that the rep may tick too: nobody hears everything. */
function box(id: string, text: string, { done, isOver, tickPoint }: Ticking): HTMLElement {
  const input = document.createElement('input');
  input.type = 'checkbox';
  input.name = id;
  input.defaultChecked = done;
  input.disabled = isOver;
  input.onchange = () => tickPoint(id, input.checked);
  return make('li', 'tick', make('label', '', input, text));
}

function list(id: string, inside: HTMLElement[]): void {
  const now = inside.map(({ outerHTML }) => outerHTML).join('');
  if (drawn.get(id) === now) return;
  drawn.set(id, now);
  const focus = document.activeElement;
  const name = focus instanceof HTMLInputElement && part(id).contains(focus) ? focus.name : undefined;
  part(id).replaceChildren(...inside);
  // Drawn anew under the rep's hand: their place on the list is kept.
  if (name)
    part(id)
      .querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)
      ?.focus();
  visible(`${id}-part`, inside.length > 0);
}
