import type { FeedbackAction, GuidanceDown, Quiet } from '../../../shared/contracts/guidance.ts';
import { quiet as quietWord } from '../../../shared/contracts/guidance.ts';
import { watcherWords } from '../../../shared/contracts/whisper.ts';
import { askForm } from './ask-form.ts';
import { drawCard } from './draw-card.ts';
import { backToNow, drawLines, followLines } from './draw-lines.ts';
import { drawSide } from './draw-side.ts';
import { fold } from './fold.ts';
import { type Act, actOf, keyHelp } from './keys.ts';
import { type LinkState, openLink } from './link.ts';
import { box, button, choice, dialog, make, part, visible, waysBack, words } from './parts.ts';
import { nothingShown, type Shown, touch } from './shown.ts';
import { clock, consentWords, hearingWords, linkWords } from './words.ts';

const callId = location.pathname.split('/').at(-1) ?? '';
const kept = `window.${callId}`;
const KEYS_ON = 'window.keys';
/** As long as the call remembers what was on the screen. */
const UNDO_MS = 15_000;

// Out of the address at once: what was used up there would only mislead whoever copies it.
const brought = location.hash.slice(1);
if (brought) {
  sessionStorage.setItem(kept, brought);
  history.replaceState(null, '', location.pathname);
}

let shown: Shown = nothingShown;
let state: LinkState = 'connecting';
let isWhy = false;
let painted = '';
/** Call time minus the page's clock. */
let offMs = 0;
let isDrawn = true;
/** The card that the rep did something with, as long as it can be taken back. */
let undoable: { cardId: string; atMs: number } | undefined;

const link = openLink({
  url: `${location.origin.replace(/^http/, 'ws')}/live/${callId}`,
  ticket: () => sessionStorage.getItem(kept) ?? undefined,
  keepTicket: (token) => sessionStorage.setItem(kept, token),
  seq: () => shown.seq,
  state: (now) => {
    state = now;
    draw();
  },
  hear,
});

function hear(frame: GuidanceDown): void {
  if (frame.type === 'hello') {
    offMs = (frame.elapsedMs ?? 0) - performance.now();
    const back = frame.window?.back;
    if (back && /^https?:\/\//.test(back)) for (const way of waysBack()) way.replaceChildren(linkTo(back));
  }
  if (frame.type === 'answer') asking.answered(frame.requestId, frame.answer);
  // Something that happened later than our clock says moves it on.
  if (frame.type === 'mark') offMs = Math.max(offMs, frame.mark.atMs - performance.now());
  if (frame.type === 'moment') offMs = Math.max(offMs, frame.evid.startMs - performance.now());
  const before = shown.card?.id;
  shown = fold(shown, frame);
  if (shown.card?.id !== before) isWhy = false;
  if (shown.isOver) {
    sessionStorage.removeItem(kept);
    link.ended();
  }
  // A card is painted at once; partial words come in bursts, and one picture shows them all.
  if (frame.type === 'card' || frame.type === 'retract') draw();
  else soon();
}

function linkTo(address: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = address;
  link.rel = 'noreferrer';
  link.textContent = 'Back to the record';
  return link;
}

function soon(): void {
  if (!isDrawn) return;
  isDrawn = false;
  requestAnimationFrame(() => {
    if (!isDrawn) draw();
  });
}

function draw(): void {
  isDrawn = true;
  const isGone = state === 'used' || state === 'private' || state === 'crowded' || state === 'destroyed';
  if (isGone) {
    close(linkWords[state]);
    return;
  }
  const isOn = state === 'open' && !shown.isOver;
  const { consent, customerName, hearing, unguided, card } = shown;
  words('title', shown.isOver ? 'Call' : 'Live call');
  if (customerName) words('title', `${shown.isOver ? 'Call' : 'Live'} · ${customerName}`);
  document.title = part('title').textContent ?? '';
  document.body.dataset['consent'] = consent;
  document.body.dataset['link'] = state;
  words('consent', state === 'connecting' ? linkWords.connecting : consentWords[consent]);
  visible('agreed', isOn && consent !== 'granted' && consent !== 'refused');
  visible('refused', isOn && consent !== 'refused');
  visible('changed', isOn && consent === 'refused');
  const notice = [hearingWords[hearing], card ? (unguided ?? '') : '', state === 'cut' && card ? linkWords.cut : '']
    .filter(Boolean)
    .join(' ');
  words('notice', shown.isOver ? '' : notice);
  visible('notice', !shown.isOver && notice !== '');
  button('flag').disabled = !isOn || consent !== 'granted';
  words('flagged', shown.marks.length > 0 ? `${shown.marks.length} flagged` : '');
  choice('quiet').disabled = !isOn;
  choice('quiet').value = shown.quiet;
  for (const way of waysBack()) way.hidden = !shown.isOver || way.childElementCount === 0;
  if (state !== 'connecting') drawCard(shown, { isCut: state === 'cut', isWhy });
  drawLines(shown);
  drawSide(shown, (id, done) => link.say({ type: 'step', id, done }));
  words('watched', watcherWords(shown.help).join(' '));
  visible('watched', shown.help.watchedBy.length > 0);
  visible('undo-line', isOn && card === null && canUndo());
  button('ask-send').disabled = state !== 'open' || shown.isOver;
  if (card && card.id !== painted) tellPainted(card.id);
}

/** Nothing of the call stays on a screen that has no right to it any more. */
function close(why: string): void {
  sessionStorage.removeItem(kept);
  shown = nothingShown;
  document.title = 'Live call';
  visible('over', true);
  words('over-words', why);
  for (const way of waysBack()) way.hidden = way.childElementCount === 0;
  document.querySelector('.window')?.remove();
}

/** The second frame begins when the first is on the screen: the call measures what a person waited. */
function tellPainted(cardId: string): void {
  painted = cardId;
  requestAnimationFrame(() => requestAnimationFrame(() => link.say({ type: 'pong', cardId, paintedMs: Date.now() })));
}

function pressCard(action: FeedbackAction): void {
  const { card } = shown;
  if (!card || shown.isOver) return;
  if (card.kind === 'compliance' && (action === 'muted' || action === 'never' || action === 'less')) return;
  if (action === 'why') isWhy = !isWhy;
  if (action !== 'why' || isWhy) link.say({ type: 'feedback', cardId: card.id, action });
  shown = touch(shown, card.id, action);
  if (!shown.card) {
    undoable = { cardId: card.id, atMs: performance.now() };
    setTimeout(soon, UNDO_MS + 50);
  }
  draw();
}

const canUndo = (): boolean => undoable !== undefined && performance.now() - undoable.atMs < UNDO_MS;

function undo(): void {
  if (!undoable || !canUndo()) return;
  const { cardId } = undoable;
  undoable = undefined;
  link.say({ type: 'feedback', cardId, action: 'undone' });
  shown = touch(shown, cardId, 'undone');
  draw();
}

function setQuiet(quiet: Quiet): void {
  link.say({ type: 'quiet', quiet });
}

function flag(): void {
  // Only now is now: a flag that arrives later would stand at other words.
  if (link.isOpen && shown.consent === 'granted') link.say({ type: 'mark', id: crypto.randomUUID() });
}

function act(it: Act): void {
  if (it.is === 'card') pressCard(it.action === 'pin' ? (shown.card?.pinned ? 'unpinned' : 'pinned') : it.action);
  if (it.is === 'undo') undo();
  if (it.is === 'flag') flag();
  if (it.is === 'quiet') setQuiet(shown.quiet === 'off' ? 'critical' : 'off');
  if (it.is === 'now') backToNow();
  if (it.is === 'help') dialog('help').showModal();
}

function focusNow(): 'text' | 'button' | 'page' {
  const on = document.activeElement;
  if (on instanceof HTMLInputElement && on.type === 'checkbox') return 'button';
  if (on instanceof HTMLInputElement || on instanceof HTMLSelectElement || on instanceof HTMLTextAreaElement) return 'text';
  return on instanceof HTMLButtonElement || on instanceof HTMLAnchorElement || on?.tagName === 'SUMMARY' ? 'button' : 'page';
}

document.addEventListener('keydown', (event) => {
  if (dialog('help').open || !document.querySelector('.window')) return;
  const it = actOf(event, focusNow());
  if (!it || (!box('keys-on').checked && it.is !== 'help')) return;
  event.preventDefault();
  act(it);
});
for (const action of ['used', 'dismissed', 'snoozed', 'muted', 'never'] as const) button(action).onclick = () => pressCard(action);
button('less-kind').onclick = () => pressCard('less');
button('undo').onclick = undo;
button('pin').onclick = () => act({ is: 'card', action: 'pin' });
button('why-open').onclick = () => pressCard('why');
button('flag').onclick = flag;
button('now').onclick = backToNow;
button('help-open').onclick = () => dialog('help').showModal();
button('help-close').onclick = () => dialog('help').close();
button('agreed').onclick = () => link.say({ type: 'consent', consent: 'granted' });
button('refused').onclick = () => link.say({ type: 'consent', consent: 'refused' });
button('changed').onclick = () => link.say({ type: 'consent', consent: 'granted', takesBack: true });
choice('quiet').onchange = () => {
  const chosen = quietWord.safeParse(choice('quiet').value);
  if (chosen.success) setQuiet(chosen.data);
};
box('keys-on').checked = localStorage.getItem(KEYS_ON) !== 'off';
box('keys-on').onchange = () => localStorage.setItem(KEYS_ON, box('keys-on').checked ? 'on' : 'off');
part('keys').append(
  ...keyHelp.flatMap(({ keys, says }) => [
    make('dt', '', ...keys.flatMap((key, n) => [...(n > 0 ? [' or '] : []), make('kbd', '', key.length === 1 ? key.toUpperCase() : key)])),
    make('dd', '', says),
  ]),
);
followLines();
const asking = askForm((requestId, question) => link.say({ type: 'ask', requestId, question }));
setInterval(() => {
  if (shown.seq >= 0 && !shown.isOver) words('clock', clock(performance.now() + offMs));
}, 1_000);
draw();
